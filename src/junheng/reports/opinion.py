"""督导意见书.docx in the form of GB/T 9704: the evaluation, and what is to be mended by when (教育督导条例 第二十一条)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from junheng.reports.docx_parts import (
    SUBHEADING_FONT,
    TITLE_FONT,
    paper,
    paragraph,
    save,
)
from junheng.reports.official_document import chapters, sentence, words_table

_UNDER = "（依据：教育督导条例第二十条）"


@dataclass(frozen=True)
class Reviewed:
    """One criterion as the county's materials show it. measured: the figure in words; outcome: Chinese word."""

    criterion: str
    measured: str
    outcome: str
    reason: str


@dataclass(frozen=True)
class Found:
    """What was found on one criterion at one school. outcome: Chinese word; reason: in the expert's words, "" for none."""

    place: str
    criterion: str
    outcome: str
    reason: str
    photos: int = 0


@dataclass(frozen=True)
class Asked:
    """One group that was asked for 社会认可度, in words; satisfied "" = not counted."""

    who: str
    satisfied: str
    of: str
    percent: str
    outcome: str


@dataclass(frozen=True)
class Statement:
    """申辩. decision: "申辩成立", "申辩不成立", "" = not answered yet; answer: in words."""

    text: str
    decision: str
    answer: str


@dataclass(frozen=True)
class Opinion:
    """Everything the document says. subject: "优质均衡"; conclusion: paragraphs; sampled: how the schools were drawn, "" = not yet; demands: what
    must be mended; statement_until: last day of 申辩 in words, "" = none runs; basis: name → value of what the conclusion
    rests on; draft: printed under the title."""

    county: str
    subject: str
    year_label: str
    conclusion: Sequence[str]
    reviewed: Sequence[Reviewed]
    asked: Sequence[Asked]
    sampled: str
    found: Sequence[Found]
    demands: Sequence[str]
    report_within_days: int
    basis: Sequence[tuple[str, str]]
    statements: Sequence[Statement] = field(default_factory=tuple)
    statement_until: str = ""
    draft: bool = True

    def document(self) -> dict[str, Any]:
        """The same as JSON can hold it."""
        return asdict(self)

    @classmethod
    def from_document(cls, said: Mapping[str, Any]) -> Opinion:
        parts = {"reviewed": Reviewed, "asked": Asked, "found": Found, "statements": Statement}
        made = {name: tuple(kind(**each) for each in said[name]) for name, kind in parts.items()}
        return cls(**{**said, **made, "basis": [(name, value) for name, value in said["basis"]]})


def write_opinion(path: Path, opinion: Opinion, on: date) -> None:
    """Write the document; on: the date under it."""
    title = f"{opinion.county}义务教育{opinion.subject}发展督导意见书"
    broken = title.removesuffix("督导意见书") + "\n督导意见书"  # in one line its last character would stand alone
    pieces = [paragraph(broken, font=TITLE_FONT, size=22, align="center", indent=False)]
    under = f"（{opinion.year_label}{'，征求意见稿' if opinion.draft else ''}）"
    pieces += [paragraph(under, font=SUBHEADING_FONT, align="center", indent=False), paragraph("", indent=False)]
    pieces.append(paragraph(f"{opinion.county}人民政府：", indent=False))
    pieces += chapters(_chapters(opinion))
    pieces += [paragraph("", indent=False), paragraph("省人民政府教育督导机构", align="right", indent=False),
               paragraph(f"{on.year}年{on.month}月{on.day}日", align="right", indent=False)]  # fmt: skip
    save(paper(landscape=False), pieces, path, title=title)


def _chapters(opinion: Opinion) -> Iterator[tuple[str, list[str]]]:
    yield "评估意见", [paragraph(each) for each in opinion.conclusion]
    yield "材料审核", list(_reviewed(opinion.reviewed))
    yield "社会认可度", list(_asked(opinion.asked))
    yield "实地核查", [paragraph(each) for each in _found(opinion)]
    yield "限期整改要求", [paragraph(each) for each in _demands(opinion)]
    if opinion.statements or opinion.statement_until:
        yield "申辩及处理", [paragraph(each) for each in _statements(opinion)]
    yield "依据", [words_table((18, 60), ("内容", "值"), ([name, value] for name, value in opinion.basis))] if opinion.basis else [paragraph("尚未签署数据版本。")]


def _reviewed(reviewed: Sequence[Reviewed]) -> Iterator[str]:
    if not reviewed:
        yield paragraph("材料审核没有逐条记录。")
        return
    counts = Counter(each.outcome for each in reviewed)
    yield paragraph(f"逐条审核 {len(reviewed)} 条，其中" + "，".join(f"{outcome} {n} 条" for outcome, n in counts.items()) + "。")
    yield words_table((26, 16, 9, 40), ("条目", "现状", "审核", "理由"), ([each.criterion, each.measured, each.outcome, each.reason] for each in reviewed), centred=(2,))


def _asked(asked: Sequence[Asked]) -> Iterator[str]:
    if not asked:
        yield paragraph("社会认可度尚未登记。")
        return
    yield paragraph("按全部问卷和走访判断，各组供参考；未登记的，没有统计，不是零。")
    rows = ([each.who, each.satisfied or "未登记", each.of or "—", each.percent or "—", each.outcome or "—"] for each in asked)
    yield words_table((26, 16, 16, 16, 16), ("对象", "满意", "有效", "满意度", "结论"), rows, centred=(1, 2, 3, 4))


def _found(opinion: Opinion) -> Iterator[str]:
    yield opinion.sampled or "还没有抽取学校。"
    failing = [each for each in opinion.found if each.outcome == "未达标"]
    if opinion.found:
        yield f"实地核查记录 {len(opinion.found)} 条，未达标 {len(failing)} 条{'：' if failing else '。'}"
    for n, each in enumerate(failing, 1):
        photos = f"（照片 {each.photos} 张）" if each.photos else ""
        yield f"{n}．{each.place}，{each.criterion}：{each.reason.rstrip('。')}{photos}。"


def _demands(opinion: Opinion) -> Iterator[str]:
    yield from (f"{n}．{sentence(each)}" for n, each in enumerate(opinion.demands, 1))
    if not opinion.demands:
        yield "没有需要限期整改的问题，请继续保持。"
    else:
        yield f"请自收到本意见书之日起 {opinion.report_within_days} 日内书面报告整改情况，整改完成后申请核查（期限待核，按参数执行）。"


def _statements(opinion: Opinion) -> Iterator[str]:
    if opinion.draft and opinion.statement_until:
        yield f"对本意见有不同意见的，请于 {opinion.statement_until}前提出申辩{_UNDER}。"
    for n, each in enumerate(opinion.statements, 1):
        yield f"{n}．县里申辩：{sentence(each.text)}"
        yield f"处理意见：{each.decision}。{sentence(each.answer)}" if each.decision else "处理意见：尚未答复。"
    if not opinion.statements and not opinion.draft:
        yield "期限内没有申辩。"
