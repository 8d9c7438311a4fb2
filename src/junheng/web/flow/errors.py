"""Why a transition is not taken. All are user errors: the page shows what, why and what to do.

* Refused
  x NotAllowed      the right is not held here
  x Moved           somebody else was faster
"""

from __future__ import annotations

from collections.abc import Mapping

from junheng.common.errors import UserError


class Refused(UserError):
    """The transition cannot be taken as asked. fields: field name → what is wrong with it."""

    def __init__(self, what: str, *, where: str = "", why: str = "", remedy: str = "", fields: Mapping[str, str] | None = None) -> None:
        super().__init__(what, where=where, why=why, remedy=remedy)
        self.fields = dict(fields or {})


class NotAllowed(Refused):
    """The account has not the right to take it."""


class Moved(Refused):
    """The subject is no longer in the state the person saw."""
