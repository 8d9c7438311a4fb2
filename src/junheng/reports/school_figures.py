"""What one school reported on an item that is judged school by school, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from junheng.intake.model import Row
from junheng.reports.figures import compulsory_pupils, number, percent, words
from junheng.tables.school import ART_ROOM_BANDS, CLASS_SIZE_BANDS, MUSIC_ROOM_BANDS


def school_figure(indicator: str, row: Row) -> str:
    """E.g. "现有 3 间（≥96 ㎡ 1 间…），班级 31 个"; "" for an indicator that is not told this way or an unknown school."""
    tell = _TOLD.get(indicator)
    return tell(row) if tell and row else ""


def rooms(row: Row, total: str, bands: tuple[tuple[str, int], ...]) -> str:
    """Rooms in all and by area band, as the form asks for them."""
    uppers = [None, *(edge for _, edge in bands)]
    parts = [
        f"{edge} ㎡以上 {words(number(row, name))} 间" if upper is None else f"{edge}—{upper} ㎡ {words(number(row, name))} 间"
        for (name, edge), upper in zip(bands, uppers, strict=False)
    ]
    return f"{words(number(row, total))} 间（{'、'.join(parts)}）"


def _music(row: Row) -> str:
    return f"班级 {words(number(row, 'classes'))} 个，音乐教室 {rooms(row, 'music_rooms', MUSIC_ROOM_BANDS)}"


def _art(row: Row) -> str:
    return f"班级 {words(number(row, 'classes'))} 个，美术教室 {rooms(row, 'art_rooms', ART_ROOM_BANDS)}"


def _size(row: Row) -> str:
    return f"义务教育阶段学生 {words(compulsory_pupils(row))} 人"


def _classes(row: Row) -> str:
    over = [f"{smallest}{'人以上' if largest is None else f'—{largest}人'}班 {words(count)} 个" for name, smallest, largest in CLASS_SIZE_BANDS
            if smallest > 45 and (count := number(row, name)) != 0]  # fmt: skip
    return "、".join(over) or "没有 46 人以上的班"


def _share_of(part: str, whole: str) -> Callable[[Row], str]:
    def tell(row: Row) -> str:
        one, all_of_it = number(row, part), number(row, whole)
        share = one / all_of_it if one is not None and all_of_it else None
        return percent(share)

    return tell


def _funding(row: Row) -> str:
    return f"公用经费 {words(number(row, 'running_budget_yuan'))} 元，学生 {words(compulsory_pupils(row))} 人"


_TOLD: Mapping[str, Callable[[Row], str]] = {
    "music_rooms": _music, "art_rooms": _art, "school_size": _size, "oversize_classes": _classes,
    "small_school_funding": _funding, "training_budget_share": _share_of("training_budget_yuan", "running_budget_yuan"),
}  # fmt: skip
