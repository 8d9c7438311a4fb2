"""The life of a submission."""

from __future__ import annotations

from junheng.web.flow.process import Field, Input, Process, State, Tone, Transition
from junheng.web.reporting.effects import (
    accepted,
    begun,
    locked,
    returned,
    submitted,
    unlocked,
    withdrawn,
)
from junheng.web.reporting.permissions import ACCEPT, EXCEPT, HAND_OVER, RETURN, SUBMIT

FILLABLE = ("waiting", "draft", "returned")
"""States in which figures may still be changed."""
HANDED_IN = ("submitted", "accepted")

SUBMISSION = Process(
    "submission", "填报",
    (
        State("waiting", "未报", Tone.TODO, "填报员"),
        State("draft", "填报中", Tone.TODO, "填报员"),
        State("submitted", "已提交", Tone.WAITING, "县级审核人（直属学校：举办的市、省）"),
        State("returned", "已退回", Tone.BAD, "填报员"),
        State("accepted", "已接收", Tone.GOOD),
        State("locked", "已锁定", Tone.WAITING),
    ),
    (
        Transition("begin", "开始填报", ("waiting",), "draft", HAND_OVER, effect=begun),
        Transition("submit", "提交", ("draft", "returned"), "submitted", SUBMIT, effect=submitted, fields=(
            Field("explanation", "对提醒的说明", required=False, help="没有错误才能提交；有提醒的，请核对后在这里说明，县里审核时能看到。"),)),
        Transition("withdraw", "撤回修改", ("submitted",), "draft", SUBMIT, effect=withdrawn,
                   confirm="撤回后可以修改，改好要重新提交。"),
        Transition("accept", "接收", ("submitted",), "accepted", ACCEPT, effect=accepted),
        Transition("return", "退回", ("submitted", "accepted"), "returned", RETURN, effect=returned, fields=(
            Field("reason", "退回理由", help="写明哪一项要改、为什么。校核发现会一并退回。"),)),
        Transition("lock", "锁定", (*FILLABLE, "accepted"), "locked", None, effect=locked, automatic=True),
        Transition("unlock", "准许继续填报", ("locked",), "draft", EXCEPT, effect=unlocked, fields=(
            Field("until", "准许到", Input.DATE), Field("reason", "理由", help="记入例外清单，上级可以看到。"))),
        Transition("extend", "延长填报", ("locked",), "draft", None, effect=unlocked, automatic=True),
    ),
)  # fmt: skip
