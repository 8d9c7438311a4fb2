"""The policy library: every document the packs cite, clause by clause, with what the software takes from it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from junheng.policy import list_packs
from junheng.policy.in_force import Document
from junheng.policy.pack_model import LimitSpec, Pack, ValueSpec
from junheng.policy.registry import documents_of, load_documents

_KEYS = {"any": "", "primary": "小学", "junior": "初中", "senior": "高中", "nine_year": "九年一贯制", "twelve_year": "十二年一贯制"}


@dataclass(frozen=True)
class Line:
    """One thing taken from a clause. words: what it says, values with their unit; since: "" where it has no day of its own;
    pack: the title of the pack it stands in; unverified: "" or why it is 待核."""

    document: str
    clause: str
    title: str
    words: str
    since: str
    pack: str
    unverified: str


@cache
def documents() -> dict[str, Document]:
    """Registered documents, and those that a pack brings itself."""
    own = {id: each for pack in list_packs() for id, each in documents_of(pack.documents).items()}
    return {**load_documents(), **own}


@cache
def lines_of(document: str) -> tuple[tuple[str, tuple[Line, ...]], ...]:
    """Clause → what is taken from it, in the order of the packs."""
    found = sorted((line for line in _all_lines() if line.document == document), key=lambda line: _first_seen()[document, line.clause])
    return tuple((clause, tuple(of)) for clause, of in groupby(found, key=lambda line: line.clause))


def anchor_of(clause: str) -> str:
    """The clause's place on its document's page: made of its name alone, so that it holds whatever is added to the packs."""
    return f"c-{hashlib.sha256(clause.encode()).hexdigest()[:8]}"


@cache
def _first_seen() -> dict[tuple[str, str], int]:
    out: dict[tuple[str, str], int] = {}
    for number, line in enumerate(_all_lines()):
        out.setdefault((line.document, line.clause), number)
    return out


@cache
def _all_lines() -> tuple[Line, ...]:
    return tuple(line for pack in list_packs() for line in _of_pack(pack))


def _of_pack(pack: Pack) -> Iterator[Line]:
    for limit in pack.limits.values():
        yield from _of_limit(limit, pack)
    for rule in pack.exceptions.values():
        term = f"{rule.start or '待核'} 至 {rule.end or '待核'}。{rule.obligation}"
        yield Line(rule.source.document, rule.source.clause, f"特殊口径：{rule.title}", term, "", pack.title, rule.unverified)
        for limit in rule.replaces.values():
            yield from _of_limit(limit, pack)
    for excluded in pack.exclusions.values():
        yield Line(excluded.source.document, excluded.source.clause, "不纳入", excluded.title, "", pack.title, "")
    for criterion in pack.criteria.values():
        yield Line(criterion.source.document, criterion.source.clause, criterion.title, criterion.text, "", pack.title, criterion.unverified)
    for target in pack.targets.values():
        by = f"（{target.by_school_year} 年前）" if target.by_school_year else ""
        yield Line(target.source.document, target.source.clause, target.title, f"{target.text}{by}", "", pack.title, target.unverified)


def _of_limit(limit: LimitSpec, pack: Pack) -> Iterator[Line]:
    for value in limit.values:
        yield Line(value.source.document, value.source.clause, limit.title or "数值", _values(value, limit.unit or ""), str(value.from_), pack.title,
                   value.unverified)  # fmt: skip


def _values(value: ValueSpec, unit: str) -> str:
    parts = [f"{_KEYS[key]} {number.normalize():,f} {unit}".strip() for key, number in value.by_key().items()]
    return "，".join(parts)
