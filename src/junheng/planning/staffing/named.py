"""心理、特教: teachers a school should have whatever its classes: 辽教发〔2023〕10号 names them beside the subjects."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from junheng.planning.parameters import Parameters

PSYCHOLOGY, SPECIAL = "心理健康", "特殊教育"
_TAUGHT_AS = {PSYCHOLOGY: ("心理健康", "心理", "心理健康教育"), SPECIAL: ("特殊教育", "特教", "资源教师")}


@dataclass(frozen=True)
class NamedNeed:
    """need: None where the number of included pupils is not told. have: None where the school's list was not handed in."""

    school: str
    name: str
    what: str
    need: int | None
    have: int | None

    @property
    def to_find(self) -> int | None:
        return None if self.need is None or self.have is None else max(0, self.need - self.have)


def plan_named(schools: Sequence[tuple[str, str, int | None]], teachers: Iterable[tuple[str, str]], parameters: Parameters) -> list[NamedNeed]:
    """schools: (code, name, pupils in 随班就读); teachers: (school, subject as called)."""
    listed, have = set[str](), Counter[tuple[str, str]]()
    for school, taught in teachers:
        listed.add(school)
        have.update((school, what) for what, names in _TAUGHT_AS.items() if taught in names)
    special = parameters.whole("special_per_school")
    out = []
    for code, name, included in schools:
        needs = {PSYCHOLOGY: parameters.whole("psychology_per_school"), SPECIAL: None if included is None else special if included else 0}
        out += [NamedNeed(code, name, what, need, have[code, what] if code in listed else None) for what, need in needs.items()]
    return out
