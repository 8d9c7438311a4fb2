"""`python bench/location.py` as others run it: one JSON line."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from location_cases import PUBLIC, needs_public

BENCH = Path(__file__).resolve().parents[3] / "bench" / "location.py"


@needs_public
@pytest.mark.parametrize(("file", "kind", "optimum"), [("pmed/pmed2.txt", "pmed", 4093), ("holmberg/p6", "holmberg", 7777)])
def test_a_public_file_gives_one_line_with_objective_and_gap(file: str, kind: str, optimum: int) -> None:
    done = subprocess.run([sys.executable, str(BENCH), str(PUBLIC / file), "--format", kind, "--seconds", "10"], capture_output=True, text=True, check=True)

    answer = json.loads(done.stdout)
    assert (answer["objective"], answer["gap"]) == (optimum, 0)
    assert set(answer) == {"objective", "bound", "gap", "seconds", "open_sites"}
    assert answer["open_sites"] == sorted(answer["open_sites"])
