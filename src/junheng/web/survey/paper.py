"""The workbook of paper questionnaires: the template, and reading it back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from junheng.common.errors import UserError
from junheng.intake.cells import raw_text
from junheng.intake.workbook import Sheet, cell_address, read_sheets
from junheng.opendata.rule import the_rule
from junheng.web.accounts.workbook.writing import TextBook
from junheng.web.survey.models import Survey
from junheng.web.survey.questionnaire import Questionnaire

ANSWERS, SENT = "问卷", "发放"
MOST_ROWS = 5000
_MOST_TOLD = 8
_HEAD = {"bold": True, "border": 1, "bg_color": "#F2F2F2", "text_wrap": True, "valign": "top"}
_CELL = {"border": 1, "border_color": "#D9D9D9", "num_format": "@"}


@dataclass(frozen=True)
class PaperAnswer:
    """One questionnaire. school_id: None = none named, or one where too few are asked to name it."""

    group: str
    school_id: int | None
    overall: str
    more: Mapping[str, str]


def template(survey: Survey) -> bytes:
    """One row per questionnaire, a column per question; a second sheet for how many were handed out."""
    asked, book = survey.questionnaire, TextBook()
    sheet = book.book.add_worksheet(ANSWERS)
    heads = _heads(asked)
    for at, label in enumerate(heads):
        sheet.set_column(at, at, 14 if at < 2 else 16, book.look(num_format="@"))
        book.text(sheet, 0, at, label, _HEAD)
    sheet.set_row(0, 96)
    sheet.freeze_panes(1, 2)
    labels = {"validate": "list", "source": [each.label for each in asked.scale], "ignore_blank": True}
    sheet.data_validation(1, 0, MOST_ROWS, 0, {"validate": "list", "source": [each.label for each in asked.groups]})
    sheet.data_validation(1, 2, MOST_ROWS, len(heads) - 1, labels)
    sent = book.book.add_worksheet(SENT)
    sent.set_column(0, 1, 16)
    for at, label in enumerate(("对象", "发放份数")):
        book.text(sent, 0, at, label, _HEAD)
    for row, group in enumerate(asked.groups, 1):
        book.text(sent, row, 0, group.label, _CELL)
        book.text(sent, row, 1, "", _CELL)
    _guide(book, asked)
    return book.finish()


def _heads(asked: Questionnaire) -> list[str]:
    return ["对象", "学校标识码", *(f"{number}．{each.text}" for number, each in enumerate(asked.questions, 1))]


def _guide(book: TextBook, asked: Questionnaire) -> None:
    guide = book.book.add_worksheet("填写说明")
    guide.set_column(0, 0, 100)
    lines = (
        "一行一份问卷。“对象”从列表中选；按学校发放的写学校标识码，其他对象不写。",
        "各题从列表中选，也可以填序号：" + "，".join(f"{number} {each.label}" for number, each in enumerate(asked.scale, 1)) + "。没有答的空着。",
        "第 1 题没有答的问卷无效：空着录入，计入回收，不计入有效。",
        "“发放”表写这一批各对象共发出多少份；没有数的空着，不要填 0。",
        "不要写姓名、电话。上传后整份检查：有一处不对就一份也不录入，并指出在哪一格。",
    )
    for row, text in enumerate(lines):
        book.text(guide, row, 0, text, {"text_wrap": True})


def read(survey: Survey, file_name: str, data: bytes) -> tuple[dict[str, int], list[PaperAnswer]]:
    """Handed out by group, and the questionnaires. Raises UserError naming the cells that are wrong."""
    sheets = {each.name: each for each in read_sheets(data, PurePath(file_name).suffix.lower())}
    if ANSWERS not in sheets or [raw_text(cell) for cell in sheets[ANSWERS].rows[0]][: len(_heads(survey.questionnaire))] != _heads(survey.questionnaire):
        raise UserError("不是这次调查的纸质问卷录入表", where=file_name, remedy="请下载模板，填在模板里再上传")
    wrong: list[str] = []
    sent = _sent(survey.questionnaire, sheets[SENT], wrong) if SENT in sheets else {}
    rows = list(_answers(survey, sheets[ANSWERS], wrong))
    if wrong:
        more = f"等 {len(wrong)} 处" if len(wrong) > _MOST_TOLD else ""
        raise UserError("录入表有错，一份也没有录入", where=file_name, why="；".join(wrong[:_MOST_TOLD]) + more, remedy="请改正后重新上传")
    if not rows:
        raise UserError("录入表里没有问卷", where=file_name, remedy=f"请在“{ANSWERS}”表里一行填一份")
    if len(rows) > MOST_ROWS:
        raise UserError(f"有 {len(rows)} 份，每次最多 {MOST_ROWS} 份", remedy="请分成几个文件上传")
    return sent, rows


def _sent(asked: Questionnaire, sheet: Sheet, wrong: list[str]) -> dict[str, int]:
    groups, out = {each.label: each.id for each in asked.groups}, {}
    for number, cells in enumerate(sheet.rows[1:], 1):
        label, count = (raw_text(cells[at]).strip() if at < len(cells) else "" for at in (0, 1))
        if not count:
            continue
        if label not in groups or not (count.isascii() and count.isdigit()):
            wrong.append(f"“{SENT}”{cell_address(number, 1)}“{label} {count}”应是对象和整数")
            continue
        out[groups[label]] = int(count)
    return out


def _answers(survey: Survey, sheet: Sheet, wrong: list[str]) -> Iterator[PaperAnswer]:
    asked = survey.questionnaire
    groups = {each.label: each for each in asked.groups}
    options = {each.label: each.id for each in asked.scale} | {str(at): each.id for at, each in enumerate(asked.scale, 1)}
    schools = _schools(survey)
    for number, cells in enumerate(sheet.rows[1:], 1):
        texts = [raw_text(cells[at]).strip() if at < len(cells) else "" for at in range(len(asked.questions) + 2)]
        if not any(texts):
            continue
        group, before = groups.get(texts[0]), len(wrong)
        if group is None:
            wrong.append(f"{cell_address(number, 0)}“{texts[0]}”不是调查对象")
            continue
        if texts[1] and (group.id, texts[1]) not in schools:
            wrong.append(f"{cell_address(number, 1)}“{texts[1]}”不是按校调查{group.label}的学校")
        chosen = dict(_chosen(asked, group.id, texts[2:], options, number, wrong))
        if len(wrong) == before:
            overall = chosen.pop(asked.overall, "")
            yield PaperAnswer(group.id, schools.get((group.id, texts[1])), overall, chosen)


def _chosen(
    asked: Questionnaire, group: str, texts: Sequence[str], options: Mapping[str, str], number: int, wrong: list[str]
) -> Iterator[tuple[str, str]]:
    mine = {each.id for each in asked.asked(group)}
    for at, (question, text) in enumerate(zip(asked.questions, texts, strict=True), 2):
        if not text:
            continue
        if question.id not in mine:
            wrong.append(f"{cell_address(number, at)}这一题不问这类对象，应空着")
        elif text not in options:
            wrong.append(f"{cell_address(number, at)}“{text}”不在选项里")
        else:
            yield question.id, options[text]


def _schools(survey: Survey) -> dict[tuple[str, str], int | None]:
    """(group, code) → the school as an answer keeps it: None where so few are asked that it would tell who answered."""
    least = the_rule().least
    return {
        (each.group, each.school.code): each.school_id if (each.population or 0) >= least else None
        for each in survey.strata.exclude(school=None).select_related("school")
        if each.school is not None
    }
