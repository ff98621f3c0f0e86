"""Bounded memories of what was read from the database."""

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


class Weighed(Generic[K, V]):
    """A dict that is bounded by what its values weigh, and forgets what was not asked for the longest."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._items: dict[K, tuple[V, int]] = {}
        self.weight = 0

    def get(self, key: K) -> V | None:
        """What is kept of a key, which counts as asking for it."""
        item = self._items.pop(key, None)
        if item is None:
            return None
        self._items[key] = item
        return item[0]

    def peek(self, key: K) -> V | None:
        """The same, of somebody who does not ask for it."""
        item = self._items.get(key)
        return None if item is None else item[0]

    def put(self, key: K, value: V, weight: int) -> None:
        """What was kept already keeps its place."""
        before = self._items.get(key)
        self.weight += weight - (0 if before is None else before[1])
        self._items[key] = (value, weight)
        while self.weight > self._most:
            self.drop(next(iter(self._items)))

    def drop(self, key: K) -> None:
        item = self._items.pop(key, None)
        if item is not None:
            self.weight -= item[1]
