"""What is kept in memory of things that never change: the most recently used, and never more than said."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class Kept(Generic[T]):
    """Values by a key that names their content. most: how many are kept."""

    def __init__(self, most: int) -> None:
        self._most, self._lock = most, Lock()
        self._kept: OrderedDict[Hashable, T] = OrderedDict()

    def has(self, key: Hashable) -> bool:
        with self._lock:
            return key in self._kept

    def of(self, key: Hashable, make: Callable[[], T]) -> T:
        """The value of the key; `make` is asked where it is not kept, by two threads at once at worst."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = make()
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return made
