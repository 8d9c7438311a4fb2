"""One question to a planner, answered in a process of its own: `python -m junheng.web.desk.solving FOLDER`.

A solver holds its thread for minutes and all the memory it can get; here it can be stopped at any moment, and nothing of the site
falls with it. FOLDER holds the question (asked.pickle) and gets the answer: answered.pickle, refused.txt or broken.txt.
Standard output is one JSON text a line: what is being done. A line on its standard input asks for the best found so far; its end ends the
process, so that none is left behind.
"""

from __future__ import annotations

import json
import os
import pickle
import sys
import threading
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from junheng.common.errors import UserError
from junheng.planners.county_facts import CountyFacts
from junheng.planners.model import Asked, Planned, Value
from junheng.planners.registry import PLANNERS

ASKED, ANSWERED, REFUSED, BROKEN, RESULTS = "asked.pickle", "answered.pickle", "refused.txt", "broken.txt", "results"


@dataclass(frozen=True)
class Question:
    """planner: its id; the rest as in `planners.model.Asked`."""

    planner: str
    facts: Sequence[CountyFacts]
    tables: Mapping[str, Path]
    values: Mapping[str, Value]
    unit_name: str


def main(folder: Path) -> None:
    said = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever a solver prints is no progress
    enough = threading.Event()
    threading.Thread(target=_listen, args=(enough,), daemon=True).start()
    question: Question = pickle.loads((folder / ASKED).read_bytes())
    def step(name: str) -> None:
        print(json.dumps(name), file=said, flush=True)

    planner = next(each for each in PLANNERS if each.id == question.planner)
    try:
        planned = planner.run(Asked(question.facts, question.tables, question.values, folder / RESULTS, step, question.unit_name, enough.is_set))
    except UserError as error:
        (folder / REFUSED).write_text(str(error), "utf-8")
    except Exception as error:
        (folder / BROKEN).write_text(_places(error), "utf-8")
    else:
        (folder / ANSWERED).write_bytes(pickle.dumps(_plain(planned)))


def _plain(planned: Planned) -> Planned:
    """Its refusal as a bare UserError: errors with arguments of their own do not travel."""
    return planned if planned.refusal is None else replace(planned, refusal=UserError(planned.refusal.what))


def _places(error: Exception) -> str:
    """Which error, where in the code: its words could name people."""
    return f"{type(error).__name__}: " + " < ".join(f"{each.name}:{each.lineno}" for each in reversed(traceback.extract_tb(error.__traceback__)))


def _listen(enough: threading.Event) -> None:
    for _ in sys.stdin:
        enough.set()
    os._exit(1)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
