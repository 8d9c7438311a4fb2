"""DESCRIPTION
Satisfied questionnaires ≤ valid ones ≤ those handed out; satisfied interviews ≤ interviews; for everybody and for parents.

WHY
Public recognition is judged at 85 % of the valid answers; a chain turned round gives a rate above 100 %.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from junheng.intake.checks.model import Breach, Check, Reported
from junheng.intake.checks.reading import amount
from junheng.intake.checks.shapes import compare

_CHAINS = tuple(
    tuple(prefix + column for column in chain)
    for prefix in ("", "parent_")
    for chain in (
        ("questionnaires_satisfied", "questionnaires_valid", "questionnaires"),
        ("interviews_satisfied", "interviews"),
    )
)


def answers_in_chain(reported: Reported) -> Iterator[Breach]:
    for row in reported.facts.county:
        for chain in _CHAINS:
            known = [each for column in chain if (each := amount("county", row, column)) is not None]
            for smaller, larger in pairwise(known):
                breach = compare(reported, "county", row, [smaller], larger, must_equal=False)
                if breach is not None:
                    yield breach


CHECK = Check(
    id="E-answers-out-of-chain",
    title="满意问卷≤有效问卷≤发放问卷；走访满意人数≤走访人数",
    why="社会认可度以有效问卷为分母；次序颠倒会得出超过 100% 的满意度。",
    fields=tuple(f"county.{column}" for chain in _CHAINS for column in chain),
    run=answers_in_chain,
)
