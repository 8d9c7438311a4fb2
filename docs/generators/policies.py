"""政策值: every pack with its values, clauses, exceptions and targets."""

from __future__ import annotations

from datetime import date

from generators.markdown import table
from junheng.policy import list_packs, resolve
from junheng.policy.in_force import PolicyInForce

_AREAS = (("", "全国"), ("210000", "辽宁省"), ("210102", "沈阳市"))
_AS_OF = date(2025, 9, 1)


def pages() -> dict[str, str]:
    parts = [f"# 政策值\n\n基准日 {_AS_OF}。标“待核”的值是参数，核实前处处标明。\n"]
    for pack in list_packs():
        if not pack.overlays:
            parts += [_pack(resolve(pack.id, area, _AS_OF), name) for area, name in _areas(pack.id)]
    return {"policies.md": "\n".join(parts)}


def _areas(pack_id: str) -> list[tuple[str, str]]:
    """The areas in which a pack reads differently."""
    out: list[tuple[str, str]] = []
    seen: set[tuple[str, ...]] = set()
    for area, name in _AREAS:
        overlays = resolve(pack_id, area, _AS_OF).overlays
        if overlays not in seen:
            seen.add(overlays)
            out.append((area, name))
    return out


def _pack(policy: PolicyInForce, area: str) -> str:
    parts = [f"## {policy.title}（{area}）\n\n政策包 `{policy.id}`；叠加：{'、'.join(policy.overlays) or '无'}\n"]
    limits = [
        (f"`{limit.id}`", limit.title, key, cited.value, limit.unit, f"{cited.source.document} {cited.source.clause}",
         f"待核：{cited.unverified}" if cited.unverified else "")
        for limit in policy.limits.values() for key, cited in limit.values.items()
    ]  # fmt: skip
    if limits:
        parts.append(table(("编号", "名称", "学段或类型", "值", "单位", "出处", "核实"), limits))
    if policy.exceptions:
        parts.append("### 例外\n\n" + table(("编号", "名称", "起", "止", "义务", "核实"), [
            (f"`{e.id}`", e.title, e.start or "待核", e.end or "待核", e.obligation, e.unverified) for e in policy.exceptions]))
    if policy.criteria:
        parts.append("### 条目\n\n" + table(("编号", "条目", "出处", "需要佐证", "核实"), [
            (f"`{c.id}`", c.text, f"{c.source.document} {c.source.clause}", "；".join(c.evidence), c.unverified)
            for c in policy.criteria]))
    if policy.targets:
        parts.append("### 目标\n\n" + table(("编号", "内容", "值", "期限（学年）", "责任部门", "出处", "核实"), [
            (f"`{t.id}`", t.text, t.value.value if t.value else "", t.by_school_year or "", "、".join(t.departments),
             f"{t.source.document} {t.source.clause}", t.unverified) for t in policy.targets]))
    return "\n".join(parts)
