"""摇号结果: the published record of a draw, and the proof that it is the draw of the published list and seed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass

from junheng.common.digests import Digest
from junheng.common.errors import UserError
from junheng.planning.admission.lottery import FORMAT, Drawn, Outcome, draw, plain, read_list, seed_of

_SHOWN = 10


@dataclass(frozen=True)
class Record:
    """list_text: the canonical list that was drawn from; seed: as computed; result: in the order of the draw."""

    list_text: str
    list_hash: str
    seed_text: str
    seed: str
    result: tuple[Drawn, ...]

    def to_json(self) -> str:
        return json.dumps({"schema": FORMAT} | asdict(self), ensure_ascii=False, indent=1)


def record_of(list_text: str, seed_text: str) -> Record:
    """Draw and keep everything that is needed to draw again."""
    digest = read_list(list_text)[0].digest
    return Record(list_text, digest.of(list_text), plain(seed_text), seed_of(list_text, seed_text, digest), draw(list_text, seed_text))


def read_record(text: str) -> Record:
    """Raises UserError when the text is not a record. Whether it is true is not asked here: see `differences`."""
    try:
        said = json.loads(text)
        assert said["schema"] == FORMAT
        return Record(str(said["list_text"]), str(said["list_hash"]), str(said["seed_text"]), str(said["seed"]),
                      tuple(_drawn(line) for line in said["result"]))  # fmt: skip
    except (ValueError, KeyError, TypeError, AssertionError) as error:
        raise UserError("这不是摇号结果文件", why="缺少规定的内容，或写法不对", remedy="请用 junheng plan lottery draw 写出的 .json 文件") from error


def _drawn(line: Mapping[str, object]) -> Drawn:
    waiting = line["waiting"]
    return Drawn(int(str(line["rank"])), str(line["number"]), str(line["ticket"]), Outcome(str(line["outcome"])),
                 None if waiting is None else int(str(waiting)))  # fmt: skip


def differences(record: Record, list_hash: str, seed_text: str, published_list: str | None = None) -> tuple[str, ...]:
    """Chinese lines: everything in which a record differs from the draw of what was announced; () = it is that draw.

    list_hash, seed_text: as announced, taken from the announcement and not from the record; published_list: the
    canonical list as published, when at hand, so that a changed line can be named.
    """
    try:
        digest = read_list(record.list_text)[0].digest
    except UserError as error:
        return (f"结果文件中的名单不能用：{error.what}（{error.why}）",)
    out = list(_of_list(record, digest, list_hash, published_list))
    if plain(seed_text) != record.seed_text:
        out.append(f"种子文字不同：公布的是“{plain(seed_text)}”，结果文件中是“{record.seed_text}”")
    if not plain(record.seed_text) or record.seed != seed_of(record.list_text, record.seed_text, digest):
        out.append("种子不是由种子文字和名单哈希算出的")
    return (*out, *_of_result(record, seed_text))


def _of_list(record: Record, digest: Digest, list_hash: str, published_list: str | None) -> Iterator[str]:
    actual, announced = digest.of(record.list_text), list_hash.strip().lower()
    if record.list_hash != actual:
        yield f"结果文件写的名单哈希 {record.list_hash[:16]}… 与其名单不符"
    if actual != announced:
        yield f"名单或规则与公示的不同：公示的哈希是 {announced[:16]}…，结果文件中的名单是 {actual[:16]}…"
    if published_list is None or published_list == record.list_text:
        return
    if digest.of(published_list) != announced:
        yield "所给的公示名单与公示的哈希不符，请取回公示时的原文件"
    before, after = (dict(line.partition("\t")[::2] for line in text.splitlines()) for text in (published_list, record.list_text))
    for name in sorted(before.keys() | after.keys()):
        if before.get(name) != after.get(name):
            yield f"名单的“{name}”：公示的是“{_said(before, name)}”，结果文件中是“{_said(after, name)}”"


def _said(lines: Mapping[str, str], name: str) -> str:
    return (lines[name] or "在名单中") if name in lines else "没有这一行"


def _of_result(record: Record, seed_text: str) -> Iterator[str]:
    expected = draw(record.list_text, seed_text)
    said = {each.number: each for each in record.result}
    if len(said) != len(record.result):
        yield f"结果中有重复的报名号：共 {len(record.result)} 行，只有 {len(said)} 个报名号"
    if extra := sorted(said.keys() - {each.number for each in expected}):
        yield f"结果中有名单以外的报名号：{'、'.join(extra[:_SHOWN])}"
    elif not extra and [each.number for each in record.result] != [each.number for each in expected if each.number in said]:
        yield "结果的行不是按摇出的次序排的"
    wrong = [(each, said.get(each.number)) for each in expected if said.get(each.number) != each]
    for right, given in wrong[:_SHOWN]:
        yield f"报名号 {right.number}：重算为第 {right.rank} 位、{_words(right)}，结果文件中{_given(right, given)}"
    if len(wrong) > _SHOWN:
        yield f"另有 {len(wrong) - _SHOWN} 个报名号的结果与重算不同"


def _words(each: Drawn) -> str:
    return f"{each.outcome}" + (f"第 {each.waiting} 位" if each.waiting else "")


def _given(right: Drawn, given: Drawn | None) -> str:
    if given is None:
        return "没有"
    same = (given.rank, given.outcome, given.waiting) == (right.rank, right.outcome, right.waiting)
    return "的签号不同" if same else f"为第 {given.rank} 位、{_words(given)}"
