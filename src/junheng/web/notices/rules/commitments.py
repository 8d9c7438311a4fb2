"""What is told of the commitments of the plan."""

from __future__ import annotations

from dataclasses import replace

from junheng.web.notices.audience import At, DepartmentHere
from junheng.web.notices.rule import NoticeRule
from junheng.web.notices.rules.links import page, page_of
from junheng.web.rights.roles import Role

_KEEPERS, _LEAD, _PAGE = At(0, (Role.PROVINCE_ADMIN,)), DepartmentHere(), page_of("commitment")

_RULES = (
    NoticeRule("commitments.open", (At(0, (Role.DEPARTMENT,)),), "请报告政策落实进展", "方案的承诺已布置报告，请在 {due_on} 前报告本部门牵头的。", page("commitments")),
    NoticeRule("commitment.report", (_KEEPERS,), "承诺的进展待核实", "{subject}：请在 {due_on} 前核实。", _PAGE),
    NoticeRule("commitment.accept", (_LEAD,), "承诺的进展已核实", "{subject}：请继续推进，{due_on} 前再次报告。", _PAGE),
    NoticeRule("commitment.finish", (_LEAD,), "承诺已核实完成", "{subject}。核实意见：{opinion}", _PAGE),
    NoticeRule("commitment.send_back", (_LEAD,), "承诺的报告被退回", "{subject}：请在 {due_on} 前重新报告。理由：{reason}", _PAGE),
    NoticeRule("commitment.ask", (_LEAD,), "重新要求报告承诺的进展", "{subject}：请在 {due_on} 前报告。理由：{reason}", _PAGE),
    NoticeRule("commitment.due", (_LEAD,), "承诺的报告期限将到", "{subject}，{due_on}，{left}。", _PAGE, ("asked", "under_way")),
    NoticeRule("commitment.due", (_KEEPERS,), "承诺的核实期限将到", "{subject}，{due_on}，{left}。", _PAGE, ("reported",)),
)
RULES = tuple(replace(rule, listed="commitments") for rule in _RULES)
