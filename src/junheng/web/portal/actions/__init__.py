"""Publish open data, lists of lotteries, and admission zones; draw; withdraw."""

from junheng.web.portal.actions.admission import (
    draw_lottery,
    publish_list,
    publish_zoning,
    withdraw_lottery,
    withdraw_zoning,
)
from junheng.web.portal.actions.publish import publish_data

__all__ = ["draw_lottery", "publish_data", "publish_list", "publish_zoning", "withdraw_lottery", "withdraw_zoning"]
