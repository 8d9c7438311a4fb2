"""What one school reported on an item that is judged school by school, in words."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from junheng.common.stages import COMPULSORY_STAGES, Stage
from junheng.intake.model import Row
from junheng.policy.in_force import PolicyInForce
from junheng.reports.figures import compulsory_pupils, number, percent, stages_of, whole_of, words
from junheng.tables.school import ART_ROOM_BANDS, CLASS_SIZE_BANDS, MUSIC_ROOM_BANDS


def school_figure(indicator: str, row: Row) -> str:
    """E.g. "现有 3 间（≥96 ㎡ 1 间…），班级 31 个"; "" for an indicator that is not told this way or an unknown school."""
    tell = _TOLD.get(indicator)
    return tell(row) if tell and row else ""


def school_gap(indicator: str, row: Row, line: float, policy: PolicyInForce) -> str:
    """What one school is short of, where its own figures say so; line: the limit it is judged against."""
    if indicator in _ROOMS:
        short = _rooms_short(row, policy, *_ROOMS[indicator])
        return f"还差面积达标的{'音乐' if indicator == 'music_rooms' else '美术'}教室 {short} 间" if short else ""
    if indicator == "training_budget_share":
        budget, spent = number(row, "running_budget_yuan"), number(row, "training_budget_yuan")
        if budget is not None and spent is not None and budget * line > spent:
            return f"还差教师培训经费 {words(budget * line - spent, 2)} 元"
    if indicator == "school_size" and (pupils := compulsory_pupils(row)) is not None and pupils > line:
        return f"超出规模 {words(pupils - line)} 人"
    return ""


def rooms_needed(row: Row, policy: PolicyInForce) -> int | None:
    """每 12 个班 1 间; None where classes of the compulsory stages are not known by themselves."""
    classes = whole_of(row, "classes")
    if Stage.SENIOR in stages_of(row):
        parts = [number(row, f"classes_{stage}") for stage in COMPULSORY_STAGES if stage in stages_of(row)]
        classes = None if any(part is None for part in parts) else sum(part or 0.0 for part in parts)
    return None if classes is None else math.ceil(classes / float(policy.limits["classes_per_special_room"].at("any").value))


def _rooms_short(row: Row, policy: PolicyInForce, bands: tuple[tuple[str, int], ...], limit: str) -> int:
    """Rooms still needed; 0 where that hangs on an exception the school may or may not claim."""
    needed = rooms_needed(row, policy)
    counts = [(edge, number(row, name)) for name, edge in bands]
    if needed is None or any(count is None for _, count in counts):
        return 0
    lines = {float(policy.limits[limit].at("any").value)}
    for rule in policy.exceptions:
        if limit in rule.replaces and row.get(rule.flag) is not False:
            lines |= {float(cited.value) for cited in rule.replaces[limit].values.values()}
    short = {needed - int(sum(count or 0.0 for edge, count in counts if edge >= line)) for line in lines}
    return max(0, short.pop()) if len(short) == 1 else 0


def rooms(row: Row, total: str, bands: tuple[tuple[str, int], ...]) -> str:
    """Rooms in all and by area band, as the form asks for them."""
    uppers = [None, *(edge for _, edge in bands)]
    parts = [
        f"{edge} ㎡以上 {words(number(row, name))} 间" if upper is None else f"{edge}—{upper} ㎡ {words(number(row, name))} 间"
        for (name, edge), upper in zip(bands, uppers, strict=False)
    ]
    return f"{words(number(row, total))} 间（{'、'.join(parts)}）"


def _music(row: Row) -> str:
    return f"班级 {words(whole_of(row, 'classes'))} 个，音乐教室 {rooms(row, 'music_rooms', MUSIC_ROOM_BANDS)}"


def _art(row: Row) -> str:
    return f"班级 {words(whole_of(row, 'classes'))} 个，美术教室 {rooms(row, 'art_rooms', ART_ROOM_BANDS)}"


def _size(row: Row) -> str:
    return f"义务教育阶段学生 {words(compulsory_pupils(row))} 人"


def _classes(row: Row) -> str:
    over = [f"{smallest}{'人以上' if largest is None else f'—{largest}人'}班 {words(count)} 个" for name, smallest, largest in CLASS_SIZE_BANDS
            if smallest > 45 and (count := whole_of(row, name)) != 0]  # fmt: skip
    return "、".join(over) or "没有 46 人以上的班"


def _share_of(part: str, whole: str) -> Callable[[Row], str]:
    def tell(row: Row) -> str:
        one, all_of_it = number(row, part), number(row, whole)
        share = one / all_of_it if one is not None and all_of_it else None
        return percent(share)

    return tell


def _funding(row: Row) -> str:
    return f"公用经费 {words(number(row, 'running_budget_yuan'))} 元，学生 {words(compulsory_pupils(row))} 人"


_ROOMS = {"music_rooms": (MUSIC_ROOM_BANDS, "music_room_area_m2"), "art_rooms": (ART_ROOM_BANDS, "art_room_area_m2")}
_TOLD: Mapping[str, Callable[[Row], str]] = {
    "music_rooms": _music, "art_rooms": _art, "school_size": _size, "oversize_classes": _classes,
    "small_school_funding": _funding, "training_budget_share": _share_of("training_budget_yuan", "running_budget_yuan"),
}  # fmt: skip
