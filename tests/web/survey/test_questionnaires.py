"""Questionnaires as declared."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from junheng.common.errors import DeclarationError
from junheng.web.evaluation.satisfaction import GROUPS
from junheng.web.survey.questionnaire import Questionnaire, newest, questionnaires

SAID = newest().model_dump()


def test_the_seven_groups_are_those_of_the_rules_in_their_order():
    for each in questionnaires().values():
        assert tuple((group.id, group.label) for group in each.groups) == GROUPS


def test_where_one_person_of_a_school_would_be_known_nobody_is_asked_by_school():
    assert [each.id for each in newest().groups if each.by_school] == ["students", "parents", "teachers"]


def test_every_value_without_a_source_says_so():
    assert newest().unverified
    assert newest().plan.unverified
    assert newest().source


@pytest.mark.parametrize("change", [
    {"groups": SAID["groups"][:6]}, {"groups": SAID["groups"][::-1]}, {"overall": "workload"},
    {"questions": [*SAID["questions"], {"id": "more", "text": "？", "ask": ["neighbours"]}]},
])  # fmt: skip
def test_a_contradiction_is_refused(change):
    with pytest.raises(DeclarationError):
        Questionnaire.model_validate(SAID | change)


def test_an_unknown_word_is_refused():
    with pytest.raises(ValidationError):
        Questionnaire.model_validate(SAID | {"colour": "blue"})
