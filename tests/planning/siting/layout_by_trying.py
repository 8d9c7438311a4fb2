"""The least total of a tiny county by trying everything: a reference that shares nothing with the planner."""

from __future__ import annotations

from itertools import product

import numpy as np
from scipy.optimize import linprog  # type: ignore[import-untyped]

from junheng.planning.siting.bands import GRADES, Band
from junheng.planning.siting.county import County, PinKind, Site


def by_trying(given: County) -> float:
    """The least total in yuan: every pattern of opening, every number of classes, the ways by a linear program."""
    price, sites, periods = given.parameters.amount, given.sites, len(given.years)
    options = [[o for o in product((0, 1), repeat=periods) if list(o) == sorted(o, reverse=site.existing) and _allowed(given, site, o)] for site in sites]
    serving = {
        (u, k): _serving(given, u, k)
        for u in range(periods) for k in product(*(range(site.rooms_most + 1) for site in sites))
        if all(n == 0 or n >= (1 if site.teaching_point else GRADES) for n, site in zip(k, sites, strict=True))
    }  # fmt: skip
    best = np.inf
    for pattern in product(*options):
        fitting = [[k for v, k in serving if v == u and all((n > 0) == bool(o[u]) for n, o in zip(k, pattern, strict=True))] for u in range(periods)]
        for ks in product(*fitting):
            total = sum(serving[u, k] for u, k in enumerate(ks))
            for j, site in enumerate(sites):
                most = max(ks[u][j] for u in range(periods))
                room = price("expand_room_yuan") if site.existing else price("new_room_yuan")
                total += max(0, most - site.rooms) * float(room)
                if not site.existing and pattern[j][-1]:
                    total += float(price("new_point_yuan") if site.teaching_point else price("new_school_yuan"))
                if given.small_rural(j) and not pattern[j][-1]:
                    total += float(price("close_small_yuan"))
            best = min(best, total)
    return best


def _allowed(given: County, site: Site, opened: tuple[int, ...]) -> bool:
    wanted = {PinKind.MUST_KEEP: 1, PinKind.MUST_OPEN: 1, PinKind.MUST_CLOSE: 0}
    return all(set(opened[pin.since :]) <= {wanted[pin.kind]} for pin in given.pins if pin.code == site.code)


def _serving(given: County, u: int, k: tuple[int, ...]) -> float:
    """Yuan of one period: schools, classes, ways, uneven classes; inf when the children do not fit."""
    price, n, m = given.parameters.amount, len(given.points), len(given.sites)
    fixed, limit_walk, limit_bus = 0.0, float(price("walk_km_lower_rural")), float(price("bus_km_lower"))
    cost = np.full((n, m), np.inf)
    for j, site in enumerate(given.sites):
        small = site.teaching_point or given.small_rural(j)
        if k[j]:
            year = price("point_yuan_year") if site.teaching_point else price("small_school_yuan_year") if small else price("school_yuan_year")
            fixed += float(year) + k[j] * float(price("small_class_yuan_year") if small else price("class_yuan_year"))
        for i in range(n):
            km = given.km[i, j]
            if k[j] and km <= max(limit_walk, limit_bus):
                cost[i, j] = km * float(price("travel_yuan_km_year")) + (km * float(price("bus_yuan_km_year")) if km > limit_walk else 0.0)
    for pin in given.pins:
        if pin.kind is PinKind.MUST_NOT_MOVE and u >= pin.since:
            at = given.point_at(pin.code)
            cost[at, [site.code != given.points[at].school[Band.LOWER] for site in given.sites]] = np.inf
    pupils = np.array([each.pupils[Band.LOWER][u] for each in given.points], dtype=float)
    even = [j for j, site in enumerate(given.sites) if k[j] and not given.small_rural(j) and not site.teaching_point]
    load = np.kron(np.ones((1, n)), np.eye(m))
    rows, high = [np.hstack([load, np.zeros((m, len(even)))])], [np.array(k) * float(price("class_size_lower"))]
    for at, j in enumerate(even):
        slack = np.zeros(len(even))
        slack[at] = -1
        aim = k[j] * float(price("target_size_lower"))
        for sign in (1, -1):
            rows.append(np.hstack([sign * load[j], slack])[None, :])
            high.append(np.array([sign * aim]))
    done = linprog(
        np.concatenate([np.where(np.isfinite(cost), cost, 0).ravel(), np.full(len(even), float(price("balance_yuan_year")))]),
        np.vstack(rows), np.concatenate(high), np.hstack([np.kron(np.eye(n), np.ones((1, m))), np.zeros((n, len(even)))]), pupils,
        bounds=[(0, None if np.isfinite(each) else 0) for each in cost.ravel()] + [(0, None)] * len(even),
    )  # fmt: skip
    return (fixed + done.fun) * given.years[u] if done.status == 0 else np.inf
