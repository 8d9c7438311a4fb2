"""The one schema of a policy pack. Strict: an unknown key, a number in quotes or a bare clause number is refused.

The loader hands over Decimal, date, str, bool, None, tuples and dicts, so nothing is ever converted here.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from junheng.common.codes import SCHOOL_TYPES, SPONSORS, URBAN_RURAL, CodeList
from junheng.policy.in_force import Compare, Scope, WhenEmpty
from junheng.tables.model import Kind
from junheng.tables.school import SCHOOL

KEYS = ("any", "primary", "junior", "senior", "nine_year", "twelve_year")
"""What a value may be keyed with: every stage and form alike, a stage, or a school form."""


def _not_blank(text: str) -> str:
    if not text.strip():
        raise ValueError("不能为空")
    return text


def _whole(number: Decimal) -> Decimal:
    if number != number.to_integral_value():
        raise ValueError(f"应为整数，写的是 {number}")
    return number


def _id(text: str) -> str:
    if not text.replace("_", "").replace("-", "").isalnum() or not text.isascii():
        raise ValueError(f"编号只能用英文字母、数字、“_”和“-”，写的是“{text}”")
    return text


def _known_codes(codes: tuple[str, ...], code_list: CodeList) -> None:
    for code in codes:
        if code not in code_list.labels:
            raise ValueError(f"{code_list.name}没有代码“{code}”")


Text = Annotated[str, AfterValidator(_not_blank)]
Whole = Annotated[Decimal, AfterValidator(_whole)]
Id = Annotated[str, AfterValidator(_id)]


class Part(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class SourceSpec(Part):
    document: Id
    clause: Text


class ValueSpec(Part):
    """The values that a clause sets from a day on, by key. unverified: why it is 待核, "" when checked."""

    from_: date = Field(alias="from")
    any: Decimal | None = None
    primary: Decimal | None = None
    junior: Decimal | None = None
    senior: Decimal | None = None
    nine_year: Decimal | None = None
    twelve_year: Decimal | None = None
    source: SourceSpec
    unverified: str = ""

    @model_validator(mode="after")
    def _has_a_value(self) -> ValueSpec:
        if not self.by_key():
            raise ValueError(f"没有写数值；数值写在下列键之一：{'、'.join(KEYS)}")
        return self

    def by_key(self) -> dict[str, Decimal]:
        """The values given, by key."""
        pairs = ((key, getattr(self, key)) for key in KEYS)
        return {key: value for key, value in pairs if value is not None}


def _dates_rise(values: tuple[ValueSpec, ...]) -> tuple[ValueSpec, ...]:
    if not values:
        raise ValueError("至少要有一条数值")
    for earlier, later in pairwise(values):
        if later.from_ <= earlier.from_:
            raise ValueError(f"生效日期须逐条递增：{later.from_} 写在 {earlier.from_} 之后")
    return values


Values = Annotated[tuple[ValueSpec, ...], AfterValidator(_dates_rise)]


class LimitSpec(Part):
    """A number by key and date. title, unit: may be left out where a layer below gives them.

    overlay: what an area overlay does to it. stricter needs `stricter_is`: whether the higher or the lower binds.
    """

    title: Text | None = None
    unit: str | None = None
    overlay: Literal["replace", "stricter"] | None = None
    stricter_is: Literal["higher", "lower"] | None = None
    values: Values

    @model_validator(mode="after")
    def _says_what_stricter_means(self) -> LimitSpec:
        if (self.overlay == "stricter") != (self.stricter_is is not None):
            raise ValueError("overlay: stricter 与 stricter_is（higher 或 lower）须同时写")
        return self


class DemandSpec(Part):
    indicator: Id
    scope: Annotated[Scope, Field(strict=False)]
    compare: Annotated[Compare, Field(strict=False)]
    limit: Id
    stage: Literal["", "primary", "junior"] = ""
    when_empty: Annotated[WhenEmpty, Field(strict=False)] = WhenEmpty.INSUFFICIENT
    when_reported: bool = False


class EvidenceSpec(Part):
    """A line that people judge. unless: indicator that replaces it when reported."""

    needed: Text
    unless: str = ""


class CriterionSpec(Part):
    group: Literal["government", "quality", "recognition", "veto"]
    number: Whole
    title: Text
    text: Text
    source: SourceSpec
    demands: tuple[DemandSpec, ...] = ()
    evidence: tuple[EvidenceSpec, ...] = ()
    unverified: str = ""

    @model_validator(mode="after")
    def _asks_something(self) -> CriterionSpec:
        if not self.demands and not self.evidence:
            raise ValueError("条目既没有可计算的要求（demands），也没有需评定的佐证（evidence）")
        return self


class CriterionChange(Part):
    """What a layer adds to a criterion of a layer below."""

    add_demands: tuple[DemandSpec, ...] = ()
    add_evidence: tuple[EvidenceSpec, ...] = ()


class ConditionSpec(Part):
    quantity: Literal["total_pupils", "founded_year", "urban_rural", "largest_class_at_least", "migrant_share"]
    at_least: Decimal | None = None
    at_most: Decimal | None = None
    below: Decimal | None = None
    above: Decimal | None = None
    one_of: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _bounds_something(self) -> ConditionSpec:
        if self.one_of and self.quantity != "urban_rural":
            raise ValueError("one_of 只用于城乡分类（urban_rural）")
        _known_codes(self.one_of, URBAN_RURAL)
        if self.one_of == () and all(b is None for b in (self.at_least, self.at_most, self.below, self.above)):
            raise ValueError("条件没有界限；请写 at_least、at_most、below、above 或 one_of")
        return self


def _flag_column(name: str) -> str:
    if name and not any(column.name == name and column.kind is Kind.FLAG for column in SCHOOL.columns):
        raise ValueError(f"学校表里没有名为“{name}”的是/否项目")
    return name


class ExceptionSpec(Part):
    """start, end: must be written; null = 待核, and then `unverified` must say why."""

    title: Text
    flag: Annotated[str, AfterValidator(_flag_column)] = ""
    conditions: tuple[ConditionSpec, ...] = ()
    extends: tuple[Id, ...] = ()
    replaces: dict[Id, LimitSpec] = Field(default_factory=dict)
    start: date | None
    end: date | None
    obligation: str = ""
    source: SourceSpec
    unverified: str = ""

    @model_validator(mode="after")
    def _open_ends_are_explained(self) -> ExceptionSpec:
        if (self.start is None or self.end is None) and not self.unverified:
            raise ValueError("start 或 end 为空（待核）时，须在 unverified 写明原因")
        if self.start and self.end and self.end < self.start:
            raise ValueError(f"终止日期 {self.end} 早于起始日期 {self.start}")
        return self


class ExclusionSpec(Part):
    title: Text
    school_types: tuple[str, ...] = ()
    sponsors: tuple[str, ...] = ()
    pupils_below: Decimal | None = None
    source: SourceSpec

    @model_validator(mode="after")
    def _names_known_schools(self) -> ExclusionSpec:
        _known_codes(self.school_types, SCHOOL_TYPES)
        _known_codes(self.sponsors, SPONSORS)
        if not self.school_types and not self.sponsors and self.pupils_below is None:
            raise ValueError("没有写排除哪些学校；请写 school_types、sponsors 或 pupils_below")
        return self


class ResourceSpec(Part):
    indicator: Id
    title: Text
    limit: str = ""
    source: SourceSpec


class SchoolRuleSpec(Part):
    """min_met, floor_share: ids of limits, so that both are dated and cited like every other number."""

    min_met: Id
    floor_share: Id
    source: SourceSpec


class BalanceSpec(Part):
    judge: Literal["each", "mean"]
    limit: Id
    source: SourceSpec


class TargetSpec(Part):
    """A commitment. metric: what the software counts of it, "" = nothing. unit: of its value; "占比" for a fraction. departments_named: the
    document itself names them."""

    title: Text
    metric: str = ""
    unit: str = ""
    compare: Annotated[Compare, Field(strict=False)] | None = None
    values: Values | None = None
    by_school_year: Whole | None = None
    departments: tuple[Text, ...] = ()
    departments_named: bool = False
    text: Text
    source: SourceSpec
    unverified: str = ""

    @model_validator(mode="after")
    def _value_and_compare_go_together(self) -> TargetSpec:
        if (self.values is None) != (self.compare is None):
            raise ValueError("values 与 compare 须同时写或同时不写")
        return self


class DocumentSpec(Part):
    """issued: must be written; null = 待核, explained in `unverified`."""

    title: Text
    number: str
    issuer: str
    issued: date | None
    unverified: str = ""

    @model_validator(mode="after")
    def _unknown_is_explained(self) -> DocumentSpec:
        if self.issued is None and not self.unverified:
            raise ValueError("印发日期为空（待核）时，须在 unverified 写明原因")
        return self


class DocumentsFile(Part):
    schema_: Literal["junheng.documents/1"] = Field(alias="schema")
    documents: dict[Id, DocumentSpec]


class Pack(Part):
    """A standard; or an overlay (overlays + area + from) laid over it in an area; or a variant (extends) of it."""

    schema_: Literal["junheng.policy/1"] = Field(alias="schema")
    id: Id
    title: Text
    note: str = ""
    extends: Id | None = None
    overlays: Id | None = None
    area: str | None = None
    from_: date | None = Field(alias="from", default=None)
    documents: dict[Id, DocumentSpec] = Field(default_factory=dict)
    limits: dict[Id, LimitSpec] = Field(default_factory=dict)
    resources: dict[Id, ResourceSpec] = Field(default_factory=dict)
    school_rule: SchoolRuleSpec | None = None
    balance: BalanceSpec | None = None
    exclusions: dict[Id, ExclusionSpec] = Field(default_factory=dict)
    exceptions: dict[Id, ExceptionSpec] = Field(default_factory=dict)
    criteria: dict[Id, CriterionSpec] = Field(default_factory=dict)
    changes: dict[Id, CriterionChange] = Field(default_factory=dict)
    targets: dict[Id, TargetSpec] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _is_one_kind(self) -> Pack:
        if self.extends and self.overlays:
            raise ValueError("extends（变体）与 overlays（地方细则）只能写一个")
        if self.overlays and (not self.area or not self.area.isdigit() or self.from_ is None):
            raise ValueError("地方细则（overlays）须写 area（区划代码前几位，加引号）和 from（施行日期）")
        if not self.overlays and (self.area or self.from_):
            raise ValueError("area 和 from 只用于地方细则（overlays）")
        if not self.extends and not self.overlays:
            if not self.resources or self.balance is None:
                raise ValueError("独立的政策包须有 resources 和 balance；只改几项数值的请写 extends")
            if self.changes:
                raise ValueError("changes 只用于 extends 或 overlays 的包")
        return self

    @property
    def kind(self) -> str:
        """国家标准, 地方细则 or 变体."""
        return "地方细则" if self.overlays else "变体" if self.extends else "标准"
