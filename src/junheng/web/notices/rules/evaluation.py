"""What is told of acceptance, national recognition, experts, announcements and objections."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from junheng.web.notices.audience import At, Audience, Granted, Named
from junheng.web.notices.rule import NoticeRule
from junheng.web.notices.rules.links import page_of
from junheng.web.rights.roles import Role

_COUNTY = At(0, (Role.COUNTY_ADMIN, Role.COUNTY_REVIEWER))
_CITY = At(1, (Role.CITY_REVIEWER,))
_PROVINCE = At(9, (Role.PROVINCE_ADMIN,))
_BELOW, _ALL = (_COUNTY, _CITY), (_COUNTY, _CITY, _PROVINCE)
_ACCEPTANCE, _ANNOUNCEMENT, _OBJECTION = page_of("evaluation"), page_of("announcement"), page_of("objection")

_STEPS: Mapping[str, tuple[tuple[Audience, ...], str, str]] = {
    "begin": ((At(0, (Role.COUNTY_REVIEWER,)),), "县级自评已开始", "{subject}：请在 {due_on} 前提交自评。"),
    "submit_self": ((_CITY,), "县级自评待复核", "{subject}：请在 {due_on} 前复核。"),
    "pass_review": ((_PROVINCE, _COUNTY), "市级复核已通过", "{subject}已报省，进入{state}。"),
    "return_to_county": ((_COUNTY,), "县级自评被退回", "{subject}。退回理由：{reason}"),
    "return_to_draft": (_BELOW, "评估验收被退回重报", "{subject}。退回理由：{reason}"),
    "qualify": (_BELOW, "评估验收有进展", "{subject}：进入{state}。"),
    "approve_materials": (_BELOW, "评估验收有进展", "{subject}：进入{state}。"),
    "record_recognition": ((Granted(), *_BELOW), "评估验收进入实地核查", "{subject}：社会认可度已登记，进入实地核查。"),
    "complete_recognition": (_BELOW, "评估验收有进展", "{subject}：社会认可度已补登。"),
    "finish_visits": ((_CITY,), "评估验收有进展", "{subject}：实地核查已结束。"),
    "publicise": (_BELOW, "评估结论已公示", "{subject}：结论已公示，{due_on}期满。"),
    "accept": (_BELOW, "评估验收结论已公告", "{subject}：{state}。"),
    "not_accept": (_BELOW, "评估验收结论已公告", "{subject}：{state}。请按问题清单整改后重新申报。"),
    "apply_again": ((_CITY, _PROVINCE), "县里重新申报", "{subject}：重新申报。"),
    "monitor": (_BELOW, "转入年度监测", "{subject}：转入年度监测，下次监测 {due_on}。"),
    "monitor_again": (_BELOW, "年度监测合格", "{subject}：监测合格，下次监测 {due_on}。"),
    "warn": (_BELOW, "年度监测不合格", "{subject}：监测不合格，请在 {due_on} 前整改。意见：{opinion}"),
    "reopen": (_BELOW, "评估结论公示已撤回", "{subject}：公示已撤回，重新形成结论。理由：{reason}"),
    "revoke": (_BELOW, "评估验收已撤销", "{subject}：已撤销，批准文号 {approval}。理由：{reason}"),
}
"""Transition of 省级评估验收 → who is told, title, text."""

_ACCEPTANCES = (
    *(NoticeRule(f"acceptance.{step}", who, title, text, _ACCEPTANCE) for step, (who, title, text) in _STEPS.items()),
    NoticeRule("acceptance.due", (_COUNTY,), "县级自评期限将到", "{subject}，{due_on}，{left}。", _ACCEPTANCE, ("draft", "county_self")),
    NoticeRule("acceptance.due", (_CITY,), "市级复核期限将到", "{subject}，{due_on}，{left}。", _ACCEPTANCE, ("city_review",)),
    NoticeRule("acceptance.due", (_PROVINCE,), "省级评估期限将到", "{subject}：{state}，{due_on}，{left}。", _ACCEPTANCE,
               ("prov_qualification", "prov_materials", "prov_recognition", "prov_visit", "prov_conclusion", "monitoring")),
    NoticeRule("acceptance.due", (_COUNTY,), "监测不合格的整改期限将到", "{subject}，{due_on}，{left}。", _ACCEPTANCE, ("warned",)),
    NoticeRule("evaluation.assign", (Named("expert_id"),), "有新的评估任务", "{subject}：已安排您参加，请先申报应回避的关系。", _ACCEPTANCE),
    NoticeRule("evaluation.ask_more", (_COUNTY,), "材料审核要求补充", "{subject}：“{title}”需要补充材料，请看审核意见后上传。", page_of("materials")),
    NoticeRule("evaluation.draw", (Granted(), _PROVINCE), "入校核查的学校已抽出", "{subject}：入校核查的学校已抽出。", _ACCEPTANCE),
    NoticeRule("evaluation.draft_opinion", (_COUNTY,), "督导意见书征求意见", "{subject}：督导意见书初稿已成。有不同意见的，请在 {due_on} 前申辩。", _ACCEPTANCE),
    NoticeRule("evaluation.close_case", (_PROVINCE,), "县里对督导意见没有其他意见", "{subject}：县里对督导意见没有其他意见，可以形成结论。", _ACCEPTANCE),
    NoticeRule("evaluation.step_back", (_PROVINCE,), "专家因回避退出", "{subject}：有专家申报回避，已取消安排，请另行安排。", _ACCEPTANCE),
    NoticeRule("evaluation.state_case", (_PROVINCE,), "县里提出申辩", "{subject}：县里对督导意见提出申辩，请处理。", _ACCEPTANCE),
    NoticeRule("evaluation.answer_case", (_COUNTY,), "申辩已有处理意见", "{subject}：{decided}，请看处理意见。", _ACCEPTANCE),
)  # fmt: skip

_RECOGNITIONS = tuple(
    NoticeRule(f"recognition.{step}", _BELOW, title, text, lambda told: "")
    for step, title, text in (
        ("submit", "已报国家认定", "{subject}：已报送国家。"), ("review", "国家认定有进展", "{subject}：进入国家审核。"),
        ("recognise", "已通过国家认定", "{subject}：已认定，文号 {document}。"), ("reject", "未予国家认定", "{subject}：未予认定。{reason}"),
        ("revoke", "国家认定已撤销", "{subject}：认定已撤销。{reason}"),
    )
)  # fmt: skip

_PUBLICITY = (
    NoticeRule("announcement.close", _ALL, "公示期满", "{subject}：公示期满。", _ANNOUNCEMENT),
    NoticeRule("announcement.proclaim", _BELOW, "公告已发布", "{subject}：已公告。", _ANNOUNCEMENT),
    NoticeRule("announcement.withdraw", _BELOW, "公示公告已撤回", "{subject}：已撤回。理由：{reason}", _ANNOUNCEMENT),
    NoticeRule("objection.receive", (_PROVINCE,), "收到公示异议", "“{title}”收到异议，请在期限内受理。", _OBJECTION),
    NoticeRule("objection.uphold", _BELOW, "公示异议成立", "{unit}：公示异议成立，已列为问题整改。", _OBJECTION),
    NoticeRule("objection.dismiss", _BELOW, "公示异议不成立", "{unit}：公示异议不成立。", _OBJECTION),
    NoticeRule("objection.due", (_PROVINCE,), "异议办理期限将到", "{subject}：{state}，{due_on}，{left}。", _OBJECTION, ("received", "reviewing")),
)  # fmt: skip

RULES = (*(replace(rule, listed="evaluations") for rule in (*_ACCEPTANCES, *_RECOGNITIONS)), *_PUBLICITY)
