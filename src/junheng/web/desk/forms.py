"""The form of a plan, made from what its planner declares."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from junheng.planners.model import BadInput, Kind, Parameter, Planner, TableInput
from junheng.policy import list_packs
from junheng.web.desk.actions.make import KEPT_DAYS
from junheng.web.desk.contents import bytes_of
from junheng.web.desk.models import PlanFile
from junheng.web.pages.templatetags.marks import chinese_date
from junheng.web.reporting.models import CountyRelease

MOST_SECONDS = 1800
"""Of solving: at the command line there is no such bound."""
_MOST_BYTES = 10 * 1024 * 1024
_ENDINGS = (".xlsx", ".csv")
_YES = {"1": "是", "0": "否"}
_KEYS = {Kind.WHOLE: "numeric", Kind.NUMBER: "decimal", Kind.MONEY: "decimal", Kind.MONEYS: "text", Kind.TEXT: "text"}


class Basics(forms.Form):
    """Name, what it stands on, how long it is kept."""

    prefix = "b"
    name = forms.CharField(label="方案名称", max_length=80, help_text="例如“每年 500 万元，三年完成”。不要写人名。")

    def __init__(self, *args: Any, releases: Sequence[CountyRelease], asks_days: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if releases:
            choices = [(str(each.pk), release_words(each)) for each in releases]
            self.fields["release"] = forms.ChoiceField(label="数据版本", choices=choices, help_text="方案按这一版冻结的数据计算。")
        if asks_days:
            self.fields["days"] = forms.TypedChoiceField(
                label="保存多久", coerce=int, choices=[(each, f"{each} 天") for each in KEPT_DAYS], initial=90,
                help_text="含个人名单的方案加密保存，只有本单位看得到；到期连同表格、结果一起清除。",
            )  # fmt: skip


def release_words(release: CountyRelease) -> str:
    return f"{release.round.school_year} 学年第 {release.number} 版（{chinese_date(release.at)}冻结{'' if release.is_formal else '，非正式'}）"


class Parameters(forms.Form):
    """One field a parameter; its value is the text as typed, "" = the default."""

    prefix = "v"

    def __init__(self, *args: Any, planner: Planner, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._planner = planner
        for each in planner.parameters:
            self.fields[each.id] = _field(each)

    def clean(self) -> dict[str, Any]:
        for each in self._planner.parameters:
            text = self._text(each)
            try:
                value = each.read(text)
            except BadInput as error:
                self.add_error(each.id, f"{each.label}{error.fault}")
            else:
                if each.id == "seconds" and isinstance(value, int | float) and value > MOST_SECONDS:
                    self.add_error(each.id, f"在网站上最多求解 {MOST_SECONDS:,} 秒，别人也在等；要更久的请用命令行。")
        return self.cleaned_data

    def typed(self) -> dict[str, str]:
        """What differs from the default, as text."""
        found = {each.id: self._text(each) for each in self._planner.parameters}
        return {each.id: found[each.id] for each in self._planner.parameters if found[each.id] and each.read(found[each.id]) != each.default}

    def _text(self, parameter: Parameter) -> str:
        value = self.cleaned_data.get(parameter.id)
        return ("1" if value else "0") if parameter.kind is Kind.FLAG else str(value or "").strip()


def _field(parameter: Parameter) -> forms.Field:
    label = f"{parameter.label}（{parameter.unit}）" if parameter.unit else parameter.label
    if parameter.kind is Kind.FLAG:
        return forms.BooleanField(label=label, required=False, initial=bool(parameter.default), help_text=parameter.help)
    if parameter.kind is Kind.CHOICE:
        return forms.ChoiceField(label=label, choices=_choices(parameter, parameter.choices), required=parameter.required, initial=parameter.default, help_text=parameter.help)
    if parameter.kind is Kind.POLICY:
        packs = {pack.id: pack.title for pack in list_packs()}
        return forms.ChoiceField(label=label, choices=_choices(parameter, packs), required=parameter.required, initial=parameter.default, help_text="方案按哪个标准判定达标。")
    said = ["" if parameter.help.rstrip("。") == parameter.label else parameter.help, f"范围：{parameter.bounds}。" if parameter.bounds else "", "" if parameter.default is None else f"不填则为 {default_words(parameter)}。"]
    return forms.CharField(
        label=label, required=parameter.required, help_text=" ".join(each for each in said if each), max_length=200,
        widget=forms.TextInput(attrs={"inputmode": _KEYS[parameter.kind], "autocomplete": "off"}),
    )  # fmt: skip


def _choices(parameter: Parameter, found: Mapping[str, str]) -> list[tuple[str, str]]:
    nothing = [] if parameter.required or parameter.default is not None else [("", "不指定")]
    return [*nothing, *found.items()]


def default_words(parameter: Parameter) -> str:
    return value_words(parameter, parameter.default)


def value_words(parameter: Parameter, value: Any) -> str:
    """A value as people read it, with its unit; "不指定" for none."""
    if value is None or value == ():
        return "不指定"
    if parameter.kind is Kind.FLAG:
        return _YES["1" if value else "0"]
    if parameter.kind is Kind.CHOICE:
        return parameter.choices.get(str(value), str(value))
    if parameter.kind is Kind.POLICY:
        return next((pack.title for pack in list_packs() if pack.id == value), str(value))
    written = "、".join(_number(each) for each in value) if isinstance(value, tuple) else _number(value)
    return f"{written} {parameter.unit}".rstrip()


def _number(value: Any) -> str:
    if isinstance(value, str) or (isinstance(value, int) and 1900 <= value <= 2200):  # a year
        return str(value)
    return f"{value:,g}" if isinstance(value, float) else f"{value:,}"


class Tables(forms.Form):
    """One file field a table. held: table id → name of the file it has already. made: name of a file → those that plans of the unit
    gave as their result, which may be taken in its place."""

    prefix = "t"

    def __init__(self, *args: Any, planner: Planner, held: Mapping[str, str], made: Mapping[str, Sequence[PlanFile]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._tables, self._before = planner.tables, dict[str, dict[str, PlanFile]]()
        for each in planner.tables:
            before = made.get(each.file_name, ())
            self._before[each.id] = {str(file.pk): file for file in before}
            self.fields[each.id] = _TableField(each, held.get(each.id, ""), required=not before)
            if before:
                choices = [("", "不用"), *((str(file.pk), f"{file.plan.name}（{chinese_date(file.plan.solved_at)}）") for file in before)]
                self.fields[f"{each.id}-from"] = forms.ChoiceField(label=f"{each.label}：用已有方案的结果", choices=choices, required=False)

    def uploaded(self) -> dict[str, tuple[str, bytes]]:
        """Table id → name and bytes of what was chosen now: a new file, else the result of a plan."""
        found = {}
        for each in self._tables:
            file, before = self.cleaned_data[each.id], self._before[each.id].get(self.cleaned_data.get(f"{each.id}-from", ""))
            if file:
                found[each.id] = (file.name or each.id, file.read())
            elif before:
                found[each.id] = (before.name, bytes_of(before))
        return found


class _TableField(forms.FileField):
    widget = forms.FileInput

    def __init__(self, table: TableInput, held: str, *, required: bool) -> None:
        help_text = f"已有《{held}》；不选新文件就用它。{table.help}" if held else table.help
        super().__init__(label=table.label, required=required and table.required and not held, help_text=help_text, allow_empty_file=False,
                         widget=forms.FileInput(attrs={"accept": ",".join(_ENDINGS)}))  # fmt: skip

    def clean(self, data: Any, initial: Any = None) -> UploadedFile[Any] | None:
        file: UploadedFile[Any] | None = super().clean(data, initial)
        if not file:
            return None
        if fault := file_fault(file.name or "", file.size or 0):
            raise forms.ValidationError(fault)
        return file


def file_fault(name: str, size: int) -> str:
    """Why a file is not taken as a table; "" for nothing."""
    if PurePosixPath(name).suffix.lower() not in _ENDINGS:
        return f"《{name}》不是 .xlsx 或 .csv 文件。请另存为其中一种再传。"
    return f"《{name}》超过 10 MB。请只留要用的工作表。" if size > _MOST_BYTES else ""
