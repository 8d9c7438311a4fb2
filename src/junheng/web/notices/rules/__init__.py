"""Every notice the site gives, by process."""

from __future__ import annotations

from junheng.web.notices.rule import NoticeRule
from junheng.web.notices.rules.commitments import RULES as COMMITMENTS
from junheng.web.notices.rules.evaluation import RULES as EVALUATION
from junheng.web.notices.rules.rectification import RULES as RECTIFICATION
from junheng.web.notices.rules.reporting import RULES as REPORTING
from junheng.web.notices.rules.survey import RULES as SURVEY

RULES: tuple[NoticeRule, ...] = (*REPORTING, *EVALUATION, *SURVEY, *COMMITMENTS, *RECTIFICATION)
