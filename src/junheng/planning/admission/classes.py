"""均衡编班: classes alike in size, sex, special needs and, above primary entry, earlier marks (义务教育法 第二十二条: 不得分设重点班).

Sets       pupils I, classes C, |C| = k; strata S = (sex, needs); twins T with a wish: together or apart
Wanted     for each of: all pupils, boys, girls, pupils with needs — classes differ by at most one                        (1)
           wishes of twins are kept                                                                                       (2)
           the class means of earlier marks are as equal as can be: min Σ_c n_c (m_c − m)²                                (3)
Method
  a. Deal round the classes, without a break, in the order boys – boys with needs – girls with needs – girls, within each by
     public ticket. All four groups of (1) stand together in that order, and whatever stands together and is dealt in turn
     differs by at most one: (1) holds always, and exactly.
  b. (2) by exchanging a twin with a pupil of the same stratum, which leaves (1) as it is; if there is none, with one of the
     same sex, which can cost one in needs; if there is none either, the wish stands in the result as not kept.
  c. (3) by exchanges within strata, the best one first, until none helps: a local optimum, with 0 as the bound.
  d. Which deal gets which class number is drawn too.
Everything follows from the list and the public seed: whoever has both gets the same classes.
Source: rules.md §9 (均衡编班、禁重点班); cyclic dealing is controlled rounding (Cox 1987, JASA 82) for groups that stand together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from junheng.common.digests import Digest
from junheng.common.errors import UserError
from junheng.common.stages import Stage
from junheng.planning.admission.lottery import plain

FORMAT = "junheng.classes/1"
BOY, GIRL = "1", "2"


class TwinWish(StrEnum):
    TOGETHER = "同班"
    APART = "不同班"


@dataclass(frozen=True)
class Pupil:
    """number: 学号 or 报名号; sex: BOY or GIRL; marks: of the school before, None = none; twins: the mark siblings share."""

    number: str
    sex: str
    needs: bool = False
    marks: float | None = None
    twins: str = ""
    wish: TwinWish | None = None


@dataclass(frozen=True)
class ClassPlan:
    """class_of: class number from 1, by pupil in the order handed in; seed: as used; unkept: pairs of numbers whose wish could
    not be kept."""

    pupils: Sequence[Pupil]
    class_of: Sequence[int]
    classes: int
    list_hash: str
    seed: str
    unkept: tuple[tuple[str, str], ...]

    def spread(self, of: Callable[[Pupil], bool]) -> int:
        """Most minus fewest pupils of a kind in a class."""
        counts = [0] * self.classes
        for pupil, own in zip(self.pupils, self.class_of, strict=True):
            counts[own - 1] += of(pupil)
        return max(counts) - min(counts)

    def mean_marks(self) -> list[float | None]:
        """By class; None where no pupil has marks."""
        given: dict[int, list[float]] = defaultdict(list)
        for pupil, own in zip(self.pupils, self.class_of, strict=True):
            if pupil.marks is not None:
                given[own].append(pupil.marks)
        return [sum(given[number]) / len(given[number]) if given[number] else None for number in range(1, self.classes + 1)]


def canonical_pupils(pupils: Iterable[Pupil], classes: int) -> str:
    """What the hash is taken of, whatever the order of the file. It says who has needs: publish the hash, not the text."""
    lines = sorted(f"{each.number}\t{each.sex}\t{int(each.needs)}\t{'' if each.marks is None else repr(float(each.marks))}\t{each.twins}\t{each.wish or ''}"
                   for each in pupils)  # fmt: skip
    return "\n".join([FORMAT, f"班数\t{classes}", *lines, ""])


def balance_classes(pupils: Sequence[Pupil], classes: int, stage: Stage, seed_text: str, digest: Digest = Digest.SHA256) -> ClassPlan:
    """The classes. Raises UserError for repeated numbers, an unknown sex, marks at primary entry, or more classes than pupils."""
    _refuse(pupils, classes, stage, seed_text)
    text = canonical_pupils(pupils, classes)
    seed = digest.of(f"{FORMAT}\n{plain(seed_text)}\n{digest.of(text)}")
    # In the order of block and ticket from here on: what the file's order was has no influence, not even on ties.
    order = sorted(range(len(pupils)), key=lambda i: (_block(pupils[i]), digest.of(f"{seed}:{pupils[i].number}")))
    dealt = [pupils[i] for i in order]
    deal = np.arange(len(dealt)) % classes
    locked = _keep_wishes(dealt, deal, classes)
    _even_marks(dealt, deal, locked, classes)
    numbers = sorted(range(classes), key=lambda c: digest.of(f"{seed}:班{c}"))
    number_of = {c: at for at, c in enumerate(numbers, 1)}
    class_of = [0] * len(pupils)
    for row, i in enumerate(order):
        class_of[i] = number_of[int(deal[row])]
    return ClassPlan(pupils, class_of, classes, digest.of(text), seed, _unkept(dealt, deal))


def _refuse(pupils: Sequence[Pupil], classes: int, stage: Stage, seed_text: str) -> None:
    seen: set[str] = set()
    for each in pupils:
        if each.number in seen:
            raise UserError(f"编号重复：{each.number}", where="编班名单", remedy="一名学生只留一行")
        seen.add(each.number)
        if each.sex not in (BOY, GIRL):
            raise UserError("性别没有填男或女", where=f"编班名单，{each.number}", remedy="请补填后重试")
        if stage is Stage.PRIMARY and each.marks is not None:
            raise UserError("小学入学编班不得使用成绩", where=f"编班名单，{each.number}", why="义务教育免试入学", remedy="请删去“此前成绩”一列")
    if not 1 <= classes <= len(pupils):
        raise UserError(f"{len(pupils)} 名学生不能编成 {classes} 个班", remedy="请核对班数")
    if not plain(seed_text):
        raise UserError("种子是空的", remedy="请给出名单确定以后才产生的公开数字或文字")


def _block(pupil: Pupil) -> int:
    """Place in the dealing order: boys, boys with needs, girls with needs, girls."""
    return (1 if pupil.needs else 0) if pupil.sex == BOY else (2 if pupil.needs else 3)


def _twin_groups(pupils: Sequence[Pupil]) -> list[list[int]]:
    """Rows of twins that have a wish; the wish of one of them is enough."""
    groups: dict[str, list[int]] = defaultdict(list)
    for row, each in enumerate(pupils):
        if each.twins:
            groups[each.twins].append(row)
    return [rows for rows in groups.values() if len(rows) > 1 and any(pupils[row].wish for row in rows)]


def _wish(pupils: Sequence[Pupil], rows: Sequence[int]) -> TwinWish:
    return next(wish for row in rows if (wish := pupils[row].wish))


def _keep_wishes(pupils: Sequence[Pupil], deal: np.ndarray, classes: int) -> set[int]:
    """(2), changing `deal`. Returns the twins: nothing moves them any more."""
    groups = sorted(_twin_groups(pupils), key=lambda rows: min(pupils[row].number for row in rows))
    locked = {row for rows in groups for row in rows}
    for rows in groups:
        rows.sort(key=lambda row: pupils[row].number)
        for at, row in enumerate(rows[1:], 1):
            settled = {int(deal[other]) for other in rows[:at]}
            if _wish(pupils, rows) is TwinWish.TOGETHER:
                wanted = [int(deal[rows[0]])]
            else:
                wanted = [c for c in range(classes) if c not in settled]
            if wanted and int(deal[row]) not in wanted:
                _exchange(pupils, deal, row, wanted, locked)
    return locked


def _exchange(pupils: Sequence[Pupil], deal: np.ndarray, row: int, wanted: Sequence[int], locked: set[int]) -> None:
    for like in (_block, lambda pupil: pupil.sex):
        for other in range(len(pupils)):
            if other not in locked and int(deal[other]) in wanted and like(pupils[other]) == like(pupils[row]):
                deal[row], deal[other] = deal[other], deal[row]
                return


def _unkept(pupils: Sequence[Pupil], deal: np.ndarray) -> tuple[tuple[str, str], ...]:
    out = []
    for rows in _twin_groups(pupils):
        together = _wish(pupils, rows) is TwinWish.TOGETHER
        out += [(pupils[a].number, pupils[b].number) for at, a in enumerate(rows) for b in rows[at + 1 :] if (deal[a] == deal[b]) != together]
    return tuple(out)


def _even_marks(pupils: Sequence[Pupil], deal: np.ndarray, locked: set[int], classes: int) -> None:
    """(3), changing `deal`. Only pupils with marks are exchanged, so that class means speak of the same numbers of pupils."""
    marks = np.array([np.nan if each.marks is None else each.marks for each in pupils], dtype=np.float64)
    blocks = np.array([_block(each) for each in pupils])
    free = ~np.isnan(marks) & ~np.isin(np.arange(len(pupils)), list(locked))
    if not free.any():
        return
    while True:
        best: tuple[float, int, int] = (1e-9, -1, -1)
        sums = np.array([np.nansum(marks[deal == c]) for c in range(classes)])
        counts = np.array([np.count_nonzero(~np.isnan(marks[deal == c])) for c in range(classes)])
        mean = np.nansum(marks) / counts.sum()
        for a in range(classes):
            for b in range(a + 1, classes):
                best = max(best, _best_pair(marks, blocks, free, deal, (a, b), sums - counts * mean, counts))
        _, i, j = best
        if i < 0:
            return
        deal[i], deal[j] = deal[j], deal[i]


def _best_pair(marks: np.ndarray, blocks: np.ndarray, free: np.ndarray, deal: np.ndarray, pair: tuple[int, int],
               over: np.ndarray, counts: np.ndarray) -> tuple[float, int, int]:  # fmt: skip
    """The exchange between two classes that lowers (3) most: (gain, row, row). over: sum of marks above the mean, by class."""
    a, b = pair
    best = (0.0, -1, -1)
    for block in range(4):
        first, second = (np.flatnonzero(free & (blocks == block) & (deal == c)) for c in pair)
        if not len(first) or not len(second):
            continue
        moved = marks[first][:, None] - marks[second][None, :]
        gain = (over[a] ** 2 - (over[a] - moved) ** 2) / counts[a] + (over[b] ** 2 - (over[b] + moved) ** 2) / counts[b]
        at = int(gain.argmax())
        i, j = divmod(at, len(second))
        best = max(best, (float(gain[i, j]), int(first[i]), int(second[j])))
    return best
