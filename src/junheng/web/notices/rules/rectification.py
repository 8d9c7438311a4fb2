"""What is told of problems, extensions and escalation."""

from __future__ import annotations

from dataclasses import replace

from junheng.web.notices.audience import At, OfDepartment, WhoTook
from junheng.web.notices.rule import NoticeRule
from junheng.web.notices.rules.links import page, page_of
from junheng.web.rights.roles import Role

_MENDERS = At(0, (Role.SCHOOL_CLERK, Role.COUNTY_ADMIN))
_ASSIGNERS = At(1, (Role.COUNTY_ADMIN, Role.CITY_REVIEWER))
_VERIFIERS = At(1, (Role.COUNTY_REVIEWER, Role.CITY_REVIEWER))
_RECHECKERS = At(2, (Role.CITY_REVIEWER, Role.PROVINCE_ADMIN))
_PROBLEM, _OF_PROBLEM = page_of("problem"), page_of("problem", through="problem")

_PROBLEMS = (
    NoticeRule("rectification.raise", (_ASSIGNERS,), "有新问题待分派", "{subject}。请分派责任部门，提出整改要求。", _PROBLEM),
    NoticeRule("rectification.raise_from_release", (At(0, (Role.COUNTY_ADMIN,)), At(1, (Role.CITY_REVIEWER,))), "冻结版本的问题已列出",
               "{unit}：由冻结版本新列出 {raised} 个问题，其中再次出现 {came_back} 个。请分派。", page("problems")),
    NoticeRule("rectification.raise_from_plan", (At(0, (Role.COUNTY_ADMIN,)), At(1, (Role.CITY_REVIEWER,))), "规划方案的措施已转为任务",
               "{unit}：方案“{name}”有 {raised} 项措施转为任务。请分派。", page("problems")),
    NoticeRule("rectification.plan_replaced", (At(0, (Role.COUNTY_ADMIN,)), At(1, (Role.CITY_REVIEWER,))), "任务所依据的方案已被替换",
               "{unit}：{told} 项任务所依据的方案已被替换。{words}不再需要的请撤回，仍要做的照常整改。", page("problems")),
    NoticeRule("rectification.assign", (_MENDERS, OfDepartment()), "有问题需要整改", "{subject}。请在 {due_on} 前报送整改措施与时限。", _PROBLEM),
    NoticeRule("rectification.withdraw", (_MENDERS,), "一个问题已撤回", "{subject}。撤回理由：{reason}", _PROBLEM),
    NoticeRule("rectification.withdraw_gone", (_MENDERS,), "一个问题已撤回", "{subject}。提出它的判断已更正，不必再整改。", _PROBLEM),
    NoticeRule("rectification.cause_gone", (_ASSIGNERS, _MENDERS), "一个问题的成因已消除", "{subject}。{words}", _PROBLEM),
    NoticeRule("rectification.plan", (At(1, (Role.COUNTY_ADMIN, Role.CITY_REVIEWER)),), "整改措施已报送", "{subject}。完成时限 {due_on}。", _PROBLEM),
    NoticeRule("rectification.submit", (_VERIFIERS,), "整改结果待核查", "{subject}。请在 {due_on} 前核查。", _PROBLEM),
    NoticeRule("rectification.verify", (_RECHECKERS,), "整改待复查销号", "{subject}。核查已通过，请在 {due_on} 前复查。", _PROBLEM),
    NoticeRule("rectification.verify", (_MENDERS, WhoTook("submit")), "整改结果已通过核查", "{subject}。等待复查销号。", _PROBLEM),
    NoticeRule("rectification.send_back", (_MENDERS, OfDepartment(), WhoTook("submit")), "整改结果被退回", "{subject}。退回理由：{reason}。请在 {due_on} 前重新报送。", _PROBLEM),
    NoticeRule("rectification.recheck_fails", (_MENDERS, OfDepartment(), _VERIFIERS, WhoTook("submit")), "复查不合格", "{subject}。理由：{reason}。请在 {due_on} 前继续整改并报送。", _PROBLEM),
    NoticeRule("rectification.close", (_MENDERS, _ASSIGNERS, WhoTook("submit")), "问题已销号", "{subject}。复查意见：{opinion}", _PROBLEM),
    NoticeRule("rectification.due", (_MENDERS, OfDepartment()), "整改期限将到", "{subject}，{due_on}，{left}。{state}。", _PROBLEM, ("assigned", "planned")),
    NoticeRule("rectification.due", (_VERIFIERS,), "核查期限将到", "{subject}，{due_on}，{left}。", _PROBLEM, ("submitted",)),
    NoticeRule("rectification.due", (_RECHECKERS,), "复查期限将到", "{subject}，{due_on}，{left}。", _PROBLEM, ("verified",)),
)  # fmt: skip

_ESCALATED = tuple(
    NoticeRule(f"escalation.{action}{ending}", (_MENDERS, _ASSIGNERS, At(9, (Role.PROVINCE_ADMIN,))), title, f"{{subject}}。{why}{words}", _OF_PROBLEM)
    for action, title, words in (
        ("talk", "问题转入约谈", "请准备约谈材料，尽快完成整改。"),
        ("notice", "问题转入通报", "请立即整改并说明原因。"),
        ("accountability", "问题转入问责", "将按教育督导问责办法办理。"),
    )
    for ending, why in (("", "事由：{reason}。"), ("_overdue", "整改逾期，自动升级。"))
)

_EXTENSIONS = (
    NoticeRule("extension.ask", (_ASSIGNERS,), "有延期申请待审批", "{subject}。申请延至 {wished}：{reason}", _OF_PROBLEM),
    NoticeRule("extension.grant", (_MENDERS, OfDepartment()), "延期已同意", "{subject}。期限延至 {until}。", _OF_PROBLEM),
    NoticeRule("extension.refuse", (_MENDERS, OfDepartment()), "延期未同意", "{subject}。审批意见：{opinion}。期限不变。", _OF_PROBLEM),
)  # fmt: skip

RULES = tuple(replace(rule, listed="problems") for rule in (*_PROBLEMS, *_ESCALATED, *_EXTENSIONS))
