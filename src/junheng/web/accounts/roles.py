"""Moved to junheng.web.rights.roles (temporary; removed when every room imports from there)."""

from junheng.web.rights.roles import ROLES, SEPARATE_PERSONS, Department, Role, RoleDeclaration

__all__ = ["ROLES", "SEPARATE_PERSONS", "Department", "Role", "RoleDeclaration"]
