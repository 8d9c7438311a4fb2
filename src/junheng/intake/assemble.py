"""读入: folders of workbooks in, one `Intake` out. Whole even when files are unreadable or contradict each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from junheng.common.findings import Finding, Place
from junheng.common.school_years import school_year_label
from junheng.intake.belonging import Counties
from junheng.intake.folder import Folder, look_into, source_root
from junheng.intake.meeting import complete, completes, continues, join_sheets, names_only
from junheng.intake.model import Facts, Intake, Row, RowKey, county_key, school_key, sorted_findings
from junheng.intake.not_reported import not_reported
from junheng.intake.reading_rules import finding
from junheng.intake.recognise import ReadFile, read_file
from junheng.intake.records import Record
from junheng.intake.register_part import add_registers, roll_up_all, stated_years
from junheng.tables import table

_KEYS = {"school": school_key, "county": county_key}
Progress = Callable[[int, int, str], None]
"""Called with (files done, files in all, name of the file just read)."""

__all__ = ["Progress", "read_folder", "source_root"]


def read_folder(paths: Sequence[Path], school_year: int | None = None, progress: Progress | None = None) -> Intake:
    """Everything reported in these files and folders, several counties included.

    school_year: tables of another year are left out; None = the year most county forms state. Raises IntakeError
    only for a path that does not exist.
    """
    folder = look_into(paths)
    files = []
    for done, each in enumerate(folder.tables, 1):
        files.append(read_file(each.path, each.name, each.folder))
        if progress is not None:
            progress(done, len(folder.tables), each.name)
    return _Assembly(folder, files, school_year).intake()


class _Assembly:
    """Brings the records of all files together."""

    def __init__(self, folder: Folder, files: list[ReadFile], school_year: int | None) -> None:
        self._folder, self._files, self._asked = folder, files, school_year
        self._findings: list[Finding] = []
        self._left_out: list[str] = []
        self._folder_of: dict[int, Path] = {}
        self._schools: dict[tuple[str, str, str], Record] = {}
        self._kept: dict[str, dict[RowKey, Record]] = {"school": {}, "county": {}, "judgement": {}}

    def intake(self) -> Intake:
        records = self._gather()
        self._rolled = roll_up_all(self._folder.registers, self._folder.root)
        self._counties = self._find_counties(records)
        self._year = self._asked if self._asked is not None else self._stated_year(records)
        for table_name, keep in (("county", self._keep_county), ("school", self._keep_school), ("judgement", self._keep_judgement)):
            for record in sorted(records, key=names_only):
                if record.table == table_name and not self._is_of_other_year(record):
                    keep(record)
        facts = self._facts()
        intake = Intake(facts, self._findings, [each.source for each in self._files], self._left_out)
        only_in_registers = add_registers(intake, self._rolled)
        self._check_counties(facts)
        intake.findings.extend(not_reported([*self._completed(facts, "school"), *only_in_registers]))
        intake.findings.extend(not_reported(self._completed(facts, "county")))
        intake.findings = sorted_findings(intake.findings)
        return intake

    def _gather(self) -> list[Record]:
        records = []
        for file in self._files:
            self._findings.extend(file.findings)
            self._left_out.extend(file.left_out)
            for record in join_sheets(file.records):
                if not record.values and not record.refused:
                    self._findings.append(finding("E-blank-form", record.place, "整张表没有填写任何内容，没有采用", "请填写后重新上报"))
                    self._left_out.append(f"{record.place}：空白表，未采用。")
                    continue
                self._folder_of[id(record)] = file.folder
                records.append(record)
        self._left_out.extend(f"《{name}》：不是表格文件，未读取。" for name in self._folder.others)
        for name in self._folder.closed:
            self._findings.append(finding("E-unreadable", Place(name), "这个文件夹打不开，其中的文件都没有读入", "请检查访问权限"))
            self._left_out.append(f"《{name}》：文件夹打不开，未读入。")
        return records

    def _find_counties(self, records: Iterable[Record]) -> Counties:
        found = [(self._folder_of[id(each)], each.text("county_code"), each.text("county_name"))
                 for each in records if each.table == "county"]  # fmt: skip
        return Counties(self._folder.root, found)

    def _stated_year(self, records: Sequence[Record]) -> int:
        for stated in ([each.values.get("school_year") for each in records if each.table == "county"],
                       stated_years(self._rolled), [each.school_year for each in records]):  # fmt: skip
            years = Counter(year for year in stated if isinstance(year, int))
            if years:
                return max(years, key=lambda year: (years[year], year))
        today = date.today()
        year = today.year if today.month >= 9 else today.year - 1
        self._findings.append(finding("E-no-school-year", Place(), f"没有一份表格写明填报年度，暂按 {school_year_label(year)}处理",
                                      "请在区县表填写“填报年度”，或用 --school-year 指定", field="school_year"))  # fmt: skip
        return year

    def _is_of_other_year(self, record: Record) -> bool:
        stated = record.values.get("school_year") if record.table == "county" else record.school_year
        if stated is None or stated == self._year:
            return False
        place = record.year_at or record.lines.get("school_year", record.place)
        self._findings.append(finding("E-other-school-year", place, f"这份表属于 {stated} 年，不是 {self._year} 年，没有采用",
                                      f"请上报 {self._year} 年的表，或更正填报年度", field="school_year"))  # fmt: skip
        self._left_out.append(f"{place}：属于 {stated} 年，未采用。")
        return True

    def _keep_county(self, record: Record) -> None:
        code = record.text("county_code")
        if not code and "county_code" not in record.refused:
            self._findings.append(finding("E-missing-county-code", record.lines.get("county_code", record.place),
                                          "没有填写“区县代码”，学校无从归属", "请填写 6 位行政区划代码", field="county_code"))  # fmt: skip
        key = (code or self._counties.of_folder(self._folder_of[id(record)]) or "", "", "", "")
        if key in self._kept["county"]:
            first = self._kept["county"][key]
            if completes(first, record) or continues(first, record):
                complete(first, record)
                return
            self._leave_out(record, "E-duplicate-county", f"区县 {code or '（无代码）'} 已有《{first.place.file}》", "county_code")
            return
        self._kept["county"][key] = record

    def _keep_school(self, record: Record) -> None:
        code, campus = record.text("school_code"), record.text("campus")
        county = self._county_of(record)
        if not code and "school_code" not in record.refused:
            self._findings.append(finding(
                "E-missing-school-code", record.lines.get("school_code", record.place),
                f"没有填写“学校代码”（{record.text('school_name') or '校名也未填'}），暂按无代码的学校计算；同一区县有第二所无代码学校时不采用",
                "请填写 10 位学校标识码", field="school_code"))  # fmt: skip
        # A code belongs to one school in the country, so a second county with it is a duplicate too.
        identity = ("" if code else county, code, campus)
        twin = self._schools.get(identity)
        if twin is not None:
            if names_only(record):
                return
            if code and completes(twin, record):
                complete(twin, record)
                return
            name = f"{code}{campus}" if code else "没有代码的学校"
            self._leave_out(record, "E-duplicate-school", f"{name}已有《{twin.place.file}》", "school_code", code, campus)
            return
        self._kept["school"][(county, code, campus, "")] = record
        self._schools[identity] = record

    def _keep_judgement(self, record: Record) -> None:
        beside = next((key[0] for key, each in self._kept["county"].items() if each.place.file == record.place.file), None)
        county = record.text("county_code") or beside or self._county_of(record)
        key = (county, "", "", record.text("criterion"))
        if key in self._kept["judgement"]:
            first = self._kept["judgement"][key]
            self._leave_out(record, "E-two-claims", f"条目“{key[3]}”在 {first.place} 已有评定", "outcome")
            return
        self._kept["judgement"][key] = record

    def _leave_out(self, record: Record, rule: str, message: str, field: str, school_code: str = "", campus: str = "") -> None:
        place = record.lines.get(field, record.place)
        found = finding(rule, place, f"{message}，这一份没有采用", "请核对，只保留一份", field=field)
        self._findings.append(replace(found, school_code=school_code, campus=campus))
        self._left_out.append(f"{place}：{message}，未采用。")

    def _county_of(self, record: Record) -> str:
        county = self._counties.of(record, self._folder_of[id(record)])
        if county is None:
            self._findings.append(finding("E-which-county", record.place, "附近有几份区县表，不能判断属于哪个区县，暂按无区县计算",
                                          "请按区县分文件夹存放，或在表中填写“区县代码”", field="county_code"))  # fmt: skip
        return county or ""

    def _check_counties(self, facts: Facts) -> None:
        present = {row["county_code"] for row in facts.county}
        schools = Counter(str(row["county_code"]) for row in facts.school if row["county_code"] not in present)
        for code, count in sorted(schools.items()):
            name = f"区县 {code} 的区县表" if code else "区县表"
            self._findings.append(finding("E-no-county-form", Place(), f"没有读到{name}（{count} 所学校），县级指标均按未报处理",
                                          "请补报区县填报表格", field="county_code"))  # fmt: skip

    def _facts(self) -> Facts:
        facts = Facts(self._year)
        for table_name, kept in self._kept.items():
            names = [column.name for column in table(table_name).columns]
            for key, record in sorted(kept.items()):
                row: Row = {**dict.fromkeys(names), **record.values, "county_code": key[0]}
                facts.rows(table_name).append(row)
                for column, cell in record.cells.items():
                    facts.cells[table_name, key, column] = cell
                self._findings.extend(record.signed_findings())
        return facts

    def _completed(self, facts: Facts, table_name: str) -> list[Record]:
        """The records with what registers have added, so that nobody is asked for what a register says."""
        rows = {_KEYS[table_name](row): row for row in facts.rows(table_name)}
        for key, record in self._kept[table_name].items():
            record.values.update({name: value for name, value in rows[key].items() if value is not None})
        return list(self._kept[table_name].values())
