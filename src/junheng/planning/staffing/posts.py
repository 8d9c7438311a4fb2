"""编制: how many posts a county is due, and where they belong.

Data       rows r: a school's stage; n_r pupils, k_r classes; ρ_s pupils per post of stage s; m small-school line; β posts per class
Due        small rows (fewer than m pupils, or a teaching point):  a_r = max(n_r/ρ_s, β k_r)                        (1)
           others:                                                 a_r = n_r/ρ_s                                    (2)
County     A_s = ⌈Σ_{r of s} a_r⌉: added up first, rounded up once; rounding every school up would give too many    (3)
Inside     A = Σ_s A_s posts to rows in proportion to a_r, whole, by largest remainders: every row gets ⌊a_r'⌋ or
           ⌈a_r'⌉ of its exact share a_r' = a_r A/Σ a_r, and the sum is A (Hamilton's method)                       (4)
Warnings   空编 = quota − staff on it; 有编不补 where 空编 > 0 and people are employed outside the quota (一票否决, rules.md §1.8)
Sources: 中央编办发〔2014〕72号; 国办发〔2015〕43号 (班师比); rules.md §3. All sums are exact fractions.

A row that reports no pupils, or a small one no classes, is missing and not nought: the county's due is then open, and what
is known is told as such.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from junheng.common.stages import COMPULSORY_STAGES, Stage
from junheng.planning.parameters import Parameters

USED = ("pupils_per_post_primary", "pupils_per_post_junior", "small_school_pupils", "posts_per_class_small")


@dataclass(frozen=True)
class StaffRow:
    """One stage of one school. None = not reported. quota: 核定编制; on_quota: 在编; off_quota: 在岗不在编;
    non_teaching: 行政、教辅、工勤."""

    school: str
    name: str
    stage: Stage
    pupils: int | None
    classes: int | None
    is_teaching_point: bool = False
    quota: int | None = None
    on_quota: int | None = None
    off_quota: int | None = None
    non_teaching: int | None = None

    @property
    def label(self) -> str:
        return f"{self.name}（{self.stage.label}）"


@dataclass(frozen=True)
class RowPosts:
    """exact: (1), (2), None = open; share: (4), None while the county is open; over: quota − share; vacant: 空编; unfilled:
    有编不补; method: Chinese, how the row was counted."""

    row: StaffRow
    exact: Fraction | None
    share: int | None
    over: int | None
    vacant: int | None
    unfilled: bool
    method: str


@dataclass(frozen=True)
class PostPlan:
    """due: (3) by stage that has rows, None where a row is open; known_only: the same over the rows that are known. quota: 核定 of the
    county, None where a row did not report it. notes: Chinese."""

    rows: Sequence[RowPosts]
    due: Mapping[Stage, int | None]
    known_only: Mapping[Stage, int]
    quota: int | None
    notes: tuple[str, ...]

    @property
    def total(self) -> int | None:
        return None if None in self.due.values() else sum(each or 0 for each in self.due.values())


def plan_posts(rows: Sequence[StaffRow], parameters: Parameters) -> PostPlan:
    """Posts due, shares and warnings. rows: one per school and stage (primary and junior)."""
    exact = [_exact(row, parameters) for row in rows]
    due: dict[Stage, int | None] = {}
    known: dict[Stage, int] = {}
    for stage in (each for each in COMPULSORY_STAGES if any(row.stage is each for row in rows)):
        own = [each for row, (each, _) in zip(rows, exact, strict=True) if row.stage is stage]
        known[stage] = ceil(sum((each for each in own if each is not None), Fraction(0)))
        due[stage] = None if None in own else known[stage]
    total = None if None in due.values() else sum(each or 0 for each in due.values())
    shares: Sequence[int | None] = [None] * len(rows) if total is None else share_out([each or Fraction(0) for each, _ in exact], total)
    out = [_posts(row, each, share, method) for row, (each, method), share in zip(rows, exact, shares, strict=True)]
    quotas = [row.quota for row in rows]
    quota = None if None in quotas else sum(each or 0 for each in quotas)
    return PostPlan(out, due, known, quota, (*_notes(out, total, quota, parameters), *parameters.notes(USED)))


def _exact(row: StaffRow, parameters: Parameters) -> tuple[Fraction | None, str]:
    ratio = Fraction(parameters[f"pupils_per_post_{row.stage}"].value)
    if row.pupils is None:
        return None, "未报学生数"
    by_pupils = row.pupils / ratio
    if not row.is_teaching_point and row.pupils >= parameters["small_school_pupils"].value:
        return by_pupils, f"生师比 1:{float(ratio):g}"
    if row.classes is None:
        return None, "小规模学校未报班数"
    by_classes = row.classes * Fraction(parameters["posts_per_class_small"].value)
    return max(by_pupils, by_classes), "班师比（小规模学校）" if by_classes > by_pupils else f"生师比 1:{float(ratio):g}（小规模学校，不低于班师比）"


def share_out(exact: Sequence[Fraction], total: int) -> list[int]:
    """(4). Equal remainders go to the earlier row. Nothing is due to anybody when all are nought."""
    whole = sum(exact, Fraction(0))
    if not whole:
        return [0] * len(exact)
    shares = [each * total / whole for each in exact]
    out = [floor(each) for each in shares]
    by_remainder = sorted(range(len(shares)), key=lambda at: (out[at] - shares[at], at))
    for at in by_remainder[: total - sum(out)]:
        out[at] += 1
    return out


def _posts(row: StaffRow, exact: Fraction | None, share: int | None, method: str) -> RowPosts:
    vacant = None if row.quota is None or row.on_quota is None else row.quota - row.on_quota
    over = None if row.quota is None or share is None else row.quota - share
    return RowPosts(row, exact, share, over, vacant, bool(vacant and vacant > 0 and row.off_quota), method)


def _notes(rows: Sequence[RowPosts], total: int | None, quota: int | None, parameters: Parameters) -> Iterable[str]:
    if missing := [each.row.label for each in rows if each.exact is None]:
        yield f"未报学生数或班数，县应核编制待定：{'、'.join(missing[:10])}" + (f"等 {len(missing)} 个" if len(missing) > 10 else "") + "。"
    if total is not None and quota is not None:
        yield f"县应核编制 {total} 名，核定 {quota} 名，" + (f"缺 {total - quota} 名，须报县委编办（机构编制委员会）。" if total > quota else "达到国家标准。")
    elif total is not None:
        yield f"县应核编制 {total} 名；有学校未报核定编制，是否达到国家标准待定。"
    if unfilled := [each.row.label for each in rows if each.unfilled]:
        yield f"有编不补风险（一票否决项）：{'、'.join(unfilled)}有空编，同时有在岗不在编人员。"
    vacant, outside = sum(max(0, each.vacant or 0) for each in rows), sum(each.row.off_quota or 0 for each in rows)
    if not unfilled and vacant and outside:
        yield f"有编不补风险（一票否决项）：全县空编 {vacant} 名，同时有在岗不在编 {outside} 人，虽不在同一所学校，编制由县统筹。"
    untold = sum(each.vacant is None or each.row.off_quota is None for each in rows)
    if untold:
        yield f"{untold} 个学校学段未报核定编制、在编或在岗不在编，不能排除有编不补。"
    for each in rows:
        yield from _non_teaching(each.row, parameters)


def _non_teaching(row: StaffRow, parameters: Parameters) -> Iterable[str]:
    most = parameters[f"non_teaching_{row.stage}"]
    if row.non_teaching is not None and row.on_quota and row.non_teaching > most.value * row.on_quota:
        yield f"{row.label}非教学人员 {row.non_teaching} 人，占在编 {row.non_teaching / row.on_quota:.1%}，超过 {most.value:.0%}（{most.source}，{most.unverified}）。"
