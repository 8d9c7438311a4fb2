"""The shape of a planner: what it asks for, what it is asked with, what it gives back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from importlib import import_module
from pathlib import Path

from junheng.common.errors import UserError
from junheng.planners.county_facts import CountyFacts
from junheng.planning.clock import watched

Value = int | float | Decimal | str | bool | tuple[Decimal, ...] | None
"""None: not given."""


class Kind(StrEnum):
    """What a parameter is: the type of its value in `Asked.values`."""

    WHOLE = "whole"
    """int"""
    NUMBER = "number"
    """float"""
    MONEY = "money"
    """Decimal, exact, in the parameter's unit"""
    MONEYS = "moneys"
    """tuple of Decimal; written with commas between"""
    TEXT = "text"
    """str"""
    CHOICE = "choice"
    """str, one of `choices`"""
    FLAG = "flag"
    """bool"""
    POLICY = "policy"
    """str: the id of a policy pack; at the command line also the path of a file of one's own, on a server never a path"""


class Scope(StrEnum):
    """Whose facts a planner reads."""

    COUNTY = "county"
    COUNTIES = "counties"


class BadInput(UserError):
    """A value that cannot be used. id: of the parameter or table; fault: what is wrong with it, Chinese, to stand behind its name."""

    def __init__(self, id: str, label: str, fault: str) -> None:
        self.id, self.fault = id, fault
        super().__init__(f"“{label}”{fault}")


@dataclass(frozen=True)
class TableInput:
    """A table that is handed in (.xlsx or .csv). file_name: of its template. option: at the command line; "": it is looked for by
    its file name in the folder the command is given. beside: ids that must be given with it. people: its lines are persons."""

    id: str
    label: str
    help: str
    required: bool
    file_name: str
    option: str = ""
    beside: tuple[str, ...] = ()
    people: bool = False


@dataclass(frozen=True)
class Parameter:
    """default None: nothing, unless `required`. least, most: bounds of a whole number, a number or money, inclusive. choices: value →
    Chinese. unit: of a number, Chinese ("年"); placeholder: what stands for a text before it is written; option: at the command line; beside: ids
    that must be given with it."""

    id: str
    label: str
    help: str
    kind: Kind
    option: str
    default: Value = None
    least: int | None = None
    most: int | None = None
    choices: Mapping[str, str] = field(default_factory=dict)
    unit: str = ""
    placeholder: str = ""
    required: bool = False
    beside: tuple[str, ...] = ()

    def read(self, text: str) -> Value:
        """What was written in a form or at the command line, as a value; "" is the default. Raises BadInput, also for what is
        out of bounds; of a policy it is not asked here whether there is such a one."""
        written = text.strip()
        if not written:
            return self.default
        try:
            value = self._parsed(written)
        except (ValueError, InvalidOperation) as error:
            raise BadInput(self.id, self.label, f"的“{written}”不是{'整数' if self.kind is Kind.WHOLE else '数字'}" + self._in_unit) from error
        self.check(value)
        return value

    def check(self, value: Value) -> None:
        """Raises BadInput for what is out of bounds or no choice."""
        numbers = [each for each in (value if isinstance(value, tuple) else (value,)) if isinstance(each, int | float | Decimal)]
        if any((isinstance(each, Decimal) and not each.is_finite()) or each != each for each in numbers):
            raise BadInput(self.id, self.label, f"不是数字{self._in_unit}")
        if any((self.least is not None and each < self.least) or (self.most is not None and each > self.most) for each in numbers):
            raise BadInput(self.id, self.label, f"应为{self.bounds}")
        if self.kind is Kind.CHOICE and value is not None and value not in self.choices:
            raise BadInput(self.id, self.label, f"应为{'、'.join(self.choices.values())}之一")

    @property
    def bounds(self) -> str:
        """"1—15 年", "不小于 0 米"; "" without any."""
        unit = f" {self.unit}" if self.unit else ""
        if self.least is not None and self.most is not None:
            return f"{self.least}—{self.most}{unit}"
        return f"不小于 {self.least}{unit}" if self.least is not None else f"不大于 {self.most}{unit}" if self.most is not None else ""

    @property
    def _in_unit(self) -> str:
        return "" if not self.unit else f"（{self.unit}，用逗号分开）" if self.kind is Kind.MONEYS else f"（{self.unit}）"

    def _parsed(self, text: str) -> Value:
        match self.kind:
            case Kind.WHOLE:
                return int(text)
            case Kind.NUMBER:
                return float(text)
            case Kind.MONEY:
                return Decimal(text)
            case Kind.MONEYS:
                return tuple(Decimal(part.strip()) for part in text.replace("，", ",").split(","))
            case Kind.FLAG:
                return text in ("on", "true", "1", "是")
            case _:
                return text


Input = TableInput | Parameter


@dataclass(frozen=True)
class Asked:
    """What a planner is asked with.

    facts: of every county asked for, () where none are needed; tables: id → file; values: id → value, all of the planner's parameters
    (`Planner.values` fills in defaults); out: the folder everything is written to, made when there is something to write; unit_name: of
    the county or area that asks. step: told what is being done. enough: asked about twice a second while something is searched for; True =
    stop and show what you have; None = nobody asks. Both may raise, and what they raise ends the planner (cancel).
    """

    facts: Sequence[CountyFacts]
    tables: Mapping[str, Path]
    values: Mapping[str, Value]
    out: Path
    step: Callable[[str], None] = lambda _: None
    unit_name: str = ""
    enough: Callable[[], bool] | None = None

    @property
    def county(self) -> CountyFacts:
        """The one county of a planner whose scope is one."""
        (found,) = self.facts
        return found

    def folder(self) -> Path:
        """`out`, made if it is not there."""
        self.out.mkdir(parents=True, exist_ok=True)
        return self.out

    def whole(self, id: str) -> int:
        """A whole number that is given; a planner asks only for what its declaration says is there."""
        value = self.values[id]
        assert isinstance(value, int)
        return value

    def number(self, id: str) -> float:
        value = self.values[id]
        assert isinstance(value, int | float)
        return float(value)

    def text(self, id: str) -> str:
        """"" where nothing was given."""
        value = self.values[id]
        assert value is None or isinstance(value, str)
        return value or ""

    def flag(self, id: str) -> bool:
        return self.values[id] is True


@dataclass(frozen=True)
class Figure:
    """One number to compare plans by. value: unrounded, None = not known; digits: shown behind the point; better: "less", "more",
    None = neither; unit: Chinese, "" = a share or a bare number."""

    id: str
    label: str
    value: Decimal | None
    unit: str
    digits: int = 0
    better: str | None = None


@dataclass(frozen=True)
class Task:
    """One thing to be done at one school. what: Chinese; amount, unit: how much (None, "": once); school_year: the one by whose
    beginning (1 September) it is done, None = not said; criterion: id of the criterion or the indicator's code it serves, None = not
    known; cost_yuan: at the usual price over the whole plan, None = not known."""

    school_code: str
    school_name: str
    what: str
    amount: Decimal | None
    unit: str
    school_year: int | None
    criterion: str | None
    cost_yuan: Decimal | None


@dataclass(frozen=True)
class Stamp:
    """A file whose hash is to be made public before anything is drawn."""

    file: Path
    digest: str
    hash: str


@dataclass(frozen=True)
class Planned:
    """What a planner gives back.

    headline: the answer in one Chinese sentence; lines: what else must be known with it. figures: the same ids in the same order for
    every plan of a planner, so that plans stand side by side. gap: how far the plan may be above the least possible, relative, None =
    nothing was optimised. stopped: the search was ended before its time (`Asked.enough`). refusal: why there is no plan, None = there is
    one. reasons: of a refusal, one each, what fights and what would have to give; of a plan, what it had to break (places exceeded).
    files: written to `Asked.out`. stamps: files whose hash must be public before a seed is known.
    """

    headline: str
    lines: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    gap: float | None = None
    reasons: tuple[str, ...] = ()
    files: tuple[Path, ...] = ()
    tasks: tuple[Task, ...] = ()
    stamps: tuple[Stamp, ...] = ()
    stopped: bool = False
    refusal: UserError | None = None

    @property
    def possible(self) -> bool:
        return self.refusal is None


def impossible(error: UserError, reasons: Sequence[str]) -> Planned:
    """No plan: the error in the words of the command line, and the same as a list of reasons."""
    return Planned(error.what, reasons=tuple(reasons), refusal=error)


@dataclass(frozen=True)
class Planner:
    """id: the subcommand; label: what it makes; summary: one line; purpose: what it does, a short paragraph; more: what else the help
    says, "". needs_facts: None = it works from its tables alone. inputs: tables and parameters in the order they are asked for.
    any_of: ids of which at least one is given. prefilled: its templates list the county's schools. work: module with `run` and `templates`."""

    id: str
    label: str
    summary: str
    purpose: str
    needs_facts: Scope | None
    inputs: tuple[Input, ...]
    work: str
    more: str = ""
    any_of: tuple[str, ...] = ()
    prefilled: bool = False
    blank: str = "只写出空白表。"

    @property
    def tables(self) -> tuple[TableInput, ...]:
        return tuple(each for each in self.inputs if isinstance(each, TableInput))

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        return tuple(each for each in self.inputs if isinstance(each, Parameter))

    def run(self, asked: Asked) -> Planned:
        """Plan and write. Raises UserError for input that cannot be used and when the time was too short for any plan; that there is
        no plan at all is no error (`Planned.refusal`)."""
        for each in self.parameters:
            each.check(asked.values[each.id])
        with watched(asked.enough) as watch:
            planned: Planned = import_module(self.work).run(asked)
        return replace(planned, stopped=watch.stopped)

    def write_templates(self, out: Path, facts: Sequence[CountyFacts] = ()) -> list[Path]:
        """The blank tables, into a folder that exists. facts: of the county where `prefilled`."""
        written: list[Path] = import_module(self.work).templates(out, facts)
        return written

    def values(self, given: Mapping[str, Value]) -> dict[str, Value]:
        """A value of every parameter: what is given, else the default."""
        return {each.id: each.default if given.get(each.id) is None else given[each.id] for each in self.parameters}

    def missing(self, given: set[str], name: Callable[[Input], str]) -> Iterator[str]:
        """What must be given and is not, in Chinese sentences. given: ids of tables and parameters; name: how an input is called
        ("--schools", "划片学校表")."""
        by_id = {each.id: each for each in self.inputs}
        if lacking := [name(each) for each in self.inputs if each.required and each.id not in given]:
            yield f"缺少{'、'.join(lacking)}"
        if self.any_of and not given & set(self.any_of):
            yield f"缺少{'或'.join(name(by_id[id]) for id in self.any_of)}"
        for each in self.inputs:
            for id in each.beside if each.id in given else ():
                if id not in given and each.id in by_id[id].beside:
                    yield "{}和{}要一起写".format(*(name(both) for both in self.inputs if both.id in (id, each.id)))
                elif id not in given:
                    yield f"有{name(each)}时还须有{name(by_id[id])}"

