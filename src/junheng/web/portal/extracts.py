"""The rows of the open data, read from what was announced."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from junheng.common.stages import Stage
from junheng.judging.result import Verdict
from junheng.policy import resolve_many
from junheng.policy.registry import built_in_packs
from junheng.web.portal.in_force import CONCLUSIONS
from junheng.web.publicity.models import Announcement
from junheng.web.reporting.models import CountyRelease

Rows = list[dict[str, Any]]


def rows_of(announcements: Sequence[Announcement], releases: Mapping[int, CountyRelease]) -> dict[str, Rows]:
    """Dataset → rows in the order of counties. announcements: `in_force`; releases: `releases_behind` them."""
    return {
        "results": [_result(each) for each in announcements],
        "criteria": [row for each in announcements for row in _criteria(each)],
        "balance": [row for each in announcements if each.pk in releases for row in _balance(each, releases[each.pk])],
    }


def _place(of: Announcement) -> dict[str, Any]:
    city = of.unit.parent
    return {"county_code": of.unit.code, "county": of.unit.name, "city": city.name if city else None, "school_year": of.round.school_year,
            "announcement": of.pk}  # fmt: skip


def _result(of: Announcement) -> dict[str, Any]:
    packs = built_in_packs()
    policy = str(of.hashes.get("标准", ""))
    return _place(of) | {
        "round": of.round.name, "standard": packs[policy].pack.title if policy in packs else policy, "conclusion": CONCLUSIONS[of.conclusion],
        "measured": of.hashes.get("测算结论"), "opened_on": _iso(of.opens_on), "closed_on": _iso(of.closes_on),
        "proclaimed_on": _iso(of.proclaimed_on), "data_hash": of.hashes.get("数据版本"), "as_of": of.hashes.get("基准日"),
        "software": of.hashes.get("软件版本"),
    }  # fmt: skip


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _criteria(of: Announcement) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(of.result, 1):
        yield _place(of) | {"number": number, "group": line.get("group") or None, "title": line["title"], "clause": line.get("clause") or None,
                            "verdict": _label(line["verdict"]), "words": line["words"]}  # fmt: skip


def _balance(of: Announcement, release: CountyRelease) -> Iterator[dict[str, Any]]:
    policy = next(iter(resolve_many(release.policy, [of.unit.code], release.as_of).values()))
    titles = {each.code: each.title for each in policy.resources}
    for stage, found in release.result["stages"].items():
        for code, each in found.get("balance", {}).items():
            yield _place(of) | {"stage": Stage(stage).label, "indicator": code, "title": titles.get(code, code), "cv": each["cv"],
                                "limit": each["limit"], "verdict": _label(each["verdict"])}  # fmt: skip


def _label(verdict: str) -> str | None:
    return Verdict(verdict).label if verdict else None
