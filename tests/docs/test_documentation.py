"""The documentation agrees with the code and with itself."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from junheng.cli.app import COMMANDS
from junheng.indicators import REGISTRY
from junheng.policy import resolve

ROOT = Path(__file__).resolve().parents[2]
PAGES = [path for path in [ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")] if path.is_file()]


def test_generated_documentation_is_current() -> None:
    # As a person runs it: without the settings these tests run under.
    plain = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    done = subprocess.run([sys.executable, "docs/generate.py", "--check"], cwd=ROOT, env=plain, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text("utf-8"))
    missing = [link for link in links if "://" not in link and not (page.parent / link).exists()]
    assert not missing


def test_every_command_of_the_readme_exists_and_every_command_is_in_it() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    named = set(re.findall(r"junheng (\w+)", text)) - {"assessment"}
    assert named == set(COMMANDS)


def test_make_targets_named_in_the_readme_exist() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = set(re.findall(r"`?make ([a-z-]+)", (ROOT / "README.md").read_text("utf-8")))
    assert named
    assert named <= targets


def test_the_pip_fallback_pins_what_the_lock_pins() -> None:
    locked = {(each["name"], each.get("version")) for each in tomllib.loads((ROOT / "uv.lock").read_text("utf-8"))["package"]}
    for name in ("requirements.txt", "requirements-dev.txt"):
        pins = re.findall(r"^([\w.-]+)==([^\s;]+)", (ROOT / name).read_text("utf-8"), re.MULTILINE)
        assert pins
        assert set(pins) - locked == set()


def test_every_dependency_has_a_line_of_reason() -> None:
    lines = (ROOT / "pyproject.toml").read_text("utf-8").split("[project.scripts]")[0].splitlines()
    bare = [line for line in lines if re.match(r'\s+"[\w-]+[>=]', line) and "#" not in line]
    assert bare == []


def test_every_indicator_has_a_paragraph_in_the_manual() -> None:
    manual = (ROOT / "docs/generated/manual.md").read_text("utf-8")
    assert [each.id for each in REGISTRY.values() if each.title not in manual] == []


def test_every_decision_is_listed_in_their_index() -> None:
    index = (ROOT / "docs/adr/README.md").read_text("utf-8")
    assert all(path.name in index for path in (ROOT / "docs/adr").glob("0*.md"))


def test_the_guides_what_if_pack_can_be_used(tmp_path: Path) -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", (ROOT / "docs/guide/README.md").read_text("utf-8"), re.DOTALL)
    pack = tmp_path / "设想.yaml"
    pack.write_text(example, "utf-8")
    assert resolve(pack, "210102", date(2025, 9, 1)).limits["cv"].at("primary").value == Decimal("0.40")


def test_every_rule_the_software_names_is_in_the_manual_of_rules() -> None:
    manual = (ROOT / "docs/generated/rules.md").read_text("utf-8")
    named = {rule for path in (ROOT / "src/junheng").rglob("*.py") if "node_modules" not in path.parts
             for rule in re.findall(r"\"([EW]-[a-z0-9-]+)\"", path.read_text("utf-8"))}  # fmt: skip
    assert len(named) > 50
    assert {rule for rule in named if f"`{rule}`" not in manual} == set()
