"""Children and schools for the tests of admission: synthetic, no number is anybody's."""

from __future__ import annotations

import random

from junheng.planning.admission.model import Child, Rules, School
from junheng.planning.admission.priorities import built_in_classes

RULES = Rules(built_in_classes())


def a_county(seed: int, children: int = 60, schools: int = 5, *, places: float = 1.1, private: int = 1) -> tuple[list[School], list[Child]]:
    """Schools on a small map, and children of every class with zones, twins, elders, private choices. places: per child."""
    draw = random.Random(seed)
    all_schools = [
        School(f"S{at}", f"第{at}小学", max(1, round(children * places / (schools + private) * draw.uniform(0.5, 1.5))), at >= schools,
               longitude=123 + draw.random() / 5, latitude=41 + draw.random() / 5)
        for at in range(schools + private)
    ]  # fmt: skip
    return all_schools, [a_child(draw, number, all_schools) for number in range(children)]


def a_child(draw: random.Random, number: int, schools: list[School]) -> Child:
    public = [each.code for each in schools if not each.is_private]
    private = [each.code for each in schools if each.is_private]
    zone = draw.sample(public, draw.choice([0, 1, 1, 1, 2]))
    return Child(
        f"B{number:05d}", "仿真甲", f"双{number // 9}" if number % 9 < 2 else "", draw.random() < 0.6, draw.random() < 0.7,
        draw.choice([None, 0, 5, 14, 40]), draw.choice([None, 60.0, 80.5]), tuple(zone),
        draw.choice(private) if private and draw.random() < 0.2 else "", draw.choice(public) if draw.random() < 0.1 else "",
        123 + draw.random() / 5, 41 + draw.random() / 5,
    )  # fmt: skip
