"""措辞: the same item in other words. "符合交流条件的教师人数" and "符合交流条件教师总数" ask for one number.

Two labels mean the same item when they are equal once words that distinguish nothing are taken out and synonyms are
brought to one form. Words that do distinguish — a stage, a sex, 家长, 满意, 有效, 骨干, 农村, 预算 — are never touched.
"""

from __future__ import annotations

import re

_SYNONYMS = (
    (r"平方米|平米|m²", "m2"), (r"特教学校", "特殊教育学校"), (r"大专", "专科"), (r"(?<=硕士|博士)研究生", ""), (r"五年", "5年"),
    (r"上一?年度|上一年", "上年"), (r"县级?(?:及以上|以上)", "县以上"), (r"以前", "之前"), (r"儿童少年|少年儿童", "儿童"),
    (r"农村居民|农民", "农民"), (r"常住人口", "人口"), (r"农业人口|农村人口", "乡村人口"), (r"(?:国内|地区)?生产总值|gdp", "gdp"),
    (r"地方财政收入|财政收入|地方一般公共预算收入", "财政收入"), (r"交流轮岗|轮岗交流", "交流"), (r"优质普通高中", "优质高中"),
    (r"(小学|初中|高中)(?:部|学段|阶段|段)", r"\1"), (r"走访家长", "家长走访"), (r"(小学|初中|高中|寄宿|毕业|在校)生(?!均)", r"\1学生"),
    (r"名额|指标数?|计划数", "名额"), (r"定额|基准定额", "标准"), (r"就学|就读", "就读"), (r"发放问卷|问卷发放", "问卷"),
    (r"^(?:其中:?)?家长(.+)$", r"\1(家长)"), (r"[(/-](?:其中:?)?家长\)?$", "(家长)"), (r"班级|教学班", "班"), (r"类别|类型", "类型"),
    (r"≥(\d+)", r"\1以上"), (r"≤(\d+)", r"\1以下"), (r"(?<=\d)(?:人|m2)?及?(?=以[上下])", ""), (r"(?<=\d)人(?=班)", ""),
    (r"(以[上下])(?:人|m2)", r"\1"), (r"(?<=\d)m2(?=≤)", ""), (r"分配给?(?:农村|乡村)(?:学校|初中)", "农村分配"),
    (r"向(?:农村|乡村)(?:学校|初中)?分配", "农村分配"),
)  # fmt: skip
_IDLE = (
    r"^是否|^其中:?", r"年均|(?<=农民|居民)年(?=人均)|^年末|^年(?=人均)", r"在校|县域内|当地|义务教育|规定的?|基准|招生|每班|普通(?!高中)",
    r"\((?:机构|街道|含|计|账面原值)\)", r"[的总]|实际|水平$|情况$|专用(?=教室)|单间面积|学历", r"(?<=.)专任(?=教师)",
    r"(?:人|间|份|所|台|名|个)?(?:数量|数|额)?(?=\(|$)", r"人(?=\(|$)",
)  # fmt: skip
_RULES = tuple((re.compile(pattern), instead) for pattern, instead in (*_SYNONYMS, *((each, "") for each in _IDLE)))
_SHORTEST = 3
"""Less than this is a word, not an item: 小学数 without 数 is a stage."""


def meaning(label: str) -> str:
    """What a normalised label without its unit asks for; "" when too little is left to tell."""
    for pattern, instead in _RULES:
        label = pattern.sub(instead, label)
    return label if len(label) >= _SHORTEST else ""
