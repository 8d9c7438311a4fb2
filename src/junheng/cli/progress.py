"""Progress bars for long work: what, how far, how long still. Silent when the output is not a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)


class Step(Protocol):
    """Tell that one piece of the work is done, with its name."""

    def __call__(self, name: str, /) -> None: ...


@contextmanager
def progress(title: str, total: int | None = None) -> Iterator[Step]:
    """A bar on standard error that advances by one with each call of the yielded step."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
               TextColumn("还需"), TimeRemainingColumn(), TextColumn("{task.fields[name]}"))  # fmt: skip
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as bar:
        task = bar.add_task(title, total=total, name="")

        def step(name: str, /) -> None:
            bar.update(task, advance=1, name=name)

        yield step
