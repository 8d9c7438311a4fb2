"""One tree of errors. The message is Chinese and says what, where, why and what to do.

* JunhengError
  x UserError               the person at the keyboard can mend it; no traceback, exit code 1
    - PolicyError           a policy pack is malformed, or a value is asked for outside its dates
    - IntakeError           a file or table cannot be used at all
    - ReleaseError          a release is missing, torn or changed
  - DeclarationError        our own declarations contradict each other; a bug, found when loading
"""

from __future__ import annotations


class JunhengError(Exception):
    """Root of everything this package raises on purpose."""


class DeclarationError(JunhengError):
    """A table, indicator or criterion declaration is inconsistent (found at import, never by a user)."""


class UserError(JunhengError):
    """An error a user can mend, written as 什么 – 哪里 – 为什么 – 怎么办.

    what, why, remedy: Chinese sentences without a final stop; where: file, line, cell or command, may be "".
    """

    def __init__(self, what: str, *, where: str = "", why: str = "", remedy: str = "") -> None:
        self.what, self.where, self.why, self.remedy = what, where, why, remedy
        parts = [f"{where}：{what}" if where else what, why, remedy]
        super().__init__("。".join(part for part in parts if part) + "。")


class PolicyError(UserError):
    """A policy pack is malformed, or has no value in force on the date asked for."""


class IntakeError(UserError):
    """A file, sheet or table cannot be used at all."""


class ReleaseError(UserError):
    """A release is missing, incomplete, or does not match its manifest."""
