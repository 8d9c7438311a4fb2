"""The name of a release depends on its content alone."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from junheng.intake.model import Facts, Row
from junheng.intake.release_frames import content_hash, fact_columns
from junheng.tables import table

_COUNTS = st.none() | st.integers(0, 5000)
_AREAS = st.none() | st.floats(0, 1e7, allow_nan=False) | st.integers(0, 10**6)
_SCHOOLS = st.lists(
    st.fixed_dictionaries({
        "county_code": st.sampled_from(["210102", "210103"]), "school_code": st.text("0123456789", min_size=1, max_size=10),
        "campus": st.sampled_from([None, "", "北校区"]), "students_primary": _COUNTS, "teach_aux_area_m2": _AREAS,
        "is_boarding": st.none() | st.booleans(),
    }), max_size=12,
)  # fmt: skip


def _full(row: Row) -> Row:
    return {column.name: row.get(column.name) for column in table("school").columns}


def _hash(schools: list[Row], sources: list[str]) -> str:
    facts = Facts(2025, school=schools)
    return content_hash(fact_columns(facts), school_year=2025, source_hashes=sources)


@settings(max_examples=40, deadline=None)
@given(_SCHOOLS, st.lists(st.text("0123456789abcdef", min_size=4, max_size=4), max_size=5), st.randoms())
def test_the_order_of_rows_columns_and_files_does_not_matter(
    rows: list[Row], sources: list[str], chance: random.Random
) -> None:
    schools = [_full(row) for row in rows]
    shuffled = [dict(chance.sample(list(row.items()), len(row))) for row in chance.sample(schools, len(schools))]
    assert _hash(schools, sources) == _hash(shuffled, chance.sample(sources, len(sources)))


@settings(max_examples=40, deadline=None)
@given(_SCHOOLS.filter(bool), st.data())
def test_any_changed_number_changes_the_hash(rows: list[Row], data: st.DataObject) -> None:
    schools = [_full(row) for row in rows]
    before = _hash(schools, [])
    changed = data.draw(st.sampled_from(schools))
    old = changed["students_primary"]
    changed["students_primary"] = data.draw(_COUNTS.filter(lambda new: new != old))
    assert _hash(schools, []) != before


def test_a_missing_number_is_not_a_zero() -> None:
    assert _hash([_full({"school_code": "1"})], []) != _hash([_full({"school_code": "1", "students_primary": 0})], [])
