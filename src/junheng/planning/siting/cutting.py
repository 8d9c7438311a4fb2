"""取整割: inequalities that every plan in whole classes and whole schools keeps, and the relaxation of `program` does not.

Take points P, a band b and a period t; N pupils of P, β = N / c_b classes of them, f the fraction of β. Sites are divided anew for every P
(the division with the least left side at the relaxation's answer): for some their classes count, for others the pupils of P who go there,
for the rest that they teach the band. From (1), (3) and (2) then Σ_j k_jbt + Σ_j Σ_{i∈P} x_ijt / c_b + Σ_j D_j s_jbt ≥ β, D_j being the
classes that those of P with a lawful way to j would fill; and since k and s are whole (mixed-integer rounding)
    Σ_j k_jbt + Σ_j Σ_{i∈P} x_ijt / (c_b f) + Σ_j φ_f(D_j) s_jbt ≥ ⌈β⌉,    φ_f(a) = ⌊a⌋ + min(1, (a − ⌊a⌋) / f)              (13)
Summed over some bands, with K the sum of the right sides and (5) for the classes, divided by δ (the rooms of a school) and rounded again:
    Σ_j [ φ_g(R_j/δ) o_jt + Σ_{t'≤t} r_jt' / (δ g) ] + Σ (the other terms of (13), rounded alike) ≥ ⌈K/δ⌉,  g the fraction of K/δ   (14)
(13) says that classes of few children are classes; (14) that a school is opened or not: without it the relaxation opens half a school for
the rooms it needs. P are the points that a few neighbouring schools serve wholly or mostly in the relaxation.
Source: Nemhauser & Wolsey 1990, “A recursive procedure to generate all cuts for 0–1 mixed integer programs”, Math. Program. 46 (rounding);
Aardal, Pochet & Wolsey 1995, “Capacitated facility location: valid inequalities and facets”, Math. Oper. Res. 20.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from junheng.planning import clock
from junheng.planning.highs import INF, Model, Relaxation, Relaxed
from junheng.planning.siting.bands import Band
from junheng.planning.siting.program import Program
from junheng.planning.siting.writing import Floats, Ints

_TINY, _VIOLATED = 1e-6, 1e-3
_CLUSTERS, _PREFIXES = (1, 2, 3, 4, 5, 6, 8, 10, 13, 17, 22), 12
"""Sites of the clusters; sets of points tried for each."""
_MOST, _ROUNDS, _WORTH = 8, 30, 5e-5
"""Cuts of a kind, band and period in a round; rounds; the share of the objective that a round must gain."""
_GROUPS = ((Band.LOWER, Band.UPPER), (Band.JUNIOR,), tuple(Band))


@dataclass(frozen=True)
class Cut:
    """Σ weights · columns ≥ least."""

    columns: Ints
    weights: Floats
    least: float


@dataclass(frozen=True)
class _Slice:
    """One band in one period. size: of a class; pupils: per point; columns of x with their point and site; taught, classes:
    the site's columns, −1 where it never teaches the band."""

    size: int
    pupils: Floats
    columns: Ints
    point: Ints
    site: Ints
    taught: Ints
    classes: Ints

    @cached_property
    def could(self) -> Floats:
        """point × site: pupils who may lawfully go."""
        out = np.zeros((len(self.pupils), len(self.taught)))
        out[self.point, self.site] = self.pupils[self.point]
        return out

    def going(self, values: Floats) -> Floats:
        """point × site: pupils who go in this answer."""
        out = np.zeros(self.could.shape)
        np.add.at(out, (self.point, self.site), values[self.columns])
        return out


@dataclass(frozen=True)
class _Rounded:
    """(13) for many sets of points at once: sets × sites each. fraction: f; going, teaching: what the two terms weigh at the
    relaxation's answer; lifted: φ_f(D)."""

    least: Floats
    fraction: Floats
    going: Floats
    teaching: Floats
    lifted: Floats


class Cutter:
    """Finds cuts of one program that an answer of the relaxation breaks."""

    def __init__(self, program: Program) -> None:
        self.program = program
        way_point, way_site = (np.array([getattr(way, name) for way in program.ways], dtype=np.intp) for name in ("point", "site"))
        way_band = np.array([list(Band).index(way.band) for way in program.ways], dtype=np.intp)
        layout = program.layout
        self._slices: dict[tuple[Band, int], _Slice] = {}
        for number, band in enumerate(Band):
            section = [program.section_at.get((j, band), -1) for j in range(len(program.county.sites))]
            for u in range(program.periods):
                at = np.flatnonzero((layout.period_of == u) & (way_band[layout.way_of] == number))
                ways = layout.way_of[at]
                pupils = np.array([float(point.pupils.get(band, (0,) * program.periods)[u]) for point in program.county.points])
                taught, classes = (np.where(np.array(section) >= 0, columns[section, u], -1) for columns in (layout.taught, layout.classes))
                self._slices[band, u] = _Slice(program.county.parameters.class_size(band), pupils, layout.going[at], way_point[ways], way_site[ways], taught, classes)
        self._sets = {(group, u): _Sets([self._slices[band, u] for band in group]) for group in (*((band,) for band in Band), *_GROUPS) for u in range(program.periods)}
        self._rooms = np.array([float(site.rooms) for site in program.county.sites])

    def cuts(self, values: Floats) -> Iterator[Cut]:
        for (group, u), tried in self._sets.items():
            sets = tried.of(values)
            if len(group) == 1:
                yield from self._class_cuts(tried.parts[0], sets, values)
            if group in _GROUPS:
                yield from self._room_cuts(tried.parts, sets, u, values)

    def _class_cuts(self, part: _Slice, sets: NDArray[np.bool_], values: Floats) -> Iterator[Cut]:
        """(13)."""
        done = _rounded(part, sets, values)
        classes = _at(values, part.classes)
        broken = np.where(done.fraction < 1, done.least - np.minimum(classes, np.minimum(done.going, done.teaching)).sum(axis=1), 0.0)
        for at in _worst(broken):
            counted = classes <= np.minimum(done.going[at], done.teaching[at])
            mine = part.classes[counted & (part.classes >= 0)]
            columns, weights = _others(part, done, sets[at], at, ~counted, 1.0, 1.0)
            yield Cut(np.concatenate([mine, columns]), np.concatenate([np.ones(len(mine)), weights]), float(done.least[at]))

    def _room_cuts(self, parts: Sequence[_Slice], sets: NDArray[np.bool_], u: int, values: Floats) -> Iterator[Cut]:
        """(14)."""
        layout = self.program.layout
        done = [_rounded(part, sets, values) for part in parts]
        least = sum((each.least for each in done), np.zeros(len(sets)))
        opened, added = values[layout.opened[:, u]], values[layout.rooms[:, : u + 1]].sum(axis=1)
        for divisor in np.unique(self._rooms[self._rooms > 1]).tolist():
            g = _fraction(least / divisor)
            inside = _lifted(self._rooms / divisor, g) * opened + added / (divisor * g[:, None])
            outside = sum((np.minimum(each.going / (divisor * g[:, None]), _lifted(each.lifted / divisor, g) * _at(values, part.taught))
                           for part, each in zip(parts, done, strict=True)), np.zeros(inside.shape))  # fmt: skip
            broken = np.where(g < 1, np.ceil(least / divisor - _TINY) - np.minimum(inside, outside).sum(axis=1), 0.0)
            for at in _worst(broken):
                counted = inside[at] <= outside[at]
                rooms = layout.rooms[counted, : u + 1].ravel()
                columns, weights = [layout.opened[counted, u], rooms], [_lifted(self._rooms[counted] / divisor, g[at]), np.full(len(rooms), 1 / (divisor * g[at]))]
                for part, each in zip(parts, done, strict=True):
                    more, heavy = _others(part, each, sets[at], at, ~counted, divisor, float(g[at]), values)
                    columns.append(more)
                    weights.append(heavy)
                yield Cut(np.concatenate(columns), np.concatenate(weights), float(np.ceil(least[at] / divisor - _TINY)))


def tightened(program: Program, model: Model, until: float) -> tuple[Model, Relaxed | None]:
    """The program with the cuts that bind its relaxation in the end (their rows stand last), and that relaxation's answer; None
    where it has none, or none within the time."""
    cutter, relaxation = Cutter(program), Relaxation(model)
    relaxed = relaxation.solve(seconds=until - clock.now())
    cuts: list[Cut] = []
    for _ in range(_ROUNDS):
        more = list(cutter.cuts(relaxed.values)) if relaxed is not None and clock.now() < until else []
        if relaxed is None or not more:
            break
        rows, least = _rows(model, more)
        relaxation.add(rows, least)
        again = relaxation.solve(seconds=until - clock.now())
        if again is None:
            break
        gained, relaxed = again.objective - relaxed.objective, again
        cuts += more
        if gained < _WORTH * abs(relaxed.objective):
            break
    if relaxed is None or not cuts:
        return model, relaxed
    rows, least = _rows(model, cuts)
    binding = rows @ relaxed.values - least < _TINY
    return replace(model, rows=sp.csr_array(sp.vstack([model.rows, rows[binding]])), low=np.concatenate([model.low, least[binding]]),
                   high=np.concatenate([model.high, np.full(int(binding.sum()), INF)])), relaxed  # fmt: skip


def _rows(model: Model, cuts: Sequence[Cut]) -> tuple[sp.csr_array, Floats]:
    lengths = [len(cut.columns) for cut in cuts]
    rows = sp.csr_array(sp.coo_array(
        (np.concatenate([cut.weights for cut in cuts]), (np.repeat(np.arange(len(cuts)), lengths), np.concatenate([cut.columns for cut in cuts]))),
        shape=(len(cuts), len(model.cost)),
    ))  # fmt: skip
    return rows, np.array([cut.least for cut in cuts])


class _Sets:
    """Sets of points to try for some bands of a period: everybody; and for every cluster of sites those whom it serves wholly, and
    ever more of those whom it serves partly."""

    def __init__(self, parts: Sequence[_Slice]) -> None:
        self.parts = parts
        could = np.sum([part.could for part in parts], axis=0)
        order = np.argsort(-(could.T @ (could > 0)), axis=1, kind="stable")
        place = np.argsort(order, axis=1)
        self._clusters = np.unique(np.concatenate([place < size for size in _CLUSTERS if size <= len(place)]), axis=0)
        self._pupils = np.sum([part.pupils for part in parts], axis=0)

    def of(self, values: Floats) -> NDArray[np.bool_]:
        going = np.sum([part.going(values) for part in self.parts], axis=0)
        share = (self._clusters @ going.T) / np.maximum(self._pupils, 1.0)
        place = np.argsort(np.argsort(-share, axis=1, kind="stable"), axis=1)
        whole, some = (share > 1 - _TINY).sum(axis=1), (share > _TINY).sum(axis=1)
        lengths = np.rint(whole[:, None] + (some - whole)[:, None] * np.linspace(0, 1, _PREFIXES))
        chosen = np.concatenate([(self._pupils > 0)[None, :], (place[:, None, :] < lengths[:, :, None]).reshape(-1, len(self._pupils))])
        return chosen[np.unique(np.packbits(chosen, axis=1), axis=0, return_index=True)[1]]


def _rounded(part: _Slice, sets: NDArray[np.bool_], values: Floats) -> _Rounded:
    classes = sets @ part.pupils / part.size
    fraction = _fraction(classes)
    lifted = _lifted(sets @ part.could / part.size, fraction)
    going = sets @ part.going(values) / (part.size * fraction[:, None])
    return _Rounded(np.ceil(classes - _TINY), fraction, going, lifted * _at(values, part.taught), lifted)


def _others(
    part: _Slice, done: _Rounded, chosen: NDArray[np.bool_], at: int, outside: NDArray[np.bool_], divisor: float, g: float, values: Floats | None = None
) -> tuple[Ints, Floats]:
    """The terms of (13) for the sites whose classes are not counted, as they stand there (divisor 1, g 1) or rounded again in (14)."""
    lifted = done.lifted[at] if values is None else _lifted(done.lifted[at] / divisor, g)
    teaching = done.teaching[at] if values is None else lifted * _at(values, part.taught)
    less = teaching < done.going[at] / (divisor * g)
    by_taught = outside & less & (part.taught >= 0) & (lifted > 0)
    x = chosen[part.point] & (outside & ~less)[part.site]
    weight = 1 / (part.size * done.fraction[at] * divisor * g)
    return np.concatenate([part.taught[by_taught], part.columns[x]]), np.concatenate([lifted[by_taught], np.full(int(x.sum()), weight)])


def _fraction(values: Floats) -> Floats:
    """What is above the whole number, 1 where nothing is."""
    out = values - np.floor(values + _TINY)
    return np.where(out < _TINY, 1.0, out)


def _lifted(values: Floats, fraction: Floats | float) -> Floats:
    """φ: values (… × sites), fraction per row."""
    f = np.asarray(fraction)
    whole = np.floor(values + 1e-9)
    return np.asarray(whole + np.minimum(np.maximum(values - whole, 0.0) / (f[:, None] if f.ndim else f), 1.0))


def _at(values: Floats, columns: Ints) -> Floats:
    """The values of columns, 0 where there is none."""
    return np.where(columns >= 0, values[columns], 0.0)


def _worst(broken: Floats) -> list[int]:
    """The rows broken most, at least by a little."""
    return [at for at in np.argsort(-broken, kind="stable")[:_MOST].tolist() if broken[at] > _VIOLATED]
