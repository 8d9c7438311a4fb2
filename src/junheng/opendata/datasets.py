"""The published tables, declared: every column's Chinese label, unit, and what a blank means. One declaration makes the files' headers and the
data dictionary."""

from __future__ import annotations

from dataclasses import dataclass

from junheng.common.units import NO_UNIT, PERSON, Unit
from junheng.opendata.rule import the_rule, unverified_words
from junheng.tables.model import Column, Kind, Table

SCHEMA = "junheng.opendata/1"


@dataclass(frozen=True)
class Dataset:
    """table.name names the files ("results.csv"). about: one Chinese paragraph; method: how the figures came about; people: it counts
    people, small counts are not published."""

    table: Table
    about: str
    method: str
    people: bool = False

    @property
    def id(self) -> str:
        return self.table.name

    @property
    def title(self) -> str:
        return self.table.label


def _text(name: str, label: str, note: str = "", null_means: str = "不适用") -> Column:
    return Column(name, label, Kind.TEXT, note=note, null_means=null_means)


def _day(name: str, label: str, note: str = "") -> Column:
    return Column(name, label, Kind.DATE, note=note, null_means="没有这一日期")


def _number(name: str, label: str, note: str = "", unit: Unit = NO_UNIT) -> Column:
    return Column(name, label, Kind.AMOUNT, unit, note=note, null_means="待定：有学校没有报这一项")


_PLACE = (
    Column("county_code", "县代码", Kind.ID, required=True, note="国家标准行政区划代码；开发区、示范区为评估单元代码"),
    _text("county", "县（市、区）"),
    _text("city", "市"),
    Column("school_year", "学年", Kind.YEAR, required=True, note="学年开始的年份：2025 是 2025—2026 学年"),
)
_VERDICT = _text("verdict", "结论", note="达标、未达标、待定；待定是数据不全，不是未达标")

RESULTS = Dataset(
    Table("results", "县域结论", "一行一个县的一件公告", ("announcement",), (
        *_PLACE,
        _text("round", "评估轮次"),
        _text("standard", "标准"),
        _text("conclusion", "省级评估验收结论", note="通过、未通过"),
        _text("measured", "测算结论", note="软件按标准从冻结的数据算出：达标、未达标、待定"),
        _day("opened_on", "公示开始"), _day("closed_on", "公示截止"), _day("proclaimed_on", "公告日期"),
        Column("announcement", "公告编号", Kind.COUNT, required=True, note="公告的网址是 /announcements/编号/"),
        _text("data_hash", "数据校验值", note="冻结的数据版本的 SHA-256"),
        _text("as_of", "基准日"), _text("software", "软件版本"),
    )),
    "现行有效的公告：每个县省级评估验收的结论、日期和依据。",
    "只收已经公告、没有撤回或撤销的结论；公示中的、评估中的不收。",
)  # fmt: skip

CRITERIA = Dataset(
    Table("criteria", "逐项结果", "一行一个县的一项", ("announcement", "number"), (
        *_PLACE,
        Column("announcement", "公告编号", Kind.COUNT, required=True),
        Column("number", "序号", Kind.COUNT, required=True, note="公告中的次序"),
        _text("group", "类别"), _text("title", "内容"), _text("clause", "条款", null_means="不对应单独一条"), _VERDICT, _text("words", "说明"),
    )),
    "公告中逐项列出的结果，与公告页面一字不差。",
    "每一项的条款、限值和算法见政策库和方法说明。",
)  # fmt: skip

BALANCE = Dataset(
    Table("balance", "校际差异系数", "一行一个县、学段的一项指标", ("announcement", "stage", "indicator"), (
        *_PLACE,
        Column("announcement", "公告编号", Kind.COUNT, required=True),
        _text("stage", "学段"), _text("indicator", "指标代码"), _text("title", "指标"),
        _number("cv", "差异系数", "按学生数加权，总体标准差除以加权平均数；不四舍五入"),
        _number("limit", "限值"), _VERDICT,
    )),
    "公告依据的数据版本中，每个县小学、初中各项资源配置指标的校际差异系数。",
    "差异系数 = S ÷ X̄，其中 X̄ = Σx ÷ Σp，S = √[Σ(pᵢ/P)(Xᵢ−X̄)²]，p 为在校学生数。判定用未四舍五入的值。",
)  # fmt: skip

PUPILS = Dataset(
    Table("pupils", "在校学生", "一行一个县、市或全省的一类学生", ("level", "code", "area", "group"), (
        _text("level", "层级", note="县、市、全省；市和全省只是表中各县之和"),
        Column("code", "代码", Kind.TEXT, required=True, note="县代码、市代码；全省为 total"),
        _text("name", "名称"),
        _text("area", "学校所在地", note="城区、镇区、乡村、合计"),
        _text("group", "学生", note="随迁子女、其他学生、合计"),
        Column("count", "人数", Kind.COUNT, PERSON, null_means="不公布，或未报全：见“状态”一列"),
        _text("status", "状态", note="公布、不公布、未报全"),
    )),
    "结论现行有效的各县，在校学生中进城务工人员随迁子女和其他学生的人数。",
    f"取各县最新公告所依据的数据版本。学校所在地按城乡分类（特殊区域归镇区）；完全中学、十二年一贯制学校含高中学生。{the_rule().words}{unverified_words()}", people=True,
)  # fmt: skip

DATASETS: tuple[Dataset, ...] = (RESULTS, CRITERIA, BALANCE, PUPILS)
