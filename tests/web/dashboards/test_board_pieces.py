"""Pieces of the dashboards that are put together in Python: what somebody handed in stands in them as text, never as HTML."""

from __future__ import annotations

import re
from types import SimpleNamespace

from django.urls import reverse

from junheng.web.dashboards.templatetags.board_pieces import map_counties, map_signs, matrix_rows, school_link
from junheng.web.rounds.models import Round

ROUND = Round(pk=7)
HOSTILE = "<b>\"'&"


def _line(code: str, name: str, campus: str = "") -> SimpleNamespace:
    cell = {"code": "L1", "text": HOSTILE, "kind": "fail", "sign": "▲", "word": HOSTILE, "marks": "例"}
    return SimpleNamespace(
        school=SimpleNamespace(code=code, stage="primary", campus=campus), stage_label="小学", margin_words="L1 差 3.0%",
        shown={"name": name, "students": "1234", "verdict": {"kind": "fail"}, "cells": [cell]},
    )  # fmt: skip


def test_a_school_leads_to_its_board_and_a_number_to_its_trace():
    row = matrix_rows(ROUND, [_line("2121001719", "第一小学", "南校区&")])
    assert f'<a href="{reverse("board", args=[7, "2121001719"])}">第一小学</a>' in row
    trace = reverse("board_trace", args=[7, "2121001719", "L1"])
    assert f'href="{trace}?stage=primary&amp;campus=%E5%8D%97%E6%A0%A1%E5%8C%BA%26"' in row
    assert '<td class="num">1,234</td>' in row
    assert '<td class="num cell-fail">' in row


def test_what_was_handed_in_stands_as_text():
    for code in ("2121001719", HOSTILE, "a/b", ""):
        row = matrix_rows(ROUND, [_line(code, HOSTILE)])
        assert HOSTILE not in row
        assert "<b>" not in row
        assert school_link(ROUND, code, HOSTILE).count("&lt;b&gt;") == 1


def test_a_code_that_is_none_has_no_address():
    assert "href" not in matrix_rows(ROUND, [_line("没有", "第一小学")])
    assert school_link(ROUND, "没有", "第一小学") == "第一小学"


def test_the_map_escapes_names_and_links_only_what_has_a_page():
    drawn = {"counties": [
        {"href": "/boards/7/210102/", "title": HOSTILE, "kind": "wait", "d": "M1 1l2 2z", "sign": "◇", "x": 3, "y": 4},
        {"href": "", "title": "没有数据", "kind": "none", "d": "M1 1z", "sign": "", "x": 0, "y": 0},
    ]}  # fmt: skip
    shapes = map_counties(drawn)
    assert "<b>" not in shapes
    assert len(re.findall("<a ", shapes)) == 1
    assert shapes.count('fill="url(#map-hatch)"') == 1
    assert map_signs(drawn) == '<text class="sign" x="3" y="4" dy="5" aria-hidden="true">◇</text>'
