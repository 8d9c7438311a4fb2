"""学段: the stages of schooling that this software counts."""

from __future__ import annotations

from enum import StrEnum


class Stage(StrEnum):
    PRIMARY = "primary"
    JUNIOR = "junior"
    SENIOR = "senior"

    @property
    def label(self) -> str:
        """小学, 初中 or 高中."""
        return _LABELS[self]


_LABELS = {Stage.PRIMARY: "小学", Stage.JUNIOR: "初中", Stage.SENIOR: "高中"}

COMPULSORY_STAGES = (Stage.PRIMARY, Stage.JUNIOR)
"""义务教育 stages: the ones that are judged."""
