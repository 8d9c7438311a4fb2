"""摇号, asked and answered; and the words in which the commands of `cli/plan_lottery.py` say the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from junheng.common.digests import Digest
from junheng.common.errors import UserError
from junheng.intake.plain_table import read_plain_table
from junheng.planners.county_facts import CountyFacts
from junheng.planners.model import Asked, Figure, Planned, Stamp, Value
from junheng.planning.admission.lottery import Applicant, LastUnit, Terms, canonical_list
from junheng.planning.admission.lottery_record import Record, record_of
from junheng.planning.admission.tables import LOTTERY_APPLICANTS
from junheng.reports.plans.blank_tables import write_blank_tables
from junheng.reports.text import file_stem


def templates(out: Path, _: Sequence[CountyFacts]) -> list[Path]:
    return write_blank_tables(out, [LOTTERY_APPLICANTS])


def run(asked: Asked) -> Planned:
    """Without a seed: the list to publish, with its hash. With one: the draw as well."""
    terms = terms_of(asked.values)
    applicants = read_applicants(asked.tables["applicants"])
    text = canonical_list(terms, applicants)
    stamp = Stamp(asked.out / f"{file_stem(terms.school)}公示名单.txt", str(terms.digest), terms.digest.of(text))
    announced = asked.text("list_hash").strip().lower()
    if announced and announced != stamp.hash:
        raise UserError("名单与公示的不一致，不能抽取", why=f"公示的哈希 {announced}，这份名单和条件的哈希 {stamp.hash}",
                        remedy="请用公示时的报名名单、计划和各项条件；公示后不得改动")  # fmt: skip
    record = record_of(text, asked.text("seed")) if asked.values["seed"] is not None else None
    asked.folder()
    stamp.file.write_bytes(text.encode())
    if record is None:
        return Planned(announcement(terms, len(applicants)), figures=_figures(terms, len(applicants), None), files=(stamp.file,), stamps=(stamp,))
    result = asked.out / f"{file_stem(terms.school)}摇号结果.json"
    result.write_bytes(record.to_json().encode())
    return Planned(f"{terms.school}：{counted(record)}", figures=_figures(terms, len(applicants), record), files=(stamp.file, result), stamps=(stamp,))


def terms_of(values: Mapping[str, Value]) -> Terms:
    """By the values of the declared parameters."""
    rule = LastUnit.ADD_PLACES if values["add_places"] else LastUnit.PASS_OVER
    return Terms(str(values["school"]), int(str(values["places"])), Digest(str(values["digest"])), not values["siblings_apart"], rule, bool(values["waiting_list"]))


def read_applicants(path: Path) -> list[Applicant]:
    return [Applicant(str(line.values["number"]), str(line.values["siblings"] or "")) for line in read_plain_table(path, LOTTERY_APPLICANTS)]


def announcement(terms: Terms, applicants: int) -> str:
    enough = "，不超过计划，不必摇号，全部录取。" if applicants <= terms.places else "，须摇号。"
    return f"{terms.school}：报名 {applicants} 人，计划 {terms.places} 人{enough}"


def counted(record: Record) -> str:
    admitted = _admitted(record)
    return f"录取 {admitted} 人，未录取 {len(record.result) - admitted} 人。"


def _admitted(record: Record) -> int:
    return sum(each.outcome == "录取" for each in record.result)


def _figures(terms: Terms, applicants: int, record: Record | None) -> tuple[Figure, ...]:
    return (
        Figure("applicants", "报名", Decimal(applicants), "人"), Figure("places", "计划", Decimal(terms.places), "人"),
        Figure("admitted", "录取", None if record is None else Decimal(_admitted(record)), "人"),
    )  # fmt: skip
