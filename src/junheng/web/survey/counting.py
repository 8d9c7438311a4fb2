"""What came in, counted: by group, and at a school as far as answers know one. What nobody answered is None, never 0."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Sum

if TYPE_CHECKING:
    from junheng.web.survey.models import Stratum, Survey


@dataclass(frozen=True)
class Heard:
    """One group. sent: questionnaires given out by code and on paper, None = it was not told of some paper ones; returned:
    that came back; valid, satisfied: of these. asked, content: persons interviewed, and of them content; None = none was held.
    population, quota: of all its strata, population None where one is not known."""

    id: str
    label: str
    population: int | None
    quota: int
    sent: int | None
    returned: int
    valid: int
    satisfied: int
    asked: int | None
    content: int | None

    @property
    def is_answered(self) -> bool:
        return self.valid > 0


def heard(survey: Survey) -> list[Heard]:
    """The seven groups in the order of the rules; six queries whatever came in."""
    questionnaire = survey.questionnaire
    counts = {option.id: option.counts for option in questionnaire.scale}
    answers: dict[str, Counter[str]] = {}
    counted = survey.answers.exclude(entry__withdrawn=True).order_by().values_list("group", "overall").annotate(n=Count("pk"))
    for group, overall, n in counted:
        # A paper questionnaire without an answer to the overall question came back, and is not valid.
        answers.setdefault(group, Counter())[counts.get(overall, "invalid")] += n
    populations, quotas = _strata(survey)
    by_code, on_paper = _codes(survey), _paper(survey)
    interviews = {
        group: (asked, content)
        for group, asked, content in survey.interviews.filter(withdrawn=False).order_by().values_list("group").annotate(Sum("asked"), Sum("satisfied"))
    }  # fmt: skip
    out = []
    for group in questionnaire.groups:
        came = answers.get(group.id, Counter())
        paper = on_paper.get(group.id, 0)
        asked, content = interviews.get(group.id, (None, None))
        out.append(Heard(
            group.id, group.label, populations.get(group.id), quotas.get(group.id, 0), None if paper is None else by_code.get(group.id, 0) + paper,
            came.total(), came["satisfied"] + came["other"], came["satisfied"], asked, content,
        ))  # fmt: skip
    return out


def by_question(survey: Survey) -> list[tuple[str, int, int]]:
    """Each question's text, how many are content and how many answered it in substance; of questionnaires that count."""
    questionnaire = survey.questionnaire
    counts = {option.id: option.counts for option in questionnaire.scale}
    said: dict[str, Counter[str]] = {}
    for overall, more in survey.answers.exclude(entry__withdrawn=True).values_list("overall", "more").iterator(chunk_size=2000):
        for question, option in {questionnaire.overall: overall, **more}.items():
            said.setdefault(question, Counter())[counts.get(option, "invalid")] += 1
    found = ((each.text, said.get(each.id, Counter())) for each in questionnaire.questions)
    return [(text, of["satisfied"], of["satisfied"] + of["other"]) for text, of in found]


def _strata(survey: Survey) -> tuple[Mapping[str, int | None], Mapping[str, int]]:
    populations: dict[str, int | None] = {}
    quotas: Counter[str] = Counter()
    for group, population, quota in survey.strata.values_list("group", "population", "quota"):
        known = populations.get(group, 0)
        populations[group] = None if known is None or population is None else known + population
        quotas[group] += quota
    return populations, quotas


def _codes(survey: Survey) -> Mapping[str, int]:
    """Group → codes given out; of a sheet that was voided only those used before."""
    out: Counter[str] = Counter()
    for stratum in survey.strata.prefetch_related("sheets"):
        out[stratum.group] += sum(sheet.used if sheet.voided else sheet.size for sheet in stratum.sheets.all())
    return out


def _paper(survey: Survey) -> Mapping[str, int | None]:
    """Group → paper questionnaires handed out; None where an entry brought some of a group and did not tell how many went out."""
    out: dict[str, int | None] = {}
    entries = {each.pk: each.sent for each in survey.paper_entries.filter(withdrawn=False)}
    came = set(survey.answers.filter(entry__in=entries).order_by().values_list("entry_id", "group").distinct())
    for pk, sent in entries.items():
        for group in {*sent, *(group for entry, group in came if entry == pk)}:
            known, told = out.get(group, 0), sent.get(group)
            out[group] = None if known is None or told is None else known + told
    return out


def by_school(survey: Survey) -> list[tuple[Stratum, int, int]]:
    """Strata of schools, each with its codes given out and used: what came by code alone."""
    out = []
    for stratum in survey.strata.exclude(school=None).select_related("school").prefetch_related("sheets"):
        sheets = stratum.sheets.all()
        out.append((stratum, sum(each.used if each.voided else each.size for each in sheets), sum(each.used for each in sheets)))
    return out
