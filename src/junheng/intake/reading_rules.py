"""读取规则: the ids of everything reading itself can find, with one Chinese line on what each means and why it matters.

The cross-checks between fields live in `checks`; these rules are about files, sheets, labels and single cells.
"""

from __future__ import annotations

from collections.abc import Mapping

from junheng.common.findings import Finding, Level, Place

READING_RULES: Mapping[str, str] = {
    "E-unreadable": "文件损坏或不完整，无法打开；其中的数据一个也没有读入",
    "E-encrypted": "文件设有打开密码，程序不能也不应破解",
    "E-macro-workbook": "文件带宏，可能含有程序代码，一律不打开",
    "E-file-too-large": "文件超过 50 MB，填报表不应这样大",
    "E-unpacks-too-large": "文件解压后超过 500 MB，可能是压缩炸弹",
    "E-too-many-columns": "表格超过 100000 列，不是填报表",
    "E-far-cell": "在极远处有一个误填的单元格，使整张表无法读入",
    "E-not-a-spreadsheet": "扩展名是表格，内容却不是",
    "E-empty-file": "文件是空的",
    "E-unknown-sheet": "文件里没有找到可识别的填报表",
    "E-header-missing": "能认出填报项目，但找不到“填报项目”“填报值”表头，不能按位置猜测",
    "E-blank-form": "整张填报表没有填写任何内容",
    "E-duplicate-school": "同一学校（标识码加校区）出现两次，不能判断哪一份为准",
    "E-duplicate-county": "同一区县有两份区县表，不能判断哪一份为准",
    "E-two-claims": "两行或两列都声称是同一个填报项目，不能判断哪一个为准",
    "E-missing-school-code": "没有学校代码，无法与其他数据对应",
    "E-row-without-school": "横排表有一行数没有写明是哪所学校",
    "E-no-code-column": "横排表没有学校代码（区县代码）一列，各行无法与学校对应",
    "E-register-in-workbook": "名册放在工作簿里；名册只从 CSV 或 Parquet 读入，以免个人信息混进填报表",
    "E-missing-county-code": "区县表没有区县代码，学校无法归属",
    "E-no-county-form": "没有读到区县表，县级指标无从计算",
    "E-which-county": "附近有几份区县表，不能判断学校属于哪个区县",
    "E-other-school-year": "表格属于另一个学年，不能混入本学年计算",
    "E-no-school-year": "没有一份表格写明填报年度",
    "E-unit": "单位栏写的单位不能换算成本项目的单位",
    "E-not-a-number": "应填数字的格里是文字",
    "E-not-whole-number": "计数项目出现了小数",
    "E-negative": "数量不能为负",
    "E-unknown-code": "填写的选项不在代码表里",
    "E-not-yes-or-no": "应填“是”或“否”",
    "E-not-a-year": "年份无法识别",
    "E-not-a-date": "日期无法识别",
    "E-not-a-level": "监测等级应为Ⅰ、Ⅱ、Ⅲ、Ⅳ",
    "E-lossy-id": "代码被表格软件改成了科学计数，末尾数字已丢失",
    "E-not-a-share": "比例不能大于 100%",
    "E-formula-without-value": "公式没有保存计算结果，读不到数值",
    "E-formula-error": "公式出错（如 #DIV/0!），没有数值",
    "E-no-criterion": "评定表这一行没有条目编号",
    "W-not-reported": "必填项目没有填报，按未报（不是 0）处理",
    "W-unrecognised-line": "有填报值的行或列没有对应的填报项目，没有采用",
    "W-no-stage": "没有区分学段，而学校有几个学段，不能采用",
    "W-taken-for": "名称与标准项目不同，按近似名称认作某项目，请核对",
    "W-percent": "比例写成了百分数或小数，请核对读取结果",
    "W-none-is-not-zero": "数字格里写“无”，按未报处理；确为零请填 0",
    "W-date-serial": "年份格里是日期序号，已换算，请核对",
    "W-division-long": "区县代码写成了 9 位或 12 位统计用区划代码，取前 6 位",
    "W-hidden-sheet": "数据取自隐藏的工作表，请核对是否有意",
    "W-unknown-criterion": "评定表的条目编号不在标准条目之内",
}


def finding(rule: str, place: Place, message: str, remedy: str = "", *, field: str = "") -> Finding:
    """A finding of one of READING_RULES; the level is in the rule's first letter. Raises KeyError for an unlisted rule."""
    READING_RULES[rule]
    level = Level.ERROR if rule.startswith("E-") else Level.WARNING
    return Finding(level, rule, place, _sentence(message), _sentence(remedy), field)


def _sentence(text: str) -> str:
    return f"{text}。" if text and not text.endswith(("。", "？", "！")) else text
