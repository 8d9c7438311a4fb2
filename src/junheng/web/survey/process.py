"""The state table of a survey: draft → open ⇄ closed → confirmed, or withdrawn before that."""

from __future__ import annotations

from junheng.web.flow.process import Field, Input, Process, State, Tone, Transition
from junheng.web.survey import effects
from junheng.web.survey.permissions import RUN

NOT_OVER = ("draft", "open", "closed")
"""States in which a code is still known."""

SURVEY = Process(
    "survey",
    "社会认可度调查",
    (
        State("draft", "准备", Tone.TODO, "省级管理员"),
        State("open", "正在调查", Tone.WAITING, "被调查的人"),
        State("closed", "已截止，待确认", Tone.TODO, "省级管理员"),
        State("confirmed", "已登记到评估", Tone.GOOD),
        State("withdrawn", "已作废", Tone.BAD),
    ),
    (
        Transition("open", "开始调查", ("draft",), "open", RUN,
                   (Field("closes_on", "答题截止日期", Input.DATE, help="这一天之内都可以答题。"),), effects.opened,
                   confirm="开始以后不能再改配额；答题码可以随时加印。"),
        Transition("close", "截止", ("open",), "closed", RUN, (), None, confirm="截止后答题码不能再用，纸质问卷和访谈也不再录入。"),
        Transition("reopen", "延长调查", ("closed",), "open", RUN,
                   (Field("closes_on", "新的截止日期", Input.DATE), Field("reason", "延长理由")), effects.reopened),
        Transition("confirm", "确认结果，登记到评估", ("closed",), "confirmed", RUN, (Field("opinion", "意见", required=False),), effects.confirmed,
                   confirm="结果冻结，登记为这个县的社会认可度，评估转入实地核查。"),
        Transition("withdraw", "作废", NOT_OVER, "withdrawn", RUN, (Field("reason", "作废理由"),), effects.forgotten,
                   confirm="作废后答题码全部失效，收到的回答不再计算；可以另建一次调查。"),
    ),
)  # fmt: skip
