"""What a person entered about an account, and cannot be so."""

from __future__ import annotations

from collections.abc import Mapping

from junheng.common.errors import UserError


class WrongEntries(UserError):
    """fields: name of the field → what is wrong with it, Chinese."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        self.fields = dict(fields)
        super().__init__("；".join(fields.values()), remedy="请改正后再办理")
