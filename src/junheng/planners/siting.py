"""布局方案: the layout of a county's schools over several periods."""

from __future__ import annotations

from junheng.planners.common_inputs import seconds
from junheng.planners.model import Kind, Parameter, Planner, TableInput


def _table(id: str, label: str, help: str, *, required: bool = False) -> TableInput:
    return TableInput(f"siting_{id}", label, help, required, f"{label}.xlsx")


SITING = Planner(
    "siting", "布局方案", "布局方案：哪些学校新建、扩建、保留、并入、停办，孩子们怎样上学",
    "布局方案：哪些学校新建、扩建、保留、并入、停办，何时，多少钱，孩子们怎样上学；逐校说明反过来会怎样。", None,
    (
        _table("points", "需求点表", "村和小区：经纬度，城乡，现就读学校。", required=True),
        _table("pupils", "学生数表", "各需求点各规划学年的学生数。", required=True),
        _table("sites", "学校和候选点表", "现有学校和可建校的地点：年级段，班数，床位。", required=True),
        _table("pins", "约束表", "必须开办、保留、停办的学校，不得调整的学区。"),
        _table("budgets", "资金表", "各期的建设资金；没有则不限。"),
        _table("parameters", "参数表", "路程上限、班额、费用等；没有则用自带的参数（待核）。"),
        _table("distances", "路程表", "需求点到学校的路程；没有则按路段或直线距离。"),
        _table("roads", "路段表", "路网：没有路程的，按它算最短路。"),
        _table("earlier", "安排表", "上次方案写出的安排表：从它开始求，短时间里求得更好的方案；没有则从头求。"),
        Parameter("name", "名称", "县（市、区）名称；不写则用范围或文件夹的名称。", Kind.TEXT, "--name", "", placeholder="名称"),
        Parameter("datum", "坐标系", "经纬度的坐标系：高德、腾讯地图是 gcj02，百度地图是 bd09。", Kind.CHOICE, "--datum", "cgcs2000", choices={
            "cgcs2000": "CGCS2000（国家大地坐标系）", "wgs84": "WGS84", "gcj02": "GCJ-02（高德、腾讯地图）", "bd09": "BD-09（百度地图）",
        }),
        seconds(120.0, "求方案、逐校反问、比选各最多多久。"),
        Parameter("sweep", "多方案比选", "多方案比选：路程、费用、班额各看重一些，另求几个方案，列出每个方案的得失。", Kind.FLAG, "--sweep", False),
    ),
    "junheng.planners.work.siting",
    "文件夹里放需求点表、学生数表、学校和候选点表；可另放约束表、资金表、参数表、路程表或路段表，以及上次方案写出的安排表（从它开始求）。没有方案时，说明是哪些约束冲突，最少怎样放宽。",
)  # fmt: skip
