"""The form a unit downloads: the official vertical form with what is known of the unit, last year's figures beside."""

from __future__ import annotations

import tempfile
from pathlib import Path

from junheng.intake.model import Row
from junheng.intake.template_book import Book
from junheng.tables import Column, table
from junheng.web.reporting.entered import base_of
from junheng.web.reporting.form import columns_of, criteria_judged
from junheng.web.reporting.models import Submission

_SCHOOL, _COUNTY, _JUDGEMENT = "学校填报数据", "区县填报数据", "评定表"
_NOTES = (
    "填“填报值”一列；空着按未报处理，绝不当作 0，确为零请填 0。",
    "蓝字和灰底的格已锁定；“上年数”只供对照，不用改。",
    "填好后保存，回到网页上传；上传后会逐格校核，有问题的格会标出来。",
)


def prefilled_workbook(submission: Submission) -> bytes:
    """What was handed in so far stays filled in, so that nobody types anything twice."""
    base = base_of(submission)
    with tempfile.TemporaryDirectory(prefix="junheng-template-") as folder:
        path = Path(folder) / "form.xlsx"
        with Book(path) as book:
            parts = _county(book, submission, base.facts.county[0], base.facts.judgement, base.last_year.county if base.last_year else []) \
                if submission.is_county else _schools(book, base.facts.school, base.last_year.school if base.last_year else [])
            book.guide(_NOTES, parts)
        return path.read_bytes()


def _schools(book: Book, rows: list[Row], last: list[Row]) -> list[tuple[str, list[Column]]]:
    parts = []
    for row in rows:
        campus = str(row["campus"] or "")
        before = next((each for each in last if (each["campus"] or "") == campus), {})
        name = f"{_SCHOOL}（{campus}）"[:31] if campus else _SCHOOL
        columns = columns_of("school", row)
        book.form_sheet(name, columns, row, before)
        parts.append((name, columns))
    return parts


def _county(book: Book, submission: Submission, row: Row, judgements: list[Row], last: list[Row]) -> list[tuple[str, list[Column]]]:
    columns = list(table("county").columns)
    book.form_sheet(_COUNTY, columns, row, last[0] if last else {})
    judged = [column for column in table("judgement").columns if column.name != "county_code"]
    known = {each["criterion"]: each for each in judgements}
    rows = [{**known.get(id, {}), "criterion": f"{title}（{id}）"} for id, title in criteria_judged(submission).items()]
    book.data_sheet(_JUDGEMENT, judged, rows, frozen=1)
    return [(_COUNTY, columns), (_JUDGEMENT, judged)]
