"""The criteria of the standard a round judges by, in words, each with what a frozen release says of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from junheng.common.school_years import as_of_date
from junheng.judging.criterion_detail import cited_clause
from junheng.policy import resolve_many
from junheng.policy.in_force import Criterion, PolicyInForce
from junheng.reports.measured_words import quantity
from junheng.reports.words import GROUP_LABELS

if TYPE_CHECKING:
    from junheng.web.evaluation.models import Evaluation

_WITHOUT_ONE_FIGURE = {"pass": "全部达到", "fail": "有未达到的", "insufficient": "未报全"}
_OF_VETO = {"pass": "没有否决事项", "fail": "有否决事项", "insufficient": "未报全"}


@dataclass(frozen=True)
class Item:
    """One criterion. clause: with its document; short_clause: without; text: what the clause demands, in its words.

    measured: the release's figure in words, or how many schools fall short; verdict, evidence: of what numbers show and
    of what the 评定表 shows; "" without a release, and where the criterion has no such part. needed: what no number shows.
    """

    id: str
    group: str
    title: str
    clause: str
    short_clause: str
    text: str
    measured: str = ""
    verdict: str = ""
    evidence: str = ""
    needed: tuple[str, ...] = ()
    failing: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.title}（{self.short_clause}）"

    @property
    def document(self) -> str:
        """What the clause stands in: "教督〔2017〕6号"."""
        return self.clause.removesuffix(self.short_clause).strip()

    @property
    def is_for_people(self) -> bool:
        """Something about it is shown by no number: somebody must judge it."""
        return bool(self.needed)


def policy_of(evaluation: Evaluation) -> PolicyInForce:
    """The standard of the round as it stands for the county; on the day the signed release was judged by, if there is one."""
    code = evaluation.unit.code
    as_of = evaluation.release.as_of if evaluation.release else as_of_date(evaluation.round.school_year)
    return resolve_many(evaluation.round.policy, (code,), as_of)[code]


def standard_of(policy: PolicyInForce) -> str:
    """《县域义务教育优质均衡发展督导评估办法》（教督〔2017〕6号）: what the standard's first criterion stands in."""
    document = policy.documents[policy.criteria[0].source.document]
    return f"《{document.title}》{f'（{document.number}）' if document.number else ''}"


def items_of(evaluation: Evaluation, result: Mapping[str, Any] | None = None) -> dict[str, Item]:
    """Criterion id → item, in the order of the standard. result: a document "junheng.assessment/1", None = titles alone."""
    policy = policy_of(evaluation)
    said = result["criteria"] if result else {}
    return {each.id: _item(policy, each, said.get(each.id)) for each in policy.criteria}


def grouped(items: Iterable[Item]) -> list[tuple[str, list[Item]]]:
    """政府保障程度, 教育质量, …, each with its criteria; the items in the order of the standard."""
    return [(group, list(of)) for group, of in groupby(items, lambda item: item.group)]


def _item(policy: PolicyInForce, criterion: Criterion, said: Mapping[str, Any] | None) -> Item:
    named = (criterion.id, GROUP_LABELS.get(criterion.group, ""), criterion.title, cited_clause(policy, criterion.source),
             criterion.source.clause, criterion.text)  # fmt: skip
    if said is None:
        return Item(*named)
    evidence = said.get("evidence") or {}
    return Item(*named, measured=_measured(criterion, said), verdict=said["verdict"] if criterion.demands else "",
                evidence=evidence.get("verdict", ""), needed=tuple(evidence.get("needed", ())), failing=tuple(said["failing"]))  # fmt: skip


def _measured(criterion: Criterion, said: Mapping[str, Any]) -> str:
    if not criterion.demands:
        return "没有数字可以说明"
    if said["value"] is not None:
        return quantity(criterion.demands[0].indicator, said["value"])
    if said["failing"]:
        return f"{len(said['failing'])} 所学校未达标"
    return (_OF_VETO if criterion.group == "veto" else _WITHOUT_ONE_FIGURE)[said["verdict"]]
