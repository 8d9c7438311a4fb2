"""The dashboards: first openings, what-ifs, and 100 people who look at those of counties, schools, cities and the province.

`python bench/boards.py DATA`, where DATA is the absolute path of a made site (`demo/site`).
"""

from __future__ import annotations

import random
import re
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).resolve().parent))
from junheng.web.rights.roles import Role
from serving import bare_django, site, visitor_of
from side_by_side import report
from visitors import Answers, Visitor, median, percentile, together, wandering

THINK_SECONDS = 5.0
_OPENED = 30
_START_SECONDS, _BARE_SECONDS = 20.0, 15.0
_LIMITS = (("higher_degree_teachers_per100|primary", "4.5"), ("split_weight|junior", "1.2"))
"""A value that is judged anew, and one for which everything has to be measured anew."""


@dataclass(frozen=True)
class Places:
    """Addresses of boards."""

    province: str
    cities: Sequence[str]
    counties: Sequence[str]
    schools: Sequence[str]


def run(data: Path, people: int = 100, seconds: float = 30.0) -> None:
    """data: a made site, all of whose counties have frozen figures."""
    first_opened(data)
    suppositions(data)
    looked_at(data, people, seconds)


def _places(visitor: Visitor) -> Places:
    province = visitor.get("/boards/")
    start = visitor.get(province)
    pages = [start, *(visitor.get(f"{province}?page={number}") for number in range(2, 2 + _pages(start)))]
    found = dict.fromkeys(path for page in pages for path in re.findall(r'href="(/boards/\d+/\d+/)"', page))
    counties = [each for each in found if not each.rstrip("/").endswith("00")]
    cities = sorted({f"{each[:-3]}00/" for each in counties})
    some = random.Random(1).sample(counties, 4)
    schools = [path for county in some for path in re.findall(r'href="(/boards/\d+/\d{10}/)"', visitor.get(county))[:5]]
    return Places(province, [each for each in cities if _is_there(visitor, each)], counties, list(dict.fromkeys(schools)))


def _pages(page: str) -> int:
    found = re.search(r"共 (\d+) 页", page)
    return int(found[1]) - 1 if found else 0


def _is_there(visitor: Visitor, path: str) -> bool:
    return "<h1" in visitor.get(path) and not visitor.answers.failures


def first_opened(data: Path) -> None:
    """On a server that has only just started: every page for the first time, then again, beside a bare page in turn."""
    with site(data) as base:
        places = _places(visitor_of(base, Role.PROVINCE_ADMIN, Answers()))
    with bare_django(data) as bare_base, site(data) as base:
        bare, visitor = Visitor(bare_base, Answers()), visitor_of(base, Role.PROVINCE_ADMIN, Answers())
        bare.get("/", "warm")
        for name, paths in (("province", [places.province]), ("city", places.cities[:5]), ("county", random.Random(2).sample(places.counties, _OPENED)),
                            ("school of a county not opened yet", places.schools[::5])):  # fmt: skip
            first, again, beside = Answers(), Answers(), Answers()
            for answers, times in ((first, 1), (again, 6)):
                bare.answers, visitor.answers = beside, answers
                for path in [*paths] * times:
                    bare.get("/")
                    visitor.get(path)
            assert not first.failures + again.failures, (first.failures + again.failures)[:3]
            opened, later, theirs = first.all(), again.all(), median(beside.all())
            report(f"board of a {name}, {len(paths)} opened", f"first median {median(opened) * 1000:.0f} ms, p95 {percentile(opened, 0.95) * 1000:.0f} ms; "
                   f"again median {median(later) * 1000:.1f} ms, bare Django {theirs * 1000:.1f} ms: {median(later) / theirs:.1f} ×")  # fmt: skip


def suppositions(data: Path) -> None:
    """What-if: opened for the first time, then with one value of the standard changed."""
    with site(data) as base:
        visitor = visitor_of(base, Role.PROVINCE_ADMIN, Answers())
        places = _places(visitor)
        for name, path, goal in (("county", places.counties[0], 1), ("province", places.province, 3)):
            took = [_timed(lambda path=path: visitor.get(f"{path}whatif/"))]
            for limit, to in _LIMITS:
                asked = visitor.get(f"{path}whatif/?{urlencode({'limit': limit, 'to': to})}")
                took.append(_timed(lambda asked=asked: visitor.get(asked)))
            assert not visitor.answers.failures, visitor.answers.failures[:3]
            report(f"what-if of a {name}", f"first opened {took[0]:.2f} s; another limit {took[1]:.2f} s, another split {took[2]:.2f} s (goal < {goal} s)")


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def looked_at(data: Path, people: int, seconds: float) -> None:
    """Each person has a place of their own. They begin on a server that has only just started, and go on; then the bare page, the
    same people."""
    with site(data) as base:
        places = _places(visitor_of(base, Role.PROVINCE_ADMIN, Answers()))
    with site(data) as base:
        first = visitor_of(base, Role.PROVINCE_ADMIN, Answers())
        for when, for_seconds in (("newly started", _START_SECONDS), ("after that", seconds)):
            answers = Answers()
            wrong = together([
                wandering(_like(first, base, answers), _pages_of(number, places), for_seconds, THINK_SECONDS, number) for number in range(people)
            ])  # fmt: skip
            _say(f"{people} people on boards, a page every {THINK_SECONDS:.0f} s each, {for_seconds:.0f} s, {when}", answers, wrong)
            for kind, paths in (("province", [places.province]), ("city", places.cities), ("county", places.counties), ("school", places.schools)):
                found = [each for path in paths for each in answers.seconds.get(path, ())]
                if found:
                    report(f"  {kind}", f"{len(found)} answers, median {median(found) * 1000:.0f} ms, p95 {percentile(found, 0.95) * 1000:.0f} ms")
    with bare_django(data) as base:
        bare = Answers()
        together([wandering(Visitor(base, bare), ("/",), _BARE_SECONDS, THINK_SECONDS, number) for number in range(people)])
    report("  bare Django page, the same people", f"median {median(bare.all()) * 1000:.0f} ms, p95 {percentile(bare.all(), 0.95) * 1000:.0f} ms")


def _say(name: str, answers: Answers, wrong: Sequence[BaseException]) -> None:
    taken = answers.all()
    failed = f"{len(answers.failures)} failed ({answers.failures[:3]})" if answers.failures else "none failed"
    broke = f"; {len(wrong)} visits broke off ({wrong[0]!r})" if wrong else ""
    report(name, f"{len(taken)} answers, {failed}{broke}; median {median(taken) * 1000:.0f} ms, p95 {percentile(taken, 0.95) * 1000:.0f} ms "
                 f"(goal p95 < 300 ms), longest {max(taken):.2f} s")  # fmt: skip


def _like(signed_in: Visitor, base: str, answers: Answers) -> Visitor:
    """Another browser in the same session: signing in is measured elsewhere."""
    made = Visitor(base, answers)
    made.cookies = dict(signed_in.cookies)
    return made


def _pages_of(number: int, places: Places) -> Sequence[str]:
    """Of ten people, six are a county's, two a school's, one a city's and one the province's."""
    rng = random.Random(number)
    match number % 10:
        case 0:
            return [places.province, *rng.sample(places.counties, 4)]
        case 1:
            city = rng.choice(places.cities)
            return [city, *_some(rng, [each for each in places.counties if each[:-3] == city[:-3]], 3)]
        case 2 | 3:
            return [rng.choice(places.schools)]
        case _:
            return [rng.choice(places.counties)]


def _some(rng: random.Random, found: Iterable[str], most: int) -> list[str]:
    among = list(found)
    return rng.sample(among, min(most, len(among)))


if __name__ == "__main__":
    run(Path(sys.argv[1]).resolve())
