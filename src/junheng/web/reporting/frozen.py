"""A frozen release opened again, and measured and judged again, to the last digit."""

from __future__ import annotations

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
