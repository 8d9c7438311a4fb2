"""The pieces say what look.md says: a shape and a word beside every colour, days in words, what is missing as missing."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory
from django.utils import timezone
from django.utils.html import strip_tags

from junheng.common.findings import Finding, Level, Place
from junheng.web.jobs.models import Job, JobState


def _html(template: str, **context: object) -> str:
    return engines["django"].from_string(template).render(context, RequestFactory().get("/?state=open&page=2"))


def _text(template: str, **context: object) -> str:
    return " ".join(strip_tags(_html(template, **context)).split())


@pytest.mark.parametrize(
    ("value", "said"), [("pass", "● 达标 · 余量 4.2%"), ("fail", "▲ 未达标 · 余量 4.2%"), ("insufficient", "◇ 待定 · 余量 4.2%")]
)
def test_a_verdict_is_a_shape_a_word_and_a_margin(value: str, said: str) -> None:
    assert _text("{% verdict value margin %}", value=value, margin=0.042) == said


def test_no_verdict_is_a_dash_and_no_margin_is_not_zero() -> None:
    assert _text("{% verdict None %}") == "—"
    assert _text("{% verdict 'pass' %}") == "● 达标"


@pytest.mark.parametrize(
    ("days", "said", "tone"),
    [(-2, "已逾期 2 天", "bad"), (0, "今天到期", "todo"), (3, "还有 3 天", "todo"), (30, "还有 30 天", "waiting")],
)
def test_a_deadline_is_days_left_in_words(days: int, said: str, tone: str) -> None:
    html = _html("{% deadline day %}", day=timezone.localdate() + timedelta(days=days))
    assert strip_tags(html) == said
    assert f"tone-{tone}" in html


def test_days_and_times_are_written_the_chinese_way() -> None:
    assert _text("{% when at %}", at=datetime(2026, 9, 1, 0, 30, tzinfo=UTC)) == "2026年9月1日 08:30"
    assert _text("{% when at %}", at=date(2026, 9, 1)) == "2026年9月1日"
    assert _text("{% when None %}") == "—"


def test_a_finding_says_where_what_and_how_to_mend_it() -> None:
    found = Finding(Level.ERROR, "E-rooms", Place("学校填报数据", "", "E52"), "“网络多媒体教室间数”为 41，多于“教室总数”38。", "请核对两项。")
    said = "▲ 错误 《学校填报数据》 E52“网络多媒体教室间数”为 41，多于“教室总数”38。怎么改：请核对两项。"
    assert _text("{% finding found %}", found=found) == said
    as_kept = {"level": "error", "file": "学校填报数据", "sheet": "", "cell": "E52", "message": found.message, "remedy": found.remedy}
    assert _text("{% finding found %}", found=as_kept) == said


def test_what_a_finding_quotes_is_text_never_markup() -> None:
    html = _html("{% finding found %}", found={"level": "warning", "place": "", "message": "<script>alert(1)</script>", "remedy": ""})
    assert "<script>" not in html
    assert "怎么改" not in html


def test_a_gauge_is_a_bar_with_the_limit_as_a_line_and_says_both_numbers() -> None:
    html = _html("{% gauge 0.46 0.45 %}")
    assert 'aria-label="0.460，限值 0.45"' in html
    assert 'class="over"' in html
    assert 'class="fill"' in _html("{% gauge value limit %}", value=0.3, limit=Decimal("0.45"))
    assert _text("{% gauge None 0.45 %}") == "◇ 待定"


def test_an_empty_place_says_what_would_be_there_and_how_to_get_it() -> None:
    assert _text('{% empty "整改的问题会列在这里" "由判定一键生成。" %}') == "整改的问题会列在这里。由判定一键生成。"


def test_pages_of_a_list_keep_what_was_searched_for() -> None:
    html = _html("{% pager page %}", page=Paginator(range(120), 50).page(2))
    assert "第 2 页，共 3 页（120 条）" in html
    assert 'href="?page=3&amp;state=open"' in html
    assert _html("{% pager page %}", page=Paginator(range(50), 50).page(1)).strip() == ""


class _Form(forms.Form):
    rooms = forms.IntegerField(label="教室", help_text="不含专用教室")
    agreed = forms.BooleanField(label="已核对", required=False)
    level = forms.ChoiceField(label="层级", choices=[("a", "市"), ("b", "县")], widget=forms.RadioSelect)
    note = forms.CharField(label="备注", required=False)


def test_a_field_has_its_label_above_its_help_and_error_below_and_both_are_read_with_it() -> None:
    html = _html("{% form_fields form %}", form=_Form({"rooms": "三十", "level": "a"}))
    assert '<label for="id_rooms">教室</label>' in html
    assert 'aria-describedby="id_rooms_helptext id_rooms_error"' in html
    assert 'id="id_rooms_helptext"' in html
    assert 'id="id_rooms_error"' in html
    assert "<legend>层级</legend>" in html
    assert '备注<span class="muted">（选填）</span>' in html
    assert "已核对</label>" in html


@pytest.mark.parametrize(("seconds", "said"), [(19, "20 秒"), (600, "10 分钟"), (14400, "4.0 小时")])
def test_progress_says_how_far_and_how_long_still(seconds: int, said: str) -> None:
    begun = timezone.now() - timedelta(seconds=seconds)
    job = Job(label="汇总", state=JobState.RUNNING, done=60, total=120, created_at=begun - timedelta(hours=1), started_at=begun, heartbeat_at=timezone.now(), message="和平区")
    assert _text("{% progress job %}", job=job) == f"进行中：60 / 120，大约还要 {said} 50% 和平区"


def test_progress_that_cannot_be_estimated_promises_nothing() -> None:
    job = Job(label="汇总", state=JobState.RUNNING, created_at=timezone.now())
    assert "大约" not in _text("{% progress job %}", job=job)
    assert "value=" not in _html("{% progress job %}", job=job)


def test_a_failure_is_told_in_the_jobs_own_words_and_aloud() -> None:
    html = _html("{% progress job %}", job=Job(label="汇总", state=JobState.FAILED, message="a.xlsx：这份文件打不开。请另存后再传。"))
    assert 'role="alert"' in html
    assert "a.xlsx：这份文件打不开。请另存后再传。" in html


def test_a_state_is_a_chip_with_its_word() -> None:
    subject = SimpleNamespace(state_shown=SimpleNamespace(tone="todo", label="待填报"))
    assert _html("{% state subject %}", subject=subject) == '<span class="chip tone-todo">待填报</span>'
