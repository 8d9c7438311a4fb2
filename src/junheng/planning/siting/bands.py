"""年级段: the three parts of compulsory schooling that the rules on travel and boarding tell apart."""

from __future__ import annotations

from enum import StrEnum

from junheng.common.stages import Stage


class Band(StrEnum):
    """LOWER 小学1—3年级 (原则上不寄宿), UPPER 小学4—6年级, JUNIOR 初中 (国办发〔2018〕27号)."""

    LOWER = "lower"
    UPPER = "upper"
    JUNIOR = "junior"

    @property
    def label(self) -> str:
        return {"lower": "小学1—3年级", "upper": "小学4—6年级", "junior": "初中"}[self.value]

    @property
    def stage(self) -> Stage:
        return Stage.JUNIOR if self is Band.JUNIOR else Stage.PRIMARY


GRADES = 3
"""Grades of each band: a section teaches all of them, in at least one class each."""


class Mode(StrEnum):
    """How a child gets to school."""

    WALK = "walk"
    BUS = "bus"
    BOARD = "board"

    @property
    def label(self) -> str:
        return {"walk": "走读", "bus": "校车", "board": "寄宿"}[self.value]
