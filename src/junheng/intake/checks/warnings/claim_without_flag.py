"""DESCRIPTION
Extra lines (visiting teachers, leased grounds) are filled only by schools whose flag says that they may claim them.

WHY
Without the flag the claim is not counted, and the school would wonder why it still fails.
"""

from __future__ import annotations

from collections.abc import Iterator

from junheng.intake.checks.model import Breach, Check, Reported
from junheng.intake.checks.reading import at_least, label, shown

_CLAIMS_OF_FLAG = {
    "is_small_rural_50_99": tuple(f"visiting_{subject}_teachers" for subject in ("pe", "music", "fine_art", "art")),
    "is_dense_urban_core": ("leased_sport_area_m2", "other_sport_area_m2"),
}


def claims_have_their_flag(reported: Reported) -> Iterator[Breach]:
    for row in reported.facts.school:
        for flag, columns in _CLAIMS_OF_FLAG.items():
            for column in columns if row.get(flag) is False else ():
                claim = at_least("school", row, column)
                if claim is not None and claim.value > 0:
                    message = f"“{claim.label}”为 {shown('school', claim.column, claim.value)}，但“{label('school', flag)}”填“否”，这一项不会计入。"
                    yield Breach("school", row, claim.column, message, "请核对：符合条件的把该项改为“是”，不符合的把附加项留空。")


CHECK = Check(
    id="W-claim-without-flag",
    title="附加项只由符合例外条件的学校填写",
    why="没有填“是”，附加的教师、场地不会计入，学校会不明白为何仍不达标。",
    fields=tuple(f"school.{column}" for flag, columns in _CLAIMS_OF_FLAG.items() for column in (flag, *columns)),
    run=claims_have_their_flag,
)
