"""Nothing in the repository could be somebody's identity number, telephone or address: what tests and examples need is evidently made up.

Identity numbers made up here have a division code of no province (99…), telephones a prefix that is given to nobody (154), addresses a domain
kept for examples (RFC 2606).
"""

from __future__ import annotations

import re
import subprocess
import unicodedata
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest

from junheng.common.identifiers import PROVINCE_PREFIXES, id_number_fault

ROOT = Path(__file__).resolve().parents[2]

_ASSIGNED = frozenset(["130", "131", "132", "133", "134", "135", "136", "137", "138", "139", "145", "146", "147", "148", "149", "150", "151", "152", "153", "155", "156", "157", "158", "159", "162", "165", "166", "167", "170", "171", "172", "173", "174", "175", "176", "177", "178", "180", "181", "182", "183", "184", "185", "186", "187", "188", "189", "190", "191", "192", "193", "195", "196", "197", "198", "199"])
"""The first three digits of mobile numbers in use; 154 and the others that are missing are given to nobody."""
_EXAMPLES = re.compile(r"(^|\.)(example|test|invalid|localhost)$|(^|\.)example\.(com|org|net)$", re.IGNORECASE)
_PICTURES = {".png", ".jpg", ".ico", ".woff2"}
_MADE_ELSEWHERE = {"uv.lock", "package-lock.json"}
"""Hashes and addresses of other people's packages."""

ALLOWED = {
    ("tests/property/judging/test_cv_bounds.py", "150" + "00000001"): "a figure of yuan just above fifteen thousand million, no telephone",
}  # fmt: skip
"""(file, text) → why it is nobody's."""


def _texts(path: Path) -> Iterator[str]:
    data = path.read_bytes()
    if data[:4] == b"PK\x03\x04":  # .xlsx and .docx: their sheets and paragraphs
        with zipfile.ZipFile(BytesIO(data)) as packed:
            for name in packed.namelist():
                yield re.sub(r"<[^>]+>", " ", packed.read(name).decode("utf-8", "ignore"))
    else:
        yield data.decode("utf-8", "ignore")


def identity_numbers(text: str) -> Iterator[str]:
    """Valid ones of an existing province, of 18 characters or of 15."""
    for found in re.findall(r"(?<![0-9A-Za-z.])(?:\d{17}[\dXx]|\d{15})(?![0-9A-Za-z])", text):
        if found[:2] in PROVINCE_PREFIXES and not id_number_fault(found):
            yield found


def mobile_numbers(text: str) -> Iterator[str]:
    for found in re.findall(r"(?<![0-9A-Za-z._])1\d{2}[- ]?\d{4}[- ]?\d{4}(?![0-9A-Za-z])", text):
        if found[:3] in _ASSIGNED:
            yield found


def addresses(text: str) -> Iterator[str]:
    for found in re.findall(r"[A-Za-z0-9][A-Za-z0-9._+-]*@((?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,})\b", text):
        if not _EXAMPLES.search(found):
            yield f"@{found}"


def could_be_real(text: str) -> set[str]:
    plain = unicodedata.normalize("NFKC", text)
    return {*identity_numbers(plain), *mobile_numbers(plain), *addresses(plain)}


def _kept() -> list[str]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a checkout of the repository: there is no list of what is kept")
    names = [name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]
    return [name for name in names if Path(name).suffix not in _PICTURES and Path(name).name not in _MADE_ELSEWHERE]


def test_nothing_kept_could_be_somebodys_number_or_address():
    names = _kept()
    assert len(names) > 500
    found = {(name, each) for name in names for text in _texts(ROOT / name) for each in could_be_real(text)}
    assert found == set(ALLOWED), "made up ones begin with 99 (identity), 154 (telephone) or end in example.org (address); what is allowed is still there"


@pytest.mark.parametrize(("text", "found"), [
    ("身份证 21010220120905" + "0016。", 1), ("21010220120905" + "0017", 0), ("990102201209050016", 0), ("号码１３８" + "１２３４５６７８", 1),
    ("138-" + "1234 5678", 1), ("15412345678", 0), ("wang@" + "school.cn", 1), ("wang@example.org", 0), ("0.138" + "12345678", 0),
    ("110105" + "491231002", 1),
])  # fmt: skip
def test_what_could_be_real_is_noticed_and_what_is_made_up_is_not(text: str, found: int):
    assert len(could_be_real(text)) == found


def test_workbooks_and_documents_are_read_too(tmp_path: Path):
    path = tmp_path / "名册.xlsx"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("xl/sharedStrings.xml", "<si><t>138" + "12345678</t></si>")
    assert [could_be_real(text) for text in _texts(path)] == [{"138" + "12345678"}]
