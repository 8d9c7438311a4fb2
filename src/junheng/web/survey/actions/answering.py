"""A code is used up and an answer kept, together or not at all, and nothing says which answer came with which code.

Nothing goes into the audit log: an entry would tell the time.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from junheng.common.errors import UserError
from junheng.opendata.rule import the_rule
from junheng.web.survey.code_hash import code_hash
from junheng.web.survey.models import Answer, Code, Sheet, Stratum, Survey
from junheng.web.survey.process import NOT_OVER


class NoSuchCode(UserError):
    """Mistyped, or guessed."""


class Closed(UserError):
    """The code is right, and opens nothing any more, or not yet."""


def code_of(text: str) -> Code:
    """The code as somebody typed it, of any survey that is not over. Raises NoSuchCode."""
    secrets = [secret for secret in Survey.objects.filter(state__in=NOT_OVER).values_list("secret", flat=True) if secret]
    wanted = [code_hash(bytes(secret), text) for secret in secrets]
    found = Code.objects.select_related("sheet__stratum__survey__unit", "sheet__stratum__school").filter(hash__in=wanted).first()
    if found is None:
        raise NoSuchCode("没有这个答题码，或调查已经结束", why="可能输错了", remedy="请对照纸条再输一次；码里没有数字 0、1 和字母 O、I")
    return found


def refuse_closed(code: Code, sheet: Sheet, survey: Survey) -> None:
    """Raises Closed where the code does not open the questionnaire."""
    if sheet.is_spent(code.position):
        raise Closed("这个答题码已经用过", why="一个码只能答一次", remedy="如果不是您答的，请向发放纸条的人再领一张")
    if sheet.voided:
        raise Closed("这个答题码已经作废", remedy="请向发放纸条的人再领一张")
    if survey.state == "draft":
        raise Closed("调查还没有开始", remedy="请过几天再打开")
    if not survey.takes_answers_on(timezone.localdate()):
        raise Closed("调查已经截止", why=f"答题到 {survey.closes_on:%Y-%m-%d} 为止" if survey.closes_on else "", remedy="谢谢您的关心")


@transaction.atomic
def answer(text: str, chosen: Mapping[str, str]) -> None:
    """Use a code up and keep what was chosen (question → option; the overall question must be answered). Raises UserError."""
    code = code_of(text)
    # One after the other in the whole survey: what `_mix` writes again may belong to several sheets.
    survey = Survey.objects.select_for_update(of=("self",), no_key=True).get(pk=code.sheet.stratum.survey_id)
    sheet = Sheet.objects.select_for_update(of=("self",)).select_related("stratum").get(pk=code.sheet_id)
    refuse_closed(code, sheet, survey)
    overall, more = checked(survey, sheet.stratum.group, chosen)
    spent = int.from_bytes(sheet.spent) | 1 << code.position
    Sheet.objects.filter(pk=sheet.pk).update(spent=spent.to_bytes(len(sheet.spent)))
    kept = Answer.objects.create(survey=survey, group=sheet.stratum.group, school_id=_school(sheet.stratum), day=timezone.localdate(), overall=overall, more=more)
    _mix(kept)


def checked(survey: Survey, group: str, chosen: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """The answer to the overall question, and the others that were given. Raises UserError."""
    asked, options = survey.questionnaire.asked(group), {each.id for each in survey.questionnaire.scale}
    given = {each.id: chosen[each.id] for each in asked if chosen.get(each.id)}
    overall = given.pop(survey.questionnaire.overall, "")
    if not overall:
        raise UserError("第 1 题还没有选", remedy="第 1 题必答，其他题可以不答")
    if {overall, *given.values()} - options:
        raise UserError("有一题的答案不在选项里", remedy="请重新选择后提交")
    return overall, given


def _school(stratum: Stratum) -> int | None:
    """Where so few are asked there that it would tell who answered, an answer keeps no school (opendata.rule)."""
    together = sum(Sheet.objects.filter(stratum=stratum).values_list("size", flat=True))
    return stratum.school_id if together >= the_rule().least else None


def _mix(kept: Answer) -> None:
    """PostgreSQL marks every row with the number of the transaction that wrote it, which grows: it would put the answers of a day
    in order. Writing those of the same people again gives all of them the latest number. SQLite keeps no such mark."""
    if connection.vendor == "postgresql":
        Answer.objects.filter(survey=kept.survey_id, group=kept.group, school=kept.school_id, day=kept.day).update(day=F("day"))
