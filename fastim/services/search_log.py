"""The newest entries of several conversations in one order, from their own logs and without an index. Pure.

Within a conversation numbers have no hole, and ids grow with them. So the newest of all are among the
newest of each, and where each is to be gone on with is found by halves: what is read depends on how many
are asked for, hardly on how long a log is.
"""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from fastim.backends.log import Span
from fastim.protocol import limits


class Place(NamedTuple):
    """Where an entry of the log stands."""

    id: int
    conversation_id: int
    seq: int


Read = Callable[[Sequence[Span]], Iterable[Place]]
"""All entries of short spans, in any order."""


class Part:
    """What is still to come of a conversation: entries above `floor` and up to `seq`, with ids up to
    `top`."""

    def __init__(self, conversation_id: int, floor: int, seq: int, top: int) -> None:
        self.conversation_id = conversation_id
        self.floor = floor
        self.seq = seq
        self.top = top
        self.ready: deque[Place] = deque()
        """What was read of it, the newest first; all above `seq`."""

    def __lt__(self, other: Part) -> bool:
        """Whether it comes first."""
        return self.next_id > other.next_id

    @property
    def next_id(self) -> int:
        """Of what comes next if that is ready; else it is not higher than that."""
        return self.ready[0].id if self.ready else self.top

    def cut(self, count: int) -> Span:
        """Its next numbers, which count as read from now on."""
        span = Span(self.conversation_id, max(self.floor, self.seq - count), self.seq + 1)
        self.seq = span.above
        return span


class SearchLog:
    """Goes through the entries with ids between two, both exclusive, the newest first.

    Args:
        parts: the conversations up to their last entries.
    """

    def __init__(self, read: Read, parts: Iterable[Part], above: int, below: int) -> None:
        self._read = read
        self._above = above
        self._below = below
        self._parts = self._kept(parts)
        """A heap."""
        if newer := [part for part in self._parts if part.top >= below]:
            self._bisect(newer)
            self._parts = self._kept(self._parts)

    def take(self, count: int) -> list[int]:
        """The ids of the next `count` entries; if there are fewer, those were the last ones."""
        taken: list[int] = []
        while self._parts and len(taken) < count:
            first = self._parts[0]
            if not first.ready:
                self._fill(count - len(taken))
                continue
            taken.append(first.ready.popleft().id)
            if self._goes_on(first):
                heapq.heapreplace(self._parts, first)
            else:
                heapq.heappop(self._parts)
        return taken

    def _goes_on(self, part: Part) -> bool:
        return part.next_id > self._above and bool(part.ready or part.seq > part.floor)

    def _kept(self, parts: Iterable[Part]) -> list[Part]:
        kept = [part for part in parts if self._goes_on(part)]
        heapq.heapify(kept)
        return kept

    def _fill(self, count: int) -> None:
        """Read what may be among the next `count`. Each part before it has one that is newer, so of the
        n-th that is n fewer."""
        empty = [
            (part, part.cut(count - rank))
            for rank, part in enumerate(heapq.nsmallest(count, self._parts))
            if not part.ready
        ]
        read: dict[int, list[Place]] = {part.conversation_id: [] for part, _ in empty}
        for place in self._all([span for _, span in empty]):
            read[place.conversation_id].append(place)
        for part, _ in empty:
            places = sorted(read[part.conversation_id], reverse=True)
            part.ready.extend(place for place in places if self._above < place.id < self._below)
            if places:
                part.top = places[-1].id - 1
        self._parts = self._kept(self._parts)

    def _bisect(self, parts: Sequence[Part]) -> None:
        """Leave of each what is older than `below`, with all of them a step further at a time."""
        ends = {part.conversation_id: (part.floor, part.seq + 1) for part in parts}
        tops: dict[int, int] = {}
        while middles := {key: (low + high) // 2 for key, (low, high) in ends.items() if high - low > 1}:
            spans = [Span(key, middle - 1, middle + 1) for key, middle in middles.items()]
            found = {place.conversation_id: place.id for place in self._all(spans)}
            for key, middle in middles.items():
                low, high = ends[key]
                top = found.get(key, self._below - 1)
                is_newer = top >= self._below
                ends[key] = (low, middle) if is_newer else (middle, high)
                tops[key] = tops.get(key, 0) if is_newer else top
        for part in parts:
            part.seq, part.top = ends[part.conversation_id][0], tops.get(part.conversation_id, 0)

    def _all(self, spans: Sequence[Span]) -> Iterator[Place]:
        for start in range(0, len(spans), limits.SEARCH_SPANS):
            yield from self._read(spans[start : start + limits.SEARCH_SPANS])
