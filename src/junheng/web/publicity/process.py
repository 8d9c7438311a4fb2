"""The state tables of an announcement and of an objection.

open ─ close (by date) ─▶ closed        open, closed ─ proclaim ─▶ in_force ─ revoke ─▶ revoked
open, closed, in_force ─ withdraw ─▶ withdrawn
received ─ review ─▶ reviewing ─ uphold ─▶ upheld
                               └ dismiss ─▶ dismissed
"""

from __future__ import annotations

from junheng.web.flow.process import Deadline, Field, Input, Process, State, Tone, Transition
from junheng.web.publicity import effects
from junheng.web.publicity.permissions import ANSWER, PUBLISH

ANNOUNCEMENT = Process(
    "announcement",
    "公示公告",
    (
        State("open", "公示中", Tone.WAITING, "社会公众"),
        State("closed", "公示期满", Tone.GOOD),
        State("in_force", "已公告", Tone.GOOD),
        State("withdrawn", "已撤回", Tone.BAD),
        State("revoked", "已撤销", Tone.BAD),
    ),
    (
        Transition("close", "公示期满", ("open",), "closed", None, automatic=True),
        Transition("proclaim", "转为公告", ("open", "closed"), "in_force", PUBLISH, effect=effects.proclaimed),
        Transition("withdraw", "撤回", ("open", "closed", "in_force"), "withdrawn", PUBLISH, (Field("reason", "撤回理由", help="公众会看到；不得有个人信息。"),),
                   effects.ended, confirm="撤回后公众页面只显示“已撤回”和理由。"),
        Transition("revoke", "撤销结论", ("in_force",), "revoked", PUBLISH,
                   (Field("reason", "撤销理由", help="公众会看到；不得有个人信息。"), Field("document", "批准文号", Input.LINE)), effects.ended,
                   confirm="公众页面保留公告，并显示“已撤销”、理由和批准文号。"),
    ),
)  # fmt: skip

REVIEW_DAYS = Deadline("publicity.review_days", 5, "待核：受理期限无统一规定，按 5 天")
ANSWER_DAYS = Deadline("publicity.answer_days", 15, "待核：答复期限无统一规定，按 15 天")

OBJECTION = Process(
    "objection",
    "公示异议",
    (
        State("received", "已收到", Tone.TODO, "省级管理员"),
        State("reviewing", "核查中", Tone.TODO, "省级管理员"),
        State("upheld", "异议成立", Tone.BAD),
        State("dismissed", "异议不成立", Tone.GOOD),
    ),
    (
        Transition("review", "受理核查", ("received",), "reviewing", ANSWER, (), None, ANSWER_DAYS),
        Transition("uphold", "异议成立", ("reviewing",), "upheld", ANSWER,
                   (Field("answer", "答复", help="公众凭回执号看到这段话；请勿写入个人信息。"), Field("problem", "转为整改的问题", help="一句话写明要整改什么。")),
                   effects.upheld),
        Transition("dismiss", "异议不成立", ("reviewing",), "dismissed", ANSWER,
                   (Field("answer", "答复", help="公众凭回执号看到这段话；请勿写入个人信息。"),), effects.answered),
    ),
)  # fmt: skip
