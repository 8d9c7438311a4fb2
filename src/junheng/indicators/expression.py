"""算式: the small typed language numerators and denominators are declared in.

Every term says what it counts (`dimension`) and which reported columns it reads (`reads`); both are checked when the
registry is loaded. The engine gives the terms their meaning (engine/terms.py); nothing here computes.
"""

from __future__ import annotations

from dataclasses import dataclass

from junheng.common.errors import DeclarationError
from junheng.common.stages import COMPULSORY_STAGES, Stage
from junheng.tables import Kind, Split, table


class Term:
    """A number of one row, possibly unknown. Every subclass is a frozen dataclass."""

    @property
    def dimension(self) -> str:
        """What is counted: a dimension of common.units."""
        raise NotImplementedError

    @property
    def children(self) -> tuple[Term, ...]:
        """The terms this one is made of."""
        return ()

    def walk(self) -> tuple[Term, ...]:
        """This term and all below it, outermost first."""
        return (self, *(inner for child in self.children for inner in child.walk()))

    def __add__(self, other: Term) -> Sum:
        return Sum((*self.terms, other) if isinstance(self, Sum) else (self, other))

    def __sub__(self, other: Term) -> Difference:
        return Difference(self, other)


def _dimension_of(table_name: str, column: str) -> str:
    return table(table_name).column(column).unit.dimension


def _same_dimension(what: str, terms: tuple[Term, ...]) -> None:
    dimensions = {term.dimension for term in terms}
    if len(dimensions) != 1:
        raise DeclarationError(f"{what} of terms in different units: {sorted(dimensions)}")


@dataclass(frozen=True)
class Reported(Term):
    """A column as reported, at the grain of its own table; null is missing. A flag counts 1 是, 0 否."""

    column: str
    table: str = "school"

    def __post_init__(self) -> None:
        column = table(self.table).column(self.column)
        if not (column.kind.is_number or column.kind is Kind.FLAG):
            raise DeclarationError(f"{self.table}.{self.column} is not a number")

    @property
    def dimension(self) -> str:
        column = table(self.table).column(self.column)
        return "level" if column.kind is Kind.LEVEL else column.unit.dimension


@dataclass(frozen=True)
class OfStage(Term):
    """A figure every school reports by stage: column "<base>_<stage>" of the row's stage; null is missing."""

    base: str

    def __post_init__(self) -> None:
        for stage in COMPULSORY_STAGES:
            table("school").column(f"{self.base}_{stage}")

    @property
    def dimension(self) -> str:
        return _dimension_of("school", f"{self.base}_{Stage.PRIMARY}")


@dataclass(frozen=True)
class Shared(Term):
    """The row's stage's part of a figure a school may report as a whole.

    The stage line when any stage line of the column is reported (stages without a figure are then missing), else
    the whole × the stage's split weight. converted: the split stands in for a count of people that ought to be
    reported by stage (学段折算). claimed: an optional addition (附加项); blank claims nothing and counts 0.
    """

    base: str
    converted: bool = False
    claimed: bool = False

    def __post_init__(self) -> None:
        if table("school").column(self.base).split is not Split.OPTIONAL:
            raise DeclarationError(f"{self.base} has no optional lines by stage")

    @property
    def dimension(self) -> str:
        return _dimension_of("school", self.base)


@dataclass(frozen=True)
class WholeSchool(Term):
    """The whole school's figure of a column with optional lines by stage: the whole line, else the stage lines' sum."""

    base: str

    def __post_init__(self) -> None:
        if table("school").column(self.base).split is not Split.OPTIONAL:
            raise DeclarationError(f"{self.base} has no optional lines by stage")

    @property
    def dimension(self) -> str:
        return _dimension_of("school", self.base)


@dataclass(frozen=True)
class Pupils(Term):
    """Effective pupils of the row: of its stage, or of both compulsory stages at school grain."""

    @property
    def dimension(self) -> str:
        return "person"


@dataclass(frozen=True)
class CompulsoryClasses(Term):
    """义务教育阶段班数: stage lines where given; else the school's total, of which 1 up to all may be compulsory
    when the school has, or may have, senior pupils."""

    @property
    def dimension(self) -> str:
        return "class"


@dataclass(frozen=True)
class One(Term):
    """The denominator of a plain figure."""

    @property
    def dimension(self) -> str:
        return "one"


@dataclass(frozen=True)
class Sum(Term):
    terms: tuple[Term, ...]

    def __post_init__(self) -> None:
        _same_dimension("sum", self.terms)

    @property
    def dimension(self) -> str:
        return self.terms[0].dimension

    @property
    def children(self) -> tuple[Term, ...]:
        return self.terms


@dataclass(frozen=True)
class Difference(Term):
    """left − right. A missing right side makes the lower end −inf."""

    left: Term
    right: Term

    def __post_init__(self) -> None:
        _same_dimension("difference", self.children)

    @property
    def dimension(self) -> str:
        return self.left.dimension

    @property
    def children(self) -> tuple[Term, ...]:
        return (self.left, self.right)


@dataclass(frozen=True)
class ByStage(Term):
    """A different sum for each compulsory stage."""

    primary: Term
    junior: Term

    def __post_init__(self) -> None:
        _same_dimension("choice", self.children)

    @property
    def dimension(self) -> str:
        return self.primary.dimension

    @property
    def children(self) -> tuple[Term, ...]:
        return (self.primary, self.junior)


@dataclass(frozen=True)
class CeilDiv(Term):
    """每…个一间: `parts` divided by a policy number, rounded up. unit: dimension of the outcome."""

    parts: Term
    limit: str
    unit: str

    @property
    def dimension(self) -> str:
        return self.unit

    @property
    def children(self) -> tuple[Term, ...]:
        return (self.parts,)


@dataclass(frozen=True)
class RoomsAtLeast(Term):
    """Rooms of a size the policy asks for (limit id `area`, or what an exception puts in its place).

    total: column of all rooms; bands: (column, smallest area), largest first. Rooms outside every band are smaller
    than the smallest band when all bands are reported.
    """

    total: str
    bands: tuple[tuple[str, int], ...]
    area: str

    def __post_init__(self) -> None:
        edges = [edge for _, edge in self.bands]
        if edges != sorted(edges, reverse=True):
            raise DeclarationError(f"{self.total}: bands are declared largest first")
        for column in (self.total, *(name for name, _ in self.bands)):
            table("school").column(column)

    @property
    def dimension(self) -> str:
        return "room"


@dataclass(frozen=True)
class ClassesOver(Term):
    """Classes above the size the policy allows their stage (limit id). bands: (column, smallest, largest or None)."""

    limit: str
    bands: tuple[tuple[str, int, int | None], ...]

    def __post_init__(self) -> None:
        for name, _, _ in self.bands:
            if table("school").column(name).split is not Split.OPTIONAL:
                raise DeclarationError(f"{name} has no optional lines by stage")

    @property
    def dimension(self) -> str:
        return "class"


@dataclass(frozen=True)
class QuotaForPupils(Term):
    """定额 × a policy number of pupils: the county's quota per pupil, weighted by the school's pupils of each stage."""

    limit: str
    primary: str
    junior: str

    def __post_init__(self) -> None:
        if _dimension_of("county", self.primary) != _dimension_of("county", self.junior):
            raise DeclarationError("the two quotas are in different units")

    @property
    def dimension(self) -> str:
        return _dimension_of("county", self.primary)
