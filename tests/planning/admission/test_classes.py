"""Balanced classes: never more than one apart, twins as wished, the same for everybody who has list and seed."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from junheng.common.errors import UserError
from junheng.common.stages import Stage
from junheng.planning.admission.classes import BOY, GIRL, ClassPlan, Pupil, TwinWish, balance_classes

SEED = "03 11 17"


@st.composite
def grades(draw: st.DrawFn, marks: bool = False) -> tuple[list[Pupil], int]:
    kinds = draw(st.lists(st.tuples(st.sampled_from([BOY, GIRL]), st.integers(0, 9), st.integers(0, 100)), min_size=4, max_size=60))
    classes = draw(st.integers(1, min(6, len(kinds))))
    pupils = [Pupil(f"X{at:03d}", sex, needs == 0, float(mark) if marks and needs != 9 else None) for at, (sex, needs, mark) in enumerate(kinds)]
    return pupils, classes


def plan_of(pupils: list[Pupil], classes: int, seed: str = SEED) -> ClassPlan:
    return balance_classes(pupils, classes, Stage.JUNIOR, seed)


def spreads(plan: ClassPlan) -> tuple[int, int, int, int]:
    """Of all, boys, girls, needs."""
    return (plan.spread(lambda _: True), plan.spread(lambda p: p.sex == BOY), plan.spread(lambda p: p.sex == GIRL), plan.spread(lambda p: p.needs))


@given(grades(), st.text(min_size=1).filter(lambda text: text.strip()))
def test_classes_differ_by_at_most_one_in_size_sex_and_needs(grade: tuple[list[Pupil], int], seed: str) -> None:
    assert max(spreads(plan_of(*grade, seed))) <= 1


@given(grades(marks=True), st.randoms(use_true_random=False))
def test_the_order_of_the_list_changes_nothing(grade: tuple[list[Pupil], int], random: object) -> None:
    pupils, classes = grade
    shuffled = sorted(pupils, key=lambda _: random.random())  # type: ignore[attr-defined]
    one, two = plan_of(pupils, classes), plan_of(shuffled, classes)

    assert one.list_hash == two.list_hash
    assert max(spreads(two)) <= 1
    assert dict(zip(one.pupils, one.class_of, strict=True)) == dict(zip(two.pupils, two.class_of, strict=True))


def test_another_seed_gives_other_classes_and_the_same_seed_the_same() -> None:
    pupils = [Pupil(f"X{at}", BOY if at % 2 else GIRL) for at in range(40)]

    assert plan_of(pupils, 4).class_of == plan_of(pupils, 4).class_of
    assert plan_of(pupils, 4).class_of != plan_of(pupils, 4, "别的").class_of


def test_the_hash_changes_with_anything_that_matters() -> None:
    pupils = [Pupil(f"X{at}", BOY) for at in range(6)]
    hashes = {plan_of(each, classes).list_hash for each, classes in [
        (pupils, 2), (pupils, 3), (pupils[:5], 2), ([replace(pupils[0], sex=GIRL), *pupils[1:]], 2), ([replace(pupils[0], needs=True), *pupils[1:]], 2),
        ([replace(pupils[0], marks=0.0), *pupils[1:]], 2),
    ]}  # fmt: skip
    assert len(hashes) == 6


@given(st.integers(0, 10**6), st.sampled_from(TwinWish), st.booleans())
def test_wishes_of_twins_are_kept_without_costing_the_balance(seed: int, wish: TwinWish, mixed: bool) -> None:
    pupils = [Pupil(f"X{at:02d}", BOY if at % 2 else GIRL, at % 10 == 0) for at in range(48)]
    for first, second in ((1, 3), (4, 5 if mixed else 6), (7, 9)):
        pupils[first] = replace(pupils[first], twins=f"T{first}", wish=wish)
        pupils[second] = replace(pupils[second], twins=f"T{first}")
    plan = plan_of(pupils, 4, str(seed))

    assert plan.unkept == ()
    place = dict(zip((each.number for each in pupils), plan.class_of, strict=True))
    assert (place["X01"] == place["X03"]) == (wish is TwinWish.TOGETHER)
    assert max(spreads(plan)) <= 1


def test_a_wish_that_cannot_be_kept_is_told() -> None:
    three = [Pupil(f"X{at}", BOY, twins="T", wish=TwinWish.APART) for at in range(3)]
    plan = plan_of([*three, Pupil("X9", GIRL)], 2)
    assert len(plan.unkept) == 1


def test_each_class_number_is_equally_likely() -> None:
    """Seven pupils in three classes: the one with three pupils is class 1, 2 or 3 a third of the time each (900 fixed seeds)."""
    pupils = [Pupil(f"X{at}", BOY) for at in range(7)]
    times = [0, 0, 0]
    for seed in range(900):
        plan = plan_of(pupils, 3, f"s{seed}")
        times[max((1, 2, 3), key=list(plan.class_of).count) - 1] += 1
    assert all(250 < each < 350 for each in times), times


def squared(plan_classes: tuple[int, ...] | list[int], pupils: list[Pupil], classes: int) -> float:
    marks = [each.marks or 0.0 for each in pupils]
    mean = sum(marks) / len(marks)
    out = 0.0
    for c in range(1, classes + 1):
        own = [mark for mark, at in zip(marks, plan_classes, strict=True) if at == c]
        out += len(own) * (sum(own) / len(own) - mean) ** 2
    return out


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 30), min_size=6, max_size=6))
def test_marks_of_six_are_near_what_trying_everything_finds(marks: list[int]) -> None:
    """Six of one sex in two classes: exchanging two at a time ends at the best, or at most one mark of mean beside it."""
    pupils = [Pupil(f"X{at}", GIRL, marks=float(mark)) for at, mark in enumerate(marks)]
    plan = plan_of(pupils, 2)

    best = min(squared(way, pupils, 2) for way in set(permutations((1, 1, 1, 2, 2, 2))))
    means = plan.mean_marks()
    assert None not in means
    assert abs(means[0] - means[1]) - 2 * (best / 6) ** 0.5 <= 1.0 + 1e-9  # type: ignore[operator]


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10**6))
def test_a_real_grade_has_means_within_a_tenth_of_a_mark(seed: int) -> None:
    pupils = [Pupil(f"X{at:03d}", BOY if at % 2 else GIRL, at % 40 == 0, float((at * 7919 + seed) % 101)) for at in range(240)]
    means = plan_of(pupils, 6, str(seed)).mean_marks()
    assert max(means) - min(means) < 0.1  # type: ignore[type-var, operator]


@pytest.mark.parametrize(("pupils", "classes", "stage", "seed", "said"), [
    ([Pupil("A", BOY), Pupil("A", GIRL)], 1, Stage.PRIMARY, SEED, "编号重复"), ([Pupil("A", "9")], 1, Stage.PRIMARY, SEED, "性别"),
    ([Pupil("A", BOY, marks=90.0)], 1, Stage.PRIMARY, SEED, "不得使用成绩"), ([Pupil("A", BOY)], 2, Stage.PRIMARY, SEED, "不能编成 2 个班"),
    ([Pupil("A", BOY)], 0, Stage.PRIMARY, SEED, "不能编成 0 个班"), ([Pupil("A", BOY)], 1, Stage.PRIMARY, " ", "种子是空的"),
])  # fmt: skip
def test_what_cannot_be_divided_is_refused_in_words(pupils: list[Pupil], classes: int, stage: Stage, seed: str, said: str) -> None:
    with pytest.raises(UserError, match=said):
        balance_classes(pupils, classes, stage, seed)
