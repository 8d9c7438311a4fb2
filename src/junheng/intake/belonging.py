"""归属: which county a school's table belongs to.

In this order: what the table itself says; a county's code in the path; the one county workbook in its folder, or in
the nearest folder above that has one anywhere below it. With one county in all there is nothing to decide.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from junheng.intake.records import Record

_CODE_IN_PATH = re.compile(r"(?<!\d)\d{6}(?!\d)")


class Counties:
    """The county workbooks that were read: (folder, code, name) of each."""

    def __init__(self, root: Path, found: Sequence[tuple[Path, str, str]]) -> None:
        self._root, self._found = root, found
        self.codes = sorted({code for _, code, _ in found if code})
        self._by_name = {name: code for _, code, name in found if name and code}
        self._of_folder: dict[Path, str | None] = {}

    def of(self, record: Record, folder: Path) -> str | None:
        """The county code of a record in this folder; None when several counties are as near."""
        own = record.text("county_code") or self._by_name.get(record.county_name, "")
        if own:
            return own
        hinted = [code for code in self.codes if code in _CODE_IN_PATH.findall(record.place.file)]
        if len(hinted) == 1:
            return hinted[0]
        return self.of_folder(folder)

    def of_folder(self, folder: Path) -> str | None:
        """The county of a folder that nothing else is known of; "" when there is no county at all."""
        if len(self.codes) <= 1:
            return self.codes[0] if self.codes else ""
        if folder not in self._of_folder:
            self._of_folder[folder] = self._nearest(folder)
        return self._of_folder[folder]

    def _nearest(self, folder: Path) -> str | None:
        for ancestor in (folder, *folder.parents):
            here = {code for where, code, _ in self._found if where == ancestor and code}
            near = here or {code for where, code, _ in self._found if where.is_relative_to(ancestor) and code}
            if near:
                return near.pop() if len(near) == 1 else None
            if ancestor == self._root:
                break
        return None
