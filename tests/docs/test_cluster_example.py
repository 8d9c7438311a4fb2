"""The example of docs/cluster.md runs as it stands, in local mode, on registers named by URL."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from junheng.engine.measure import measure_registers
from junheng.judging.county import judge
from junheng.policy import resolve
from junheng.synth.people import write_registers
from junheng.synth.province import synthesise

PAGE = Path(__file__).resolve().parents[2] / "docs" / "cluster.md"


@pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java, which is not installed here")
def test_the_example_gives_the_verdicts_of_the_embedded_engine(tmp_path: Path) -> None:
    pytest.importorskip("pyspark.sql", reason="the spark extra is not installed")
    write_registers(synthesise(1, scale=0.1), tmp_path)
    (example,) = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    names = {"MASTER": "local[1]", "STORE": tmp_path.as_uri()}
    exec(compile(example, str(PAGE), "exec"), names)  # what the page tells a reader to type
    policy = resolve("quality_balance_2017", "210000", date(2025, 9, 1))
    assert names["verdicts"] == judge(measure_registers(tmp_path, policy, 2025), lambda _: policy).verdicts()
