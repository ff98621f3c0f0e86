"""Talks that are told from their middle: what was committed just before may still be on its way.

To wait for it would hold up the first message of every talk; whoever shows entries by seq puts the late one
in its place.
"""

from __future__ import annotations

import time

import msgspec

from fastim.protocol import bus_limits as limits
from fastim.protocol.events import EntryAdded


class _Begun(msgspec.Struct):
    seq: int
    """The first that was told."""
    since: float
    late: set[int]
    """What was told after it, and is before it."""


class Crossings:
    """What was begun within the last `BUS_CROSSING_SECONDS`."""

    def __init__(self) -> None:
        self._begun: dict[int, _Begun] = {}
        """By conversation, the oldest first."""

    def begin(self, event: EntryAdded) -> None:
        """A talk of which nobody knew how far it was told is told from here on."""
        now = time.monotonic()
        while self._begun and next(iter(self._begun.values())).since < now - limits.BUS_CROSSING_SECONDS:
            del self._begun[next(iter(self._begun))]
        self.end(event.conversation_id)
        if event.seq > 1:
            self._begun[event.conversation_id] = _Begun(event.seq, now, set())

    def is_news(self, event: EntryAdded) -> bool:
        """Whether this stands before what was told first and was not told yet; asked once of each."""
        begun = self._begun.get(event.conversation_id)
        if begun is None or event.seq >= begun.seq or event.seq in begun.late:
            return False
        if begun.since < time.monotonic() - limits.BUS_CROSSING_SECONDS:
            return False
        begun.late.add(event.seq)
        return True

    def end(self, conversation_id: int) -> None:
        """Whatever comes of it now was told."""
        self._begun.pop(conversation_id, None)
