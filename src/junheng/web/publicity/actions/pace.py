"""How often one place may do something within an hour without signing in; counted in the database, for all server processes.

A place is kept as a keyed hash (the key stands outside the database) and only as long as it counts: an address itself is kept nowhere.
"""

from __future__ import annotations

import time
from datetime import date
from ipaddress import ip_network

from django.db import transaction
from django.utils.crypto import salted_hmac

from junheng.common.errors import UserError
from junheng.web.publicity.models import Pace

_SLOT_SECONDS = 300
_SLOTS = 12
"""What happened counts for 55 to 60 minutes; when exactly it was is not kept, lest it be found again by its time."""
_HOUSEHOLD_BITS = 64
"""Of IPv6 a home has a whole network, and its machines change addresses within it."""


class TooMany(UserError):
    """So many came from there that this one has to wait."""


@transaction.atomic
def admit(what: str, address: str, most: int, refusal: TooMany) -> None:
    """One more from there, in the caller's transaction: what fails does not count. Raises `refusal` where it would be one too many;
    two at once wait for each other. what: each thing has a count of its own."""
    row = _locked(what, address)
    counting = _counting(row)
    if len(counting) >= most:
        raise refusal
    _keep(row, [*counting, _now()])


@transaction.atomic
def count(what: str, address: str) -> None:
    row = _locked(what, address)
    _keep(row, [*_counting(row), _now()])


def reached(what: str, address: str, most: int) -> bool:
    """Whether so many came from there."""
    row = Pace.objects.filter(key=key_of(what, address)).first()
    return row is not None and len(_counting(row)) >= most


def forget_old(today: date) -> int:
    """Every place from which nothing counts any more; returns how many. Safe to repeat."""
    gone, _ = Pace.objects.filter(last_slot__lte=_now() - _SLOTS).delete()
    return gone


def _locked(what: str, address: str) -> Pace:
    key, row = key_of(what, address), None
    while row is None:  # forgotten between the two
        Pace.objects.get_or_create(key=key, defaults={"last_slot": _now()})
        row = Pace.objects.select_for_update().filter(key=key).first()
    return row


def _counting(row: Pace) -> list[int]:
    return [slot for slot in row.slots if slot > _now() - _SLOTS]


def _keep(row: Pace, slots: list[int]) -> None:
    row.slots, row.last_slot = slots, slots[-1]
    row.save(update_fields=["slots", "last_slot"])


def _now() -> int:
    return int(time.time()) // _SLOT_SECONDS


def key_of(what: str, address: str) -> str:
    """A place as it is kept: nobody finds the address from it."""
    return salted_hmac(f"junheng.pace.{what}", _place(address), algorithm="sha256").hexdigest()


def _place(address: str) -> str:
    """Of IPv4 the address, of IPv6 its network; what is no address stands for itself."""
    try:
        return str(ip_network(f"{address}/{_HOUSEHOLD_BITS}" if ":" in address else address, strict=False))
    except ValueError:
        return address
