"""What is kept in memory of things that never change: the most recently used, and never more than said."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")


class Kept(Generic[K, T]):
    """Values by a key that names their content. most: how many are kept."""

    def __init__(self, most: int) -> None:
        self._most, self._lock = most, Lock()
        self._kept: OrderedDict[K, T] = OrderedDict()

    def of(self, key: K, make: Callable[[], T]) -> T:
        """The value of the key; `make` is asked where it is not kept, by two threads at once at worst."""
        return self.all_of((key,), lambda _: {key: make()})[key]

    def all_of(self, keys: Iterable[K], make: Callable[[list[K]], Mapping[K, T]]) -> dict[K, T]:
        """The value of every key, however many are kept. make: asked once, for those that are not; a key it leaves out is left out."""
        wanted = list(dict.fromkeys(keys))
        with self._lock:
            found = {key: self._kept[key] for key in wanted if key in self._kept}
        if missing := [key for key in wanted if key not in found]:
            found |= make(missing)
        with self._lock:
            for key, value in found.items():
                self._kept[key] = value
                self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return found
