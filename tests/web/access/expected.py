"""Who may open what, written by hand from the roles' duties, not read from the declarations.

One row per URL name. A URL without a row fails test_every_url.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from junheng.web.rights.roles import Role

CLERK, COUNTY, REVIEWER, CITY, PROVINCE, EXPERT, DEPARTMENT, SYSTEM, SECURITY, AUDITOR = Role
BUSINESS = frozenset({CLERK, COUNTY, REVIEWER, CITY, PROVINCE, DEPARTMENT})
"""Roles whose home is a part of the tree in which they work; experts reach what they are assigned to."""


CHECKS = frozenset({COUNTY, REVIEWER, CITY, PROVINCE, EXPERT})
"""Roles that look at what schools and counties handed in."""
SEES = CHECKS | {DEPARTMENT}


PLANNERS = frozenset({COUNTY, CITY, PROVINCE})
PLANS = PLANNERS | {REVIEWER}
"""Who plans, and who sees what was planned."""


class Anybody(Enum):
    PUBLIC = "public"
    SIGNED_IN = "signed in"


@dataclass(frozen=True)
class Row:
    """who: roles that may open it in their own area. about: the kind of subject the URL is about (subjects.py), "" for
    none. method: how it is asked. gate: the thing asked for (a frozen release's bytes, a file not made yet, a state not
    reached) is not there in these tests, so the gate is asked instead of the view.
    """

    who: frozenset[Role] | Anybody
    about: str = ""
    method: str = "GET"
    gate: bool = False


def _row(*who: Role, about: str = "", method: str = "GET", gate: bool = False) -> Row:
    return Row(frozenset(who), about, method, gate)


EXPECTED: Mapping[str, Row] = {
    "healthz": Row(Anybody.PUBLIC),
    "help": Row(Anybody.PUBLIC),
    "help_chapter": Row(Anybody.PUBLIC, "chapter"),
    "home": Row(Anybody.SIGNED_IN),
    "me": Row(Anybody.SIGNED_IN),
    "users": _row(SECURITY, COUNTY),
    "user": _row(SECURITY, COUNTY, about="clerk"),
    "invitations": _row(SECURITY, COUNTY),
    "invite": _row(SECURITY, COUNTY),
    "bulk_accounts": _row(SECURITY, COUNTY),
    "password_forgotten": Row(Anybody.PUBLIC),
    "bulk_template": _row(SECURITY, COUNTY),
    "join": Row(Anybody.PUBLIC, about="invitation"),
    "api_tokens": _row(*BUSINESS, EXPERT),
    "api_hooks": _row(*BUSINESS, EXPERT),
    "api_hook": _row(about="hook of somebody else"),
    "api_guide": Row(Anybody.PUBLIC),
    "api_token_revoke": _row(SECURITY, COUNTY, about="token of somebody else", method="POST"),
    "api_account_tokens": _row(SECURITY, COUNTY, about="clerk"),
    "units": _row(SYSTEM, PROVINCE),
    "unit": _row(SYSTEM, PROVINCE, about="unit"),
    "job": _row(*BUSINESS, SYSTEM, EXPERT, about="job"),
    "job_stop": _row(*BUSINESS, SYSTEM, EXPERT, about="job", method="POST"),
    "job_file": _row(*BUSINESS, SYSTEM, EXPERT, about="job", gate=True),
    "search": _row(*BUSINESS, EXPERT),
    "clauses": _row(*BUSINESS, EXPERT),
    "boards": _row(*BUSINESS, EXPERT),
    "board": _row(*BUSINESS, EXPERT, about="unit in round"),
    "board_tables": _row(*BUSINESS, EXPERT, about="unit in round", gate=True),
    "board_trace_cells": _row(*BUSINESS, EXPERT, about="unit in round, L1", gate=True),
    "board_trace": _row(*BUSINESS, EXPERT, about="unit in round, L1", gate=True),
    "whatif": _row(COUNTY, REVIEWER, CITY, PROVINCE, about="county in round"),
    "whatif_book": _row(COUNTY, REVIEWER, CITY, PROVINCE, about="county in round", gate=True),
    "scenario_book": _row(COUNTY, REVIEWER, CITY, PROVINCE, about="scenario", gate=True),
    "scenario": _row(COUNTY, REVIEWER, CITY, PROVINCE, about="scenario", gate=True),
    "plans": _row(*PLANS),
    "plan_new": _row(*PLANNERS),
    "plan_make": _row(*PLANNERS, about="plan to be made"),
    "plan_templates": _row(*PLANNERS, about="plan to be made"),
    "plans_compared": _row(*PLANS),
    "plans_compared_book": _row(),
    "plan": _row(*PLANS, about="plan"),
    "plan_change": _row(*PLANNERS, about="plan"),
    "plan_start": _row(*PLANNERS, about="plan", method="POST"),
    "plan_settle": _row(*PLANNERS, about="plan", method="POST"),
    "plan_stop": _row(*PLANNERS, about="plan", method="POST"),
    "plan_delete": _row(*PLANNERS, about="plan"),
    "plan_pins": _row(*PLANNERS, about="plan"),
    "plan_tasks": _row(*PLANS, about="plan", gate=True),
    "plan_page": _row(*PLANS, about="plan"),
    "plan_files": _row(*PLANS, about="plan"),
    "plan_file": _row(*PLANS, about="plan file"),
    "problems": _row(*BUSINESS, EXPERT),
    "problem": _row(*BUSINESS, EXPERT, about="problem"),
    "problem_new": _row(COUNTY, REVIEWER, CITY, PROVINCE),
    "problems_board": _row(COUNTY, REVIEWER, CITY, PROVINCE, DEPARTMENT),
    "problem_list_file": _row(COUNTY, REVIEWER, CITY, PROVINCE, DEPARTMENT, about="problem list"),
    "problems_assign": _row(COUNTY, CITY, PROVINCE, method="POST"),
    "problems_from_release": _row(COUNTY, CITY, PROVINCE, about="county release", method="POST"),
    "problem_extension": _row(CLERK, DEPARTMENT, about="problem"),
    "problem_evidence": _row(CLERK, DEPARTMENT, about="problem", method="POST"),
    "rectification_do": _row(COUNTY, CITY, PROVINCE, about="assigning"),
    "escalation_do": _row(CITY, PROVINCE, about="escalation"),
    "extension_do": _row(COUNTY, CITY, PROVINCE, about="extension"),
    "notices": Row(Anybody.SIGNED_IN),
    "notices_read": Row(Anybody.SIGNED_IN, method="POST"),
    "notice_ways": Row(Anybody.SIGNED_IN),
    "notice_open": _row(about="notice of somebody else"),
    "deliveries": _row(SYSTEM),
    "delivery_send": _row(SYSTEM, about="delivery", method="POST"),
    "audit_events": _row(AUDITOR),
    "audit_export": _row(AUDITOR),
    "audit_event": _row(AUDITOR, about="audit event"),
    "audit_verify": _row(AUDITOR),
    "evaluations": _row(*SEES),
    "evaluation": _row(*SEES, about="evaluation"),
    "evaluation_recompute": _row(*CHECKS, about="evaluation", method="POST", gate=True),
    "evaluation_opinion": _row(*CHECKS, about="evaluation"),
    "evaluation_statement": _row(COUNTY, REVIEWER, PROVINCE, about="evaluation", method="POST"),
    "materials": _row(*CHECKS, about="evaluation"),
    "material": _row(*CHECKS, about="evaluation, class_size"),
    "evaluation_experts": _row(PROVINCE, about="evaluation"),
    "my_visits": _row(EXPERT),
    "visit": _row(EXPERT, about="visit"),
    "visit_photos": _row(EXPERT, about="visit judgement", method="POST"),
    "judgement": _row(PROVINCE, EXPERT, about="visit judgement, corrected"),
    "acceptance_do": _row(COUNTY, REVIEWER, about="evaluation step"),
    "recognition_do": _row(PROVINCE, about="recognition step"),
    "commitments": _row(PROVINCE, DEPARTMENT),
    "commitments_report": _row(PROVINCE, DEPARTMENT),
    "commitment": _row(PROVINCE, DEPARTMENT, about="commitment"),
    "commitment_evidence": _row(PROVINCE, DEPARTMENT, about="commitment", method="POST"),
    "commitment_do": _row(PROVINCE, DEPARTMENT, about="commitment step"),
    "surveys": _row(*SEES),
    "survey": _row(*SEES, about="evaluation"),
    "survey_plan": _row(PROVINCE, about="survey"),
    "survey_table": _row(*SEES, about="survey"),
    "survey_codes": _row(PROVINCE, about="survey"),
    "survey_paper": _row(PROVINCE, about="survey"),
    "survey_paper_template": _row(PROVINCE, about="survey"),
    "survey_interviews": _row(EXPERT, PROVINCE, about="survey"),
    "survey_do": _row(PROVINCE, about="survey step"),
    "survey_door": Row(Anybody.PUBLIC),
    "survey_answer": Row(Anybody.PUBLIC, "code"),
    "announcements": Row(Anybody.PUBLIC),
    "announcement": Row(Anybody.PUBLIC, "announcement"),
    "receipt": Row(Anybody.PUBLIC),
    "objections": _row(COUNTY, CITY, PROVINCE),
    "objection": _row(COUNTY, CITY, PROVINCE, about="objection"),
    "announcement_do": _row(PROVINCE, about="announcement step"),
    "objection_do": _row(PROVINCE, about="objection step"),
    "portal": Row(Anybody.PUBLIC),
    "public_search": Row(Anybody.PUBLIC),
    "public_county": Row(Anybody.PUBLIC, "county"),
    "public_school": Row(Anybody.PUBLIC, "unit"),
    "open_data": Row(Anybody.PUBLIC),
    "open_data_dictionary": Row(Anybody.PUBLIC),
    "open_data_publish": _row(PROVINCE),
    "school_figures": _row(PROVINCE),
    "disclosure_do": _row(PROVINCE, about="disclosure step"),
    "open_data_methods": Row(Anybody.PUBLIC),
    "public_policies": Row(Anybody.PUBLIC),
    "public_policy": Row(Anybody.PUBLIC, "policy document"),
    "zones": Row(Anybody.PUBLIC),
    "lotteries": Row(Anybody.PUBLIC),
    "lottery": Row(Anybody.PUBLIC, "lottery"),
    "lottery_list": Row(Anybody.PUBLIC, "lottery"),
    "lottery_result": Row(Anybody.PUBLIC, "lottery"),
    "lottery_check": Row(Anybody.PUBLIC, "lottery"),
    "admission": _row(COUNTY),
    "lottery_desk": _row(COUNTY, about="lottery"),
    "zoning_desk": _row(COUNTY, about="zoning"),
    "lottery_do": _row(COUNTY, about="lottery step"),
    "zoning_do": _row(COUNTY, about="zoning step"),
    "open_data_version": Row(Anybody.PUBLIC, "open data"),
    "open_data_file": Row(Anybody.PUBLIC, "open data file"),
    "rounds": _row(*BUSINESS, EXPERT),
    "round_new": _row(PROVINCE),
    "round": _row(PROVINCE, about="round"),
    "round_edit": _row(PROVINCE, about="round"),
    "round_counties": _row(PROVINCE, about="round"),
    "round_do": _row(PROVINCE, about="round step"),
    "reporting": _row(CLERK, *CHECKS),
    "reporting_unit": _row(*CHECKS, about="county in round"),
    "reporting_remind": _row(COUNTY, CITY, PROVINCE, about="county in round", method="POST"),
    "reporting_accept": _row(REVIEWER, PROVINCE, about="county in round", method="POST"),
    "reporting_upload": _row(COUNTY, about="county in round"),
    "reporting_uploaded": _row(COUNTY, about="bulk upload", gate=True),
    "reporting_findings": _row(*CHECKS, about="county in round"),
    "reporting_findings_file": _row(*CHECKS, about="county in round"),
    "reporting_live": _row(*CHECKS, about="county in round"),
    "reporting_trace": _row(*CHECKS, about="county in round, L1", gate=True),
    "reporting_freeze": _row(COUNTY, about="county in round", method="POST"),
    "county_releases": _row(*CHECKS, about="county in round"),
    "county_release": _row(*CHECKS, about="frozen", gate=True),
    "county_release_build": _row(*CHECKS, about="frozen", method="POST"),
    "county_release_documents": _row(*CHECKS, about="frozen", gate=True),
    "county_release_recompute": _row(*CHECKS, about="frozen", method="POST", gate=True),
    "county_release_changes": _row(*CHECKS, about="frozen twice", gate=True),
    "county_release_trace": _row(*CHECKS, about="frozen, L1", gate=True),
    "submission": _row(CLERK, *CHECKS, about="submission"),
    "submission_template": _row(CLERK, *CHECKS, about="submission"),
    "submission_upload": _row(CLERK, COUNTY, about="submission", method="POST"),
    "submission_annotated": _row(CLERK, *CHECKS, about="submission", gate=True),
    "submission_file": _row(CLERK, *CHECKS, about="version"),
    "submission_changes": _row(CLERK, *CHECKS, about="submission"),
    "submission_explain": _row(CLERK, COUNTY, about="submission", method="POST"),
    "submission_form": _row(CLERK, *CHECKS, about="submission"),
    "submission_save": _row(CLERK, COUNTY, about="section", method="POST"),
    "submission_campus": _row(CLERK, COUNTY, about="campus"),
    "submission_exception": _row(COUNTY, CITY, PROVINCE, about="submission", gate=True),
    "submission_do": _row(CLERK, COUNTY, about="submission step"),
    "evidence": _row(*BUSINESS, EXPERT, about="unit in round"),
    "evidence_one": _row(*BUSINESS, EXPERT, about="evidence"),
    "evidence_file": _row(*BUSINESS, EXPERT, about="evidence version"),
    "evidence_preview": _row(*BUSINESS, EXPERT, about="picture"),
}
