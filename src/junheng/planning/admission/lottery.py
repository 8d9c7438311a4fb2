"""电脑随机录取: an over-subscribed school draws its pupils, and anybody can draw them again (rules.md §9).

Sets and data
    A applicants, by application number (报名号); A is partitioned into units u: a child alone, or siblings drawn together
    P places of the plan; H a digest (SHA-256 or SM3); ‖ joins texts
Fixed in this order, each in public
    list   L = the canonical text of terms and applicants: sorted, one line each, so the order of a file does not matter   (1)
    hash   h = H(L), published when applications have closed                                                               (2)
    seed   s = H("junheng.lottery/1" ‖ LF ‖ seed text ‖ LF ‖ h); the seed text becomes known only after h is published,
           from something nobody controls (a notary's draw, the numbers of a state lottery on a date named beforehand)     (3)
Draw
    ticket of a unit t_u = H(s ‖ ":" ‖ smallest application number of the unit)                                            (4)
    units in the order of t_u; a unit is admitted while its members fit into the places left                               (5)
    a unit larger than the places left: passed over, or admitted all the same (Terms.last_unit)                            (6)

Why it is fair: under (3) nobody who fixes the list knows s, and nobody who gives the seed text can choose h afterwards; tickets of
a cryptographic digest are in an order that nobody can prefer. Source: 教基厅〔2023〕1号 (电脑随机录取); the form is our design
(rules.md §9: 公开种子+算法可复算、名单哈希先公示). (4) needs no software of ours: `printf '%s' "种子:报名号" | sha256sum`.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from junheng.common.digests import Digest
from junheng.common.errors import UserError
from junheng.common.identifiers import id_number_fault

FORMAT = "junheng.lottery/1"
_LONGEST = 40


class LastUnit(StrEnum):
    """What becomes of siblings who no longer fit into the places left. 待核: the choice is the county's."""

    PASS_OVER = "后延"
    ADD_PLACES = "增加计划"


@dataclass(frozen=True)
class Terms:
    """What is announced with the list. places: the plan of the school. siblings_together: one ticket for siblings.

    waiting_list: those not drawn wait in the order of the draw; for private schools no place given up is filled again
    (不得补录, rules.md §9), so the default is none.
    """

    school: str
    places: int
    digest: Digest = Digest.SHA256
    siblings_together: bool = True
    last_unit: LastUnit = LastUnit.PASS_OVER
    waiting_list: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "school", plain(self.school))
        if not self.school or self.places < 0:
            raise UserError("摇号的学校或计划数不能用", why=f"学校“{self.school}”，计划 {self.places}", remedy="请给出学校名称和不小于 0 的招生计划数")


@dataclass(frozen=True)
class Applicant:
    """number: 报名号, never an identity number, it is published. siblings: the mark siblings share, "" = none applied."""

    number: str
    siblings: str = ""


class Outcome(StrEnum):
    ADMITTED = "录取"
    WAITING = "候补"
    NOT_DRAWN = "未录取"


@dataclass(frozen=True)
class Drawn:
    """One applicant's line of the result. rank: place in the order of the draw, from 1; waiting: place in the waiting list."""

    rank: int
    number: str
    ticket: str
    outcome: Outcome
    waiting: int | None = None


def plain(text: str) -> str:
    """A name or number as it enters a digest: half width, without spaces of any kind."""
    if text.isascii() and text.isalnum():
        return text
    return "".join(unicodedata.normalize("NFKC", text).split())


def canonical_list(terms: Terms, applicants: Iterable[Applicant]) -> str:
    """(1). Siblings are marked by the smallest number among them, so their mark in a file does not matter.

    Raises UserError for a repeated number and for one that cannot be published.
    """
    tidy = [Applicant(plain(each.number), plain(each.siblings)) for each in applicants]
    _refuse_unfit(tidy)
    marks = first_of_siblings(tidy) if terms.siblings_together else {}
    lines = sorted((each.number, marks.get(each.number, "")) for each in tidy)
    head = [
        FORMAT, f"算法\t{terms.digest}", f"学校\t{terms.school}", f"计划\t{terms.places}",
        f"同胞\t{'一并抽取' if terms.siblings_together else '各自抽取'}", f"同胞名额不足\t{terms.last_unit}",
        f"候补\t{'有' if terms.waiting_list else '无'}", f"报名\t{len(lines)}",
    ]  # fmt: skip
    return "".join(f"{line}\n" for line in (*head, *("\t".join(filter(None, line)) for line in lines)))


def _refuse_unfit(applicants: Sequence[Applicant]) -> None:
    twice = sorted(number for number, times in Counter(each.number for each in applicants).items() if times > 1)
    if twice:
        raise UserError(f"报名号重复：{'、'.join(twice[:10])}", why=f"共有 {len(twice)} 个报名号出现不止一次", remedy="请核对报名名单，一名儿童只留一行")
    for number in (each.number for each in applicants):
        if not number or len(number) > _LONGEST or not number.isprintable():
            raise UserError(f"报名号“{number[:_LONGEST]}”不能用", why=f"应为 1–{_LONGEST} 个字符", remedy="请由报名系统统一编号")
        if len(number) in (15, 18) and not id_number_fault(number):
            raise UserError("报名号是身份证号", why="名单和结果要公示，不得含身份证号", remedy="请改用报名系统编的号")


def first_of_siblings(applicants: Iterable[Applicant]) -> dict[str, str]:
    """Number → smallest number among its siblings, for those who have siblings in the list. Texts as `plain` leaves them."""
    groups: dict[str, list[str]] = defaultdict(list)
    for each in applicants:
        if each.siblings:
            groups[each.siblings].append(each.number)
    return {number: min(group) for group in groups.values() if len(group) > 1 for number in group}


def read_list(text: str) -> tuple[Terms, tuple[Applicant, ...]]:
    """Terms and applicants of a canonical list. Raises UserError when the text is not one, to the last character."""
    lines = text.split("\n")
    fields = dict(line.partition("\t")[::2] for line in lines[1:8])
    try:
        terms = Terms(
            fields["学校"], int(fields["计划"]), Digest(fields["算法"]), fields["同胞"] == "一并抽取",
            LastUnit(fields["同胞名额不足"]), fields["候补"] == "有",
        )  # fmt: skip
        applicants = tuple(Applicant(*line.split("\t")) for line in lines[8:-1])
    except (KeyError, ValueError, TypeError) as error:
        raise UserError("这不是公示的摇号名单", why="缺少规定的行，或某一行写法不对", remedy=f"请用 junheng plan lottery list 写出的文件，首行是“{FORMAT}”") from error
    if canonical_list(terms, applicants) != text:
        raise UserError("公示的摇号名单被改动过", why="次序、行数或写法与规定的不一致", remedy="请取回公示时的原文件")
    return terms, applicants


def seed_of(list_text: str, seed_text: str, digest: Digest) -> str:
    """(3). Raises UserError for a blank seed text."""
    if not plain(seed_text):
        raise UserError("种子是空的", remedy="请给出名单公示以后才产生的公开数字或文字")
    return digest.of(f"{FORMAT}\n{plain(seed_text)}\n{digest.of(list_text)}")


def draw(list_text: str, seed_text: str) -> tuple[Drawn, ...]:
    """(4)–(6): every applicant of a canonical list, in the order of the draw. Nobody is lost, no place given twice."""
    terms, applicants = read_list(list_text)
    seed = seed_of(list_text, seed_text, terms.digest)
    units: dict[str, list[str]] = defaultdict(list)
    for each in applicants:
        units[each.siblings or each.number].append(each.number)
    order = sorted((terms.digest.of(f"{seed}:{first}"), sorted(members)) for first, members in units.items())
    out: list[Drawn] = []
    left = terms.places
    for ticket, members in order:
        fits = len(members) <= left or (terms.last_unit is LastUnit.ADD_PLACES and left > 0)
        left -= len(members) if fits else 0
        outcome = Outcome.ADMITTED if fits else Outcome.WAITING if terms.waiting_list else Outcome.NOT_DRAWN
        out += [Drawn(len(out) + at, number, ticket, outcome) for at, number in enumerate(members, 1)]
    waiting = iter(range(1, len(out) + 1))
    return tuple(replace(each, waiting=next(waiting)) if each.outcome is Outcome.WAITING else each for each in out)
