"""How long each step may last. Nothing is found in the law (rules.md §1.9): all are parameters a round may change."""

from __future__ import annotations

from junheng.web.flow.process import Deadline

_UNVERIFIED = "待核：法定期限未查到，作为参数"

SELF_DAYS = Deadline("acceptance.self_days", 30, _UNVERIFIED)
REVIEW_DAYS = Deadline("acceptance.review_days", 20, _UNVERIFIED)
STEP_DAYS = Deadline("acceptance.step_days", 30, _UNVERIFIED)
STATEMENT_DAYS = Deadline("acceptance.statement_days", 10, "待核：教育督导条例第二十条许可申辩而未定天数，按 10 天")
PUBLICITY_DAYS = Deadline("acceptance.publicity_days", 7, "待核：公示期限无统一规定，按 7 天")
MONITOR_DAYS = Deadline("acceptance.monitor_days", 365, "教督〔2017〕6号：建立动态监测机制；每年一次")
WARNED_DAYS = Deadline("acceptance.warned_days", 90, "待核：监测不合格的整改期限无统一规定，按 3 个月")
