"""What an act is called in words. Transitions of processes bring their own (flow registers them); the rest stands here."""

from __future__ import annotations

from collections.abc import Callable

WORDS = {
    "accounts.contact_changed": "改了联系方式",
    "accounts.contact_shown": "查看了联系方式",
    "accounts.disabled": "停用账号",
    "accounts.enabled": "启用账号",
    "accounts.first_passwords_fetched": "取走了初始密码表",
    "accounts.identity_linked": "关联了统一身份认证",
    "accounts.identity_refused": "统一身份认证没有对应账号",
    "accounts.identity_unlinked": "取消了统一身份认证关联",
    "accounts.invitation_accepted": "接受了邀请",
    "accounts.invitation_withdrawn": "撤回邀请",
    "accounts.invitation_links_fetched": "取走了邀请链接单",
    "accounts.invited": "发出邀请",
    "accounts.invited_in_bulk": "批量邀请",
    "accounts.locked": "多次登录失败，锁定",
    "accounts.opened": "开立账号",
    "accounts.opened_in_bulk": "批量开立账号",
    "accounts.password_changed": "改了密码",
    "accounts.password_reset": "重设密码",
    "accounts.password_set_by_link": "用一次性链接设了新密码",
    "accounts.place_changed": "改了角色或单位",
    "accounts.reset_asked": "申请用邮箱重设密码",
    "accounts.reset_link_given": "给了重设密码的一次性链接",
    "accounts.reset_mailed": "发出重设密码的邮件",
    "accounts.second_factor_failed": "动态口令错误",
    "accounts.second_factor_off": "停用动态口令",
    "accounts.second_factor_on": "启用动态口令",
    "accounts.second_factor_reset": "重设动态口令",
    "accounts.sessions_ended": "结束了登录",
    "accounts.sign_in": "登录",
    "accounts.sign_in_failed": "登录失败",
    "accounts.sign_out": "退出",
    "accounts.taken_back": "收回账号",
    "accounts.unlocked": "解除锁定",
    "announcement.open": "发布公示",
    "api.hook_ended": "停止事件推送",
    "api.hook_made": "建立事件推送",
    "api.hook_sent_again": "重发推送",
    "api.token_made": "建立接口令牌",
    "api.token_revoked": "作废接口令牌",
    "areas.add": "增设单位",
    "areas.close": "撤并单位",
    "areas.place_school": "指明直属学校所在的县",
    "areas.rename": "更名",
    "commitments.open": "布置政策落实报告",
    "dashboards.scenario": "保存试算方案",
    "demo.freeze": "装入演示：冻结",
    "demo.report": "装入演示：填报",
    "demo.round": "装入演示：轮次",
    "demo.state": "装入演示：评估所处的一步",
    "desk.answered": "求得规划方案",
    "desk.change": "改规划方案草稿",
    "desk.delete": "删除规划方案",
    "desk.fetched": "取走含个人名单的规划结果",
    "desk.forget": "到期清除规划方案",
    "desk.make": "建立规划方案",
    "desk.refused": "规划没有算成",
    "desk.settle": "规划取目前最好的方案",
    "desk.start": "求解规划方案",
    "desk.stop": "停止求解",
    "desk.table": "换规划方案的表",
    "disclosure.open": "依文件公开学校数值",
    "evaluation.answer_case": "答复申辩",
    "evaluation.ask_more": "要求补充材料",
    "evaluation.assign": "安排专家",
    "evaluation.correct": "更正核查判断",
    "evaluation.close_case": "对督导意见没有其他意见",
    "evaluation.declare": "申报回避",
    "evaluation.draft_opinion": "送达督导意见书初稿",
    "evaluation.draw": "抽取学校",
    "evaluation.judge": "入校核查一条",
    "evaluation.judge_material": "审核材料一条",
    "evaluation.start": "建立评估",
    "evaluation.state_case": "申辩",
    "evaluation.step_back": "专家因回避退出",
    "evaluation.take_back": "撤回核查判断",
    "evaluation.unassign": "取消安排专家",
    "evidence.attach": "上传佐证",
    "extension.ask": "申请延期",
    "jobs.files_forgotten": "清除到期的任务文件",
    "lottery.publish": "公示摇号名单",
    "notices.choose_ways": "选择通知方式",
    "notices.send_again": "重发消息",
    "portal.publish": "发布开放数据",
    "objection.contact_shown": "查看了异议人的联系方式",
    "objection.receive": "收到异议",
    "rectification.cause_gone": "注明问题的成因已消除",
    "rectification.cause_holds": "注明问题的成因仍在",
    "rectification.plan_replaced": "注明任务所依据的方案已被替换",
    "rectification.raise": "登记问题",
    "rectification.raise_from_plan": "由规划方案生成任务",
    "rectification.raise_from_release": "由结论生成问题",
    "reporting.asked": "布置填报",
    "reporting.exception": "办理截止后例外",
    "reporting.explain": "说明提醒",
    "reporting.freeze": "冻结数据版本",
    "reporting.remind": "催报",
    "reporting.version": "存为新版本",
    "rounds.change": "修改轮次",
    "rounds.create": "设立轮次",
    "rounds.participants": "选定参加单位",
    "survey.enter_paper": "录入纸质问卷",
    "survey.hear": "登记现场访谈",
    "survey.issue": "印制答题码",
    "survey.plan": "保存抽样计划",
    "survey.prepare": "建立社会认可度调查",
    "survey.unhear": "撤回现场访谈",
    "survey.void": "作废答题码单",
    "survey.withdraw_paper": "撤回纸质问卷录入",
    "zoning.publish": "公布学区划分",
}
SUBJECTS = {"unit": "单位", "user": "账号", "invitation": "邀请", "release": "数据版本", "visit": "入校核查", "delivery": "外发消息", "token": "接口令牌", "hook": "事件推送", "plan": "规划方案", "job_files": "任务文件"}

Lookup = Callable[[str], str]
_ELSEWHERE: list[tuple[Lookup, Lookup]] = []


def also(action: Lookup, subject: Lookup) -> None:
    """Let another room say what its acts, and what it acts upon, are called; "" = not its own."""
    _ELSEWHERE.append((action, subject))


def action_in_words(action: str) -> str:
    """As it stands when nobody has words for it: an old log may speak of acts that are no more."""
    return WORDS.get(action) or next((said for of_action, _ in _ELSEWHERE if (said := of_action(action))), action)


def subject_in_words(subject: str) -> str:
    """"submission:41" → "填报表 41"."""
    kind, _, number = subject.partition(":")
    word = SUBJECTS.get(kind) or next((said for _, of_subject in _ELSEWHERE if (said := of_subject(kind))), "")
    return f"{word} {number}".strip() if word else subject


def actions_with(words: str) -> list[str]:
    """The acts of this room's table whose words hold the given words: what a person searches for."""
    return [action for action, said in WORDS.items() if words in said]
