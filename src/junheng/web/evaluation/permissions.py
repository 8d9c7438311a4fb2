"""Rights over evaluations."""

from __future__ import annotations

from junheng.web.rights.right import right
from junheng.web.rights.roles import Role

SEE = right("evaluation.see", "查看评估进展和结论", Role.COUNTY_ADMIN, Role.COUNTY_REVIEWER, Role.CITY_REVIEWER, Role.PROVINCE_ADMIN,
            Role.PROVINCE_EXPERT, Role.DEPARTMENT)  # fmt: skip
_CHECKS = (Role.COUNTY_ADMIN, Role.COUNTY_REVIEWER, Role.CITY_REVIEWER, Role.PROVINCE_ADMIN, Role.PROVINCE_EXPERT)
START = right("evaluation.start", "为轮次的各县建立评估", Role.PROVINCE_ADMIN)
SELF = right("evaluation.self", "提交县级自评", Role.COUNTY_REVIEWER)
PREPARE = right("evaluation.prepare", "开始县级自评", Role.COUNTY_ADMIN, Role.COUNTY_REVIEWER)
REVIEW = right("evaluation.review", "市级复核", Role.CITY_REVIEWER)
ACCEPT = right("evaluation.accept", "省级评估验收", Role.PROVINCE_ADMIN)
RECOGNISE = right("evaluation.recognise", "登记国家认定进展", Role.PROVINCE_ADMIN)
ASSIGN = right("evaluation.assign", "安排评估专家、抽取学校", Role.PROVINCE_ADMIN)
SEE_MATERIALS = right("evaluation.see_materials", "查看材料审核", *_CHECKS)
JUDGE_MATERIALS = right("evaluation.judge_materials", "逐条审核材料", Role.PROVINCE_ADMIN, Role.PROVINCE_EXPERT,
                        states=("prov_materials", "prov_recognition", "prov_visit", "prov_conclusion"))  # fmt: skip
DECLARE = right("evaluation.declare", "申报本人应回避的关系", Role.PROVINCE_EXPERT)
VISIT = right("evaluation.visit", "入校核查", Role.PROVINCE_EXPERT)
CORRECT = right("evaluation.correct", "更正或撤回实地核查的判断", Role.PROVINCE_ADMIN, Role.PROVINCE_EXPERT)
OPINION = right("evaluation.opinion", "下载督导意见书", *_CHECKS)
STATE_CASE = right("evaluation.state_case", "对督导意见申辩", Role.COUNTY_ADMIN, Role.COUNTY_REVIEWER)
RECOMPUTE = right("evaluation.recompute", "重算已冻结的结论", *_CHECKS)

RIGHTS = (SEE, START, PREPARE, SELF, REVIEW, ACCEPT, RECOGNISE, ASSIGN, SEE_MATERIALS, JUDGE_MATERIALS, DECLARE, VISIT, CORRECT, OPINION, STATE_CASE, RECOMPUTE)
