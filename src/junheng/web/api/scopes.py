"""范围: what a token may be used for. A scope never gives what its owner has not: it only narrows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from junheng.web.accounts.models import User
from junheng.web.api.permissions import USE
from junheng.web.commitments.permissions import SEE as SEE_LEDGER
from junheng.web.dashboards.permissions import SEE as SEE_BOARDS
from junheng.web.dashboards.permissions import SUPPOSE
from junheng.web.desk.permissions import PLAN
from junheng.web.desk.permissions import SEE as SEE_PLANS
from junheng.web.evaluation.permissions import SEE
from junheng.web.rectification.permissions import PLAN as PLAN_MENDING
from junheng.web.rectification.permissions import SUBMIT
from junheng.web.rectification.permissions import VIEW as SEE_PROBLEMS
from junheng.web.reporting.permissions import FILL, SEE_RELEASES
from junheng.web.reporting.permissions import VIEW as SEE_SUBMISSIONS
from junheng.web.rights.right import Right
from junheng.web.rounds.permissions import VIEW as SEE_ROUNDS
from junheng.web.survey.permissions import SEE as SEE_SURVEYS


@dataclass(frozen=True)
class Scope:
    """id: "problems:read"; label: Chinese; rights: any of them makes the scope of use to its owner."""

    id: str
    label: str
    rights: tuple[Right, ...]


UNITS = Scope("units:read", "查看本辖区的单位", (USE,))
ROUNDS = Scope("rounds:read", "查看评估轮次", (SEE_ROUNDS,))
SUBMISSIONS = Scope("submissions:read", "查看填报状态和校核发现", (SEE_SUBMISSIONS,))
FILLING = Scope("submissions:write", "上传填报表、提交和撤回", (FILL,))
RELEASES = Scope("releases:read", "查看冻结的数据版本和结论", (SEE_RELEASES,))
BOARDS = Scope("boards:read", "查看看板：结论、逐校逐项、历年和出处", (SEE_BOARDS,))
SEARCH = Scope("search:read", "搜索单位、条款和问题", (SEE_BOARDS,))
SUPPOSING = Scope("whatif:read", "试算，查看保存的试算", (SUPPOSE,))
SAVING = Scope("whatif:write", "保存试算", (SUPPOSE,))
PLANS = Scope("plans:read", "查看规划方案和结果", (SEE_PLANS,))
PLANNING = Scope("plans:write", "建立、求解、停止规划方案", (PLAN,))
EVALUATIONS = Scope("evaluations:read", "查看评估进展和结论", (SEE,))
SURVEYS = Scope("surveys:read", "查看社会认可度调查和结果", (SEE_SURVEYS,))
COMMITMENTS = Scope("commitments:read", "查看政策落实台账", (SEE_LEDGER,))
PROBLEMS = Scope("problems:read", "查看问题和整改进展", (SEE_PROBLEMS,))
MENDING = Scope("problems:write", "报送整改措施和整改结果", (PLAN_MENDING, SUBMIT))

SCOPES: dict[str, Scope] = {
    each.id: each
    for each in (UNITS, ROUNDS, SUBMISSIONS, FILLING, RELEASES, BOARDS, SEARCH, SUPPOSING, SAVING, PLANS, PLANNING, EVALUATIONS, SURVEYS, PROBLEMS, MENDING, COMMITMENTS)
}  # fmt: skip


def scopes_for(user: User) -> tuple[Scope, ...]:
    """Those that are of any use to this account."""
    return tuple(scope for scope in SCOPES.values() if any(right.held_by(user) for right in scope.rights))


def in_words(ids: Iterable[str]) -> str:
    return "；".join(SCOPES[each].label for each in ids if each in SCOPES)
