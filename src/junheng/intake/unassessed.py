"""未计入: what was handed in and is not, or not wholly, among the facts. It keeps a county's conclusion open (judging)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from junheng.common.findings import Finding
from junheng.intake.model import SourceFile, SourceKind

_NOT_READ = frozenset({
    "E-unreadable", "E-encrypted", "E-macro-workbook", "E-file-too-large", "E-unpacks-too-large", "E-too-many-columns", "E-far-cell",
    "E-not-a-spreadsheet", "E-empty-file", "E-unknown-sheet", "E-header-missing", "E-no-code-column", "E-register-in-workbook",
})  # fmt: skip
"""A file or sheet nobody could read may hold a school."""
_NOT_TAKEN = frozenset({"E-blank-form", "E-other-school-year", "E-duplicate-school", "E-row-without-school", "E-which-county"})
"""A school was read and is not among the county's."""
NOT_COUNTED = frozenset({"E-register-unreadable", "E-register-column-missing", "E-register-row-without-school"})
"""People of a register were left out: any school's count may be short."""
_TWO_COUNTY_FORMS = "E-duplicate-county"
_TWICE = frozenset({"E-duplicate-school", _TWO_COUNTY_FORMS})
"""Said of two records; of two copies of one file it does not matter which holds."""
_OF_NO_SCHOOL = frozenset({SourceKind.COUNTY_FORM, SourceKind.JUDGEMENT_SHEET})

LEAVING_OUT = _NOT_READ | _NOT_TAKEN | NOT_COUNTED | {_TWO_COUNTY_FORMS}
"""Rules whose findings say that something handed in is not among the facts."""


@dataclass(frozen=True)
class Unassessed:
    """places: where it stands, for people; doubted: (code, campus) of schools of which there is a second record;
    every_school: any school's figures may be short; county_form: the county's own figures have a second record."""

    places: tuple[str, ...]
    doubted: frozenset[tuple[str, str]] = frozenset()
    every_school: bool = False
    county_form: bool = False


def unassessed(findings: Sequence[Finding], sources: Sequence[SourceFile]) -> Unassessed | None:
    """What one county's findings say was left out; None when all that was handed in was taken."""
    by_name = {source.name: source for source in sources}
    copies = Counter(source.sha256 for source in sources)

    def tells_nothing(found: Finding) -> bool:
        source = by_name.get(found.place.file)
        if source is None:
            return False
        return _of_no_school(found, source.kind) or (found.rule in _TWICE and copies[source.sha256] > 1)

    concerned = [each for each in findings if each.rule in LEAVING_OUT and not tells_nothing(each)]
    if not concerned:
        return None
    rules = {each.rule for each in concerned}
    return Unassessed(
        tuple(dict.fromkeys(str(each.place) for each in concerned)),
        frozenset((each.school_code, each.campus) for each in concerned if each.rule == "E-duplicate-school"),
        bool(rules & NOT_COUNTED),
        _TWO_COUNTY_FORMS in rules,
    )


def _of_no_school(found: Finding, kind: SourceKind) -> bool:
    """A blank or outdated county form leaves no school out: what it would have told is missing, and judged as missing."""
    return found.rule in ("E-blank-form", "E-other-school-year") and kind in _OF_NO_SCHOOL
