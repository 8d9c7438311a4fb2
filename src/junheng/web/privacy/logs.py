"""What the site writes into its log: where something went wrong and of what kind, never whose data it was.

The words of an exception may quote a cell, a name or a form's field, so a traceback is written without them; the frames
say where to look, and the audit log says who did what.
"""

from __future__ import annotations

import logging
import re
import traceback
from types import TracebackType
from typing import Any

_HIDDEN = "***"
_PATTERNS = (
    re.compile(r"(?<![0-9A-Za-z])\d{6}(?:18|19|20)\d{2}[01]\d[0-3]\d{4}[\dXx](?![0-9A-Za-z])"),  # 身份证号
    re.compile(r"(?<![0-9A-Za-z])\d{15}(?![0-9A-Za-z])"),  # 15 位旧身份证号
    re.compile(r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)"),  # 手机
    re.compile(r"(?<!\d)0\d{2,3}[- ]\d{7,8}(?!\d)"),  # 固定电话
    re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),  # e-mail
    re.compile(r"(?<=/)(?![0-9a-f-]{36,64}(?:/|\s|$))[A-Za-z0-9_-]{24,}(?=/|\s|$)"),  # the secret of an invitation; job numbers and hashes stay
    re.compile(r"(?<=/q/)[^/\s]+"),  # the code of an anonymous questionnaire
    re.compile(r"(?<=\?)[^\s\"']+"),  # what was searched for
)

_Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def without_personal_data(text: str) -> str:
    """The text with identity numbers, phones, e-mail addresses, secrets and queries of addresses starred out."""
    for pattern in _PATTERNS:
        text = pattern.sub(_HIDDEN, text)
    return text


class WithoutPersonalData(logging.Formatter):
    """A line of the log without personal data; a traceback without the words of its exceptions."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  (the name is logging's)
        return without_personal_data(super().formatMessage(record))

    def formatException(self, ei: Any) -> str:  # noqa: N802
        return traced(ei)


def traced(raised: _Raised) -> str:
    """Frames and kinds of an exception and of those behind it, oldest first, one "kind" line each instead of its words."""
    parts: list[str] = []
    error: BaseException | None = raised[1]
    while error is not None:
        frames = "".join(traceback.format_tb(error.__traceback__))
        parts.insert(0, f"{frames}{type(error).__module__}.{type(error).__qualname__}")
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\n\n".join(parts)
