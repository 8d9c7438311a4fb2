"""What a process is: declarations only, checked when they are made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from junheng.common.errors import DeclarationError
from junheng.web.rights.right import Right


class Tone(StrEnum):
    """How a state looks: work to do, somebody else's turn, done well, ended badly."""

    TODO = "todo"
    WAITING = "waiting"
    GOOD = "good"
    BAD = "bad"


@dataclass(frozen=True)
class State:
    """label: Chinese; turn: whose move it is, in words ("市级复核员"), "" when nobody's."""

    id: str
    label: str
    tone: Tone
    turn: str = ""


class Input(StrEnum):
    LINE = "line"
    TEXT = "text"
    DATE = "date"
    CHOICE = "choice"
    FLAG = "flag"
    COUNT = "count"


@dataclass(frozen=True)
class Field:
    """One thing a transition asks for. choices: value → label, for CHOICE; group: fields of one group that follow each
    other stand in one row under this heading, "" = by itself."""

    name: str
    label: str
    input: Input = Input.TEXT
    required: bool = True
    help: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    group: str = ""


@dataclass(frozen=True)
class Deadline:
    """Days the next state may last. parameter: its name in the process's parameters, which a round may override;
    source: document and clause, or 待核."""

    parameter: str
    days: int
    source: str


Effect = Callable[[Any, "Taken"], Mapping[str, Any] | None]
"""What else a transition does, inside its transaction and after the lock: (subject, what was entered) → what is
frozen into the step (hashes, versions). It raises Refused to stop the transition."""


@dataclass(frozen=True)
class Transition:
    """From one of `sources` to `target`. right: who; its states are implied by `sources`. confirm: the question asked
    before, naming the act; automatic: taken by the system when its deadline has passed, never by a person. offered: of
    which subjects it is shown at all, None = of all; the effect refuses it of others. at_once: one press takes it."""

    id: str
    label: str
    sources: tuple[str, ...]
    target: str
    right: Right | None
    fields: tuple[Field, ...] = ()
    effect: Effect | None = None
    deadline: Deadline | None = None
    confirm: str = ""
    automatic: bool = False
    offered: Callable[[Any], bool] | None = None
    at_once: bool = False


@dataclass(frozen=True)
class Process:
    """A state table. id also names its URLs and audit actions ("evaluation.return_to_county")."""

    id: str
    label: str
    states: tuple[State, ...]
    transitions: tuple[Transition, ...]

    def __post_init__(self) -> None:
        states, names = [each.id for each in self.states], [each.id for each in self.transitions]
        _refuse_twice(self.id, states)
        _refuse_twice(self.id, names)
        for each in self.transitions:
            unknown = {*each.sources, each.target} - set(states)
            if unknown or not each.sources:
                raise DeclarationError(f"process {self.id}: transition {each.id} speaks of states {sorted(unknown)}")
            if (each.right is None) != each.automatic:
                raise DeclarationError(f"process {self.id}: transition {each.id} needs a right, or to be automatic")
            if each.at_once and each.fields:
                raise DeclarationError(f"process {self.id}: transition {each.id} asks for something and cannot be taken at once")
        unreached = set(states[1:]) - {each.target for each in self.transitions}
        if unreached:
            raise DeclarationError(f"process {self.id}: nothing leads to {sorted(unreached)}")

    @property
    def initial(self) -> str:
        return self.states[0].id

    def state(self, id: str) -> State:
        return next(each for each in self.states if each.id == id)

    def transition(self, id: str) -> Transition | None:
        return next((each for each in self.transitions if each.id == id), None)

    def leaving(self, state: str) -> tuple[Transition, ...]:
        return tuple(each for each in self.transitions if state in each.sources)


@dataclass(frozen=True)
class Taken:
    """A transition as it is being taken. by: the user, None for the system; data: the cleaned fields."""

    transition: Transition
    by: Any
    data: Mapping[str, Any]


def _refuse_twice(process: str, ids: Iterable[str]) -> None:
    ids = list(ids)
    twice = sorted({each for each in ids if ids.count(each) > 1})
    if twice:
        raise DeclarationError(f"process {process}: declared twice: {twice}")
