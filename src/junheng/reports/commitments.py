"""政策落实情况报告.docx: one page to read, then every commitment; in the form of GB/T 9704."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from junheng.reports.docx_parts import (
    SUBHEADING_FONT,
    TITLE_FONT,
    paper,
    paragraph,
    save,
)
from junheng.reports.official_document import chapters, sentence, words_table


@dataclass(frozen=True)
class Entry:
    """One commitment in words. due: "2025 年", "未定"; mark: where it stands in a word; unverified: "" = nothing.
    aim: "≥ 50%", "" where the plan names no number; reporter: who says where it stands; beside: what the counties' data say, "" = nothing."""

    title: str
    clause: str
    due: str
    departments: str
    mark: str
    words: str
    unverified: str
    aim: str
    reporter: str
    beside: str


@dataclass(frozen=True)
class Plan:
    """Everything the document says. lead: the first sentence; kinds: heads of the table of tasks; tasks: heading, counts by kind,
    all; all: heading → its commitments."""

    province: str
    day: date
    lead: str
    kinds: tuple[str, ...]
    tasks: Sequence[tuple[str, Sequence[str], str]]
    urgent: Sequence[Entry]
    measured: Sequence[Entry]
    all: Sequence[tuple[str, Sequence[Entry]]]


def write_commitments(path: Path, plan: Plan) -> None:
    title = f"{plan.province}优质均衡基本公共教育服务体系政策落实情况"
    broken = title.removesuffix("政策落实情况") + "\n政策落实情况"
    pieces = [paragraph(broken, font=TITLE_FONT, size=22, align="center", indent=False),
              paragraph(f"（截至 {plan.day.year}年{plan.day.month}月{plan.day.day}日）", font=SUBHEADING_FONT, align="center", indent=False)]  # fmt: skip
    pieces += chapters(_chapters(plan))
    save(paper(landscape=False), pieces, path, title=title)


def _chapters(plan: Plan) -> Iterator[tuple[str, list[str]]]:
    yield "总的情况", [paragraph(f"{plan.lead}。没有报告的不算没有做，也不算做了。"), *_sentences(plan.measured),
                   words_table((40, *(12,) * len(plan.kinds), 12), ("任务", *plan.kinds, "合计"),
                         ([heading, *(count if count != "0" else "—" for count in counts), total] for heading, counts, total in plan.tasks),
                         centred=tuple(range(1, len(plan.kinds) + 2)))]  # fmt: skip
    yield "逾期和滞后的", [*_sentences(plan.urgent)] or [paragraph("没有逾期和滞后的承诺。")]
    yield "逐项情况", [piece for heading, entries in plan.all for piece in _task(heading, entries)]


def _sentences(entries: Sequence[Entry]) -> Iterator[str]:
    for number, each in enumerate(entries, 1):
        yield paragraph(f"{number}．{each.title}（{each.clause}）：{each.mark}。{sentence(each.words)}{sentence(f'部门：{each.departments}')}")


def _task(heading: str, entries: Sequence[Entry]) -> Iterator[str]:
    if entries:
        yield paragraph(heading, font=SUBHEADING_FONT, keep=True)
        rows = ([f"{each.title}{'（待核）' if each.unverified else ''}", each.aim or "—", each.due, each.mark, each.reporter, _progress(each)] for each in entries)
        yield words_table((30, 15, 14, 16, 25, 46), ("承诺", "目标", "期限", "状态", "谁来报", "进展"), rows, centred=(1, 2, 3))


def _progress(of: Entry) -> str:
    return f"{of.words}{f'系统数据对照：{of.beside}' if of.beside else ''}"
