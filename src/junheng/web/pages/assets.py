"""The built front end: which files a page loads. Built by Vite into frontend/dist/site, carried in the wheel."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from django.templatetags.static import static

MANIFEST = Path(__file__).resolve().parent.parent / "frontend" / "dist" / "site" / "manifest.json"


@cache
def _entries() -> dict[str, Any]:
    """{} where the front end is not built: pages work without it, plainly."""
    return json.loads(MANIFEST.read_text("utf-8")) if MANIFEST.is_file() else {}


def scripts_of(entry: str) -> list[str]:
    built = _entries().get(entry)
    return [static(f"site/{built['file']}")] if built else []


def styles_of(entry: str) -> list[str]:
    built = _entries().get(entry)
    return [static(f"site/{name}") for name in built.get("css", [])] if built else []
