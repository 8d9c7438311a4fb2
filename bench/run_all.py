"""`make bench`: every benchmark, each line a ratio between things run side by side in this run."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import location
import one_cell
import province
import site_load
import workbooks
from side_by_side import machine

if __name__ == "__main__":
    print(machine(), flush=True)
    for bench in (one_cell, workbooks, province, location, site_load):
        bench.run()
