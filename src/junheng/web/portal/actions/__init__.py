"""Publish open data, lists of lotteries, admission zones and figures of schools; draw; withdraw."""

from junheng.web.portal.actions.admission import (
    draw_lottery,
    publish_list,
    publish_zoning,
    withdraw_lottery,
    withdraw_zoning,
)
from junheng.web.portal.actions.disclosure import disclose, stop_disclosing
from junheng.web.portal.actions.publish import publish_data

__all__ = ["disclose", "draw_lottery", "publish_data", "publish_list", "publish_zoning", "stop_disclosing", "withdraw_lottery", "withdraw_zoning"]
