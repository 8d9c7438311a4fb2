"""A frozen release opened again, and measured and judged again, to the last digit."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from junheng import __version__
from junheng.intake.release import Release, open_release
from junheng.web.reporting.judged import Judged, judged
from junheng.web.reporting.models import CountyRelease
from junheng.web.store import release_folder


def open_kept(key: str) -> Release:
    """The release of this name in the store. Raises StoreError or ReleaseError."""
    return open_release(release_folder(key))


def reopened(frozen: CountyRelease) -> Judged:
    """Measured and judged from the bytes in the store under the policy it was frozen with: takes a second or two."""
    release = open_kept(frozen.key)
    return judged(release.path, release.facts(), frozen.unit.code, frozen.policy, findings=release.findings, sources=release.sources,
                  release=release.hash)  # fmt: skip


@dataclass(frozen=True)
class Recomputed:
    """What came of measuring again. differences: "stages.primary.balance.L1.cv：0.31 → 0.32", none when all is the same to
    the last digit; result: a document "junheng.assessment/1"; version: of the software that measured now."""

    differences: tuple[str, ...]
    result: dict[str, Any]
    verdict: str
    version: str

    @property
    def is_same(self) -> bool:
        return not self.differences


def recomputed(frozen: CountyRelease) -> Recomputed:
    """The release measured and judged again, and every number compared with what was kept."""
    now = json.loads(json.dumps(reopened(frozen).result))
    return Recomputed(tuple(differences(frozen.result, now)), now, now["verdict"], __version__)


def differences(kept: Any, now: Any, at: str = "") -> Iterator[str]:
    """Where two JSON documents differ, one line a place. at: where in the document both stand."""
    if isinstance(kept, dict) and isinstance(now, dict):
        for name in (*kept, *(name for name in now if name not in kept)):
            yield from differences(kept.get(name), now.get(name), f"{at}.{name}" if at else name)
    elif isinstance(kept, list) and isinstance(now, list) and len(kept) == len(now):
        for number, (one, other) in enumerate(zip(kept, now, strict=True)):
            yield from differences(one, other, f"{at}[{number}]")
    elif kept != now:
        yield f"{at}：{json.dumps(kept, ensure_ascii=False)} → {json.dumps(now, ensure_ascii=False)}"
