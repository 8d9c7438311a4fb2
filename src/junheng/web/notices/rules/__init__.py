"""Every notice the site gives, by process."""

from __future__ import annotations

from junheng.web.notices.rule import NoticeRule
from junheng.web.notices.rules.rectification import RULES as RECTIFICATION

RULES: tuple[NoticeRule, ...] = (*RECTIFICATION,)
