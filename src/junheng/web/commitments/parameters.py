"""How often departments report. The plan says nothing of it: all are parameters."""

from __future__ import annotations

from junheng.web.flow.process import Deadline

_UNVERIFIED = "待核：辽教发〔2023〕10号没有规定报告周期，作为参数"

REPORT_DAYS = Deadline("commitment.report_days", 30, f"{_UNVERIFIED}；布置后一个月内报告")
CHECK_DAYS = Deadline("commitment.check_days", 15, f"{_UNVERIFIED}；半个月内核实")
NEXT_DAYS = Deadline("commitment.next_days", 182, f"{_UNVERIFIED}；每半年报告一次")
