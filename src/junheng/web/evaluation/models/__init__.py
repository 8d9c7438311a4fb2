"""An evaluation of a county in a round: its experts, sample and visits, its materials, its opinion, its monitoring."""

from junheng.web.evaluation.models.evaluation import Evaluation, NationalRecognition
from junheng.web.evaluation.models.experts import Assignment, Relation, Sample
from junheng.web.evaluation.models.materials import MaterialJudgement, MaterialOutcome
from junheng.web.evaluation.models.monitoring import Monitoring
from junheng.web.evaluation.models.opinions import Decision, IssuedOpinion, StatementOfCase
from junheng.web.evaluation.models.visits import Outcome, Visit, VisitJudgement

__all__ = [
    "Assignment", "Decision", "Evaluation", "IssuedOpinion", "MaterialJudgement", "MaterialOutcome", "Monitoring", "NationalRecognition", "Outcome",
    "Relation", "Sample", "StatementOfCase", "Visit", "VisitJudgement",
]  # fmt: skip
