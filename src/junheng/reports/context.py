"""One county's assessment as the reports see it: verdict, facts, findings and policy together."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from junheng.common.findings import Finding
from junheng.common.school_years import school_year_label
from junheng.intake.model import Facts, Row
from junheng.judging.result import CountyVerdict, CriterionVerdict
from junheng.policy.in_force import PolicyInForce, Source
from junheng.reports.figures import CountyFigures
from junheng.reports.text import clean
from junheng.reports.words import school_label, subject_of

_SCHOOL_KEY = re.compile(r"(?<!\d)\d{10}(?!\d)(?:@[^、，；。（）\s]+)?")


@dataclass(frozen=True)
class CountyReport:
    """Everything the documents of one county are made from. further: measures for reference (`county_measures`)."""

    verdict: CountyVerdict
    facts: Facts
    findings: Sequence[Finding]
    policy: PolicyInForce
    further: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def figures(self) -> CountyFigures:
        return CountyFigures(self.facts, self.verdict.county_code)

    @cached_property
    def school_rows(self) -> Mapping[tuple[str, str], Row]:
        """Reported rows by (school code, campus)."""
        return {(str(r["school_code"] or ""), str(r["campus"] or "")): r for r in self.figures.schools}

    @cached_property
    def school_names(self) -> Mapping[str, str]:
        """Names by the key verdicts name schools with: the code, or "code@campus"."""
        names: dict[str, str] = {}
        for (code, campus), row in self.school_rows.items():
            label = school_label(str(row["school_name"] or code), campus)
            names[f"{code}@{campus}" if campus else code] = label
            names.setdefault(code, clean(row["school_name"] or code))
        return names

    @property
    def county_name(self) -> str:
        return clean(self.verdict.county_name or self.verdict.county_code)

    @property
    def year_label(self) -> str:
        return school_year_label(self.verdict.school_year)

    @property
    def heading(self) -> str:
        """The line under a form's title."""
        return f"{self.county_name}（{self.verdict.county_code}）　　{self.year_label}"

    @property
    def is_quality_balance(self) -> bool:
        """Whether the standard has the seven resource indicators the official form is printed for."""
        return [each.code for each in self.policy.resources] == [f"L{n}" for n in range(1, 8)]

    @property
    def judges_schools(self) -> bool:
        """Whether the standard sets every school a limit (基本均衡 sets none)."""
        return self.policy.school_rule is not None

    @property
    def subject(self) -> str:
        """What is assessed, as titles name it: 优质均衡 or 基本均衡."""
        return subject_of(self.policy)

    def criterion(self, criterion_id: str) -> CriterionVerdict | None:
        return self.verdict.criteria.get(criterion_id)

    def clause(self, source: Source) -> str:
        """"教督〔2017〕6号 第六条（一）"."""
        document = self.policy.documents.get(source.document)
        name = (document.number or f"《{document.title}》") if document else source.document
        return f"{name} {source.clause}".strip()

    def named(self, text: str) -> str:
        """A sentence with the school codes in it (those of this county) written as names."""
        return _SCHOOL_KEY.sub(lambda found: self.school_names.get(found[0], found[0]), clean(text))

    def row_of(self, key: str) -> Row:
        """The reported row for the key a verdict names a school with; {} when there is none."""
        code, _, campus = key.partition("@")
        return self.school_rows.get((code, campus), {})

    def name_of(self, key: str) -> str:
        """A school's name for the key a verdict names it with; the key itself when no row has it."""
        return self.school_names.get(key, key)
