"""The written documents open where people open them: an office suite and a browser (skipped where there is none)."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from junheng.policy import resolve
from junheng.reports.write_all import write_reports

sys.path.insert(0, str(Path(__file__).parents[2] / "unit" / "reports"))
from sample_county import COUNTY_CODE, sample_facts, sample_findings, sample_verdict

_OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
_BROWSER = shutil.which("chromium") or shutil.which("google-chrome")
_QUIET = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
          "--disable-component-update", "--disable-sync")  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out, facts = tmp_path_factory.mktemp("reports"), sample_facts()
    policy = resolve("quality_balance_2017", COUNTY_CODE, date(2025, 9, 1))
    write_reports(out, sample_verdict(facts), facts, sample_findings(), policy)
    return out


@pytest.mark.skipif(_OFFICE is None, reason="没有安装 LibreOffice，跳过打开检验")
@pytest.mark.parametrize("name", ["自评报告.docx", "申报表.docx", "申报表.xlsx", "学校自评表/3221000008_示例九年一贯制学校.xlsx"])
def test_the_document_opens_in_libreoffice(folder: Path, tmp_path: Path, name: str) -> None:
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run([str(_OFFICE), profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(folder / name)],
                   check=True, capture_output=True, timeout=120)  # fmt: skip
    pdf = (tmp_path / Path(name).with_suffix(".pdf").name).read_bytes()
    assert pdf.startswith(b"%PDF")
    assert len(pdf) > 10_000


def _opened(folder: Path, address: str) -> str:
    done = subprocess.run([str(_BROWSER), *_QUIET, "--dump-dom", f"file://{folder}/index.html#{address}"],
                          check=True, capture_output=True, timeout=60)  # fmt: skip
    drawer = re.search(r'<aside id="drawer".*?</aside>', done.stdout.decode(), re.S)
    return re.sub(r"<[^>]+>", "", drawer[0]) if drawer and " hidden" not in drawer[0][:200] else ""


@pytest.mark.skipif(_BROWSER is None, reason="没有安装 Chromium，跳过页面检验")
def test_a_number_opens_down_to_its_cells_and_clause(folder: Path) -> None:
    school = _opened(folder, "school/3221000008/primary/L4")
    assert "教学及辅助用房总面积×拆分比例 − 室内体育用房面积×拆分比例" in school
    assert "1×166 ÷ (1×166 + 1.1×210) = 0.418136" in school
    assert "《学校/3221000008.xlsx》学校填报数据 E141" in school
    assert "≥ 4.5　教督〔2017〕6号 第六条（四）" in school


@pytest.mark.skipif(_BROWSER is None, reason="没有安装 Chromium，跳过页面检验")
def test_a_coefficient_and_a_criterion_open_too(folder: Path) -> None:
    assert "差异系数 = 标准差 ÷ 均值 = " in _opened(folder, "cv/junior/L3")
    assert "1 所学校缺数" in _opened(folder, "cv/primary/L6")
    assert "未达标的学校 1 所" in _opened(folder, "criterion/music_art_rooms")
    assert _opened(folder, "cv/primary/L9") == ""
