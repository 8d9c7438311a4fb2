"""One box over schools, counties, clauses and problems. Units and problems are cut to the account's reach."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.urls import reverse

from junheng.common.school_years import as_of_date
from junheng.web.accounts.models import User
from junheng.web.areas.models import Unit
from junheng.web.dashboards.clauses import Clause, clauses_for
from junheng.web.dashboards.queries import division
from junheng.web.rectification.queries import problems_of
from junheng.web.rights.levels import UnitKind
from junheng.web.rounds.models import Round

MOST = 20
_LONGEST = 40


@dataclass(frozen=True)
class Hit:
    """ref: a unit's code, a problem's number, a clause's anchor. url: "" = nothing to open."""

    ref: str
    title: str
    more: str
    url: str


@dataclass(frozen=True)
class Hits:
    """hits: at most MOST; there_are_more: some were left out."""

    id: str
    label: str
    hits: Sequence[Hit]
    there_are_more: bool


def found(user: User, text: str, round: Round | None) -> list[Hits]:
    """Every word must be found. Nothing for an empty text. Five queries."""
    words = text[:_LONGEST].split()
    if not words:
        return []
    units = Unit.objects.counted_within(*user.reach).select_related("parent")
    return [
        _units("areas", "县（市、区）", units.exclude(kind=UnitKind.SCHOOL), words, round),
        _units("schools", "学校", units.filter(kind=UnitKind.SCHOOL), words, round),
        _problems(user, words),
        _clauses(user, words, round),
    ]


def _cut(id: str, label: str, hits: Sequence[Hit]) -> Hits:
    return Hits(id, label, hits[:MOST], len(hits) > MOST)


def _units(id: str, label: str, units: QuerySet[Unit], words: Sequence[str], round: Round | None) -> Hits:
    for word in words:
        units = units.filter(Q(name__contains=word) | Q(code__startswith=word))
    return _cut(id, label, [
        Hit(each.code, each.name, f"{each.code}{f'，{each.parent.name}' if each.parent else ''}{'，已撤并' if each.closed_on else ''}",
            reverse("board", args=[round.pk, each.code]) if round else "")
        for each in units[: MOST + 1]
    ])  # fmt: skip


def _problems(user: User, words: Sequence[str]) -> Hits:
    problems = problems_of(user)
    for word in words:
        asked = Q(title__contains=word) | Q(unit__name__contains=word) | Q(current__contains=word)
        problems = problems.filter(asked | Q(pk=int(word)) if word.isdecimal() and len(word) < 10 else asked)
    return _cut("problems", "问题", [
        Hit(str(each.pk), f"第 {each.pk} 号：{each.title}", f"{each.unit.name}，{each.state_shown.label}", reverse("problem", args=[each.pk])) for each in problems[: MOST + 1]
    ])  # fmt: skip


def _clauses(user: User, words: Sequence[str], round: Round | None) -> Hits:
    told = [each for each in clauses_seen_by(user, round) if each.holds(words)]
    return _cut("clauses", "条款", [Hit(each.anchor, each.title, each.source, f"{reverse('clauses')}#{each.anchor}") for each in told[: MOST + 1]])


def clauses_seen_by(user: User, round: Round | None) -> list[Clause]:
    """The standard of the round as it stands where the account's unit lies; none without a round."""
    if round is None:
        return []
    return clauses_for(round.policy, division(user.unit), as_of_date(round.school_year))
