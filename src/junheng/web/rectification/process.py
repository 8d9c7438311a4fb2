"""The state tables of rectification: the problem itself, how it is escalated, and the extension of its time.

found ─ assign ─▶ assigned ─ plan ─▶ planned ─ submit ─▶ submitted ─ verify ─▶ verified ─ close ─▶ closed
                                        ▲──────── send_back ──────────┘  ▲──── recheck_fails ────┘
found ─ withdraw ─▶ withdrawn; found … verified ─ withdraw_gone ─▶ withdrawn, where the judgement it came from was taken back
"""

from __future__ import annotations

from junheng.web.flow.process import Field, Input, Process, State, Tone, Transition
from junheng.web.rectification import effects, parameters
from junheng.web.rectification.permissions import (
    ASSIGN,
    DECIDE_EXTENSION,
    ESCALATE,
    PLAN,
    RECHECK,
    SUBMIT,
    VERIFY,
    WITHDRAW,
)
from junheng.web.rights.roles import Department

_AT_WORK = ("assigned", "planned", "submitted", "verified")
_WHY = Field("reason", "理由", help="写明问题在哪里、还要做什么；对方会看到。")

RECTIFICATION = Process(
    "rectification",
    "整改",
    (
        State("found", "待分派", Tone.TODO, "上一级主管单位"),
        State("assigned", "待定措施", Tone.TODO, "责任单位"),
        State("planned", "整改中", Tone.TODO, "责任单位"),
        State("submitted", "待核查", Tone.WAITING, "上一级核查人"),
        State("verified", "待复查", Tone.WAITING, "再上一级复查人"),
        State("closed", "已销号", Tone.GOOD),
        State("withdrawn", "已撤回", Tone.BAD),
    ),
    (
        Transition(
            "assign", "分派", ("found",), "assigned", ASSIGN,
            (Field("department", "责任部门", Input.CHOICE, required=False, choices=dict(Department.choices), help="不选的，由责任单位自行整改。"),
             Field("demand", "整改要求", required=False)),
            effects.assigned, parameters.PLAN,
        ),
        Transition(
            "withdraw", "撤回", ("found",), "withdrawn", WITHDRAW, (Field("reason", "撤回理由"),), effects.withdrawn,
            confirm="撤回后这个问题不再整改，登记和撤回都留有记录。来自冻结版本判定的问题不能撤回。",
        ),
        Transition(
            "withdraw_gone", "成因已消除，撤回", ("found", *_AT_WORK), "withdrawn", WITHDRAW, (), effects.withdrawn_as_gone,
            offered=lambda problem: problem.cause_gone_at is not None, at_once=True,
        ),
        Transition(
            "plan", "报送措施与时限", ("assigned",), "planned", PLAN,
            (Field("measures", "整改措施", help="分条写明做什么、做到什么程度。"),
             Field("responsible", "责任人（写职务）", Input.LINE, help="如“校长”“分管副局长”。"),
             Field("finish_on", "完成时限", Input.DATE)),
            effects.planned,
        ),
        Transition(
            "submit", "报送整改结果", ("planned",), "submitted", SUBMIT,
            (Field("result", "整改情况", help="写明做了什么、现在的数值；佐证材料在问题页面上传。"),),
            effects.submitted, parameters.VERIFY,
        ),
        Transition(
            "verify", "核查通过", ("submitted",), "verified", VERIFY, (Field("opinion", "核查意见"),), effects.verified, parameters.RECHECK,
        ),
        Transition("send_back", "退回整改", ("submitted",), "planned", VERIFY, (_WHY,), effects.sent_back, parameters.REWORK),
        Transition(
            "close", "复查合格，销号", ("verified",), "closed", RECHECK,
            (Field("opinion", "复查意见"),
             Field("on_site", "已现场核实，整改到位", Input.FLAG, required=False, help="最新冻结版本中问题仍在时必须勾选。")),
            effects.closed, confirm="销号后这个问题结案。",
        ),
        Transition(
            "recheck_fails", "复查不合格，继续整改", ("verified",), "planned", RECHECK, (_WHY,), effects.sent_back, parameters.REWORK,
        ),
    ),
)  # fmt: skip

_ESCALATION_WHY = (Field("reason", "事由"),)

ESCALATION = Process(
    "escalation",
    "督办升级",
    (
        State("none", "未升级", Tone.WAITING),
        State("talk", "约谈", Tone.BAD),
        State("notice", "通报", Tone.BAD),
        State("accountability", "问责", Tone.BAD),
    ),
    (
        Transition("talk", "转入约谈", ("none",), "talk", ESCALATE, _ESCALATION_WHY, effects.escalated, parameters.NOTICE),
        Transition("notice", "转入通报", ("talk",), "notice", ESCALATE, _ESCALATION_WHY, effects.escalated, parameters.ACCOUNTABILITY),
        Transition("accountability", "转入问责", ("notice",), "accountability", ESCALATE, _ESCALATION_WHY, effects.escalated),
        Transition("talk_overdue", "逾期，转入约谈", ("none",), "talk", None, (), effects.escalated, parameters.NOTICE, automatic=True),
        Transition("notice_overdue", "约谈后仍逾期，转入通报", ("talk",), "notice", None, (), effects.escalated, parameters.ACCOUNTABILITY, automatic=True),
        Transition("accountability_overdue", "通报后仍逾期，转入问责", ("notice",), "accountability", None, (), effects.escalated, automatic=True),
    ),
)

EXTENSION = Process(
    "extension",
    "延期审批",
    (
        State("asked", "待审批", Tone.WAITING, "上一级主管单位"),
        State("granted", "同意延期", Tone.GOOD),
        State("refused", "不同意延期", Tone.BAD),
    ),
    (
        Transition("grant", "同意延期", ("asked",), "granted", DECIDE_EXTENSION,
                   (Field("until", "延至", Input.DATE), Field("opinion", "审批意见", required=False)), effects.granted),
        Transition("refuse", "不同意延期", ("asked",), "refused", DECIDE_EXTENSION, (Field("opinion", "审批意见"),)),
    ),
)  # fmt: skip
