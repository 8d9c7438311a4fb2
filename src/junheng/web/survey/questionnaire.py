"""A questionnaire as it is declared in questionnaires/*.yaml: who is asked what, on which scale, and what the plan starts from."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, model_validator

from junheng.common.errors import DeclarationError
from junheng.web.evaluation.satisfaction import GROUPS

_FOLDER = Path(__file__).parent / "questionnaires"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Group(_Strict):
    """by_school: codes are given out school by school; else in the whole county, where one person of a school would be known.
    count: what the population of the group is, in words."""

    id: str
    label: str
    by_school: bool
    count: str


class Option(_Strict):
    """counts: how a questionnaire with this answer to the overall question counts (有效 and 满意, 有效, 无效)."""

    id: str
    label: str
    counts: Literal["satisfied", "other", "invalid"]


class Question(_Strict):
    """clause: which part of what the standard asks about; ask: the groups that are asked, () = all."""

    id: str
    text: str
    clause: str = ""
    ask: tuple[str, ...] = ()


class Plan(_Strict):
    """Where a survey's plan starts: fractions. response: of the codes given out, how many come back."""

    confidence: float
    margin: float
    response: float
    unverified: str


class Questionnaire(_Strict):
    """unverified: 待核, "" = nothing."""

    id: str
    version: int
    title: str
    source: str
    unverified: str = ""
    intro: str
    groups: tuple[Group, ...]
    scale: tuple[Option, ...]
    overall: str
    questions: tuple[Question, ...]
    plan: Plan

    @model_validator(mode="after")
    def _hangs_together(self) -> Questionnaire:
        if tuple((each.id, each.label) for each in self.groups) != GROUPS:
            raise DeclarationError(f"questionnaire {self.id}: the groups are not those of the rules, in their order")
        known = {each.id for each in self.groups}
        strangers = {group for each in self.questions for group in each.ask} - known
        if strangers or self.overall not in {each.id for each in self.questions if not each.ask}:
            raise DeclarationError(f"questionnaire {self.id}: {sorted(strangers) or 'the overall question must be asked of all'}")
        return self

    @property
    def key(self) -> str:
        """What a survey keeps: "recognition_2017/1". A changed text is a new version, a new file."""
        return f"{self.id}/{self.version}"

    def group(self, id: str) -> Group:
        return next(each for each in self.groups if each.id == id)

    def asked(self, group: str) -> tuple[Question, ...]:
        """The questions for one group, in order."""
        return tuple(each for each in self.questions if not each.ask or group in each.ask)

    def options(self, counts: str) -> tuple[str, ...]:
        """The answers to the overall question that count so."""
        return tuple(each.id for each in self.scale if each.counts == counts)

    @property
    def satisfied_words(self) -> str:
        return "、".join(f"“{each.label}”" for each in self.scale if each.counts == "satisfied")


@cache
def questionnaires() -> dict[str, Questionnaire]:
    """Key → questionnaire: every file of the folder, the newest last."""
    read = [Questionnaire.model_validate(yaml.safe_load(path.read_text("utf-8"))) for path in sorted(_FOLDER.glob("*.yaml"))]
    return {each.key: each for each in read}


def newest() -> Questionnaire:
    return list(questionnaires().values())[-1]
