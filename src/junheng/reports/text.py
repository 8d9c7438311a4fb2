"""Text on its way into a document: people's words may never act as a formula, markup or control code."""

from __future__ import annotations

import re

_NOT_ALLOWED_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FORMULA_START = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def clean(text: object) -> str:
    """The text without characters XML forbids and with plain line ends; "" for None."""
    if text is None:
        return ""
    return _NOT_ALLOWED_IN_XML.sub("", str(text).replace("\r\n", "\n").replace("\r", "\n"))


def acts_as_formula(text: str) -> bool:
    """Whether a spreadsheet would take this text for a formula, were it typed in by hand.

    Such text is written as a string cell with the quote-prefix mark, which survives editing and copying.
    """
    return text.startswith(_FORMULA_START)


_UNSAFE_IN_FILE_NAME = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


def file_stem(text: str, *, longest: int = 60) -> str:
    """A name every file system takes: forbidden characters become "_", never empty, never leading or final dots."""
    return _UNSAFE_IN_FILE_NAME.sub("_", clean(text)).strip(" .")[:longest] or "未命名"
