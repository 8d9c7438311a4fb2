"""Public location problems: `python bench/location.py FILE --format pmed|holmberg --seconds 10` prints one JSON line."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from junheng.planning.location.formats import read_pmed
from junheng.planning.location.located import Located
from junheng.planning.location.p_median import p_median


def solve(path: Path, kind: str, seconds: float) -> Located:
    cost, p = read_pmed(path)
    return p_median(cost, p, seconds=seconds)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--format", choices=("pmed",), required=True)
    parser.add_argument("--seconds", type=float, default=10.0)
    given = parser.parse_args()
    found = solve(given.file, given.format, given.seconds)
    print(json.dumps({
        "objective": found.objective, "bound": found.bound, "gap": found.gap, "seconds": round(found.seconds, 3),
        "open_sites": [site + 1 for site in found.sites],
    }))  # fmt: skip


if __name__ == "__main__":
    main()
