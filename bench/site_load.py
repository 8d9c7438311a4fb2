"""The site under load: list pages beside a bare Django page, 100 people over province data, and the deadline hour.

Everything is served by the same server on the same two cores as the people who visit it. `python bench/site_load.py
[--minutes 10] [--people 100]`.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))
import boards
from junheng.web.accounts.demo import DEMO_PASSWORD
from junheng.web.rights.roles import Role
from serving import bare_django, beside, site, visitor_of
from side_by_side import report
from visitors import Answers, Visitor, median, percentile, together, wandering

HERE = Path(__file__).resolve().parent
PER_HOUR = 6_000
LISTS = {
    Role.PROVINCE_ADMIN: ("/units/", "/problems/", "/evaluations/", "/rounds/", "/notices/", "/announcements/"),
    Role.SECURITY_ADMIN: ("/users/",),
    Role.AUDITOR: ("/audit/",),
}
"""Whose lists stand beside the bare page."""
VISITED = {
    Role.COUNTY_ADMIN: ("/", "/boards/", "/reporting/", "/problems/", "/evaluations/", "/notices/"),
    Role.CITY_REVIEWER: ("/", "/boards/", "/reporting/", "/evaluations/", "/problems/"),
    Role.PROVINCE_ADMIN: ("/", "/boards/", "/reporting/", "/evaluations/", "/problems/", "/rounds/", "/announcements/"),
    Role.PROVINCE_EXPERT: ("/", "/boards/", "/visits/", "/evaluations/"),
    Role.SCHOOL_CLERK: ("/", "/boards/", "/reporting/", "/notices/", "/announcements/"),
}
THINK_SECONDS = 5.0


def lists_beside_bare_django(data: Path) -> None:
    with bare_django(data) as bare_base, site(data) as base:
        bare = Visitor(bare_base, Answers())
        for role, pages in LISTS.items():
            visitor = visitor_of(base, role, Answers())
            for path in pages:
                theirs, ours = beside(bare, visitor, path)
                report(f"list page {path}", f"{ours * 1000:.1f} ms, bare Django {theirs * 1000:.1f} ms: {ours / theirs:.2f} × (goal ≤ 4)")


def public_beside_bare_django(data: Path, people: int, seconds: float) -> None:
    """The public's pages, kept, and the bare page, each visited by as many people at the same pace."""
    with site(data) as base:
        paths = _public_paths(base)
        public, wrong = _wandered(base, paths, people, seconds)
    with bare_django(data) as base:
        bare, _ = _wandered(base, ("/",), people, seconds)
    _say_answers(f"{people} people on {len(paths)} public pages, a page every {THINK_SECONDS:.0f} s each", public, wrong, "goal p95 < 50 ms")
    report("  bare Django page, the same people", f"median {median(bare.all()) * 1000:.0f} ms, p95 {percentile(bare.all(), 0.95) * 1000:.0f} ms")


def _public_paths(base: str) -> list[str]:
    """Every page of the portal's menu, and every county whose result is in force; asked once, so that they are kept."""
    visitor = Visitor(base, Answers())
    found = set(re.findall(r'href="(/public/[^"?#]*)"', visitor.get("/public/")))
    paths = sorted(each for each in found if each.endswith("/"))
    for _ in range(8):  # the server's processes each keep their own, and a connection stays with one of them
        visitor = Visitor(base, Answers())
        for path in paths:
            visitor.get(path)
    return paths


def _wandered(base: str, paths: Sequence[str], people: int, seconds: float) -> tuple[Answers, Sequence[BaseException]]:
    answers = Answers()
    return answers, together([wandering(Visitor(base, answers), paths, seconds, THINK_SECONDS, seed) for seed in range(people)])


def hundred_people(data: Path, people: int, seconds: float) -> None:
    with site(data) as base:
        roles = list(VISITED)
        arriving, answers = Answers(), Answers()
        visitors = [(visitor_of(base, roles[number % len(roles)], arriving), VISITED[roles[number % len(roles)]]) for number in range(people)]
        for visitor, _ in visitors:
            visitor.answers = answers
        wrong = together([wandering(visitor, pages, seconds, THINK_SECONDS, seed) for seed, (visitor, pages) in enumerate(visitors)])
    _say_answers(f"{people} people, a page every {THINK_SECONDS:.0f} s each, {seconds:.0f} s", answers, wrong, "goal p95 < 300 ms")


def deadline_hour(data: Path, folder: Path, minutes: float) -> None:
    """Schools arrive as at PER_HOUR an hour: each signs in, opens its form, uploads, waits for the check, submits."""
    schools = round(PER_HOUR / 60 * minutes)
    prepared = json.loads(_say(str(data), str(folder), str(schools)))
    answers = Answers()
    rng = random.Random(1)
    arrivals = sorted(rng.random() * minutes * 60 for _ in prepared)
    with site(data) as base:
        start = time.monotonic()
        wrong = together([_school(base, answers, each, start + arrival) for each, arrival in zip(prepared, arrivals, strict=True)])
        took = time.monotonic() - start
    pks = [each["submission"] for each in prepared]
    stands = json.loads(_say(str(data), str(folder), "standing", stdin=json.dumps(pks)))
    _say_answers(f"deadline hour, {len(prepared)} schools in {took / 60:.1f} min", answers, wrong, "goal p95 < 1 s")
    report("deadline hour, handed in", f"{stands['submitted']} of {len(prepared)} with {stands['versions']} versions: {len(prepared) - stands['submitted']} lost (goal 0)")


def _school(base: str, answers: Answers, school: dict[str, Any], at: float) -> Callable[[], None]:
    def visit() -> None:
        time.sleep(max(0.0, at - time.monotonic()))
        visitor, page = Visitor(base, answers), f"/submissions/{school['submission']}/"
        visitor.sign_in(school["username"], DEMO_PASSWORD)
        visitor.get(page, "submission")
        job = visitor.upload(f"{page}upload/", "file", "学校填报表格.xlsx", Path(school["form"]).read_bytes(), "upload")
        for _ in range(600):
            if "看结果" in visitor.get(job, "progress"):
                break
            time.sleep(1)
        asked = visitor.get(f"{page}do/submit/", "submit form")
        moves = re.search(r'name="seen_moves" value="(\d+)"', asked)
        visitor.post(f"{page}do/submit/", {"seen_moves": moves[1] if moves else "", "explanation": "均已核对，数据属实"}, "submit")

    return visit


def _say(*arguments: str, stdin: str = "") -> str:
    done = subprocess.run([sys.executable, str(HERE / "deadline_round.py"), *arguments], input=stdin, stdout=subprocess.PIPE, text=True, check=True,
                          env={**os.environ, "JUNHENG_DEMO": "1"})  # fmt: skip
    return done.stdout.strip().splitlines()[-1]


def _say_answers(name: str, answers: Answers, wrong: Sequence[BaseException], goal: str) -> None:
    seconds = answers.all()
    failed = f"; {len(answers.failures)} failed ({answers.failures[:3]})" if answers.failures else ", none failed"
    broke = f"; {len(wrong)} visits broke off ({wrong[0]!r})" if wrong else ""
    report(name, f"{len(seconds)} answers{failed}{broke}; median {median(seconds) * 1000:.0f} ms, p95 {percentile(seconds, 0.95) * 1000:.0f} ms ({goal}), "
                 f"longest {max(seconds):.2f} s")  # fmt: skip
    worst = sorted(answers.seconds.items(), key=lambda each: -percentile(each[1], 0.95))[:4]
    report("  slowest", "; ".join(f"{page} p95 {percentile(taken, 0.95) * 1000:.0f} ms" for page, taken in worst))


def run(minutes: float = 10.0, people: int = 100, seconds: float = 60.0) -> None:
    with tempfile.TemporaryDirectory() as folder:
        demo = Path(folder)
        subprocess.run([sys.executable, "-m", "junheng", "demo", str(demo), "--no-serve"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        lists_beside_bare_django(demo / "site")
        boards.run(demo / "site", people)
        public_beside_bare_django(demo / "site", people, seconds)
        hundred_people(demo / "site", people, seconds)
        deadline_hour(demo / "site", demo / "deadline", minutes)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--people", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=60.0)
    asked = parser.parse_args()
    run(asked.minutes, asked.people, asked.seconds)
