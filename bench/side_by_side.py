"""Timing two things in one run: each in its own process where memory counts, best of several repeats."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Timed:
    """Best wall time in seconds over `repeats`, and the process's peak resident memory in MB (0 = not measured)."""

    seconds: float
    peak_mb: float = 0.0


def best_of(work: Callable[[], object], repeats: int = 5) -> Timed:
    """The best of several runs in this process, after one run that warms files and caches."""
    work()
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return Timed(min(times))


def in_own_process(script: Path, *arguments: str, repeats: int = 5) -> Timed:
    """Run `python script arguments repeats`; the script prints one JSON line {"seconds": …, "peak_mb": …}."""
    command = [sys.executable, str(script), *arguments, str(repeats)]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True)
    answer = json.loads(done.stdout.strip().splitlines()[-1])
    return Timed(answer["seconds"], answer["peak_mb"])


def peak_mb() -> float:
    """The most memory this process held (VmHWM): unlike ru_maxrss it does not count the parent it was forked from."""
    status = Path("/proc/self/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024


def report(name: str, text: str) -> None:
    print(f"{name}: {text}", flush=True)


def machine() -> str:
    """The machine in one line: it stands above every printed benchmark."""
    cpu = next((line.split(":", 1)[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")), "?")
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} × {cpu}, Python {platform.python_version()}"
