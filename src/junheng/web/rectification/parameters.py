"""How long each step may last. No national document sets these days (rules.md §13: 待核), so every one is a parameter."""

from __future__ import annotations

from junheng.web.flow.process import Deadline

_UNVERIFIED = "待核：国家没有统一天数，"

PLAN = Deadline("rectification.plan_days", 30, f"{_UNVERIFIED}暂按整改报告 30 日")
MEND = Deadline("rectification.mend_days", 90, f"{_UNVERIFIED}暂按整改完成 3 个月")
VERIFY = Deadline("rectification.verify_days", 15, f"{_UNVERIFIED}暂按核查 15 日")
RECHECK = Deadline("rectification.recheck_days", 30, f"{_UNVERIFIED}暂按复查 30 日")
REWORK = Deadline("rectification.rework_days", 15, f"{_UNVERIFIED}暂按退回后再整改 15 日")
NOTICE = Deadline("rectification.notice_days", 15, f"{_UNVERIFIED}暂按约谈后 15 日仍未整改即通报")
ACCOUNTABILITY = Deadline("rectification.accountability_days", 30, f"{_UNVERIFIED}暂按通报后 30 日仍未整改即问责")

DEADLINES = (PLAN, MEND, VERIFY, RECHECK, REWORK, NOTICE, ACCOUNTABILITY)
