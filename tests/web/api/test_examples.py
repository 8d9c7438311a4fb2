"""The Python examples of docs/api.md, run in their order against a live site."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from junheng.web.api.hooks.sending import signature
from junheng.web.rectification.actions import raise_problem
from junheng.web.rectification.actions.moves import assign
from junheng.web.reporting.actions import freeze_county
from junheng.web.rights.roles import Role

EXAMPLES = re.findall(r"```python\n(.*?)```", (Path(__file__).resolve().parents[3] / "docs" / "api.md").read_text("utf-8"), re.DOTALL)


def _run(live_server, world, secret: str, monkeypatch) -> dict:
    """While an example waits, what runs in the background is done."""
    monkeypatch.setattr(time, "sleep", lambda seconds: world.run_jobs())
    monkeypatch.setenv("JUNHENG_SITE", live_server.url)
    monkeypatch.setenv("JUNHENG_TOKEN", secret)
    names: dict = {}
    for example in EXAMPLES:
        exec(compile(example, "docs/api.md", "exec"), names)
    return names


@pytest.mark.django_db(transaction=True)
def test_the_examples_read_a_county_from_its_schools_to_its_result(live_server, world, program, monkeypatch, capsys):
    world.hand_in_all()
    frozen = freeze_county(world.round, world.unit, by=world.person(Role.COUNTY_ADMIN))
    problem = raise_problem(by=None, unit=world.unit, round=world.round, title="图书不足", criterion="L7", clause="", current="8", required="25",
                            gap="17", source="manual")  # fmt: skip
    assign(problem, by=world.person(Role.CITY_REVIEWER))
    names = _run(live_server, world, program(world.person(Role.COUNTY_ADMIN)).secret, monkeypatch)
    said = capsys.readouterr().out
    assert f"{world.unit.name} 2025 pass {frozen.hash}" in said
    assert names["result"] == frozen.result
    assert "limit 不能小于 1" in said
    assert names["seen"]["verdict"] == "pass"
    assert names["tree"]["children"]
    assert names["outcome"]["changes"]
    assert names["plan"]["state"]["id"] == "solved"


@pytest.mark.django_db(transaction=True)
def test_the_examples_hand_in_a_schools_workbook(live_server, world, program, monkeypatch):
    world.hand_in_all()
    freeze_county(world.round, world.unit, by=world.person(Role.COUNTY_ADMIN))
    names = _run(live_server, world, program(world.person(Role.COUNTY_ADMIN)).secret, monkeypatch)
    names["TOKEN"] = program(world.clerk()).secret
    (submission,) = names["every"]("submissions")
    names["ask"](f"submissions/{submission['id']}/steps/withdraw", {})
    handed = names["hand_in"](submission, "学校填报表格.xlsx", world.workbook())
    assert (handed["state"]["id"], handed["version"]["number"]) == ("submitted", 2)


@pytest.mark.parametrize("algorithm", ["sm3", "sha256"])
def test_the_example_of_a_receiver_knows_a_genuine_message(algorithm):
    names: dict = {"time": time}
    exec(compile(next(each for each in EXAMPLES if "def genuine" in each), "docs/api.md", "exec"), names)
    now, body = str(int(time.time())), '{"a": "甲"}'.encode()
    headers = {"Junheng-Timestamp": now, "Junheng-Signature": signature(algorithm, "密", now, body)}
    assert names["genuine"](headers, body, "密")
    assert not names["genuine"](headers, body + b" ", "密")
    assert not names["genuine"](headers | {"Junheng-Timestamp": str(int(now) - 400)}, body, "密")
