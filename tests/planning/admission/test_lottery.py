"""Lotteries: the same list and seed give the same result to everybody, and nothing can be changed unnoticed."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from junheng.common.digests import Digest
from junheng.common.errors import UserError
from junheng.planning.admission.lottery import (
    Applicant,
    LastUnit,
    Outcome,
    Terms,
    canonical_list,
    draw,
    read_list,
)
from junheng.planning.admission.lottery_record import Record, differences, read_record, record_of

TERMS = Terms("光明学校", 10)
SEED = "第25101期 03 11 17 22 28"


def children(count: int) -> list[Applicant]:
    return [Applicant(f"B{number:04d}") for number in range(1, count + 1)]


def a_list(count: int = 30, **terms: Any) -> str:
    return canonical_list(replace(TERMS, **terms), children(count))


@given(st.permutations(range(20)), st.sampled_from(Digest))
def test_the_order_of_the_file_changes_nothing(order: list[int], digest: Digest) -> None:
    terms = replace(TERMS, digest=digest)
    listed = [Applicant(f"B{number}", "甲" if number < 2 else "") for number in range(20)]
    renamed = [Applicant(f" B{number} ", "另一个组号" if number < 2 else "") for number in order]

    assert canonical_list(terms, [listed[number] for number in order]) == canonical_list(terms, listed)
    assert canonical_list(terms, renamed) == canonical_list(terms, listed)


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="sha256sum is not on this machine")
def test_hash_seed_and_tickets_are_what_sha256sum_says() -> None:
    text = a_list(5, places=2)
    record = record_of(text, "甲 乙")

    assert record.list_hash == sha256sum(text)
    assert record.seed == sha256sum(f"junheng.lottery/1\n甲乙\n{sha256sum(text)}")
    by_hand = sorted((sha256sum(f"{record.seed}:B000{number}"), f"B000{number}") for number in range(1, 6))
    assert [(each.ticket, each.number) for each in record.result] == by_hand
    assert [each.outcome for each in record.result] == [Outcome.ADMITTED] * 2 + [Outcome.NOT_DRAWN] * 3


def sha256sum(text: str) -> str:
    return subprocess.run(["sha256sum"], input=text.encode(), stdout=subprocess.PIPE, check=True).stdout.decode().split()[0]


def test_sm3_of_abc_is_the_one_printed_in_the_standard() -> None:
    assert Digest.SM3.of("abc") == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


def test_nobody_is_drawn_twice_or_lost_and_the_plan_is_kept() -> None:
    result = draw(a_list(30), SEED)

    assert Counter(each.number for each in result) == Counter(each.number for each in children(30))
    assert sum(each.outcome is Outcome.ADMITTED for each in result) == 10
    assert [each.rank for each in result] == list(range(1, 31))


def test_when_all_fit_all_are_admitted() -> None:
    assert {each.outcome for each in draw(a_list(10), SEED)} == {Outcome.ADMITTED}


def test_without_a_waiting_list_nobody_follows_into_a_place_given_up() -> None:
    assert {each.waiting for each in draw(a_list(30), SEED)} == {None}


def test_a_waiting_list_is_in_the_order_of_the_draw() -> None:
    waiting = [each for each in draw(a_list(30, waiting_list=True), SEED) if each.outcome is Outcome.WAITING]
    assert [each.waiting for each in waiting] == list(range(1, 21))


@given(st.lists(st.integers(0, 6), min_size=1, max_size=40), st.integers(0, 40), st.text(min_size=1).filter(str.strip), st.sampled_from(LastUnit))
def test_siblings_are_admitted_together_and_never_beyond_the_rule(groups: list[int], places: int, seed: str, rule: LastUnit) -> None:
    listed = [Applicant(f"N{at}", f"G{group}" if group else "") for at, group in enumerate(groups)]
    result = draw(canonical_list(replace(TERMS, places=places, last_unit=rule), listed), seed)

    admitted = {each.number for each in result if each.outcome is Outcome.ADMITTED}
    for group in set(groups) - {0}:
        assert len({number in admitted for number in (f"N{at}" for at, each in enumerate(groups) if each == group)}) == 1
    largest = max(Counter(group for group in groups if group).values(), default=1)
    most = places if rule is LastUnit.PASS_OVER else places + largest - 1
    assert min(places - largest + 1, len(groups)) <= len(admitted) <= most
    assert len(result) == len(groups)


def test_siblings_apart_are_drawn_one_by_one() -> None:
    listed = [*children(20), Applicant("T1", "g"), Applicant("T2", "g")]
    apart = draw(canonical_list(replace(TERMS, siblings_together=False), listed), SEED)
    together = draw(canonical_list(TERMS, listed), SEED)

    assert len({each.ticket for each in apart}) == 22
    assert len({each.ticket for each in together}) == 21


def test_every_child_has_the_same_chance() -> None:
    """600 seeds, 20 children, 5 places: 150 admissions each are expected; χ² with 19 degrees of freedom stays below 43.8
    (one in a thousand). The seeds are fixed, so the test cannot fail by chance."""
    text = a_list(20, places=5)
    times = Counter(each.number for seed in range(600) for each in draw(text, f"种子{seed}") if each.outcome is Outcome.ADMITTED)

    assert sum(times.values()) == 3000
    assert sum((times[each.number] - 150) ** 2 / (150 * 0.75) for each in children(20)) * 19 / 20 < 43.8


def test_a_child_with_a_twin_has_the_chance_of_one_ticket() -> None:
    text = canonical_list(replace(TERMS, places=10), [*children(18), Applicant("T1", "g"), Applicant("T2", "g")])
    times = Counter(each.number for seed in range(600) for each in draw(text, f"种子{seed}") if each.outcome is Outcome.ADMITTED)

    assert times["T1"] == times["T2"]
    assert 250 < times["T1"] < 340  # one of 19 units, of which ten or nine are admitted: 284 expected or a little more


@pytest.mark.parametrize(("numbers", "said"), [(["B1", "B2", "Ｂ1"], "重复"), (["B1", ""], "不能用"), (["990102201209050016"], "身份证号")])
def test_numbers_that_repeat_or_cannot_be_published_are_refused(numbers: list[str], said: str) -> None:
    with pytest.raises(UserError, match=said):
        canonical_list(TERMS, [Applicant(number) for number in numbers])


def test_a_blank_seed_is_refused() -> None:
    with pytest.raises(UserError, match="种子"):
        draw(a_list(), "　 ")


@pytest.mark.parametrize("change", [
    lambda text: text.replace("B0003\n", ""), lambda text: text.replace("计划\t10", "计划\t010"), lambda text: text + "B9999\n",
    lambda text: text.replace("B0001\nB0002", "B0002\nB0001"), lambda text: text[:-1], lambda text: text.replace("\n", "\r\n"),
    lambda text: text.replace("B0003", "B0002"), lambda text: "", lambda text: "报名号,姓名\nB1,某某\n",
])  # fmt: skip
def test_a_list_that_is_not_canonical_is_not_drawn_from(change: Callable[[str], str]) -> None:
    with pytest.raises(UserError, match=r"名单|报名号"):
        draw(change(a_list()), SEED)


def test_a_list_reads_back_as_it_was_written() -> None:
    terms = replace(TERMS, digest=Digest.SM3, last_unit=LastUnit.ADD_PLACES, waiting_list=True)
    listed = [Applicant("A1", "x"), Applicant("A2", "x"), Applicant("B7")]

    assert read_list(canonical_list(terms, listed)) == (terms, (Applicant("A1", "A1"), Applicant("A2", "A1"), Applicant("B7")))


def test_an_honest_record_is_proven_and_survives_its_file() -> None:
    text = a_list()
    record = read_record(record_of(text, SEED).to_json())

    assert differences(record, TERMS.digest.of(text), SEED, text) == ()


def forged(record: Record, change: str) -> Record:
    """What somebody might do to a result, with everything that depends on it made to fit again where that is possible."""
    first, last = record.result[0], record.result[-1]
    match change:
        case "winner swapped":
            swapped = (replace(first, number=last.number), *record.result[1:-1], replace(last, number=first.number))
            return replace(record, result=swapped)
        case "outcome changed":
            return replace(record, result=(*record.result[:-1], replace(last, outcome=Outcome.ADMITTED)))
        case "child left out":
            return replace(record, result=record.result[1:])
        case "stranger let in":
            return replace(record, result=(*record.result, replace(last, number="X0001")))
        case "child twice":
            return replace(record, result=(*record.result, last))
        case "ticket changed":
            return replace(record, result=(replace(first, ticket="0" * 64), *record.result[1:]))
        case "another seed":
            return record_of(record.list_text, "别的种子")
        case "seed text kept, seed replaced":
            return replace(record, seed=record_of(record.list_text, "别的种子").seed)
        case "seed text blank":
            return replace(record, seed_text="")
        case "child added to the list":
            return record_of(canonical_list(TERMS, [*children(30), Applicant("B9999")]), SEED)
        case "child removed from the list":
            return record_of(a_list(29), SEED)
        case "more places":
            return record_of(a_list(30, places=11), SEED)
        case "a waiting list":
            return record_of(a_list(30, waiting_list=True), SEED)
        case "hash kept, list replaced":
            return replace(record_of(a_list(29), SEED), list_hash=record.list_hash)
        case "list broken":
            return replace(record, list_text=record.list_text.replace("B0002", "B0001"))
    raise AssertionError(change)


@pytest.mark.parametrize(("change", "said"), [
    ("winner swapped", "重算为第 1 位、录取"), ("outcome changed", "重算为第 30 位、未录取，结果文件中为第 30 位、录取"),
    ("child left out", "结果文件中没有"), ("stranger let in", "名单以外的报名号：X0001"), ("child twice", "重复"),
    ("ticket changed", "签号不同"), ("another seed", "种子文字不同"), ("seed text kept, seed replaced", "不是由种子文字和名单哈希算出"),
    ("seed text blank", "种子文字不同"), ("child added to the list", "名单的“B9999”：公示的是“没有这一行”"),
    ("child removed from the list", "名单的“B0030”：公示的是“在名单中”，结果文件中是“没有这一行”"), ("more places", "名单的“计划”：公示的是“10”，结果文件中是“11”"),
    ("a waiting list", "名单的“候补”"), ("hash kept, list replaced", "与其名单不符"), ("list broken", "结果文件中的名单不能用"),
])  # fmt: skip
def test_every_forgery_is_noticed_and_named(change: str, said: str) -> None:
    text = a_list()

    found = differences(forged(record_of(text, SEED), change), TERMS.digest.of(text), SEED, text)

    assert any(said in line for line in found), found


TEXT = a_list(12, places=5, waiting_list=True)
HONEST = record_of(TEXT, SEED)


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_no_changed_byte_of_a_result_goes_unnoticed(data: st.DataObject) -> None:
    """A character replaced, taken out or put in: refused, or noticed, or only the spaces between fields."""
    honest = HONEST.to_json()
    at = data.draw(st.integers(0, len(honest) - 1))
    put = data.draw(st.sampled_from(["", "0", "1", "7", "a", "f", "B", "录", "\"", " ", "\t", "\\", "甲", honest[at] * 2]))
    forged_text = honest[:at] + put + honest[at + data.draw(st.integers(0, 1)) :]
    try:
        record = read_record(forged_text)
    except UserError:
        return
    assert record == HONEST or differences(record, TERMS.digest.of(TEXT), SEED, TEXT)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["swap", "drop", "twice", "rank", "outcome", "waiting", "ticket", "number"]), st.integers(0, 11), st.integers(0, 11)), min_size=1, max_size=4))
def test_no_changed_row_of_a_result_goes_unnoticed(changes: list[tuple[str, int, int]]) -> None:
    rows = list(HONEST.result)
    for what, a, b in changes:
        one, other = a % len(rows), b % len(rows)
        match what:
            case "swap":
                rows[one], rows[other] = rows[other], rows[one]
            case "drop" if len(rows) > 1:
                rows.pop(one)
            case "twice":
                rows.insert(other, rows[one])
            case "rank" | "outcome" | "waiting" | "ticket" | "number":
                rows[one] = replace(rows[one], **{what: getattr(HONEST.result[b], what)})
    record = replace(HONEST, result=tuple(rows))

    assert record == HONEST or differences(record, TERMS.digest.of(TEXT), SEED, TEXT)


def test_a_published_list_that_is_not_the_hashed_one_is_said_so() -> None:
    text = a_list()
    found = differences(record_of(text, SEED), TERMS.digest.of(text), SEED, a_list(31))
    assert any("公示名单与公示的哈希不符" in line for line in found)


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"schema": "junheng.lottery/1"}', json.dumps({"schema": "junheng.lottery/2", "result": []})])
def test_what_is_no_record_is_refused(text: str) -> None:
    with pytest.raises(UserError, match="不是摇号结果文件"):
        read_record(text)
