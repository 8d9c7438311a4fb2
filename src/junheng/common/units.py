"""单位: the units of reported values, their conversions and the algebra indicators are checked with."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Unit:
    """A unit of measure.

    symbol: the Chinese sign used in labels; dimension: what is counted ("person", "m2", "yuan", ...);
    variants: other signs a unit cell may carry, with the factor that turns a value in that sign into this unit.
    """

    symbol: str
    dimension: str
    variants: tuple[tuple[str, Decimal], ...] = ()

    def factor(self, sign: str) -> Decimal | None:
        """The factor from a value written with `sign` to this unit; None when there is no such conversion.

        A blank sign means the unit of the data contract (rules.md §2.5).
        """
        if sign in ("", self.symbol):
            return Decimal(1)
        return next((factor for variant, factor in self.variants if variant == sign), None)


_ONE = Decimal(1)
PERSON = Unit("人", "person", (("名", _ONE), ("位", _ONE), ("个", _ONE), ("人次", _ONE), ("生", _ONE), ("万人", Decimal(10000)), ("千人", Decimal(1000))))
ANSWER = Unit("份", "person", (("人", _ONE), ("张", _ONE), ("个", _ONE), ("人次", _ONE)))
"""A returned questionnaire: one person's answer."""
CLASS = Unit("个", "class", (("班", _ONE), ("个班", _ONE), ("级", _ONE), ("个年级", _ONE)))
ROOM = Unit("间", "room", (("个", _ONE), ("室", _ONE)))
M2 = Unit("㎡", "m2", (("平方米", _ONE), ("m2", _ONE), ("m²", _ONE), ("平米", _ONE), ("万平方米", Decimal(10000)),
                      ("公顷", Decimal(10000)), ("亩", Decimal(2000) / Decimal(3))))  # fmt: skip
YUAN = Unit("元", "yuan", (("万元", Decimal(10000)), ("千元", Decimal(1000)), ("亿元", Decimal(100000000)),
                          ("元/生", _ONE), ("元/人", _ONE), ("元/年", _ONE), ("元/生·年", _ONE), ("元/人·年", _ONE)))  # fmt: skip
PIECE = Unit("台", "piece", (("套", _ONE), ("个", _ONE), ("册", _ONE)))
BOOK = Unit("册", "book", (("本", _ONE), ("万册", Decimal(10000))))
COUNT = Unit("个", "count", (("所", _ONE), ("处", _ONE), ("次", _ONE)))
KM = Unit("公里", "km", (("千米", _ONE), ("km", _ONE), ("里", Decimal("0.5")), ("米", Decimal("0.001"))))
YEAR = Unit("年", "year")
FRACTION = Unit("", "fraction", (("%", Decimal("0.01")), ("％", Decimal("0.01"))))
NO_UNIT = Unit("", "text")
