"""The demonstration site's 社会认可度调查 under way in one county, with answers given as people give them; and the ledger of commitments."""

from __future__ import annotations

import random
from datetime import timedelta

from django.utils import timezone

from junheng.web.accounts.models import User
from junheng.web.commitments.actions import open_ledger
from junheng.web.evaluation.models import Evaluation
from junheng.web.rounds.models import Round
from junheng.web.survey.actions import answer, issue, plan, prepare
from junheng.web.survey.actions.planning import Wanted
from junheng.web.survey.actions.transitions import open_survey
from junheng.web.survey.models import Survey
from junheng.web.survey.populations import BY_PUPILS, pupils_of

_PEOPLE = {"teachers": 1200, "principals": 30, "deputies": 200, "advisers": 150, "others": 5000}
_CODES, _ANSWERS = 40, 30
"""Of each group, at the first place where it is asked."""
_DAYS = 14
_LEANING = {"very_satisfied": 45, "satisfied": 40, "fair": 9, "dissatisfied": 3, "very_dissatisfied": 1, "unknown": 2}


def survey_and_ledger(round: Round, *, by: User) -> None:
    """by: the province's administrator."""
    open_ledger(round.unit, by=by)
    evaluation = Evaluation.objects.filter(round=round, state="prov_recognition").select_related("unit", "round", "release").first()
    if evaluation is not None:
        _asked(evaluation, by)


def _asked(evaluation: Evaluation, by: User) -> None:
    survey, pupils = prepare(evaluation, by=by), pupils_of(evaluation)
    plan(survey, Wanted(survey.confidence, survey.margin, survey.response, _PEOPLE, dict.fromkeys(BY_PUPILS, pupils)), by=by)
    survey = open_survey(Survey.objects.get(pk=survey.pk), by=by, data={"closes_on": str(timezone.localdate() + timedelta(days=_DAYS))})
    chance = random.Random(evaluation.unit.code)
    for group in survey.questionnaire.groups:
        stratum = survey.strata.filter(group=group.id).select_related("survey", "school").first()
        assert stratum is not None
        _, codes = issue(stratum, min(_CODES, stratum.population or _CODES), by=by)
        for code in codes[:_ANSWERS]:
            said = chance.choices(list(_LEANING), list(_LEANING.values()), k=len(survey.questionnaire.asked(group.id)))
            answer(code, {question.id: option for question, option in zip(survey.questionnaire.asked(group.id), said, strict=True)})
