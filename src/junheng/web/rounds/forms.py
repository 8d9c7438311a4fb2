"""What is asked about a round."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.apps import apps

from junheng.policy import list_packs
from junheng.web.flow.models import Subject
from junheng.web.flow.process import Deadline
from junheng.web.rounds.actions.keep import Plan
from junheng.web.rounds.models import Round

_DATES = ("opens_on", "reports_due_on", "self_due_on", "review_due_on")


def deadlines() -> list[tuple[str, Deadline]]:
    """(in words, what) of every deadline a process declares, which a round may set otherwise."""
    found = {each.parameter: (label, each) for label, each in _declared()}
    return [found[name] for name in sorted(found)]


def _declared() -> Iterator[tuple[str, Deadline]]:
    for model in apps.get_models():
        if issubclass(model, Subject):
            for each in model.process.transitions:
                if each.deadline is not None:
                    yield f"{model.process.label}：“{each.label}”以后", each.deadline


class RoundForm(forms.Form):
    name = forms.CharField(label="名称", max_length=80, help_text="例如：2026 年优质均衡督导评估")
    policy = forms.ChoiceField(label="标准")
    school_year = forms.IntegerField(label="学年（起始年）", min_value=2000, max_value=2100, help_text="2025 即 2025—2026 学年，数据以 9 月 1 日为准")
    opens_on = forms.DateField(label="开始日期", required=False)
    reports_due_on = forms.DateField(label="填报截止", required=False, help_text="这一天过后，没有提交的自动锁定")
    self_due_on = forms.DateField(label="县级自评截止", required=False)
    review_due_on = forms.DateField(label="市级复核截止", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        policy = self.fields["policy"]
        assert isinstance(policy, forms.ChoiceField)
        policy.choices = [(pack.id, pack.title) for pack in list_packs()]
        for name in _DATES:
            self.fields[name].widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        for label, each in deadlines():
            self.fields[_field(each)] = forms.IntegerField(
                label=f"{label}（天）", required=False, min_value=1, max_value=1000, help_text=f"不填用 {each.days} 天；依据：{each.source}")  # fmt: skip

    @staticmethod
    def initial_of(round: Round) -> dict[str, Any]:
        values = {name: getattr(round, name) for name in Plan.__dataclass_fields__ if name != "parameters"}
        return values | {_field(each): round.parameters.get(each.parameter) for _, each in deadlines()}

    def plan(self) -> Plan:
        """Valid forms only."""
        entered = dict(self.cleaned_data)
        days = {each.parameter: entered.pop(_field(each), None) for _, each in deadlines()}
        return Plan(**entered, parameters={name: value for name, value in days.items() if value})


def _field(deadline: Deadline) -> str:
    return "days_" + deadline.parameter.replace(".", "_")
