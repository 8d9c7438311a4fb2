"""Which rooms have something to say on the first page."""

from __future__ import annotations

from junheng.web.commitments.waiting import waiting as commitments
from junheng.web.evaluation.waiting import waiting as evaluation
from junheng.web.pages.waiting import WaitingFor
from junheng.web.publicity.waiting import waiting as publicity
from junheng.web.rectification.waiting import waiting as rectification
from junheng.web.reporting.waiting import waiting as reporting
from junheng.web.survey.waiting import waiting as survey

WAITING: tuple[WaitingFor, ...] = (reporting, rectification, evaluation, survey, commitments, publicity)
