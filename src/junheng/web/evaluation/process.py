"""The state tables of 省级评估验收 and, beside it, of 国家认定 (rules.md §1.9; both are kept apart, design.md §5).

draft → county_self → city_review → prov_qualification → prov_materials → prov_recognition → prov_visit → prov_conclusion
→ publicised → accepted | not_accepted;   accepted → monitoring ⇄ warned → (revoked);   not_accepted → draft
"""

from __future__ import annotations

from junheng.web.evaluation.effects import afterwards, basis, conclusion, province
from junheng.web.evaluation.parameters import (
    MONITOR_DAYS,
    PUBLICITY_DAYS,
    REVIEW_DAYS,
    SELF_DAYS,
    STEP_DAYS,
    WARNED_DAYS,
)
from junheng.web.evaluation.permissions import ACCEPT, PREPARE, RECOGNISE, REVIEW, SELF
from junheng.web.evaluation.satisfaction import GROUPS
from junheng.web.flow.process import Field, Input, Process, State, Tone, Transition

_BACK = Field("reason", "退回理由", help="写明哪一项、要怎样改；县里会看到。")
_OPINION = Field("opinion", "意见")
_PROVINCE = ("prov_qualification", "prov_materials", "prov_recognition", "prov_visit", "prov_conclusion")

_COUNTED = (
    Field("valid", "有效问卷（份）", Input.COUNT, group="全部问卷"), Field("satisfied", "满意问卷（份）", Input.COUNT, group="全部问卷"),
    *(Field(f"{name}_{part}", f"{label}{word}（份）", Input.COUNT, required=False, group=f"其中：{label}")
      for name, label in GROUPS for part, word in (("valid", "有效问卷"), ("satisfied", "满意问卷"), ("quota", "抽样配额"))),
    Field("visited", "走访（人）", Input.COUNT, required=False, group="实地走访"),
    Field("visited_satisfied", "走访满意（人）", Input.COUNT, required=False, group="实地走访"),
    Field("basis", "依据", Input.LINE, required=False, help="调查由谁进行、报告的名称；由系统内的问卷调查登记的，写有结果校验值。"),
)  # fmt: skip
"""Of 社会认可度. Seven groups are asked; a number nobody knows stays blank, which is no 0 and leaves the verdict open."""

ACCEPTANCE = Process(
    "acceptance",
    "省级评估验收",
    (
        State("draft", "准备", Tone.TODO, "县级管理员"),
        State("county_self", "县级自评", Tone.TODO, "县级审核人"),
        State("city_review", "市级复核", Tone.WAITING, "市级复核员"),
        State("prov_qualification", "资格审查", Tone.WAITING, "省级管理员"),
        State("prov_materials", "材料审核", Tone.WAITING, "省级管理员"),
        State("prov_recognition", "社会认可度调查", Tone.WAITING, "省级管理员"),
        State("prov_visit", "实地核查", Tone.WAITING, "省级评估专家"),
        State("prov_conclusion", "形成结论", Tone.WAITING, "省级管理员"),
        State("publicised", "公示中", Tone.WAITING, "社会公众"),
        State("accepted", "通过验收", Tone.GOOD),
        State("not_accepted", "未通过验收", Tone.BAD, "县级管理员"),
        State("monitoring", "年度监测", Tone.WAITING, "省级管理员"),
        State("warned", "监测不合格", Tone.BAD, "县级管理员"),
        State("revoked", "已撤销", Tone.BAD),
    ),
    (
        Transition("begin", "开始自评", ("draft",), "county_self", PREPARE, (), basis.not_passed_already, SELF_DAYS),
        Transition("submit_self", "提交自评", ("county_self",), "city_review", SELF,
                   (Field("opinion", "自评意见"), Field("sure", "自评所用数据均已核对", Input.FLAG)), basis.sign_off, REVIEW_DAYS,
                   confirm="提交后由市级复核，冻结版本的校验值写入记录；数据再改须退回重报。"),
        Transition("pass_review", "复核通过，报省", ("city_review",), "prov_qualification", REVIEW, (_OPINION,), basis.same_data, STEP_DAYS),
        Transition("return_to_county", "退回县里", ("city_review",), "county_self", REVIEW, (_BACK,), None, SELF_DAYS),
        Transition("qualify", "资格审查通过", ("prov_qualification",), "prov_materials", ACCEPT,
                   (Field("recognised_on", "国家基本均衡认定日期", Input.DATE, help="须满三年，且年度监测持续保持较高水平。"), _OPINION),
                   province.qualified, STEP_DAYS),
        Transition("approve_materials", "材料审核通过", ("prov_materials",), "prov_recognition", ACCEPT, (_OPINION,), province.materials_judged, STEP_DAYS),
        Transition("record_recognition", "登记社会认可度", ("prov_recognition",), "prov_visit", ACCEPT,
                   _COUNTED, province.recognition_counted, STEP_DAYS),
        Transition("complete_recognition", "补登社会认可度", ("prov_conclusion",), "prov_conclusion", ACCEPT, _COUNTED, province.recognition_completed, STEP_DAYS,
                   confirm="只在缺少某类对象的有效问卷、社会认可度待定时补登；各项都要重新填写，原来登记的留在办理记录里。"),
        Transition("finish_visits", "结束实地核查", ("prov_visit",), "prov_conclusion", ACCEPT, (_OPINION,), province.visits_done, STEP_DAYS),
        Transition("publicise", "公示结论", ("prov_conclusion",), "publicised", ACCEPT,
                   (Field("conclusion", "结论", Input.CHOICE, choices={"pass": "通过", "fail": "未通过"}),
                    Field("weighed", "实地核查有未达标而结论为通过的理由", required=False, help="没有这种情形的不填；记入办理记录。"),
                    Field("text", "公示正文", help="写给公众看；不得有个人信息。")), conclusion.publicise, PUBLICITY_DAYS,
                   confirm="公示期内任何人都可以提出异议；期满且异议都已答复，才能公告。"),
        Transition("accept", "公告：通过验收", ("publicised",), "accepted", ACCEPT, (), conclusion.proclaim_pass),
        Transition("not_accept", "公告：未通过验收", ("publicised",), "not_accepted", ACCEPT, (), conclusion.proclaim_fail),
        Transition("reopen", "撤回公示，重新形成结论", ("publicised",), "prov_conclusion", ACCEPT,
                   (Field("reason", "撤回理由", help="公众会看到；不得有个人信息。"),), conclusion.reopened, STEP_DAYS,
                   confirm="撤回后公众页面只显示“已撤回”和理由；收到的异议仍要答复。"),
        Transition("return_to_draft", "退回县里重报", _PROVINCE, "county_self", ACCEPT, (_BACK,), None, SELF_DAYS),
        Transition("apply_again", "重新申报", ("not_accepted",), "draft", PREPARE, (Field("reason", "整改情况"),), conclusion.forget_release),
        Transition("monitor", "转入年度监测", ("accepted",), "monitoring", ACCEPT, (), None, MONITOR_DAYS),
        Transition("monitor_again", "监测合格，继续", ("monitoring", "warned"), "monitoring", ACCEPT, (_OPINION,), afterwards.monitored, MONITOR_DAYS,
                   confirm="按以后学年最新的正式数据版本登记；结论须为达标。"),
        Transition("warn", "监测不合格，限期整改", ("monitoring", "warned"), "warned", ACCEPT,
                   (Field("opinion", "意见和整改要求", help="县里会看到，并列为要整改的问题。"),), afterwards.warned, WARNED_DAYS,
                   confirm="按以后学年最新的正式数据版本登记；结论为未达标或待定的，发出预警并列为问题。"),
        Transition("revoke", "撤销", ("accepted", "monitoring", "warned"), "revoked", ACCEPT,
                   (Field("reason", "撤销理由", help="公众会在公告页面看到；不得有个人信息。"), Field("approval", "批准文号", Input.LINE)), afterwards.revoked,
                   confirm="撤销后该县不再计入通过验收的县，公告页面显示“已撤销”、理由和批准文号；原结论留有记录。"),
    ),
)  # fmt: skip

RECOGNITION = Process(
    "recognition",
    "国家认定",
    (
        State("none", "未申报", Tone.WAITING),
        State("nat_submitted", "已报国家", Tone.WAITING, "教育部"),
        State("nat_review", "国家审核", Tone.WAITING, "教育部"),
        State("nat_recognised", "已认定", Tone.GOOD),
        State("nat_rejected", "未认定", Tone.BAD),
        State("nat_revoked", "认定已撤销", Tone.BAD),
    ),
    (
        Transition("submit", "报送国家", ("none", "nat_rejected"), "nat_submitted", RECOGNISE, (Field("document", "报送文号", Input.LINE),), afterwards.accepted_first),
        Transition("review", "登记：进入国家审核", ("nat_submitted",), "nat_review", RECOGNISE, (Field("on", "日期", Input.DATE),)),
        Transition("recognise", "登记：国家认定", ("nat_review",), "nat_recognised", RECOGNISE,
                   (Field("document", "认定文号", Input.LINE), Field("on", "公布日期", Input.DATE))),
        Transition("reject", "登记：未予认定", ("nat_submitted", "nat_review"), "nat_rejected", RECOGNISE, (Field("reason", "原因"),)),
        Transition("revoke", "登记：撤销认定", ("nat_recognised",), "nat_revoked", RECOGNISE,
                   (Field("document", "撤销文号", Input.LINE), Field("reason", "原因"))),
    ),
)  # fmt: skip


def acceptance_of(state: str) -> bool | None:
    """Whether a county in this state of 省级评估验收 has passed it; None = not decided."""
    return True if state in ("accepted", "monitoring", "warned") else False if state in ("not_accepted", "revoked") else None
