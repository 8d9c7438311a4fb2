"""What the standard asks of an indicator, in one sentence with its clause."""

from __future__ import annotations

from datetime import date

from drawn import YEAR, Claim

from junheng.indicators import indicator as declared
from junheng.policy import resolve
from junheng.policy.in_force import Cited, Compare, Limit, PolicyInForce

_WORDS = {Compare.AT_LEAST: "不低于", Compare.AT_MOST: "不超过", Compare.LESS_THAN: "小于"}
_KEYS = {"any": "", "primary": "小学", "junior": "初中", "nine_year": "九年一贯制学校", "twelve_year": "十二年一贯制学校"}


class Limits:
    """Sentences about limits; each is told once in the manual."""

    def __init__(self) -> None:
        self._told: set[str] = set()

    def of(self, claims: list[Claim]) -> str:
        """The limits of a section's claims that were not told before, as one paragraph; "" when there are none."""
        sentences = dict.fromkeys(sentence for claim in claims for sentence in _sentences(claim))
        fresh = [sentence for sentence in sentences if sentence not in self._told]
        self._told.update(fresh)
        return "".join(f"- {sentence}\n" for sentence in fresh)


def _sentences(claim: Claim) -> list[str]:
    if not claim.indicator:
        return []
    policy = resolve(claim.drawn.pack, "", date(YEAR, 9, 1))
    if claim.stage:
        return [_sentence(policy, policy.limits[policy.balance.limit], Compare.AT_MOST, percent=False)]
    asked = [(each.limit, Compare.AT_LEAST) for each in policy.resources if each.indicator == claim.indicator and each.limit]
    asked += [(demand.limit, demand.compare) for criterion in policy.criteria for demand in criterion.demands
              if demand.indicator == claim.indicator and demand.compare in _WORDS]  # fmt: skip
    percent = declared(claim.indicator).unit.symbol == "%"
    told = [_sentence(policy, policy.limits[limit], compare, percent=percent) for limit, compare in asked]
    read = sorted(declared(claim.indicator).limits_read)
    return told + [_sentence(policy, policy.limits[limit], None, percent=False) for limit in read]


def _sentence(policy: PolicyInForce, limit: Limit, compare: Compare | None, *, percent: bool) -> str:
    """compare: None = the number is part of the formula."""
    word, opening = ("", "取用") if compare is None else (_WORDS[compare], "要求")
    parts = "，".join(f"{_KEYS[key]}{word} {_amount(cited, percent)}{limit.unit and f' {limit.unit}'}".strip()
                      for key, cited in limit.values.items())  # fmt: skip
    source = next(iter(limit.values.values())).source
    return f"{opening}：{limit.title}：{parts}（{policy.documents[source.document].number} {source.clause}）。"


def _amount(cited: Cited, percent: bool) -> str:
    text = f"{cited.value * 100:f}" if percent else f"{cited.value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text + ("%" if percent else "") + ("（待核）" if cited.unverified else "")
