"""A bounded memory of what was read from the database."""

from __future__ import annotations

from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Kept(Generic[K, V]):
    """A bounded dict that forgets its oldest entry."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._items: dict[K, V] = {}
        self.get = self._items.get
        """What is kept of a key; None where nothing is. The dict's own method: every message asks."""

    def put(self, key: K, value: V) -> None:
        if len(self._items) >= self._most:
            del self._items[next(iter(self._items))]
        self._items[key] = value

    def clear(self) -> None:
        self._items.clear()

    def drop(self, key: K) -> None:
        self._items.pop(key, None)
