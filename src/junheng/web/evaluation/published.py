"""The result of an evaluation as the public reads it: the county and its criteria; no school by name, nobody by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from junheng.common.stages import Stage
from junheng.judging.reasons import cv_words
from junheng.web.evaluation.criteria import Item, items_of, policy_of, standard_of
from junheng.web.evaluation.materials import judged
from junheng.web.evaluation.satisfaction import satisfaction_of
from junheng.web.evaluation.visited import OnSite, on_site

if TYPE_CHECKING:
    from junheng.web.evaluation.models import Evaluation, MaterialJudgement

Line = dict[str, str]
"""group, title, clause, verdict (pass, fail, insufficient), words."""

_VERDICT = {"pass": "pass", "fail": "fail", "more": "insufficient", True: "pass", False: "fail", None: "insufficient"}


def published(evaluation: Evaluation) -> list[Line]:
    """What Announcement.result holds, for the release the county signed."""
    assert evaluation.release is not None
    result = evaluation.release.result
    policy = policy_of(evaluation)
    titles = {each.code: each.title for each in policy.resources}
    public = satisfaction_of(evaluation.satisfaction, policy)
    found, seen = judged(evaluation), on_site(evaluation.visits)
    lines = [_line("结论", "测算结论", result["verdict"], f"依据{standard_of(policy)}")]
    for stage, of in result["stages"].items():
        lines += [*_schools(stage, of), *_balance(stage, of, titles)]
    for id, item in items_of(evaluation, result).items():
        if id == "recognition":
            lines.append(_line(item.group, item.title, _VERDICT[public.passes], public.public_words, item.short_clause))
        elif item.measured:
            lines.append(_criterion(item, found.get(id), seen.get(id)))
    return lines


def _line(group: str, title: str, verdict: str, words: str, clause: str = "") -> Line:
    return {"group": group, "title": title, "clause": clause, "verdict": verdict, "words": words}


def _schools(stage: str, of: Mapping[str, Any]) -> Iterator[Line]:
    counts = Counter(each["verdict"] for each in of.get("schools", ()))
    if counts:
        parts = [f"{word} {counts[verdict]} 所" for verdict, word in (("pass", "达标"), ("fail", "未达标"), ("insufficient", "待定")) if counts[verdict]]
        yield _line("资源配置", f"{Stage(stage).label}各校", _worst(counts), f"{counts.total()} 所学校：{'，'.join(parts)}")


def _balance(stage: str, of: Mapping[str, Any], titles: Mapping[str, str]) -> Iterator[Line]:
    balance = of.get("balance", {})
    if balance:
        beyond = [f"{titles.get(code, code)} {_cv(each)}" for code, each in balance.items() if each["verdict"] != "pass"]
        words = "；".join(beyond) if beyond else f"{len(balance)} 项均在限值以内"
        yield _line("资源配置", f"{Stage(stage).label}校际差异系数", _worst(Counter(each["verdict"] for each in balance.values())), words)


def _cv(of: Mapping[str, Any]) -> str:
    limit = Decimal(repr(of["limit"]))
    return f"待定（限值 {limit:f}）" if of["cv"] is None else f"{cv_words(of['cv'], limit)}（限值 {limit:f}）"


def _criterion(item: Item, judgement: MaterialJudgement | None, seen: OnSite | None) -> Line:
    """A criterion is met when nothing about it is not: its figures, its evidence, and what the province found in it and on site.
    Judgements that were withdrawn count nowhere."""
    of_people = (_VERDICT[judgement.outcome] if judgement else "", seen.verdict if seen else "")
    verdicts = Counter(each for each in (item.verdict, item.evidence, *of_people) if each)
    words = [item.measured if item.verdict else "凭材料判断"]
    words += [f"材料审核{judgement.get_outcome_display()}"] if judgement else []
    words += [seen.words] if seen else []
    return _line(item.group, item.title, _worst(verdicts), "；".join(words), item.short_clause)


def _worst(verdicts: Mapping[str, int]) -> str:
    return next((each for each in ("fail", "insufficient", "pass") if verdicts.get(each)), "insufficient")
