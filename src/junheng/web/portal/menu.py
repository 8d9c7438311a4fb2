"""The menu of whoever has not signed in."""

from __future__ import annotations

from typing import NamedTuple


class Link(NamedTuple):
    """name: of the page; nav: its label, as a page with a place in the menu has it."""

    name: str
    nav: str


PUBLIC_MENU = (
    Link("portal", "公众查询"), Link("public_search", "找学校和县"), Link("announcements", "公示公告"), Link("zones", "查学区"), Link("lotteries", "摇号核验"),
    Link("public_policies", "政策库"), Link("open_data", "开放数据"), Link("receipt", "查异议"), Link("survey_door", "答问卷"),
)  # fmt: skip
