"""What is told of rounds, submissions and frozen releases."""

from __future__ import annotations

from dataclasses import replace

from junheng.web.notices.audience import At, Below, RunnerOf, WhoTook
from junheng.web.notices.rule import NoticeRule
from junheng.web.notices.rules.links import page, page_of
from junheng.web.rights.roles import Role

_FILLERS = At(0, (Role.SCHOOL_CLERK, Role.COUNTY_ADMIN))
_CHECKERS = (At(0, (Role.COUNTY_REVIEWER,)), At(1, (Role.COUNTY_REVIEWER,)), RunnerOf((Role.CITY_REVIEWER, Role.PROVINCE_ADMIN)))
_SUBMISSION, _HOME = page_of("submission"), page("home")

_OF_UNITS = (
    NoticeRule("reporting.asked", (At(0, (Role.COUNTY_ADMIN, Role.COUNTY_REVIEWER)), Below((Role.SCHOOL_CLERK,))), "填报任务或期限有变动",
               "{subject}：请在 {due_on} 前完成填报。", _HOME),
    NoticeRule("reporting.remind", (_FILLERS,), "催报：请尽快填报", "{subject}还没有提交，{due_on}截止。{words}", _SUBMISSION),
    NoticeRule("reporting.exception", (_FILLERS,), "准许截止后继续填报", "{subject}：准许到 {until}。理由：{reason}", _SUBMISSION),
    NoticeRule("reporting.freeze", (At(0, (Role.COUNTY_ADMIN, Role.COUNTY_REVIEWER)), At(1, (Role.CITY_REVIEWER,))), "县级数据版本已冻结",
               "{unit}：第 {number} 版已冻结。", _HOME),
)  # fmt: skip

_OF_SUBMISSIONS = (
    NoticeRule("submission.submit", _CHECKERS, "填报已提交，待审核", "{subject}已提交。", _SUBMISSION),
    NoticeRule("submission.withdraw", _CHECKERS, "填报已撤回修改", "{subject}已撤回，改好后重新提交。", _SUBMISSION),
    NoticeRule("submission.accept", (_FILLERS, WhoTook("submit")), "填报已接收", "{subject}已接收。", _SUBMISSION),
    NoticeRule("submission.return", (_FILLERS, WhoTook("submit")), "填报被退回", "{subject}被退回。退回理由：{reason}", _SUBMISSION),
    NoticeRule("submission.lock", (_FILLERS,), "填报已截止锁定", "{subject}已锁定；确需补报的，请联系上级办理截止后例外。", _SUBMISSION),
    NoticeRule("submission.unlock", (_FILLERS,), "准许截止后继续填报", "{subject}：准许到 {until}。理由：{reason}", _SUBMISSION),
    NoticeRule("submission.extend", (_FILLERS,), "填报期限已延长", "{subject}：可继续填报，{due_on}截止。", _SUBMISSION),
    NoticeRule("submission.due", (_FILLERS,), "填报期限将到", "{subject}还没有提交，{due_on}截止，{left}。", _SUBMISSION, ("waiting", "draft", "returned")),
)  # fmt: skip

RULES = tuple(replace(rule, listed="home") for rule in (*_OF_UNITS, *_OF_SUBMISSIONS))
