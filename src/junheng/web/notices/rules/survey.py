"""What is told of surveys: nothing of what was answered, which would tell when."""

from __future__ import annotations

from junheng.web.notices.audience import At
from junheng.web.notices.rule import NoticeRule
from junheng.web.notices.rules.links import page_of
from junheng.web.rights.roles import Role

_COUNTY = At(0, (Role.COUNTY_ADMIN, Role.COUNTY_REVIEWER))
_PAGE = page_of("survey", through="evaluation")

RULES = tuple(
    NoticeRule(f"survey.{step}", who, title, text, _PAGE, listed="surveys")
    for step, who, title, text in (
        ("open", (_COUNTY,), "社会认可度调查已开始", "{subject}已开始，答题到 {closes_on} 截止。请按要求发放答题码，不要登记谁领了哪一张。"),
        ("reopen", (_COUNTY,), "社会认可度调查已延长", "{subject}延长到 {closes_on}。理由：{reason}"),
        ("withdraw", (_COUNTY,), "社会认可度调查已作废", "{subject}已作废。理由：{reason}"),
    )
)
