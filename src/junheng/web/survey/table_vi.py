"""表Ⅵ of the national application form, filled from a survey: the official layout of reports."""

from __future__ import annotations

from junheng.reports.application_form import TITLE
from junheng.reports.recognition import Recognition, recognition_table
from junheng.reports.xlsx import workbook_of
from junheng.web.survey.counting import Heard
from junheng.web.survey.models import Survey
from junheng.web.survey.result import result_of


def table_vi(survey: Survey) -> bytes:
    """An .xlsx with the one sheet 表Ⅵ; a number that was not counted is 未报."""
    result = result_of(survey)
    parents = next(each.heard for each in result.lines if each.heard.id == "parents")
    heading = f"{survey.unit.name}　{survey.evaluation.round.year_label}{'' if survey.result else '　（调查中，未确认）'}"
    grid = recognition_table(heading, _counted(result.whole.heard), _counted(parents))
    return workbook_of(TITLE, [grid])


def _counted(of: Heard) -> Recognition:
    return Recognition(of.sent, of.valid or None, of.satisfied if of.valid else None, of.asked, of.content)
