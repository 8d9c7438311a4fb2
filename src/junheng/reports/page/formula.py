"""Numerators as lists of tokens the page's script can read aloud: columns, signs, shares of a school's whole figure."""

from __future__ import annotations

from collections.abc import Iterator

from junheng.common.stages import Stage
from junheng.indicators.expression import (
    ByStage,
    CeilDiv,
    ClassesOver,
    CompulsoryClasses,
    Difference,
    OfStage,
    One,
    Pupils,
    QuotaForPupils,
    Reported,
    RoomsAtLeast,
    Shared,
    Sum,
    Term,
    WholeSchool,
)

Token = str | list[str]
"""A sign such as "+", or [kind, column] with kind "c" the column as it stands, "s" the stage's share of a school's
figure, "k" the same where it is an optional addition (blank = not claimed), "w" a whole school's figure."""


def tokens(term: Term, stage: Stage) -> list[Token]:
    """The term for one stage. Only resource numerators are told this way."""
    if isinstance(term, ByStage):
        return tokens(term.primary if stage is Stage.PRIMARY else term.junior, stage)
    if isinstance(term, Sum):
        out: list[Token] = []
        for part in term.terms:
            out += (["+"] if out else []) + tokens(part, stage)
        return out
    if isinstance(term, Difference):
        right = tokens(term.right, stage)
        return [*tokens(term.left, stage), "−", *(["(", *right, ")"] if len(right) > 1 else right)]
    if isinstance(term, OfStage):
        return [["c", f"{term.base}_{stage}"]]
    if isinstance(term, Shared):
        return [["k" if term.claimed else "s", term.base]]
    if isinstance(term, Reported):
        return [["c", term.column]]
    return []


def columns_of(term: Term) -> Iterator[tuple[str, str]]:
    """(table, column) of every reported column a term may read, by-stage lines included."""
    for part in term.walk():
        if isinstance(part, Reported):
            yield part.table, part.column
        elif isinstance(part, OfStage):
            yield from (("school", f"{part.base}_{stage}") for stage in (Stage.PRIMARY, Stage.JUNIOR))
        elif isinstance(part, Shared | WholeSchool):
            yield from _staged(part.base)
        elif isinstance(part, Pupils):
            yield from (("school", f"students_{stage}") for stage in Stage)
        elif isinstance(part, CompulsoryClasses):
            yield from _staged("classes")
        elif isinstance(part, RoomsAtLeast):
            yield from (("school", name) for name in (part.total, *(band for band, _ in part.bands)))
        elif isinstance(part, ClassesOver):
            for name, _, _ in part.bands:
                yield from _staged(name)
        elif isinstance(part, QuotaForPupils):
            yield from (("county", name) for name in (part.primary, part.junior))
        elif not isinstance(part, Sum | Difference | ByStage | CeilDiv | One):
            raise TypeError(f"no columns known for {part}")


def _staged(base: str) -> Iterator[tuple[str, str]]:
    yield "school", base
    yield from (("school", f"{base}_{stage}") for stage in Stage)
