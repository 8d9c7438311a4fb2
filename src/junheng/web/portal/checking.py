"""What anybody can check about a lottery: a number, the published list, a result file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from junheng.common.errors import UserError
from junheng.planning.admission.lottery import Drawn, plain, read_list
from junheng.planning.admission.lottery_record import Record, differences, read_record
from junheng.web.portal.models import Lottery
from junheng.web.store import content


@dataclass(frozen=True)
class Ticket:
    """One number in the list. drawn: None before the draw. hashed: the text whose digest is the ticket; siblings draw with the smallest
    number among them."""

    number: str
    first: str
    drawn: Drawn | None
    hashed: str


@lru_cache(maxsize=16)
def _list(sha256: str) -> Mapping[str, str]:
    """Number → the number it is drawn by."""
    return {each.number: each.siblings or each.number for each in read_list(content(sha256).decode())[1]}


@lru_cache(maxsize=16)
def _record(sha256: str) -> tuple[Record, Mapping[str, Drawn]]:
    record = read_record(content(sha256).decode())
    return record, {each.number: each for each in record.result}


@lru_cache(maxsize=16)
def drawn_again(list_sha256: str, list_hash: str, seed_text: str, record_sha256: str) -> tuple[str, ...]:
    """Draw again from what is published; () = the published result is that draw."""
    return differences(_record(record_sha256)[0], list_hash, seed_text, content(list_sha256).decode())


def outcome_of(lottery: Lottery) -> tuple[str, ...] | None:
    """Differences between the published result and the draw of the published list and seed; None before the draw."""
    return drawn_again(lottery.list_sha256, lottery.list_hash, lottery.seed_text, lottery.record_sha256) if lottery.record_sha256 else None


def ticket_of(lottery: Lottery, number: str) -> Ticket | None:
    """None = the number is not in the list."""
    number = plain(number)
    first = _list(lottery.list_sha256).get(number)
    if first is None:
        return None
    drawn = _record(lottery.record_sha256)[1].get(number) if lottery.record_sha256 else None
    return Ticket(number, first, drawn, f"{lottery.seed}:{first}" if lottery.seed else "")


def admitted(lottery: Lottery) -> int:
    return sum(each.outcome == "录取" for each in _record(lottery.record_sha256)[0].result)


def faults_of_file(lottery: Lottery, data: bytes) -> tuple[str, ...]:
    """Chinese lines: in what a list or result file that somebody holds differs from what was published; () = in nothing. The announced hash
    and seed are the site's, never the file's. Raises UserError for what is neither."""
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise UserError("文件不是 UTF-8 文本", why="可能被别的软件另存过", remedy="请用公示时下载的原文件") from error
    if text.lstrip().startswith("{"):
        if not lottery.record_sha256:
            raise UserError("这次摇号还没有抽取", why="没有结果可以核对", remedy="现在可以核对公示名单（.txt）")
        return differences(read_record(text), lottery.list_hash, lottery.seed_text, content(lottery.list_sha256).decode())
    return tuple(_of_list(lottery, text))


def _of_list(lottery: Lottery, text: str) -> list[str]:
    published = content(lottery.list_sha256).decode()
    if text == published:
        return []
    try:
        read_list(text)
        out = []
    except UserError as error:
        out = [f"{error.what}（{error.why}）"]
    before, after = (dict(line.partition("\t")[::2] for line in each.splitlines()) for each in (published, text))
    changed = [name for name in sorted(before.keys() | after.keys()) if before.get(name) != after.get(name)]
    out += [f"“{name}”一行：公示的{_said(before, name)}，这个文件里{_said(after, name)}" for name in changed[:20]]
    return out + ([f"另有 {len(changed) - 20} 行不同"] if len(changed) > 20 else []) or ["换行或空格与公示的不同"]


def _said(lines: Mapping[str, str], name: str) -> str:
    return "没有" if name not in lines else f"是“{lines[name]}”" if lines[name] else "有"
