"""The state table of a commitment that a department reports on.

asked ─ report ─▶ reported ─ accept ─▶ under_way ─ report ─▶ reported ─ finish ─▶ met;   send_back and ask lead back to asked
"""

from __future__ import annotations

from junheng.web.commitments import effects
from junheng.web.commitments.parameters import CHECK_DAYS, NEXT_DAYS, REPORT_DAYS
from junheng.web.commitments.permissions import KEEP, REPORT
from junheng.web.flow.process import Field, Input, Process, State, Tone, Transition

CLAIMS = {"done": "已完成", "under_way": "按计划推进", "behind": "推进滞后"}

COMMITMENT = Process(
    "commitment",
    "政策落实",
    (
        State("asked", "待报告", Tone.TODO, "牵头部门"),
        State("reported", "待核实", Tone.WAITING, "省级管理员"),
        State("under_way", "推进中", Tone.WAITING, "牵头部门"),
        State("met", "已完成", Tone.GOOD),
    ),
    (
        Transition("report", "报告进展", ("asked", "under_way"), "reported", REPORT,
                   (Field("claim", "进展", Input.CHOICE, choices=CLAIMS), Field("words", "做了什么、到了什么程度", help="写具体的数和时间；滞后的写明原因和下一步。"),
                    Field("basis", "依据", Input.LINE, required=False, help="文件文号、统计表名称；佐证文件在这条承诺的页面上传。")),
                   effects.reported, CHECK_DAYS),
        Transition("accept", "核实，继续推进", ("reported",), "under_way", KEEP, (Field("opinion", "核实意见", required=False),), None, NEXT_DAYS),
        Transition("finish", "核实，已完成", ("reported",), "met", KEEP, (Field("opinion", "核实意见"),), effects.finished,
                   confirm="核实后这条承诺计为完成；有变化时可以重新要求报告。"),
        Transition("send_back", "退回重报", ("reported",), "asked", KEEP, (Field("reason", "退回理由"),), None, REPORT_DAYS),
        Transition("ask", "重新要求报告", ("met",), "asked", KEEP, (Field("reason", "理由"),), effects.asked_again, REPORT_DAYS),
    ),
)  # fmt: skip
