"""Which value is in force where and when."""

from __future__ import annotations

import time
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from pack_files import STANDARD, VARIANT, overlay, write

from junheng.common.errors import PolicyError
from junheng.policy import find_pack, resolve, resolve_many

DAY = date(2025, 9, 1)
QUALITY = "quality_balance_2017"
EXCEPTION = """\
exceptions:
  old_school:
    title: 老校
    flag: built_by_2010
    start: 2019-09-01
    end: 2022-08-31
    source: {document: assumption, clause: 特殊口径}
"""


@pytest.mark.parametrize(
    ("day", "value"), [(date(2017, 9, 1), "4.5"), (date(2020, 8, 31), "4.5"), (date(2020, 9, 1), "5.0")]
)
def test_a_value_holds_from_its_first_day_until_the_day_before_the_next(day: date, value: str, tmp_path: Path) -> None:
    cited = resolve(write(tmp_path, STANDARD), "", day).limits["area"].at("primary")
    assert str(cited.value) == value


def test_the_day_before_the_first_date_raises_and_never_defaults(tmp_path: Path) -> None:
    path = write(tmp_path, STANDARD)
    with pytest.raises(PolicyError) as caught:
        resolve(path, "", date(2017, 8, 31))
    assert str(caught.value) == (
        f"{path} 第 15 行：“面积”（area）在 2017 年 8 月 31 日 没有生效的数值。"
        "最早的数值自 2017 年 9 月 1 日 起生效（assumption，第六条（四））。"
        "请改用更晚的日期，或把更早的数值连同出处补进政策包。"
    )


def test_every_built_in_limit_holds_on_its_first_day_and_raises_the_day_before() -> None:
    for pack_id in (QUALITY, "basic_balance_2012"):
        begins = {each.from_ for spec in find_pack(pack_id).pack.limits.values() for each in spec.values}
        first = min(begins)
        assert resolve(pack_id, "", first).limits
        with pytest.raises(PolicyError, match="没有生效的数值"):
            resolve(pack_id, "", date.fromordinal(first.toordinal() - 1))


def test_numbers_are_the_decimals_that_are_written_not_floats(tmp_path: Path) -> None:
    text = STANDARD.replace("primary: 0.50", "primary: 0.10000000000000000000000000001")
    cited = resolve(write(tmp_path, text), "", DAY).limits["cv"].at("primary")
    assert cited.value == Decimal("0.10000000000000000000000000001")


def test_an_entry_for_any_ends_earlier_entries_for_single_stages(tmp_path: Path) -> None:
    text = STANDARD.replace("        primary: 5.0\n        junior: 6.0\n", "        any: 6.5\n")
    limit = resolve(write(tmp_path, text), "", DAY).limits["area"]
    assert limit.at("primary").value == limit.at("junior").value == Decimal("6.5")


@pytest.mark.parametrize(
    ("day", "applies"),
    [(date(2019, 8, 31), False), (date(2019, 9, 1), True), (date(2022, 8, 31), True), (date(2022, 9, 1), False)],
)
def test_an_exception_holds_from_its_start_to_its_end(day: date, applies: bool, tmp_path: Path) -> None:
    policy = resolve(write(tmp_path, STANDARD + EXCEPTION), "", day)
    assert bool(policy.exceptions) is applies


def test_an_exception_with_open_ends_holds_and_says_it_is_unverified() -> None:
    exceptions = resolve(QUALITY, "", DAY).exceptions
    assert len(exceptions) == 6
    for exception in exceptions:
        assert (exception.start, exception.end) == (None, None)
        assert "待核" in exception.unverified


def test_outside_liaoning_there_is_no_quota_and_the_criterion_rests_on_evidence() -> None:
    policy = resolve(QUALITY, "110101", DAY)
    assert policy.overlays == ()
    assert "primary_quota" not in policy.limits
    standards = next(each for each in policy.criteria if each.id == "unified_standards")
    assert standards.demands == ()
    assert standards.evidence


@pytest.mark.parametrize(("area", "quota"), [("21", "935"), ("210202", "935"), ("2101", "1150"), ("210102", "1150")])
def test_the_quota_of_the_narrowest_area_binds_and_is_unverified(area: str, quota: str) -> None:
    cited = resolve(QUALITY, area, DAY).limits["primary_quota"].at("any")
    assert cited.value == Decimal(quota)
    assert "待核" in cited.unverified


def test_shenyang_asks_one_veto_more_and_only_when_it_is_reported() -> None:
    def demands(area: str) -> list[tuple[str, bool]]:
        veto = next(each for each in resolve(QUALITY, area, DAY).criteria if each.id == "veto")
        return [(each.indicator, each.when_reported) for each in veto.demands]

    assert demands("210102")[:-1] == demands("210202")
    assert demands("210102")[-1] == ("veto_tutoring", True)


def test_an_overlay_holds_from_its_own_first_day() -> None:
    assert "ln_plan_2023_10" not in resolve(QUALITY, "210102", date(2023, 10, 18)).overlays
    assert "ln_plan_2023_10" in resolve(QUALITY, "210102", date(2023, 10, 19)).overlays


@pytest.mark.parametrize(
    ("limit", "key", "local", "binds"),
    [("cv", "primary", "0.40", "0.40"), ("cv", "primary", "0.60", "0.50"),
     ("teach_area_per_pupil", "junior", "6.0", "6.0"), ("teach_area_per_pupil", "junior", "5.0", "5.8")],
)  # fmt: skip
def test_where_the_standard_says_so_the_stricter_of_overlay_and_standard_binds(
    limit: str, key: str, local: str, binds: str, tmp_path: Path
) -> None:
    extra = write(tmp_path, overlay("2101", local, key=key, limit=limit))
    policy = resolve(QUALITY, "210102", DAY, extra_packs=[extra])
    assert policy.limits[limit].at(key).value == Decimal(binds)


def test_an_overlay_for_any_stage_is_compared_with_each_stage(tmp_path: Path) -> None:
    extra = write(tmp_path, overlay("2101", "0.47"))
    cv = resolve(QUALITY, "210102", DAY, extra_packs=[extra]).limits["cv"]
    assert (cv.at("primary").value, cv.at("junior").value) == (Decimal("0.47"), Decimal("0.45"))


def test_an_overlay_replaces_where_nothing_is_said_of_the_stricter(tmp_path: Path) -> None:
    extra = write(tmp_path, overlay("21", "1.5", key="junior", limit="split_weight"))
    policy = resolve(QUALITY, "210102", DAY, extra_packs=[extra])
    assert policy.limits["split_weight"].at("junior").value == Decimal("1.5")


def test_an_overlay_of_another_area_does_nothing(tmp_path: Path) -> None:
    extra = write(tmp_path, overlay("2102", "0.40"))
    policy = resolve(QUALITY, "210102", DAY, extra_packs=[extra])
    assert policy.limits["cv"].at("primary").value == Decimal("0.50")
    assert "local_2102" not in policy.overlays


def test_an_overlay_file_can_be_asked_for_by_itself(tmp_path: Path) -> None:
    policy = resolve(write(tmp_path, overlay("2101", "0.40")), "210102", DAY)
    assert policy.id == "local_2101"
    assert policy.overlays[-1] == "local_2101"
    assert policy.limits["cv"].at("junior").value == Decimal("0.40")


def test_a_variant_of_five_lines_changes_one_value_in_every_area(tmp_path: Path) -> None:
    path = write(tmp_path, VARIANT.replace("0.40", "0.60"))
    base, variant = resolve(QUALITY, "210102", DAY), resolve(str(path), "210102", DAY)
    assert len(VARIANT.splitlines()) == 5
    assert (variant.id, variant.overlays) == ("cv040", base.overlays)
    assert {key: cited.value for key, cited in variant.limits["cv"].values.items()} == {
        "primary": Decimal("0.60"), "junior": Decimal("0.60"),
    }  # fmt: skip
    assert {k: v for k, v in variant.limits.items() if k != "cv"} == {k: v for k, v in base.limits.items() if k != "cv"}
    assert variant.criteria == base.criteria


def test_a_variant_from_a_later_day_leaves_the_earlier_years_alone(tmp_path: Path) -> None:
    path = write(tmp_path, VARIANT.replace("2017-01-01", "2024-09-01"))
    assert resolve(path, "", date(2024, 8, 31)).limits["cv"].at("primary").value == Decimal("0.50")
    assert resolve(path, "", date(2024, 9, 1)).limits["cv"].at("primary").value == Decimal("0.40")


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    path = write(tmp_path, VARIANT)
    assert resolve(path, "", DAY).limits["cv"].at("primary").value == Decimal("0.40")
    write(tmp_path, VARIANT.replace("0.40", "0.375"))
    assert resolve(path, "", DAY).limits["cv"].at("primary").value == Decimal("0.375")


def test_a_hundred_areas_share_what_is_in_force_and_are_resolved_in_no_time() -> None:
    areas = [f"21{city:02d}{county:02d}" for city in range(1, 11) for county in range(1, 11)]
    resolve(QUALITY, "210101", DAY)
    began = time.perf_counter()
    policies = resolve_many(QUALITY, areas, DAY)
    assert time.perf_counter() - began < 0.05
    assert [policies[area].area_code for area in areas] == areas
    assert policies["210201"].limits is policies["210301"].limits
