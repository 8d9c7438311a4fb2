"""划片方案的数学模型: what zones are made from, and what a plan of zones is.

Sets       U blocks (villages, 小区; those that must stay together are one), J schools; E pairs of blocks that touch
Data       p_u children of entry age; q_j places; d_uj metres from block to school; r_j the block where school j stands
           l_u last year's school; λ metres of way that sparing one child a change of school is worth (0 = none)
Variables  x_uj ∈ {0,1}: block u belongs to school j
Minimise   Σ_uj p_u (d_uj + λ [j ≠ l_u]) x_uj                                                          (1)
subject to Σ_j x_uj = 1                          for every u: each block to one school, whole          (2)
           Σ_u p_u x_uj ≤ q_j                    for every j                                           (3)
           every block of j is joined to r_j by blocks of j that touch: contiguous                     (4)
(4) as linear cuts, added where an answer breaks them: for a set K of blocks of j, not joined to r_j, and S ⊆ U∖K the blocks
that part K from r_j:  x_uj ≤ Σ_{b∈S} x_bj for u ∈ K  (Oehrlein and Haunert 2017, “A cutting-plane method for contiguity-
constrained spatial aggregation”, J. Spatial Inf. Sci. 15). Every program with finitely many cuts is a relaxation: its bound holds.

Zones are grown from the schools outwards and improved by moving blocks on the border (tabu search), then by a program of the whole
county in which contiguity is a matter of layers (`layered`), then a few zones at a time. Small instances go to HiGHS whole; of
large ones the bound is the transport problem of the children, (1)–(3) with divisible blocks and without (4).
If no plan fits, the one that exceeds the places by least is given, and the excess is proven or said to be the least found.
Sources: rules.md §9 (就近入学, 划片), §4.7 (设计).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from junheng.planning.transport import Ints


@dataclass(frozen=True)
class Block:
    """What is never divided: a village, a 小区, a road section. children: of entry age, in the year planned for.

    neighbours: ids of blocks it touches; last_school: code, "" = none; together: a mark blocks share that must go to one
    school (the phases of one 小区), "" = none.
    """

    id: str
    name: str
    children: int
    longitude: float
    latitude: float
    neighbours: tuple[str, ...] = ()
    last_school: str = ""
    together: str = ""


@dataclass(frozen=True)
class ZoneSchool:
    """places: for the entry grade; block: id of the block it stands in."""

    code: str
    name: str
    places: int
    longitude: float
    latitude: float
    block: str


@dataclass(frozen=True)
class ZoneRequest:
    """distances_m: rows as blocks, columns as schools; None = over the ground, straight. change_m: λ."""

    blocks: Sequence[Block]
    schools: Sequence[ZoneSchool]
    distances_m: Ints | None = None
    change_m: int = 1000
    seconds: float = 30.0


@dataclass(frozen=True)
class ZonePlan:
    """school_of: code by block id. cost, bound: of (1), in metres × children; bound: no plan of the same excess costs less
    (0 where nothing was proven). excess: children above the places, by school code, {} = the plan fits; excess_bound: no
    plan has less in all. bridged: pairs of block names that do not touch and were joined, since they had no school. why: Chinese."""

    request: ZoneRequest
    school_of: Mapping[str, str]
    cost: int
    bound: int
    excess: Mapping[str, int]
    excess_bound: int
    bridged: Sequence[tuple[str, str]]
    why: Mapping[str, str]

    @property
    def gap(self) -> float:
        """How far the cost may be above the least possible, relative; 0 = proven best."""
        return (self.cost - self.bound) / self.cost if self.cost else 0.0
