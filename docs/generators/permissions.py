"""角色与权限: who there is, who may do what in which state, and the state tables of all processes."""

from __future__ import annotations

import os
import tempfile

import django

from generators.markdown import table


def pages() -> dict[str, str]:
    open_declarations()
    from junheng.web.site.declarations import all_processes, all_rights, all_roles

    roles = all_roles()
    parts = [
        "# 角色、权限与流程\n",
        "每项权限都限于账号自己的辖区：单位树中本单位及其下属（评估专家限于分工）。辖区以外的页面一律答复“没有这个页面”。\n",
        "## 角色\n",
        table(("角色", "属于哪一级", "做什么", "两步验证", "账号由谁管理"), [_role(role, declared) for role, declared in roles.items()]),
        "系统管理员、安全管理员、审计员必须由不同的人担任（三员分立），一个账号只有一个角色。\n",
        "## 权限\n",
    ]
    for room, rights in all_rights().items():
        parts += [f"### {_room_label(room)}\n", _matrix(room, rights, roles)]
    parts.append("## 流程\n")
    for process in all_processes():
        parts += _process(process)
    return {"permissions.md": "\n".join(parts)}


def open_declarations() -> None:
    """Declarations stand beside models, which want Django set up; nothing is read from a database."""
    os.environ.setdefault("JUNHENG_DATA", tempfile.mkdtemp(prefix="junheng-docs-"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "junheng.web.site.settings")
    django.setup()


def _role(role, declared) -> tuple[str, str, str, str, str]:
    levels = "、".join(level.label for level in declared.levels)
    keeper = "省级安全管理员" if declared.kept_by_province else "本级或上级安全管理员"
    if role.value == "school_clerk":
        keeper += "、县级管理员"
    return role.label, levels, declared.purpose, "必须" if declared.two_factor else "可选", keeper


def _matrix(room: str, rights, roles) -> str:
    """● where a role holds a right; the states in which it holds stand beside it."""
    labels = _state_labels(room)
    rows = [
        (each.label, f"`{each.id}`", *("●" if role in each.roles else "" for role in roles),
         "、".join(labels.get(state, state) for state in each.states) or "任何状态")
        for each in rights
    ]  # fmt: skip
    return table(("权限", "编号", *(role.label for role in roles), "何时"), rows)


def _state_labels(room: str) -> dict[str, str]:
    from junheng.web.site.declarations import all_processes

    mine = [process for process in all_processes() if process.id.split(".")[0] == room] or all_processes()
    return {state.id: state.label for process in mine for state in process.states}


def _room_label(room: str) -> str:
    from django.apps import apps

    return str(apps.get_app_config(room).verbose_name) if apps.is_installed(f"junheng.web.{room}") else room


def _process(process) -> list[str]:
    states = {state.id: state for state in process.states}
    rows = []
    for each in process.transitions:
        who = "到期自动" if each.automatic or each.right is None else "、".join(role.label for role in _in_order(each.right.roles))
        due = f"{each.deadline.days} 天（{each.deadline.source}）" if each.deadline else ""
        needed = "、".join(field.label + ("" if field.required else "（选填）") for field in each.fields)
        rows.append((each.label, "、".join(states[source].label for source in each.sources), states[each.target].label, who, needed, due))
    diagram = ["```mermaid", "stateDiagram-v2", *(f'    state "{state.label}" as {state.id}' for state in process.states), f"    [*] --> {process.initial}",
               *(f"    {source} --> {each.target}: {each.label}" for each in process.transitions for source in each.sources), "```\n"]  # fmt: skip
    return [f"### {process.label}\n", table(("动作", "从", "到", "谁", "要填什么", "下一步期限"), rows), "\n".join(diagram)]


def _in_order(roles):
    from junheng.web.rights.roles import Role

    return [role for role in Role if role in roles]
