"""Every way of writing a pack wrong is refused with its file, its line and what to do."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pack_files import STANDARD, VARIANT, overlay, write

from junheng.common.errors import PolicyError
from junheng.indicators import REGISTRY
from junheng.policy import load_pack, resolve
from junheng.policy.checking import check_file

DAY = date(2025, 9, 1)
CASES = {
    "an unknown key": ("    unit: ㎡\n", "    unit: ㎡\n    colour: red\n", 18, "不认识的键“colour”"),
    "a duplicate key": ("        primary: 4.5\n", "        primary: 4.5\n        primary: 4.6\n", 21, "“primary”写了两次"),
    "a boolean as a number": ("primary: 4.5", "primary: true", 20, "真假值 true"),
    "a YAML 1.1 boolean": ("primary: 4.5", "primary: yes", 20, "“yes”在 YAML 里是真假值"),
    "a clause that is a float": ("clause: 第六条（四）}\n      - from", "clause: 5.10}\n      - from", 22, "条款写成了数值 5.10"),
    "a clause that is a whole number": ("{document: assumption, clause: 第六条}\nlimits", "{document: assumption, clause: 6}\nlimits", 13, "条款写成了数值 6"),
    "dates that do not rise": ("from: 2020-09-01", "from: 2017-09-01", 18, "须逐条递增"),
    "a value without a source": ("        source: {document: assumption, clause: 新第六条（四）}\n", "", 23, "没有写出处"),
    "a date n/a": ("from: 2020-09-01", "from: n/a", 23, "不是日期：“n/a”"),
    "a day that does not exist": ("from: 2020-09-01", "from: 2020-09-31", 23, "没有“2020-09-31”这一天"),
    "a number in quotes": ("primary: 4.5", 'primary: "4.5"', 20, "不是数值：“4.5”"),
    "a number with an exponent": ("primary: 4.5", "primary: 4.5e+1", 20, "看不懂“4.5e+1”"),
    "an octal-looking number": ("primary: 4.5", "primary: 010", 20, "看不懂“010”"),
    "not a number": ("primary: 4.5", "primary: .nan", 20, "看不懂“.nan”"),
    "a value row without any value": ("        primary: 4.5\n        junior: 5.8\n", "", 19, "没有写数值"),
    "an empty clause": ("clause: 第六条}\nlimits", 'clause: " "}\nlimits', 13, "不能为空"),
    "an unknown way to judge": ("judge: each", "judge: some", 11, "不能是“some”"),
    "a title that is a number": ("title: 小标准", "title: 2017", 3, "写成了数值 2017"),
    "an id with spaces": ("id: small", "id: 小 标准", 2, "编号只能用英文字母"),
    "a standard without balance": ("balance:\n  judge: each\n  limit: cv\n  source: {document: assumption, clause: 第六条}\n", "", 1, "须有 resources 和 balance"),
    "another schema": ("junheng.policy/1", "junheng.policy/9", 1, "不能是“junheng.policy/9”"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_malformed_pack_is_refused_with_file_line_and_remedy(case: str, tmp_path: Path) -> None:
    right, wrong, line, says = CASES[case]
    assert right in STANDARD
    path = write(tmp_path, STANDARD.replace(right, wrong, 1))
    with pytest.raises(PolicyError) as caught:
        load_pack(path)
    assert caught.value.where == f"{path} 第 {line} 行"
    assert says in caught.value.what
    assert caught.value.remedy


def test_the_untouched_pack_is_accepted(tmp_path: Path) -> None:
    assert check_file(write(tmp_path, STANDARD), REGISTRY) == ()


def test_a_missing_file_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match="找不到政策包文件"):
        resolve(tmp_path / "none.yaml", "", DAY)


def test_a_folder_is_not_a_pack(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match="读不出政策包文件"):
        load_pack(tmp_path)


def test_a_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "pack.yaml"
    path.write_bytes(b"\xff\xfe\x00\x81")
    with pytest.raises(PolicyError, match="UTF-8"):
        load_pack(path)


@pytest.mark.parametrize("text", ["", "- 1\n", "just words\n"])
def test_a_file_that_is_no_mapping_is_refused(text: str, tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match="不是政策包"):
        load_pack(write(tmp_path, text))


def test_broken_yaml_names_its_line(tmp_path: Path) -> None:
    path = write(tmp_path, "schema: junheng.policy/1\nid: [a\ntitle: b\n")
    with pytest.raises(PolicyError, match=r"第 \d+ 行：不是正确的 YAML"):
        load_pack(path)


def test_an_alias_is_refused_because_it_hides_what_is_meant(tmp_path: Path) -> None:
    text = STANDARD.replace("unit: ㎡", "unit: &u ㎡").replace('unit: ""', "unit: *u")
    with pytest.raises(PolicyError, match="YAML 别名"):
        load_pack(write(tmp_path, text))


def test_a_tag_that_would_build_an_object_is_refused(tmp_path: Path) -> None:
    text = STANDARD.replace("title: 小标准", "title: !!python/name:os.system x")
    with pytest.raises(PolicyError, match="第 3 行"):
        load_pack(write(tmp_path, text))


def test_all_problems_of_a_file_are_told_at_once_from_the_top_down(tmp_path: Path) -> None:
    text = STANDARD.replace("primary: 4.5", "primary: true").replace("judge: each", "judge: some")
    path = write(tmp_path, text)
    assert [problem.where for problem in check_file(path, REGISTRY)] == [f"{path} 第 11 行", f"{path} 第 20 行"]
    with pytest.raises(PolicyError, match="本文件另有 1 处问题"):
        load_pack(path)


def test_an_unregistered_document_is_refused_where_it_is_cited(tmp_path: Path) -> None:
    path = write(tmp_path, STANDARD.replace("{document: assumption, clause: 新第六条（四）}", "{document: nowhere, clause: 一}"))
    with pytest.raises(PolicyError) as caught:
        resolve(path, "", DAY)
    assert caught.value.where == f"{path} 第 26 行"
    assert "“nowhere”没有登记" in caught.value.what


def test_a_pack_may_register_its_own_document(tmp_path: Path) -> None:
    text = STANDARD.replace("document: assumption, clause: 新第", "document: own, clause: 新第")
    text += "documents:\n  own: {title: 自拟办法, number: \"\", issuer: 某县, issued: 2020-01-02}\n"
    assert resolve(write(tmp_path, text), "", DAY).documents["own"].title == "自拟办法"


def test_a_limit_that_no_pack_defines_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match="引用的限值“none”没有定义"):
        resolve(write(tmp_path, STANDARD.replace("limit: cv", "limit: none")), "", DAY)


def test_a_resource_limit_without_a_stage_is_refused(tmp_path: Path) -> None:
    text = STANDARD.replace("        junior: 5.8\n", "").replace("        junior: 6.0\n", "")
    with pytest.raises(PolicyError, match="没有写初中的数值"):
        resolve(write(tmp_path, text), "", DAY)


def test_a_limit_of_nought_is_refused_because_margins_divide_by_it(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match="应大于 0"):
        resolve(write(tmp_path, STANDARD.replace("primary: 0.50", "primary: 0")), "", DAY)


def test_a_misspelt_limit_of_a_variant_is_refused_not_added(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match="限值“cvv”没有名称"):
        resolve(write(tmp_path, VARIANT.replace("{cv:", "{cvv:")), "", DAY)


def test_an_indicator_that_nothing_measures_is_found_by_the_check(tmp_path: Path) -> None:
    path = write(tmp_path, STANDARD.replace("teach_area_per_pupil", "teach_area"))
    problems = check_file(path, REGISTRY)
    assert [problem.where for problem in problems] == [f"{path} 第 6 行"]


def test_an_unknown_pack_lists_the_known_ones() -> None:
    with pytest.raises(PolicyError, match="quality_balance_2017"):
        resolve("quality_2017", "", DAY)


def test_a_variant_of_nothing_known_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match="“nothing”不存在"):
        resolve(write(tmp_path, VARIANT.replace("quality_balance_2017", "nothing")), "", DAY)


def test_a_variant_of_an_overlay_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match="不能作为变体的依据"):
        resolve(write(tmp_path, VARIANT.replace("quality_balance_2017", "ln_quality_balance")), "", DAY)


def test_an_extra_pack_of_another_standard_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match="不能叠加在 basic_balance_2012 上"):
        resolve("basic_balance_2012", "", DAY, extra_packs=[write(tmp_path, overlay("21", "0.4"))])


OTHER_KINDS = {
    "an open exception without a reason": ("exceptions:\n  e:\n    title: 甲\n    start: null\n    end: null\n    source: {document: assumption, clause: 一}\n", "须在 unverified 写明原因"),
    "an exception without an end": ("exceptions:\n  e:\n    title: 甲\n    start: 2017-09-01\n    source: {document: assumption, clause: 一}\n", "没有写终止日期"),
    "an exception that ends before it starts": ("exceptions:\n  e:\n    title: 甲\n    start: 2019-09-01\n    end: 2018-09-01\n    source: {document: assumption, clause: 一}\n", "早于起始日期"),
    "a flag that no form asks": ("exceptions:\n  e:\n    title: 甲\n    flag: is_big\n    start: 2017-09-01\n    end: 2018-09-01\n    source: {document: assumption, clause: 一}\n", "没有名为“is_big”的是/否项目"),
    "an unknown school type": ("exclusions:\n  e:\n    title: 甲\n    school_types: [\"999\"]\n    source: {document: assumption, clause: 一}\n", "办学类型没有代码“999”"),
    "a school type without quotes": ("exclusions:\n  e:\n    title: 甲\n    school_types: [218]\n    source: {document: assumption, clause: 一}\n", "写成了数值 218"),
    "an exclusion of nobody": ("exclusions:\n  e:\n    title: 甲\n    source: {document: assumption, clause: 一}\n", "没有写排除哪些学校"),
    "a criterion that asks nothing": ("criteria:\n  c:\n    group: quality\n    number: 1\n    title: 甲\n    text: 乙\n    source: {document: assumption, clause: 一}\n", "既没有可计算的要求"),
    "a document without a date or a reason": ("documents:\n  d: {title: 甲, number: \"\", issuer: 乙, issued: null}\n", "印发日期为空"),
    "an area on a standard": ("area: \"21\"\n", "只用于地方细则"),
}  # fmt: skip


@pytest.mark.parametrize("case", OTHER_KINDS)
def test_other_parts_are_refused_in_words(case: str, tmp_path: Path) -> None:
    added, says = OTHER_KINDS[case]
    path = write(tmp_path, STANDARD + added)
    with pytest.raises(PolicyError, match=says) as caught:
        load_pack(path)
    assert caught.value.where.startswith(f"{path} 第 ")
    assert caught.value.remedy


def test_stricter_must_say_which_way_is_stricter(tmp_path: Path) -> None:
    text = STANDARD.replace("    unit: ㎡\n", "    unit: ㎡\n    overlay: stricter\n")
    with pytest.raises(PolicyError, match="stricter_is"):
        load_pack(write(tmp_path, text))


def test_an_overlay_must_name_its_area_and_first_day(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match="须写 area"):
        load_pack(write(tmp_path, overlay("21", "0.4").replace('area: "21"\n', "")))

