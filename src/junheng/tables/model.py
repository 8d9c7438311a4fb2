"""What a column and a table are."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from junheng.common.codes import CodeList
from junheng.common.errors import DeclarationError
from junheng.common.stages import Stage
from junheng.common.units import NO_UNIT, Unit


class Kind(StrEnum):
    """How a cell is read and stored.

    COUNT: whole number ≥ 0 (Int64). AMOUNT: number ≥ 0, may have decimals (Float64).
    FRACTION: share of one; "15" or "15%" is read as 0.15 (Float64). FLAG: 是/否 (Boolean).
    CODE: one of `codes` (String). LEVEL: Ⅰ–Ⅳ as 1–4 (Int64). YEAR: a year (Int64).
    TEXT, DATE: String (dates ISO). ID: digits that must stay text (String).
    """

    COUNT = "count"
    AMOUNT = "amount"
    FRACTION = "fraction"
    FLAG = "flag"
    CODE = "code"
    LEVEL = "level"
    YEAR = "year"
    TEXT = "text"
    DATE = "date"
    ID = "id"

    @property
    def is_number(self) -> bool:
        return self in (Kind.COUNT, Kind.AMOUNT, Kind.FRACTION, Kind.LEVEL, Kind.YEAR)


class Split(StrEnum):
    """How a school that has several stages reports this column.

    NONE: once for the school, and it has no meaning by stage.
    OPTIONAL: once for the school; the stage-split lines "…（小学）" may be given and then take precedence.
    ALWAYS: by stage only; the declaration makes one column per stage and none for the school.
    """

    NONE = "none"
    OPTIONAL = "optional"
    ALWAYS = "always"


@dataclass(frozen=True)
class Column:
    """One reported column (填报项目).

    name: English, with the unit where a bare number crosses a border; label: as printed on the official form;
    variants: other labels met in real files, matched after normalisation; keywords: last resort for lines the
    official form words freely: every keyword ("a|b" = either) must stand in the label, and no other column may match.
    form_sign: the unit sign the form is filled in (万元), where it differs from the stored unit (元).
    stage: the stage a by-stage column speaks of; base: the name without the stage suffix.
    null_means: Chinese; required: 是否必填 — a blank required column is 未报 and yields a finding, a blank
    optional one claims nothing. asked_of: stages a school must have to be asked for it; () = every school.
    """

    name: str
    label: str
    kind: Kind
    unit: Unit = NO_UNIT
    group: str = ""
    required: bool = False
    variants: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    codes: CodeList | None = None
    split: Split = Split.NONE
    stage: Stage | None = None
    base: str = ""
    asked_of: tuple[Stage, ...] = ()
    form_sign: str = ""
    note: str = ""
    null_means: str = "未报"
    source: str = ""
    personal: bool = False
    stage_leads: bool = False

    def __post_init__(self) -> None:
        if (self.kind is Kind.CODE) != (self.codes is not None):
            raise DeclarationError(f"column {self.name}: a code list goes with kind CODE, and only with it")
        if self.form_sign and self.unit.factor(self.form_sign) is None:
            raise DeclarationError(f"column {self.name}: no conversion from {self.form_sign} to {self.unit.symbol}")

    @property
    def printed_unit(self) -> str:
        """The unit sign a person fills the column in: 万元 for money kept in 元."""
        return self.form_sign or self.unit.symbol

    def for_stage(self, stage: Stage, *, required: bool) -> Column:
        """The column of one stage: name "…_primary", label "…（小学）"."""
        spellings = (self.label, *self.variants)
        leading = tuple(f"{stage.label}{text}" for text in spellings)
        trailing = tuple(f"{text}（{stage.label}）" for text in spellings)
        first, second = (leading, trailing) if self.stage_leads else (trailing, leading)
        return replace(
            self, name=f"{self.name}_{stage}", label=first[0], variants=first[1:] + second, base=self.name, stage=stage,
            asked_of=(stage,), required=required, split=Split.NONE,
        )  # fmt: skip


@dataclass(frozen=True)
class Table:
    """A table of the data contract: one row per `grain`, identified by `key`.

    person_level: rows are people, classes or rooms; such a table is rolled up at intake and never enters a release.
    """

    name: str
    label: str
    grain: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    person_level: bool = False

    def __post_init__(self) -> None:
        names = [column.name for column in self.columns]
        twice = {name for name in names if names.count(name) > 1}
        if twice or not set(self.key) <= set(names):
            raise DeclarationError(f"table {self.name}: repeated columns {twice} or unknown key {self.key}")

    def column(self, name: str) -> Column:
        """Raises DeclarationError for an unknown name: column names come from our own code."""
        for column in self.columns:
            if column.name == name:
                return column
        raise DeclarationError(f"table {self.name} has no column {name}")


def expand(columns: tuple[Column, ...], stages: tuple[Stage, ...] = tuple(Stage)) -> tuple[Column, ...]:
    """Columns with their by-stage forms written out, in reading order.

    OPTIONAL columns stay and are followed by one optional column per stage; ALWAYS columns are replaced by one
    column per stage, of which the compulsory stages keep `required`.
    """
    out: list[Column] = []
    for column in columns:
        if column.split is not Split.ALWAYS:
            out.append(column)
        if column.split is not Split.NONE:
            always = column.split is Split.ALWAYS
            out.extend(
                column.for_stage(stage, required=always and column.required and stage is not Stage.SENIOR)
                for stage in stages
            )
    return tuple(out)
