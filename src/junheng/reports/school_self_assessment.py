"""学校自评表: one workbook per school, in the layout of the provincial creation form."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from junheng.common.codes import SCHOOL_TYPES
from junheng.common.stages import COMPULSORY_STAGES, Stage
from junheng.intake.model import Row
from junheng.judging.result import IndicatorVerdict, SchoolVerdict, Verdict
from junheng.reports.context import CountyReport
from junheng.reports.figures import compulsory_pupils, number, stages_of, whole_of, words
from junheng.reports.grid import COVERED, NOT_REPORTED, Cell, Grid, Line, Look, head_lines
from junheng.reports.measured_words import plain
from junheng.reports.mould import Mould
from junheng.reports.school_figures import rooms
from junheng.reports.text import file_stem
from junheng.reports.words import EXCLUSION_LABELS, school_label, verdict_words
from junheng.tables.school import ART_ROOM_BANDS, CLASS_SIZE_BANDS, MUSIC_ROOM_BANDS

TITLE = "创建国家义务教育优质均衡发展县（市、区）学校自评表"
_SPECIAL_TYPES = ("511", "512", "513", "514")
_POINTS = (
    "1.每百名学生拥有高于规定学历教师数：小学、初中分别达到 {primary} 人以上、{junior} 人以上。",
    "2.每百名学生拥有县级以上骨干教师数：小学、初中分别达到 {primary} 人以上、{junior} 人以上。",
    "3.每百名学生拥有体育、艺术（美术、音乐）专任教师数：小学、初中分别达到 {primary} 人以上、{junior} 人以上。",
    "4.生均教学及辅助用房面积：小学、初中分别达到 {primary} 平方米以上、{junior} 平方米以上。",
    "5.生均体育运动场馆面积：小学、初中分别达到 {primary} 平方米以上、{junior} 平方米以上。",
    "6.生均教学仪器设备值：小学、初中分别达到 {primary} 元以上、{junior} 元以上。",
    "7.每百名学生拥有网络多媒体教室数：小学、初中分别达到 {primary} 间以上、{junior} 间以上。",
)  # fmt: skip


def self_assessments(report: CountyReport) -> Iterator[tuple[str, Grid]]:
    """(file stem, form) of every reported school and campus."""
    judged: dict[tuple[str, str], dict[str, SchoolVerdict]] = {}
    for stage in report.verdict.stages.values():
        for school in stage.schools:
            judged.setdefault((school.code, school.campus), {})[school.stage] = school
    points = [_point(report, index) for index in range(7)]
    for (code, campus), row in report.school_rows.items():
        name = school_label(str(row["school_name"] or code), campus)
        yield file_stem(f"{code}_{name}"), _form(_School(report, row, judged.get((code, campus), {})), points)


def write_self_assessments(folder: Path, report: CountyReport) -> list[Path]:
    """Write one workbook per school into the folder, which is made."""
    folder.mkdir(parents=True, exist_ok=True)
    paths: dict[Path, Grid] = {}
    for stem, grid in self_assessments(report):
        path = folder / f"{stem}.xlsx"
        while path in paths:
            path = path.with_stem(f"{path.stem}_")
        paths[path] = grid
    if paths:
        mould = Mould(next(iter(paths.values())), title=TITLE)
        for path, grid in paths.items():
            mould.cast(path, grid)
    return list(paths)


def _point(report: CountyReport, index: int) -> str:
    limit = report.policy.limits[report.policy.resources[index].limit]
    return _POINTS[index].format(**{str(stage): plain(limit.at(stage).value) for stage in COMPULSORY_STAGES})


class _School:
    """One school's row and verdicts, as its form asks for them."""

    def __init__(self, report: CountyReport, row: Row, verdicts: dict[str, SchoolVerdict]) -> None:
        self.report, self.row, self.verdicts = report, row, verdicts
        code, campus = str(row["school_code"] or ""), str(row["campus"] or "")
        self.keys = (f"{code}@{campus}", f"{code}（{campus}）") if campus else (code,)
        self.excluded = next((e.reason for e in report.verdict.excluded if e.code == code and e.campus in ("", campus)), "")

    def figure(self, name: str, divisor: float = 1.0, decimals: int = 0) -> str:
        value = number(self.row, name)
        return words(None if value is None else value / divisor, decimals)

    def by_stage(self, figure: Callable[[SchoolVerdict], str], unit: str) -> str:
        parts = [f"{stage.label} {figure(self.verdicts[stage])} {unit}" for stage in COMPULSORY_STAGES if stage in self.verdicts]
        return "；".join(parts) or "—"

    def resource(self, index: int) -> Line:
        """The outcome column of a resource indicator."""
        if not self.verdicts:
            return [Cell("不参评", Look.CENTRE)]
        outcomes = [(stage, self.verdicts[stage].indicators[index]) for stage in COMPULSORY_STAGES if stage in self.verdicts]
        texts = [(_met(each) if len(outcomes) == 1 else f"{stage.label}：{_met(each)}") for stage, each in outcomes]
        return [Cell("\n".join(texts), Look.CENTRE)]

    def outcome(self, criterion_id: str, *, asked: bool = True) -> Line:
        """The outcome column of a government item, from the county's verdict on each school."""
        criterion = self.report.criterion(criterion_id)
        if not asked or criterion is None:
            return [Cell("不适用", Look.CENTRE)]
        failing = any(key in each.failing for each in criterion.demands for key in self.keys)
        waiting = any(key in each.undecided for each in criterion.demands for key in self.keys)
        verdict = Verdict.FAIL if failing else Verdict.INSUFFICIENT if waiting else Verdict.PASS
        return [Cell(verdict_words(verdict, yes="是", no="否"), Look.CENTRE)]


def _met(indicator: IndicatorVerdict) -> str:
    if indicator.met is None:
        return "待定"
    return "是" if indicator.met else "否（达到85%）" if indicator.near else "否"


def _form(school: _School, points: list[str]) -> Grid:
    row = school.row
    kind = SCHOOL_TYPES.labels.get(str(row["school_type"] or ""), NOT_REPORTED)
    founded = NOT_REPORTED if row["founded_year"] is None else f"{row['founded_year']}"
    subtitle = f"{school_label(str(row['school_name'] or ''), str(row['campus'] or ''))}（{kind}）　建校于 {founded} 年"
    if not school.verdicts:
        reason = EXCLUSION_LABELS.get(school.excluded, "没有义务教育学段的学生")
        subtitle += f"　不参加资源配置评估：{reason}"
    lines = [*_resource_lines(school, points), *_government_lines(school)]
    heads = (("A1", "A 级指标"), ("B1", "B 级指标及评估要点"), ("C1", "指标值或简要结论"), ("D1", "是否达标"))
    return Grid("学校自评表", TITLE, (11, 46, 60, 18), head_lines(4, *heads), lines,
                ("注：数值由学校填报数计算，一贯制学校和完全中学的校级资源按规定比例拆分到学段；“未报”为学校未填报。",),
                subtitle=subtitle)  # fmt: skip


def _resource_lines(school: _School, points: list[str]) -> list[Line]:
    told = (
        _people(school, 0, "学校拥有高于规定学历教师数", "每百名学生拥有高于规定学历教师数"),
        _people(school, 1, "学校拥有县级以上骨干教师数", "每百名学生拥有县级以上骨干教师数"),
        _people(school, 2, "学校拥有体育、艺术（美术、音乐）专任教师数", "每百名学生拥有体育、艺术（美术、音乐）专任教师数"),
        f"学校拥有教学及辅助用房面积 {school.figure('teach_aux_area_m2', decimals=2)} 平方米（其中室内体育用房 "
        f"{school.figure('indoor_pe_area_m2', decimals=2)} 平方米，不计入）。生均教学及辅助用房面积：{_each(school, 3, '平方米')}。",
        f"学校体育场 {school.figure('sport_field_area_m2', decimals=2)} 平方米、体育馆 {school.figure('gym_area_m2', decimals=2)} 平方米、"
        f"校园其他专用运动场地 {_claimed(school, 'other_sport_area_m2')} 平方米、校外周边租借体育场馆 "
        f"{_claimed(school, 'leased_sport_area_m2')} 平方米。生均体育运动场馆面积：{_each(school, 4, '平方米')}。",
        f"学校教学仪器设备值 {school.figure('equipment_value_yuan', 10000, 2)} 万元。生均教学仪器设备值：{_each(school, 5, '元')}。",
        f"学校共有 {school.figure('multimedia_rooms')} 间网络多媒体教室。每百名学生拥有网络多媒体教室数：{_each(school, 6, '间')}。",
    )  # fmt: skip
    first = Cell("A1\n资源配置", Look.CENTRE, rows=7)
    return [[first if not i else COVERED, Cell(points[i]), Cell(told[i]), *school.resource(i)] for i in range(7)]


def _each(school: _School, index: int, unit: str) -> str:
    def figure(verdict: SchoolVerdict) -> str:
        value = verdict.indicators[index].value
        return words(value, 0 if unit == "元" else 2)

    return school.by_stage(figure, unit)


def _people(school: _School, index: int, total: str, per: str) -> str:
    def head_count(verdict: SchoolVerdict) -> str:
        each = verdict.indicators[index]
        if each.value is None or verdict.students is None:
            return NOT_REPORTED
        return plain(each.value * verdict.students / 100) + ("（学段折算）" if each.converted else "")

    return f"{total}：{school.by_stage(head_count, '人')}。{per}：{_each(school, index, '人')}。"


def _claimed(school: _School, name: str) -> str:
    value = number(school.row, name)
    return "—" if value is None else plain(value)


def _government_lines(school: _School) -> list[Line]:
    row, policy = school.row, school.report.policy
    pupils = compulsory_pupils(row)
    line = policy.limits["small_school_floor_pupils"].at("any").value
    small, special = pupils is not None and pupils < line, str(row["school_type"]) in _SPECIAL_TYPES
    funding = _funding(school, pupils)
    points = (
        "1.所有小学、初中每 12 个班级配备音乐、美术专用教室 1 间以上；其中，每间音乐专用教室面积不小于 96 平方米，每间美术专用教室面积不小于 90 平方米。",
        "2.所有小学、初中规模不超过 2000 人，九年一贯制学校、十二年一贯制学校义务教育阶段规模不超过 2500 人。",
        "3.小学、初中所有班级学生数分别不超过 45 人、50 人。",
        "4.不足 100 名学生村小学和教学点按 100 名学生核定公用经费。",
        "5.特殊教育学校生均公用经费不低于 8000 元。",
    )  # fmt: skip
    told = (
        f"全校教学班数 {words(whole_of(row, 'classes'))} 个。配备音乐专用教室 {rooms(row, 'music_rooms', MUSIC_ROOM_BANDS)}；"
        f"美术专用教室 {rooms(row, 'art_rooms', ART_ROOM_BANDS)}。",
        f"全校义务教育阶段学生数 {words(pupils)} 人。其中：" + "、".join(
            f"{stage.label} {words(number(row, f'students_{stage}'))} 人" for stage in Stage if stage in stages_of(row)) + "。",
        _largest_class(row),
        funding if small else f"不适用（学生数不少于 {line} 人）。" if pupils is not None else NOT_REPORTED,
        funding if special else "不适用。",
    )  # fmt: skip
    outcomes = (
        school.outcome("music_art_rooms"), school.outcome("school_size"), school.outcome("class_size"),
        school.outcome("small_school_funding", asked=small or pupils is None),
        school.outcome("special_education_funding", asked=special),
    )  # fmt: skip
    first = Cell("A2\n政府保障程度", Look.CENTRE, rows=5)
    return [[first if not i else COVERED, Cell(points[i]), Cell(told[i]), *outcomes[i]] for i in range(5)]


def _largest_class(row: Row) -> str:
    counts = [(smallest, largest, whole_of(row, name)) for name, smallest, largest in CLASS_SIZE_BANDS]
    used = [(smallest, largest) for smallest, largest, count in counts if count]
    if any(count is None for _, _, count in counts) or not used:
        return f"班额分布填报不全，最大班额{NOT_REPORTED}。" if not used else f"班额分布填报不全；已报班级中最大班额在{_band(*used[-1])}。"
    over = "，".join(f"超过 {top} 人的班级 {words(sum(c or 0 for s, _, c in counts if s > top))} 个" for top in (45, 50))
    return f"最大班额在{_band(*used[-1])}，{over}。"


def _band(smallest: int, largest: int | None) -> str:
    return f" {smallest} 人及以上" if largest is None else f" {smallest}—{largest} 人之间"


def _funding(school: _School, pupils: float | None) -> str:
    money = number(school.row, "running_budget_yuan")
    each = money / pupils if money is not None and pupils else None
    return f"学生数 {words(pupils)} 人，上年度公用经费预算 {school.figure('running_budget_yuan', 10000, 2)} 万元；生均公用经费 {words(each)} 元。"
