"""How many must be asked, and how sure the answer is. Formulas with their sources; nothing here knows the database.

Sample size for a share in a finite population, simple random sampling, worst case p = ½ (Cochran, Sampling Techniques,
3rd ed. 1977, §4.4):    n₀ = z²·p(1−p)/e²,    n = ⌈ n₀ / (1 + (n₀ − 1)/N) ⌉

Interval of a share: Wilson's score interval (Wilson 1927, J. Am. Stat. Assoc. 22), with the sample size n replaced by
n* = n·(N − 1)/(N − n), which is what the finite population correction makes of the variance:
    ( p̂ + z²/2n* ± z·√( p̂(1−p̂)/n* + z²/4n*² ) ) / (1 + z²/n*)
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import ceil, floor, sqrt
from statistics import NormalDist
from typing import NamedTuple

FORMULA = "n₀ = z²·0.25／e²；n = n₀／(1 + (n₀ − 1)／N)，向上取整（Cochran《抽样技术》第三版 §4.4，按最不利的 p = 50%）"


class Interval(NamedTuple):
    """Fractions between 0 and 1."""

    low: float
    high: float


def z_of(confidence: float) -> float:
    """The two-sided quantile: 0.95 → 1.96."""
    return NormalDist().inv_cdf((1 + confidence) / 2)


def sample_size(population: int, confidence: float, margin: float) -> int:
    """Least number of answers with which a share is known to ±margin; never more than there are. 0 of 0."""
    if population == 0:
        return 0
    z = Fraction(z_of(confidence))
    first = z * z / 4 / Fraction(str(margin)) ** 2
    return min(population, ceil(first / (1 + (first - 1) / population)))


def to_hand_out(size: int, population: int, response: float) -> int:
    """How many codes to give out so that `size` come back where `response` of them do; never more than there are people."""
    return min(population, ceil(size / Fraction(str(response))))


def shared_out(total: int, sizes: Mapping[str, int]) -> dict[str, int]:
    """`total` in proportion to sizes, whole, by largest remainder, none more than its size; ties to the first.

    Where total is more than all of them together, everybody.
    """
    people = sum(sizes.values())
    if total >= people:
        return dict(sizes)
    shares = {key: Fraction(total * size, people) for key, size in sizes.items()}
    out = {key: floor(share) for key, share in shares.items()}
    order = list(sizes)
    by_remainder = sorted(order, key=lambda key: (out[key] - shares[key], order.index(key)))
    for key in by_remainder[: total - sum(out.values())]:
        out[key] += 1
    return out


def interval(satisfied: int, of: int, confidence: float, population: int | None = None) -> Interval | None:
    """Wilson's interval of the share; None where nobody answered. population: None = not known, taken as without end."""
    if of == 0:
        return None
    share = satisfied / of
    if population is not None and population <= of:
        return Interval(share, share)
    n = of if population is None else of * (population - 1) / (population - of)
    z = z_of(confidence)
    middle, half = share + z * z / (2 * n), z * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    whole = 1 + z * z / n
    # At the ends the square root is exact only in real numbers: a share of all stays within what it can be.
    return Interval(min(share, max(0.0, (middle - half) / whole)), max(share, min(1.0, (middle + half) / whole)))
