"""Action lists, self-assessments, the report and the page: complete, safe and self-contained."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from urllib.parse import unquote

import docx
import openpyxl
import pytest
from sample_county import COUNTY_CODE, HOSTILE_NAME, sample_facts, sample_findings, sample_verdict

from junheng.judging.result import Verdict
from junheng.policy import resolve
from junheng.reports.context import CountyReport
from junheng.reports.page import write_province_page
from junheng.reports.page.data import as_script, page_data
from junheng.reports.page.province import province_view
from junheng.reports.problems import problems
from junheng.reports.write_all import write_reports

FILES = {"result.json", "申报表.xlsx", "申报表.docx", "问题清单.xlsx", "任务清单.xlsx", "责任清单.xlsx", "自评报告.docx", "index.html"}


@pytest.fixture(scope="module")
def report() -> CountyReport:
    facts = sample_facts()
    return CountyReport(sample_verdict(facts), facts, sample_findings(), resolve("quality_balance_2017", COUNTY_CODE, date(2025, 9, 1)))


@pytest.fixture(scope="module")
def folder(report: CountyReport, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("reports")
    told: list[tuple[str, int, int]] = []
    written = write_reports(out, report.verdict, report.facts, report.findings, report.policy, lambda *step: told.append(step))
    assert {path.name for path in written if path.parent == out} == FILES
    assert told[-1] == ("", len(told) - 1, len(told) - 1)
    return out


def test_every_school_and_campus_gets_its_own_form(folder: Path) -> None:
    names = sorted(path.name for path in (folder / "学校自评表").iterdir())
    assert len(names) == 11
    assert "3221000009_示例实验学校（东校区）.xlsx" in names
    sheet = openpyxl.load_workbook(folder / "学校自评表" / "3221000008_示例九年一贯制学校.xlsx").active
    assert sheet is not None
    merged = {str(each) for each in sheet.merged_cells.ranges}
    assert {"A4:A10", "A11:A15"} <= merged
    assert sheet["D6"].value == "小学：否\n初中：否（达到85%）"
    assert "学段折算" in str(sheet["C5"].value)


def test_a_school_left_out_of_the_resource_items_is_told_why(folder: Path) -> None:
    sheet = openpyxl.load_workbook(folder / "学校自评表" / "2121000005_示例镇柳河教学点.xlsx").active
    assert sheet is not None
    assert "不足 50 人的教学点" in str(sheet["A2"].value)
    assert sheet["D4"].value == "不参评"


def test_the_problem_list_says_gap_source_and_department(report: CountyReport) -> None:
    found = problems(report)
    assert [p.verdict is Verdict.FAIL for p in found] == sorted((p.verdict is Verdict.FAIL for p in found), reverse=True)
    short = next(p for p in found if p.subject == "示例二小学（小学）" and "骨干" in p.item)
    assert short.gap.startswith("还差 4 名县级以上骨干教师（现有 4 名，在校生 742 人，需 7.42 名，按 8 名计）")
    assert short.source == "《学校/2121000002.xlsx》学校填报数据 E103"
    assert short.clause == "教督〔2017〕6号 第六条（2）"
    waiting = next(p for p in found if "校际差异系数" in p.item)
    assert waiting.verdict is Verdict.INSUFFICIENT
    assert HOSTILE_NAME in waiting.gap


def test_the_three_lists_have_one_line_per_problem(folder: Path, report: CountyReport) -> None:
    count = len(problems(report))
    for name in ("问题清单", "任务清单", "责任清单"):
        sheet = openpyxl.load_workbook(folder / f"{name}.xlsx").active
        assert sheet is not None
        assert sheet.max_row == 3 + count + 1
        assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} <= {"s", "n"}


def test_the_report_is_in_official_document_form(folder: Path) -> None:
    document = docx.Document(str(folder / "自评报告.docx"))
    section = document.sections[0]
    assert [round(x.mm) for x in (section.page_width, section.page_height, section.top_margin, section.left_margin)] == [210, 297, 37, 28]
    assert round(210 - section.left_margin.mm - section.right_margin.mm) == 156
    assert round(297 - section.top_margin.mm - section.bottom_margin.mm) == 225
    title, *_ = document.paragraphs
    assert title.text == "示例区义务教育优质均衡发展自评报告"
    assert title.runs[0].font.size is not None
    assert title.runs[0].font.size.pt == 22
    text = [paragraph.text for paragraph in document.paragraphs]
    assert text[3] == "一、总体结论"
    assert "未达标" in text[4]
    assert [line[2:] for line in text if re.match(r"[一二三四五六七八九十]、", line)] == [
        "总体结论", "资源配置", "校际均衡", "政府保障程度", "教育质量", "社会认可度", "一票否决事项", "主要差距与建议", "缺报与待定事项", "特殊口径、剔除与待核说明",
    ]  # fmt: skip
    body = next(p for p in document.paragraphs if p.text == text[4])
    assert body.paragraph_format.line_spacing is not None
    assert body.paragraph_format.line_spacing.pt == 28  # type: ignore[union-attr]
    assert "PAGE" in section.footer._element.xml
    assert "PAGE" in section.even_page_footer._element.xml


def test_the_page_asks_nothing_of_the_network(folder: Path) -> None:
    page = (folder / "index.html").read_text(encoding="utf-8")
    outside = re.sub(r'<script type="application/json".*?</script>', "", page, flags=re.S).replace("=HYPERLINK(&#34;http://x&#34;)", "")
    assert not re.findall(r"(?:https?:)?//[\w.-]+\.\w+", outside)
    assert "default-src 'none'" in page
    assert "<title>示例区 2025 年差在哪里？</title>" in page


def test_hostile_names_cannot_leave_their_place_in_the_page(folder: Path) -> None:
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert page.count("</script>") == 2
    assert "<b>小学" not in page
    data = json.loads(re.search(r'id="data">(.*?)</script>', page, re.S)[1])  # type: ignore[index]
    assert data["schools"]["2121000004"]["name"] == HOSTILE_NAME


def test_every_trace_address_on_the_page_opens_something(folder: Path, report: CountyReport) -> None:
    page = (folder / "index.html").read_text(encoding="utf-8")
    data = page_data(report)
    ids = set(re.findall(r'id="([^"]+)"', page))
    for address in map(unquote, re.findall(r'href="#([^"]+)"', page)):
        parts = address.split("/")
        if parts[0] == "school":
            assert parts[3] in {r["code"] for r in data["resources"]}
            assert parts[2] in data["schools"][parts[1]]["stages"]
        elif parts[0] == "cv" and len(parts) > 1:
            assert parts[2] in data["balance"][parts[1]]
        elif parts[0] == "criterion":
            assert parts[1] in data["criteria"]
        else:
            assert address in ids


def test_the_trace_data_carries_cells_formulas_and_clauses(report: CountyReport) -> None:
    data = page_data(report)
    school = data["schools"]["3221000008"]
    assert school["split"] == [["primary", 1.0, 166.0], ["junior", 1.1, 210.0]]
    value, file, sheet, cell = school["cells"]["pe_teachers"][:4]
    assert (value, data["files"][file], data["sheets"][sheet], cell) == (1, "学校/3221000008.xlsx", "学校填报数据", "E109")
    assert data["resources"][3]["formula"]["primary"] == [["s", "teach_aux_area_m2"], "−", ["s", "indoor_pe_area_m2"]]
    assert data["resources"][0]["limits"]["primary"][:2] == ["4.2", "教督〔2017〕6号 第六条（一）"]
    assert "equipment_value_yuan" not in data["schools"]["2121000004"]["cells"]


def test_data_may_stand_in_a_script_whatever_it_says() -> None:
    assert as_script({"a": "</script><!--\u2028&"}) == '{"a":"\\u003c/script\\u003e\\u003c!--\\u2028\\u0026"}'
    with pytest.raises(ValueError, match="JSON"):
        as_script({"a": float("nan")})


def test_the_page_over_several_counties_links_to_each(report: CountyReport, tmp_path: Path) -> None:
    write_province_page(tmp_path / "index.html", province_view({COUNTY_CODE: report.verdict}, {COUNTY_CODE: report.policy}, {}, ()))
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert f'href="{COUNTY_CODE}/index.html"' in page
    assert "1 个县（市、区）中 0 个达标（0.0%），1 个未达标，0 个待定。" in page
