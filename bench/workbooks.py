"""P3: 200 official school workbooks. Intake beside bare calamine, reports beside bare XlsxWriter, all in one run."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import openpyxl
import xlsxwriter
from python_calamine import CalamineWorkbook

from junheng.common.school_years import as_of_date
from junheng.engine.measure import measure
from junheng.intake.assemble import read_folder
from junheng.judging.county import judge
from junheng.policy import resolve
from junheng.reports.assess import Request, assess
from junheng.reports.write_all import write_reports
from junheng.synth.province import synthesise
from junheng.synth.write import write_forms
from side_by_side import best_of, report

SCHOOLS = 200


def make_forms(folder: Path) -> None:
    """One county of 200 schools, as official forms: the first county's, and its neighbours' given its code."""
    counties = synthesise(8, seed=11)
    first = counties[0]
    for county in counties[1:]:
        first.facts.school.extend({**row, "county_code": first.population.code} for row in county.facts.school)
    del first.facts.school[SCHOOLS:]
    write_forms(first, folder)


def read_bare(folder: Path) -> int:
    return sum(
        sum(len(row) for row in book.get_sheet_by_name(name).to_python())
        for path in sorted(folder.glob("*.xlsx"))
        for book in [CalamineWorkbook.from_path(str(path))]
        for name in book.sheet_names
    )


Books = dict[Path, list[tuple[str, list[tuple[object, ...]]]]]


def written_cells(out: Path) -> Books:
    """Every cell of every workbook the reports wrote, read back so that it can be written bare."""
    books: Books = {}
    for path in sorted(out.rglob("*.xlsx")):
        book = openpyxl.load_workbook(path, read_only=True)
        books[path.relative_to(out)] = [(sheet.title, list(sheet.iter_rows(values_only=True))) for sheet in book]
    return books


def write_bare(books: Books, out: Path) -> None:
    for name, sheets in books.items():
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        with xlsxwriter.Workbook(out / name) as book:
            for title, rows in sheets:
                sheet = book.add_worksheet(title)
                for row, values in enumerate(rows):
                    for column, value in enumerate(values):
                        if value is not None:
                            sheet.write(row, column, value)


def prepared(forms: Path) -> Callable[[Path], object]:
    """Everything read, measured and judged, so that only the writing is left to be timed."""
    intake = read_folder([forms])
    policy = resolve("quality_balance_2017", "210102", as_of_date(intake.facts.school_year))
    judgement = judge(measure(intake.facts, policy, intake.facts.school_year), lambda _: policy)
    code = judgement.county_codes[0]
    return lambda out: write_reports(out, judgement.county(code), intake.facts, intake.findings, policy)


def run() -> None:
    with tempfile.TemporaryDirectory() as place:
        forms, out, bare = (Path(place) / name for name in ("forms", "out", "bare"))
        make_forms(forms)
        reading, intake = best_of(lambda: read_bare(forms), 3), best_of(lambda: read_folder([forms]), 3)
        request = Request((forms,), out, "quality_balance_2017", "duckdb", None, "bench", datetime.now(UTC))
        whole = best_of(lambda: assess(request, lambda *_: None, lambda _: None), 2)
        books = written_cells(out)
        writing = best_of(lambda: write_bare(books, bare), 3)
        write = prepared(forms)
        reports = best_of(lambda: write(Path(place) / "reports"), 3)
        allowed = 2.5 * reading.seconds + 0.5
        report("P3 intake", f"{intake.seconds:.2f} s, bare calamine {reading.seconds:.2f} s: {intake.seconds / reading.seconds:.1f}× "
                            f"(goal ≤ 2.5× + 0.5 s = {allowed:.2f} s)")  # fmt: skip
        report("P3 reports", f"{reports.seconds:.2f} s, bare XlsxWriter {writing.seconds:.2f} s: "
                             f"{reports.seconds / writing.seconds:.2f}× (goal ≤ 1.5×)")  # fmt: skip
        report("P3 in all", f"{whole.seconds:.2f} s for {SCHOOLS} schools (goal < 6 s)")



if __name__ == "__main__":
    run()
