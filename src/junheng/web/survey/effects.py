"""What the steps of a survey do besides."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from junheng.web.evaluation.actions import record_recognition
from junheng.web.flow.errors import Refused
from junheng.web.flow.process import Taken
from junheng.web.survey.result import counts_of, fingerprint, frozen, result_of


def opened(survey: Any, taken: Taken) -> Mapping[str, Any]:
    """Every group of the rules is asked."""
    planned = set(survey.strata.filter(quota__gt=0).values_list("group", flat=True))
    missing = [each.label for each in survey.questionnaire.groups if each.id not in planned]
    if missing:
        raise Refused(f"{'、'.join(missing)}还没有配额", why="七类对象都要调查，缺一类就不能判断", remedy="请先填写各类人数，保存抽样计划")
    _until(survey, taken.data["closes_on"])
    return {"问卷": survey.questionnaire_key, "置信水平": str(survey.confidence), "允许误差": str(survey.margin)}


def reopened(survey: Any, taken: Taken) -> Mapping[str, Any]:
    _until(survey, taken.data["closes_on"])
    return {}


def _until(survey: Any, day: date) -> None:
    if day < timezone.localdate():
        raise Refused("截止日期已经过去", why=f"填的是 {day:%Y-%m-%d}", remedy="请填今天或以后的日期", fields={"closes_on": "已经过去"})
    survey.closes_on = day


def confirmed(survey: Any, taken: Taken) -> Mapping[str, Any]:
    """The result is frozen and becomes the county's 社会认可度; a missing group leaves it open, and nothing is registered."""
    if survey.evaluation.application != survey.application:
        raise Refused("这次调查属于以前的申报", remedy="请为这次申报另建调查")
    result = result_of(survey)
    if result.missing:
        raise Refused(f"{'、'.join(result.missing)}没有有效问卷，社会认可度待定", why="缺一类对象就不能判断，没有回答不等于不满意",
                      remedy="请延长调查，补上这些对象的问卷")  # fmt: skip
    beyond = [each.heard.label for each in result.lines if each.heard.population is not None and each.heard.valid > each.heard.population]
    if beyond:
        raise Refused(f"{'、'.join(beyond)}的有效问卷多于总体人数", remedy="请核对纸质问卷有没有重复录入")
    survey.result, survey.secret = frozen(survey, result), b""
    mark = fingerprint(survey.result)
    basis = f"系统内问卷调查第 {survey.pk} 号，结果校验值 {mark}"
    record_recognition(survey.evaluation, by=taken.by, data={**counts_of([each.heard for each in result.lines]), "basis": basis})
    return {"问卷": str(result.whole.share), "置信区间": result.whole.interval_words, "结果校验值": mark}


def forgotten(survey: Any, taken: Taken) -> Mapping[str, Any]:
    """What made the codes' hashes is gone: they can be led back to nothing."""
    survey.secret = b""
    return {}
