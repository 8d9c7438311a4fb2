"""Every finding of everything a county's units handed in in a round: one list to work through, on the page and as a workbook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from junheng.common.findings import Finding, Level
from junheng.intake.checks import CHECKS, REGISTER_CHECKS
from junheng.intake.reading_rules import READING_RULES
from junheng.intake.register_files import REGISTER_RULES
from junheng.judging.remarks import JUDGING_RULES
from junheng.reports.action_lists import list_grid
from junheng.reports.grid import Cell, Look
from junheng.reports.xlsx import workbook_of
from junheng.tables import table
from junheng.web.areas.models import Unit
from junheng.web.reporting import stored
from junheng.web.reporting.models import Explanation, Submission, Version
from junheng.web.reporting.queries import submissions_of
from junheng.web.reporting.told import field_of, field_url, numbers_of, with_short_place
from junheng.web.rounds.models import Round

_HEAVY = ("rows", "cells", "sources", "left_out")
_LEVELS = {Level.ERROR: "▲ 错误", Level.WARNING: "◇ 提醒"}


@dataclass(frozen=True)
class Line:
    """One finding of one unit. explained: the unit's word on it, "" = none; url: its field in the unit's form, known
    once the line is shown (`with_urls`)."""

    submission: Submission
    finding: Finding
    explained: str
    url: str = ""

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something about it."""
        return self.finding.level == Level.ERROR or not self.explained

    @property
    def level_in_words(self) -> str:
        return _LEVELS[self.finding.level]

    @property
    def field_label(self) -> str:
        """The line of the form, "" for a whole file."""
        of = table("county" if self.submission.is_county else "school")
        return next((each.label for each in of.columns if each.name == self.finding.field), "")


@dataclass(frozen=True)
class Filter:
    """What the list is cut to; "" = all. words: part of a unit's name, or how its code begins; is_open: see Line."""

    rule: str = ""
    level: str = ""
    words: str = ""
    is_open: bool = False

    @staticmethod
    def of(given: Mapping[str, str]) -> Filter:
        return Filter(given.get("rule", ""), given.get("level", ""), given.get("q", "").strip(), bool(given.get("open")))

    def keeps(self, line: Line) -> bool:
        unit, found = line.submission.unit, line.finding
        return (
            self.rule in ("", found.rule) and self.level in ("", found.level) and (line.is_open or not self.is_open)
            and (not self.words or self.words in unit.name or unit.code.startswith(self.words))
        )  # fmt: skip


def lines_of(round: Round, county: Unit) -> list[Line]:
    """Of the newest version of each, the county's own form first; errors before warnings within a unit."""
    handed_in = submissions_of(round, county).filter(latest__isnull=False).select_related("unit__lies_in", "latest")
    found = list(handed_in.defer(*(f"latest__{name}" for name in _HEAVY)).order_by("unit__path"))
    words = {(pk, key): said for pk, key, said in Explanation.objects.filter(submission__in=found).values_list("submission", "key", "words")}
    return [
        Line(submission, each, words.get((submission.pk, stored.finding_key(each)), ""))
        for submission in sorted(found, key=lambda each: not each.is_county)
        if submission.latest is not None
        for each in sorted(submission.latest.read_findings(), key=lambda each: each.level != Level.ERROR)
    ]


def counted_by_rule(lines: Iterable[Line]) -> list[tuple[str, str, int]]:
    """Rule, what should hold, how many break it; the most broken first."""
    return [(rule, rule_in_words(rule), n) for rule, n in Counter(each.finding.rule for each in lines).most_common()]


def with_urls(lines: Sequence[Line]) -> list[Line]:
    """The lines of one page, each with where it is mended."""
    versions = Version.objects.only("rows").in_bulk({each.submission.latest_id for each in lines})
    return [replace(each, finding=with_short_place(each.finding), url=_url(each, versions[each.submission.latest_id])) for each in lines]


def _url(line: Line, version: Version) -> str:
    is_county = line.submission.is_county
    return field_url(line.submission.pk, field_of(line.finding, numbers_of(version, is_county=is_county), is_county=is_county))


def rule_in_words(rule: str) -> str:
    """What should hold, or what reading found; the rule's id where nothing is said of it."""
    return _rules().get(rule, rule)


@cache
def _rules() -> Mapping[str, str]:
    return {**READING_RULES, **REGISTER_RULES, **JUDGING_RULES, **{each.id: each.title for each in CHECKS}, **{each.id: each.title for each in REGISTER_CHECKS}}


def workbook(place: str, lines: Sequence[Line]) -> bytes:
    """The list as an .xlsx; what people wrote is text in it. place: county and round, in words."""
    columns = {"序号": 6, "学校": 26, "代码": 13, "级别": 9, "项目": 20, "文件": 24, "工作表": 14, "格": 8, "问题": 46, "怎么改": 30, "说明": 26}
    body = [
        [Cell(n, Look.WHOLE), Cell(each.submission.unit.name), Cell(each.submission.unit.code, Look.CENTRE), Cell(each.level_in_words, Look.CENTRE),
         Cell(each.field_label or "—"), Cell(shown.place.file or "—"), Cell(shown.place.sheet or "—"), Cell(shown.place.cell or "—", Look.CENTRE),
         Cell(shown.message), Cell(shown.remedy or "—"), Cell(each.explained or "—")]
        for n, each in enumerate(lines, 1)
        for shown in (with_short_place(each.finding),)
    ]  # fmt: skip
    grid = list_grid("校核发现", f"{place}校核发现", f"共 {len(lines):,} 处", columns, body, "没有符合条件的校核发现。", "注：“错误”改正后才能提交；“提醒”核对后说明即可。")
    return workbook_of(grid.title, [grid])
