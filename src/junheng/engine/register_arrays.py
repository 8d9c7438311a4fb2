"""Registers rolled up on arrays: DuckDB counts the people by school and stage, the counts are spread to columns here.

The same as intake.registers.roll_up, of which it takes what is counted and what keeps a count from standing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from junheng.engine.arrays import Array
from junheng.engine.backends import Backend
from junheng.engine.compile import KEY
from junheng.engine.in_memory import columns_from
from junheng.engine.registers import completed, register_frames
from junheng.engine.result import Floats
from junheng.engine.tabular import Columns, Needed, Tables, column_kind, floats, texts
from junheng.intake.registers import Output, check_names, grouped

_outputs: dict[object, list[list[Output]]] = {}


def rolled_up_columns(engine: Backend, registers: Tables, needed: Needed) -> dict[str, Columns]:
    """The needed columns of the fact tables, as in_memory.columns_of gives them."""
    wanted = tuple(needed["school"])
    key = (registers.flavour, wanted)
    if key not in _outputs:
        _outputs[key] = [outputs for _, outputs in grouped(register_frames(registers), wanted)]
    spread = _Spread()
    for number, outputs in enumerate(_outputs[key]):

        def plan(number: int = number) -> object:
            return [frame for frame, _ in grouped(register_frames(registers), wanted)][number]

        spread.add(engine.run(registers, ("register", number, key), plan), outputs)  # type: ignore[arg-type]
    schools = _read(engine, registers, "school", wanted)
    rest = {name: _read(engine, registers, name, tuple(columns)) for name, columns in needed.items() if name != "school"}
    return {"school": spread.columns(schools, wanted), **rest}


def _read(engine: Backend, registers: Tables, name: str, columns: tuple[str, ...]) -> Columns:
    read = engine.run(registers, ("read", name, columns), lambda: completed(registers, name, columns))
    return columns_from(name, read)


class _Places(dict[tuple[str, ...], int]):
    """A school's key → its number; a key not met before gets the next one."""

    def __missing__(self, key: tuple[str, ...]) -> int:
        self[key] = number = len(self)
        return number


@dataclass
class _Spread:
    """Counts by school, over all registers."""

    place: _Places = field(default_factory=_Places)
    counted: list[tuple[str, Array, Floats]] = field(default_factory=list)

    def add(self, groups: Columns, outputs: Sequence[Output]) -> None:
        """One register's groups: its outputs, for the schools that have rows in it."""
        at = self._places(groups)
        stages = texts(groups["stage"]) if "stage" in groups else np.full(len(at), "", dtype=object)
        schools, local = np.unique(at, return_inverse=True)

        def total(name: str, rows: Array | None = None) -> Floats:
            values = np.nan_to_num(floats(groups[name]))
            chosen = slice(None) if rows is None else rows
            summed: Floats = np.bincount(local[chosen], weights=values[chosen], minlength=len(schools)).astype(np.float64)
            return summed

        checks: dict[str, Floats] = {}
        for output in outputs:
            register, count = output.register.name, output.count
            of_stage = None if output.stage is None else stages == output.stage.value
            for name in check_names(output):
                if name not in checks:
                    unstaged = name == f"unstaged_{register}"
                    checks[name] = total(f"rows_{register}", stages == "") if unstaged else total(f"doubt_{register}_{count.doubt}", of_stage)
            value = total(f"rows_{register}" if count.of is None else f"of_{count.name}", of_stage)
            for name in check_names(output):
                value = np.where(checks[name] == 0, value, np.nan)
            self.counted.append((output.column, schools, value))

    def columns(self, reported: Columns, wanted: Sequence[str]) -> Columns:
        """All wanted columns: a register's figure before the reported one; schools of either side."""
        at, out = self._places(reported), {}
        size = len(self.place)
        for name in wanted:
            text = column_kind("school", name) == "text"
            out[name] = np.full(size, None if text else np.nan, dtype=object if text else np.float64)
            out[name][at] = reported[name]
        for name, schools, value in self.counted:
            out[name][schools] = np.where(np.isnan(value), out[name][schools], value)
        for number, name in enumerate(KEY):
            out[name] = np.array([key[number] for key in self.place], dtype=object)
        return out

    def _places(self, columns: Columns) -> Array:
        size = len(columns["county_code"])
        key = [texts(columns[name]) if name in columns else [""] * size for name in KEY]
        return np.fromiter(map(self.place.__getitem__, zip(*key, strict=True)), dtype=np.intp, count=size)
