"""A site in a process of its own, told what to do line by line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any


class Site:
    """The process of site_under_knife.py on its own data folder. database_url: "" = SQLite there."""

    def __init__(self, data: Path, database_url: str = "") -> None:
        kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        environment = {**kept, **({"DATABASE_URL": database_url} if database_url else {}), "JUNHENG_DATA": str(data),
                       "DJANGO_SETTINGS_MODULE": "junheng.web.site.settings", "POLARS_MAX_THREADS": "1"}  # fmt: skip
        script = Path(__file__).with_name("site_under_knife.py")
        self._process = subprocess.Popen([sys.executable, str(script)], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def do(self, act: str, **arguments: Any) -> Any:
        """Let it happen; what it returned."""
        return self._whole(act, arguments)["said"]

    def seconds_of(self, act: str, **arguments: Any) -> float:
        return float(self._whole(act, arguments)["seconds"])

    def _whole(self, act: str, arguments: dict[str, Any]) -> dict[str, Any]:
        answer = self.ask(act, None, arguments)
        assert answer["ended"] == 0, f"{act} did not end well"
        return answer

    def ask(self, act: str, kill_after_seconds: float | None, arguments: dict[str, Any]) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"act": act, "arguments": arguments, "kill_after_seconds": kill_after_seconds}) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, "the site's process has ended"
        return dict(json.loads(line))

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(10)
        self._process.stdout.close()
