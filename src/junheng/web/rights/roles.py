"""角色: who there is, at which level of the tree, and what the role is for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import models

from junheng.web.rights.levels import UnitKind


class Role(models.TextChoices):
    SCHOOL_CLERK = "school_clerk", "学校填报员"
    COUNTY_ADMIN = "county_admin", "县级管理员"
    COUNTY_REVIEWER = "county_reviewer", "县级审核人"
    CITY_REVIEWER = "city_reviewer", "市级复核员"
    PROVINCE_ADMIN = "province_admin", "省级管理员"
    PROVINCE_EXPERT = "province_expert", "省级评估专家"
    DEPARTMENT = "department", "部门用户"
    SYSTEM_ADMIN = "system_admin", "系统管理员"
    SECURITY_ADMIN = "security_admin", "安全管理员"
    AUDITOR = "auditor", "审计员"


@dataclass(frozen=True)
class RoleDeclaration:
    """levels: the kinds of unit an account of this role can belong to. reaches_home: False = the unit is only where
    the person comes from (an expert must keep away from it), and what it sees is granted one by one (models.Reach).
    purpose: one Chinese sentence for the matrix of rights. two_factor: signs in with a second factor, always.
    kept_by_province: only the province opens and keeps its accounts: whoever keeps an account could take it over, and
    an expert judges the very counties below which the account hangs.
    """

    levels: tuple[UnitKind, ...]
    purpose: str
    reaches_home: bool = True
    two_factor: bool = False
    kept_by_province: bool = False


ROLES: Mapping[Role, RoleDeclaration] = {
    Role.SCHOOL_CLERK: RoleDeclaration((UnitKind.SCHOOL,), "填报本校数据，上传佐证，落实本校整改"),
    Role.COUNTY_ADMIN: RoleDeclaration((UnitKind.COUNTY,), "催报、退回、冻结数据版本，组织自评和整改"),
    Role.COUNTY_REVIEWER: RoleDeclaration((UnitKind.COUNTY,), "审核学校数据，提交县级自评，核查学校整改"),
    Role.CITY_REVIEWER: RoleDeclaration((UnitKind.CITY,), "复核县级自评，退回或上报省里"),
    Role.PROVINCE_ADMIN: RoleDeclaration((UnitKind.PROVINCE,), "设评估轮次，组织评估验收，公示公告，督办整改", two_factor=True),
    Role.PROVINCE_EXPERT: RoleDeclaration((UnitKind.PROVINCE, UnitKind.CITY, UnitKind.COUNTY), "按分工逐条核实，入校评估",
                                          reaches_home=False, kept_by_province=True),
    Role.DEPARTMENT: RoleDeclaration((UnitKind.PROVINCE, UnitKind.CITY, UnitKind.COUNTY), "查看本级进展，承办本部门的整改任务"),
    Role.SYSTEM_ADMIN: RoleDeclaration((UnitKind.PROVINCE,), "维护单位树、后台任务和运行状态；不看业务数据", two_factor=True),
    Role.SECURITY_ADMIN: RoleDeclaration((UnitKind.PROVINCE, UnitKind.CITY, UnitKind.COUNTY), "开立、停用账号，授予角色；不看业务数据",
                                         two_factor=True),
    Role.AUDITOR: RoleDeclaration((UnitKind.PROVINCE,), "查看审计记录并核验；不改任何数据", two_factor=True),
}  # fmt: skip

SEPARATE_PERSONS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR})
"""三员分立: nobody holds two of these, and an account holds one role only."""


class Department(models.TextChoices):
    """The twelve bodies that issued 辽教发〔2023〕10号, and those whose lists are needed (rules.md §14)."""

    EDUCATION = "education", "教育"
    STAFFING = "staffing", "机构编制"
    DEVELOPMENT = "development", "发展改革"
    FINANCE = "finance", "财政"
    HUMAN_RESOURCES = "human_resources", "人力资源社会保障"
    NATURAL_RESOURCES = "natural_resources", "自然资源"
    AGRICULTURE = "agriculture", "农业农村"
    CULTURE = "culture", "文化和旅游"
    SPORT = "sport", "体育"
    HEALTH = "health", "卫生健康"
    MARKET = "market", "市场监管"
    DISABLED_FEDERATION = "disabled_federation", "残联"
    CIVIL_AFFAIRS = "civil_affairs", "民政"
    PUBLIC_SECURITY = "public_security", "公安"
    VETERANS = "veterans", "退役军人事务"
    JUSTICE = "justice", "法检司"
    FILM = "film", "电影主管"
