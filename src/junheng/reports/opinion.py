"""督导意见书.docx in the form of GB/T 9704: the evaluation, and what is to be mended by when (教育督导条例 第二十一条)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from junheng.reports.docx_parts import HEADING_FONT, SUBHEADING_FONT, TITLE_FONT, paper, paragraph, save

_NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True)
class Finding:
    """What was found on one criterion. place: the school, "" = the county's materials; outcome: Chinese word; reason: in the
    words of whoever judged, "" for none."""

    place: str
    criterion: str
    outcome: str
    reason: str


@dataclass(frozen=True)
class Opinion:
    """Everything the document says. conclusion: one paragraph; materials: what was judged from the county's evidence, criterion by
    criterion; findings: what was found on site; demands: what must be mended; statements: 申辩 and what
    was decided on it; hashes: name → value of what the conclusion rests on; draft: printed under the title."""

    county: str
    year_label: str
    conclusion: str
    materials: Sequence[Finding]
    findings: Sequence[Finding]
    demands: Sequence[str]
    report_within_days: int
    basis: Sequence[tuple[str, str]]
    statements: Sequence[tuple[str, str]] = field(default_factory=tuple)
    draft: bool = True


def write_opinion(path: Path, opinion: Opinion, on: date) -> None:
    """Write the document; on: the date under it."""
    title = f"关于{opinion.county}义务教育优质均衡发展的督导意见书"
    pieces = [paragraph(title, font=TITLE_FONT, size=22, align="center", indent=False, line=36)]
    under = f"（{opinion.year_label}{'，征求意见稿' if opinion.draft else ''}）"
    pieces += [paragraph(under, font=SUBHEADING_FONT, align="center", indent=False), paragraph("", indent=False)]
    pieces.append(paragraph(f"{opinion.county}人民政府：", indent=False))
    for numeral, (word, lines) in zip(_NUMERALS, _chapters(opinion), strict=False):
        pieces.append(paragraph(f"{numeral}、{word}", font=HEADING_FONT, keep=True))
        pieces += [paragraph(line) for line in lines]
    pieces += [paragraph("", indent=False), paragraph("省人民政府教育督导机构", align="right", indent=False),
               paragraph(f"{on.year}年{on.month}月{on.day}日", align="right", indent=False)]  # fmt: skip
    save(paper(landscape=False), pieces, path, title=title)


def _chapters(opinion: Opinion) -> list[tuple[str, list[str]]]:
    chapters = [("评估意见", [opinion.conclusion])]
    reviewed = [f"{n}．{each.criterion}：{each.outcome}。{each.reason}" for n, each in enumerate(opinion.materials, 1)]
    chapters.append(("材料审核", reviewed or ["材料审核没有逐条记录。"]))
    found = [f"{n}．{each.place}，{each.criterion}：{each.outcome}。{each.reason}" for n, each in enumerate(opinion.findings, 1)]
    chapters.append(("实地核查发现", found or ["实地核查的学校未发现不达标的条目。"]))
    demands = [f"{n}．{each}" for n, each in enumerate(opinion.demands, 1)]
    closing = f"请自收到本意见书之日起 {opinion.report_within_days} 日内书面报告整改情况，整改完成后申请核查（期限待核，按参数执行）。"
    chapters.append(("限期整改要求", [*(demands or ["没有需要限期整改的问题，请继续保持。"]), closing]))
    if opinion.statements:
        said = [f"{n}．申辩：{text}　处理意见：{answer or '待处理'}" for n, (text, answer) in enumerate(opinion.statements, 1)]
        chapters.append(("申辩及处理", said))
    chapters.append(("依据", [f"{name}：{value}" for name, value in opinion.basis]))
    return chapters
