"""Small packs written to disk for the tests of this folder."""

from __future__ import annotations

from pathlib import Path

STANDARD = """\
schema: junheng.policy/1
id: small
title: 小标准
resources:
  L4:
    indicator: teach_area_per_pupil
    title: 生均教学及辅助用房面积
    limit: area
    source: {document: assumption, clause: 第六条（四）}
balance:
  judge: each
  limit: cv
  source: {document: assumption, clause: 第六条}
limits:
  area:
    title: 面积
    unit: ㎡
    values:
      - from: 2017-09-01
        primary: 4.5
        junior: 5.8
        source: {document: assumption, clause: 第六条（四）}
      - from: 2020-09-01
        primary: 5.0
        junior: 6.0
        source: {document: assumption, clause: 新第六条（四）}
  cv:
    title: 差异系数
    unit: ""
    values:
      - from: 2017-09-01
        primary: 0.50
        junior: 0.45
        source: {document: assumption, clause: 第六条}
"""

VARIANT = """\
schema: junheng.policy/1
id: cv040
title: 假设差异系数 0.40
extends: quality_balance_2017
limits: {cv: {values: [{from: 2017-01-01, any: 0.40, source: {document: assumption, clause: 推演}}]}}
"""


def write(folder: Path, text: str, name: str = "pack.yaml") -> Path:
    """The file, written."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def overlay(area: str, value: str, *, key: str = "any", limit: str = "cv", begins: str = "2018-01-01") -> str:
    """An overlay of the national standard that says one value."""
    return f"""\
schema: junheng.policy/1
id: local_{area}
title: 地方细则
overlays: quality_balance_2017
area: "{area}"
from: {begins}
limits:
  {limit}:
    values:
      - from: {begins}
        {key}: {value}
        source: {{document: assumption, clause: 地方}}
"""
