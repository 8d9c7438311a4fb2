"""代码表: the code lists that official tables use (rules.md §2.4)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from junheng.common.stages import Stage


@dataclass(frozen=True)
class CodeList:
    """A closed list: code → Chinese label, and the other spellings people write for a code."""

    name: str
    labels: Mapping[str, str]
    variants: Mapping[str, str]
    source: str

    def code_of(self, text: str) -> str | None:
        """The code for a code, a label or an accepted variant; None when the text is none of them."""
        if text in self.labels:
            return text
        if text in self.variants:
            return self.variants[text]
        return next((code for code, label in self.labels.items() if label == text), None)


SCHOOL_TYPES = CodeList(
    name="办学类型",
    labels={
        "111": "幼儿园", "119": "附设幼儿班",
        "211": "小学", "218": "小学教学点", "219": "附设小学班",
        "311": "初级中学", "312": "九年一贯制学校", "319": "附设普通初中班",
        "321": "职业初中", "329": "附设职业初中班",
        "341": "完全中学", "342": "高级中学", "345": "十二年一贯制学校", "349": "附设普通高中班",
        "361": "调整后中等职业学校", "362": "中等技术学校", "363": "中等师范学校", "364": "成人中等专业学校",
        "365": "职业高中学校", "366": "技工学校", "371": "专门学校",
        "511": "盲人学校", "512": "聋人学校", "513": "培智学校", "514": "其他特殊教育学校",
    },
    variants={
        "普通小学": "211", "完全小学": "211", "教学点": "218", "小学(教学点)": "218",
        "初中": "311", "普通初中": "311", "初级中学校": "311",
        "九年一贯制": "312", "九年制学校": "312", "九年制": "312", "九年一贯": "312",
        "完中": "341", "完全中学校": "341", "十二年一贯制": "345", "十二年制学校": "345", "十二年一贯": "345",
        "高中": "342", "普通高中": "342", "高级中学校": "342", "工读学校": "371",
        "特殊教育学校": "514", "特殊教育": "514", "特教学校": "514", "盲校": "511", "聋校": "512", "培智": "513",
        "职业高中": "365", "中等职业学校": "361",
    },
    source="GB/T 33782-2017 表4",
)  # fmt: skip

_PRIMARY, _JUNIOR, _SENIOR = (Stage.PRIMARY,), (Stage.JUNIOR,), (Stage.SENIOR,)
STAGES_OF_SCHOOL_TYPE: Mapping[str, tuple[Stage, ...]] = {
    "111": (), "119": (),
    "211": _PRIMARY, "218": _PRIMARY, "219": _PRIMARY,
    "311": _JUNIOR, "312": (*_PRIMARY, *_JUNIOR), "319": _JUNIOR, "321": _JUNIOR, "329": _JUNIOR,
    "341": (*_JUNIOR, *_SENIOR), "342": _SENIOR, "345": (*_PRIMARY, *_JUNIOR, *_SENIOR), "349": _SENIOR,
    "361": (), "362": (), "363": (), "364": (), "365": (), "366": (),
    "371": (*_PRIMARY, *_JUNIOR),
    "511": (*_PRIMARY, *_JUNIOR), "512": (*_PRIMARY, *_JUNIOR), "513": (*_PRIMARY, *_JUNIOR),
    "514": (*_PRIMARY, *_JUNIOR),
}  # fmt: skip
"""The stages a school of this type has. A blank pupil count of any other stage is "not applicable", not missing."""

SPECIAL_SCHOOL_TYPES = frozenset({"371", "511", "512", "513", "514"})
"""特殊教育学校 and 专门学校: they may have one compulsory stage or both. With pupils in one, a blank in the other means none."""


def own_stages(school_type: object, pupils: Callable[[Stage], object]) -> tuple[Stage, ...]:
    """The stages of which a blank pupil count of this school is missing; all of them when its type was not reported.

    pupils: what was reported of a stage.
    """
    of_type = STAGES_OF_SCHOOL_TYPE.get(str(school_type or ""), tuple(Stage))
    present = tuple(stage for stage in of_type if pupils(stage))
    return present if school_type in SPECIAL_SCHOOL_TYPES and present else of_type


URBAN_RURAL = CodeList(
    name="城乡分类",
    labels={
        "111": "主城区", "112": "城乡结合区", "121": "镇中心区", "122": "镇乡结合区", "123": "特殊区域",
        "210": "乡中心区", "220": "村庄",
    },
    # A bare 城区/镇区/乡村 is the class the rules ask for; it is kept as the first code of the class.
    variants={
        "城区": "111", "城市": "111", "镇区": "121", "镇": "121", "县镇": "121", "乡村": "220", "农村": "220", "村": "220",
        "乡": "210", "100": "111", "1": "111", "11": "111", "12": "121", "2": "220", "200": "220",
        "城乡结合部": "112", "镇乡结合部": "122", "主城": "111",
    },
    source="国家统计局统计用城乡划分代码；GB/T 33782-2017 表5",
)  # fmt: skip
URBAN_CODES = ("111", "112")
TOWN_CODES = ("121", "122", "123")
RURAL_CODES = ("210", "220")

SPONSORS = CodeList(
    name="举办者类型",
    labels={
        "1": "中央教育部门", "2": "中央其他部门", "3": "省级教育部门", "4": "省级其他部门", "5": "地级教育部门",
        "6": "地级其他部门", "7": "县级教育部门", "8": "县级其他部门", "9": "地方企业", "10": "民办",
    },
    variants={
        "公办": "7", "教育部门": "7", "县教育部门": "7", "其他部门": "8", "企业": "9", "企业办": "9",
        "社会力量": "10", "民办学校": "10", "中外合作": "10", "中外合作办": "10", "私立": "10",
    },
    source="国家优质均衡申报表填报说明（表Ⅱ-2 注）",
)  # fmt: skip
PRIVATE_SPONSOR = "10"

SEXES = CodeList(
    name="性别",
    labels={"0": "未知的性别", "1": "男", "2": "女", "9": "未说明的性别"},
    variants={"男性": "1", "女性": "2", "男生": "1", "女生": "2"},
    source="GB/T 2261.1",
)
