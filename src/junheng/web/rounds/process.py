"""The life of a round."""

from __future__ import annotations

from junheng.web.flow.process import Process, State, Tone, Transition
from junheng.web.rounds.effects import opened
from junheng.web.rounds.permissions import MANAGE

ROUND = Process(
    "round", "评估轮次",
    (
        State("planned", "筹备中", Tone.TODO, "省级管理员"),
        State("open", "进行中", Tone.WAITING),
        State("closed", "已结束", Tone.GOOD),
    ),
    (
        Transition("open", "开始填报", ("planned",), "open", MANAGE, effect=opened,
                   confirm="开始后，参加本轮的学校和县（市、区）即可填报；标准和学年不能再改。"),
        Transition("close", "结束本轮", ("open",), "closed", MANAGE, confirm="结束后，本轮不再填报和更正；已冻结的数据版本和结论保留。"),
        Transition("reopen", "重新开始", ("closed",), "open", MANAGE, confirm="重新开始后，可以继续填报和更正。"),
    ),
)  # fmt: skip
