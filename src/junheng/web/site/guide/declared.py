"""What a role sees in the menu, what it may do and what it may not, as Markdown, from the declarations alone."""

from __future__ import annotations

from collections.abc import Iterable

from junheng.web.pages.table import Open, Page
from junheng.web.rights.right import Right
from junheng.web.rights.roles import ROLES, SEPARATE_PERSONS, Role


def what_is_declared(role: Role | None) -> str:
    """Markdown of three sections; of the public only what it may not do."""
    if role is None:
        return "## 不能做的事\n\n不登录不能看填报数据、佐证、评估过程和任何个人信息；这些只给有账号、有权限的人看，每次查看个人信息都记入审计。\n"
    return "\n".join((_menu(role), _may(role), _may_not(role)))


def menu_of_role(role: Role) -> list[Page]:
    """The places in the menu the role has, in order."""
    from junheng.web.site.table import PAGES  # the table holds the pages of this guide

    mine = [page for page in PAGES if page.nav and (isinstance(page.who, Open) or any(role in each.roles for each in page.rights))]
    return sorted(mine, key=lambda page: page.order)


def _menu(role: Role) -> str:
    shown = menu_of_role(role)
    main, beside = ("、".join(page.nav for page in shown if page.own is own) for own in (False, True))
    return f"## 菜单\n\n{main}。{f'右上角“我的账号”下面：{beside}。' if beside else ''}\n"


def _may(role: Role) -> str:
    rows = [f"- {each.label}" for each in _rights() if role in each.roles]
    return "## 能做的事\n\n以下都限于本账号的辖区：\n\n" + "\n".join(rows) + "\n"


def _may_not(role: Role) -> str:
    """Who does what this role may not: by whoever does it, so that one knows whom to ask."""
    by_holders: dict[tuple[Role, ...], list[str]] = {}
    for each in _rights():
        if role not in each.roles:
            by_holders.setdefault(tuple(other for other in Role if other in each.roles), []).append(each.label)
    rows = [f"- 由{_named(holders)}办理：{'；'.join(labels)}" for holders, labels in by_holders.items()]
    alone = "系统管理员、安全管理员、审计员须由三个人分别担任，谁也不能兼任。\n\n" if role in SEPARATE_PERSONS else ""
    steps = "登录须两步验证。\n\n" if ROLES[role].two_factor else ""
    return f"## 不能做的事\n\n{alone}{steps}不能看辖区以外的单位：打开别处的地址，一律答复“没有这个页面”。以下各项页面上没有按钮，直接提交也会拒绝：\n\n" + "\n".join(rows) + "\n"


def _named(roles: Iterable[Role]) -> str:
    return "、".join(role.label for role in roles)


def _rights() -> list[Right]:
    from junheng.web.site.declarations import all_rights

    return [each for of_room in all_rights().values() for each in of_room]
