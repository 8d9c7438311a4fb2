"""DESCRIPTION
In a county with enough schools, the last digits of a large number are spread about evenly (chi-square test of the ten
digits against equal shares, 9 degrees of freedom).

WHY
Counted and measured numbers end in any digit. Where most end in 0 or 5, they were estimated; where one other digit
stands out, they were made up.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from junheng.intake.checks.model import Breach, Check, Reported
from junheng.intake.checks.reading import label, number, text
from junheng.intake.checks.thresholds import LAST_DIGIT_CHI_SQUARE, LAST_DIGIT_SCHOOLS, LAST_DIGIT_SMALLEST

_COLUMNS = (
    "students_primary", "students_junior", "teach_aux_area_m2", "sport_field_area_m2", "building_area_m2", "land_area_m2", "books",
)  # fmt: skip


def last_digits_spread(reported: Reported) -> Iterator[Breach]:
    digits: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row in reported.facts.school:
        for column in _COLUMNS:
            value = number(row, column)
            if value is not None and value >= LAST_DIGIT_SMALLEST.value:
                digits[text(row, "county_code"), column].append(int(value) % 10)
    for (county, column), seen in digits.items():
        if len(seen) < LAST_DIGIT_SCHOOLS.value or _chi_square(seen) <= LAST_DIGIT_CHI_SQUARE.value:
            continue
        digit, times = Counter(seen).most_common(1)[0]
        message = (
            f"全县 {len(seen)} 个“{label('school', column)}”中，有 {times} 个的末位数字是 {digit}，"
            f"远多于通常的 {len(seen) / 10:.0f} 个左右，可能是估计或编造的数。"
        )
        yield Breach("county", {"county_code": county}, column, message, "请抽查若干所学校的原始凭证；按实测或实数更正，或说明取整的口径。")


def _chi_square(digits: list[int]) -> float:
    expected = len(digits) / 10
    counts = Counter(digits)
    return sum((counts[digit] - expected) ** 2 / expected for digit in range(10))


CHECK = Check(
    id="W-last-digits-cluster",
    title="全县同一项数字的末位大致均匀",
    why="数出来、量出来的数末位各不相同；大多以 0、5 结尾是估计的，集中在别的数字上可能是编造的。",
    fields=tuple(f"school.{column}" for column in _COLUMNS),
    run=last_digits_spread,
)
