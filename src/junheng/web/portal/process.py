"""The state tables of a lottery, of admission zones, and of showing figures of single schools.

listed ─ draw ─▶ drawn        listed, drawn ─ withdraw ─▶ withdrawn
in_force ─ withdraw ─▶ withdrawn
"""

from __future__ import annotations

from junheng.web.flow.process import Field, Input, Process, State, Tone, Transition
from junheng.web.portal import effects
from junheng.web.portal.permissions import PUBLISH_DATA, RUN_ADMISSION

_REASON = Field("reason", "撤回理由", help="公众会看到；不得有个人信息。")

LOTTERY = Process(
    "lottery",
    "摇号",
    (
        State("listed", "名单已公示", Tone.WAITING, "县级管理员"),
        State("drawn", "已抽取", Tone.GOOD),
        State("withdrawn", "已撤回", Tone.BAD),
    ),
    (
        Transition("draw", "抽取", ("listed",), "drawn", RUN_ADMISSION,
                   (Field("seed", "种子文字", Input.LINE, help="名单公示以后才产生的公开数字或文字，例如开奖号码；空格和全角半角不计。"),), effects.drawn,
                   confirm="抽取以后不能重抽。名单、种子和结果立即公开，任何人都能重算。"),
        Transition("withdraw", "撤回", ("listed", "drawn"), "withdrawn", RUN_ADMISSION, (_REASON,), effects.ended,
                   confirm="撤回后公众页面只显示“已撤回”和理由。"),
    ),
)  # fmt: skip

ZONING = Process(
    "zoning",
    "学区划分",
    (State("in_force", "已公布", Tone.GOOD), State("withdrawn", "已撤回", Tone.BAD)),
    (Transition("withdraw", "撤回", ("in_force",), "withdrawn", RUN_ADMISSION, (_REASON,), effects.ended, confirm="撤回后公众查不到这次划分，只看到“已撤回”和理由。"),),
)  # fmt: skip

DISCLOSURE = Process(
    "disclosure",
    "公开学校数值",
    (State("in_force", "正在公开", Tone.GOOD), State("withdrawn", "已撤回", Tone.BAD)),
    (Transition("withdraw", "停止公开学校数值", ("in_force",), "withdrawn", PUBLISH_DATA, (_REASON,), effects.ended,
                confirm="停止后，学校页面不再有这些数值，只写明为什么没有。"),),
)  # fmt: skip
