"""适用范围: which rows an indicator speaks of. All predicates of a scope must hold; a null makes it unknown."""

from __future__ import annotations

from dataclasses import dataclass

from junheng.common.errors import DeclarationError
from junheng.common.stages import Stage
from junheng.tables import Kind, table


@dataclass(frozen=True)
class OneOf:
    """A school's code is one of these; excluded=True: it is none of them."""

    column: str
    codes: tuple[str, ...]
    excluded: bool = False

    def __post_init__(self) -> None:
        column = table("school").column(self.column)
        if column.codes is None or not set(self.codes) <= set(column.codes.labels):
            raise DeclarationError(f"scope: {self.column} has no codes {self.codes}")


@dataclass(frozen=True)
class IsNot:
    """A school's flag is 否."""

    flag: str

    def __post_init__(self) -> None:
        if table("school").column(self.flag).kind is not Kind.FLAG:
            raise DeclarationError(f"scope: {self.flag} is not a flag")


@dataclass(frozen=True)
class HasStage:
    """The school has pupils of the stage."""

    stage: Stage


@dataclass(frozen=True)
class FewerPupilsThan:
    """All pupils of the school are fewer than a policy number (limit id)."""

    limit: str


Predicate = OneOf | IsNot | HasStage | FewerPupilsThan
