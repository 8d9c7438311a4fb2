"""布局规划用表: the tables a county hands in, by their Chinese headings. None of them holds anything about a person."""

from __future__ import annotations

from junheng.common.codes import CodeList
from junheng.common.units import CLASS, KM, PERSON, YUAN
from junheng.planning.siting.bands import Band, Mode
from junheng.planning.siting.county import PinKind
from junheng.tables import Column, Kind, Table

PLACES = CodeList("城乡", {"urban": "城区", "town": "镇区", "rural": "乡村"}, {"农村": "rural", "城市": "urban", "镇": "town"}, "本系统")
POINT_KINDS = CodeList("类型", {"village": "村庄", "estate": "小区", "new_estate": "新建小区"}, {"村": "village", "住宅小区": "estate"}, "本系统")
STATUSES = CodeList("现状", {"existing": "现有", "candidate": "候选"}, {"已有": "existing", "拟建": "candidate", "新建": "candidate"}, "本系统")
PINS = CodeList("约束", {str(kind): kind.label for kind in PinKind}, {"必开": "must_open", "必留": "must_keep", "不得调整": "must_not_move", "必停": "must_close"}, "本系统")
BANDS = CodeList("年级段", {str(band): band.label for band in Band}, {}, "本系统")
MODES = CodeList("方式", {str(mode): mode.label for mode in Mode}, {}, "本系统")

_LON = Column("lon", "经度", Kind.AMOUNT, required=True, note="十进制度，如 123.4567")
_LAT = Column("lat", "纬度", Kind.AMOUNT, required=True, note="十进制度，如 41.8012")
_JUNCTION = Column("junction", "路网节点", Kind.ID, null_means="按直线距离乘绕行系数", note="路段表中的节点编号")

POINTS = Table(
    "siting_points", "需求点表", "一行一个村或小区", ("code",),
    (
        Column("code", "编号", Kind.ID, required=True), Column("name", "名称", Kind.TEXT, required=True), _LON, _LAT,
        Column("place", "城乡", Kind.CODE, codes=PLACES, required=True, note="决定走读上限"),
        Column("kind", "类型", Kind.CODE, codes=POINT_KINDS, null_means="村庄"),
        Column("bus", "能否通校车", Kind.FLAG, null_means="能"),
        Column("primary_school", "小学现就读学校", Kind.ID, null_means="不知道", note="填学校编号"),
        Column("junior_school", "初中现就读学校", Kind.ID, null_means="不知道", note="填学校编号"),
        _JUNCTION,
    ),
)  # fmt: skip
PUPILS = Table(
    "siting_pupils", "学生数表", "一行一个需求点、一个规划学年", ("point", "school_year"),
    (
        Column("point", "需求点编号", Kind.ID, required=True),
        Column("school_year", "学年", Kind.YEAR, required=True, note="每期的起始学年，如 2026、2029、2032；各点须相同"),
        Column("lower", "1—3年级学生数", Kind.COUNT, PERSON, required=True, variants=("1-3年级学生数",), note="没有学生填 0"),
        Column("upper", "4—6年级学生数", Kind.COUNT, PERSON, required=True, variants=("4-6年级学生数",), note="没有学生填 0"),
        Column("junior", "初中学生数", Kind.COUNT, PERSON, required=True, note="没有学生填 0"),
    ),
)  # fmt: skip
SITES = Table(
    "siting_sites", "学校和候选点表", "一行一所学校或一个可建校的地点", ("code",),
    (
        Column("code", "编号", Kind.ID, required=True, note="现有学校填学校标识码"), Column("name", "名称", Kind.TEXT, required=True), _LON, _LAT,
        Column("status", "现状", Kind.CODE, codes=STATUSES, required=True),
        Column("place", "城乡", Kind.CODE, codes=PLACES, required=True),
        Column("teaching_point", "是否教学点", Kind.FLAG, null_means="否", note="教学点可以复式教学，一个年级段开一个班"),
        Column("now_lower", "现设1—3年级", Kind.FLAG, null_means="否", variants=("现设1-3年级",)),
        Column("now_upper", "现设4—6年级", Kind.FLAG, null_means="否", variants=("现设4-6年级",)),
        Column("now_junior", "现设初中", Kind.FLAG, null_means="否"),
        Column("may_lower", "可设1—3年级", Kind.FLAG, null_means="同现设", variants=("可设1-3年级",), note="候选点填建成后设的年级段"),
        Column("may_upper", "可设4—6年级", Kind.FLAG, null_means="同现设", variants=("可设4-6年级",)),
        Column("may_junior", "可设初中", Kind.FLAG, null_means="同现设"),
        Column("rooms", "现有班数", Kind.COUNT, CLASS, required=True, note="现有普通教室能开的班数；候选点填 0"),
        Column("rooms_most", "最多可达班数", Kind.COUNT, CLASS, null_means="同现有班数（不能扩建）", note="按用地能建到的班数"),
        Column("beds", "现有床位", Kind.COUNT, null_means="没有", note="学生寄宿床位"),
        Column("beds_most", "最多可达床位", Kind.COUNT, null_means="同现有床位"),
        Column("pupils", "现有学生数", Kind.COUNT, PERSON, null_means="候选点、教学点、初中不填", note="镇区、乡村小学必填：判断是不是乡村小规模学校"),
        Column("estate", "配建小区编号", Kind.ID, null_means="不是小区配建学校", note="义务教育法第十五条：需要设置学校的新建居民区，学校同步建设"),
        Column("county_share", "县级承担建设费比例", Kind.FRACTION, null_means="全部由县级承担"),
        _JUNCTION,
    ),
)  # fmt: skip
PIN_TABLE = Table(
    "siting_pins", "约束表", "一行一条约束", ("code", "kind"),
    (
        Column("code", "编号", Kind.ID, required=True, note="学校编号；不得调整学区的填需求点编号"),
        Column("kind", "约束", Kind.CODE, codes=PINS, required=True),
        Column("school_year", "自何学年起", Kind.YEAR, null_means="从第一期起"),
        Column("reason", "说明", Kind.TEXT, null_means="没有说明"),
    ),
)  # fmt: skip
BUDGETS = Table(
    "siting_budgets", "资金表", "一行一期的建设资金", ("school_year",),
    (
        Column("school_year", "学年", Kind.YEAR, required=True, note="每期的起始学年"),
        Column("amount_yuan", "建设资金", Kind.AMOUNT, YUAN, form_sign="万元", null_means="不限", variants=("建设资金（万元）",), note="这一期（到下一期之前）各年合计"),
    ),
)  # fmt: skip
DISTANCES = Table(
    "siting_distances", "路程表", "一行一个需求点到一所学校的路程", ("point", "site"),
    (
        Column("point", "需求点编号", Kind.ID, required=True), Column("site", "学校编号", Kind.ID, required=True),
        Column("km", "路程", Kind.AMOUNT, KM, required=True, variants=("路程（公里）",)),
    ),
)  # fmt: skip
ROADS = Table(
    "siting_roads", "路段表", "一行一段路，双向通行", ("start", "end"),
    (
        Column("start", "起点", Kind.ID, required=True), Column("end", "终点", Kind.ID, required=True),
        Column("km", "长度", Kind.AMOUNT, KM, required=True, variants=("长度（公里）",)),
    ),
)  # fmt: skip
PARAMETERS = Table(
    "siting_parameters", "参数表", "一行一个参数", ("title",),
    (
        Column("title", "参数", Kind.TEXT, required=True, note="从模板复制名称"),
        Column("value", "数值", Kind.AMOUNT, null_means="用自带的数值"),
        Column("source", "来源", Kind.TEXT, null_means="本县提供"),
    ),
)  # fmt: skip
EARLIER = Table(
    "siting_earlier", "安排表", "一行一个需求点一个年级段一种去法", ("point", "band", "school_year", "site", "mode"),
    (
        Column("point", "需求点编号", Kind.ID, required=True), Column("band", "年级段", Kind.CODE, codes=BANDS, required=True),
        Column("school_year", "学年", Kind.YEAR, required=True), Column("site", "学校编号", Kind.ID, required=True),
        Column("mode", "方式", Kind.CODE, codes=MODES, required=True), Column("pupils", "学生数", Kind.COUNT, PERSON, required=True),
    ),
)  # fmt: skip
"""What a plan writes and the next one may begin from; nobody fills it in, so it has no template."""
REQUIRED = (POINTS, PUPILS, SITES)
OPTIONAL = (PIN_TABLE, BUDGETS, PARAMETERS, DISTANCES, ROADS)
