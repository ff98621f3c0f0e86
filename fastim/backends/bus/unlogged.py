"""News that is in no log: kept for a while, so that it can be told again to who may have missed it."""

from __future__ import annotations

import time
from collections.abc import Hashable, Sequence

from fastim.protocol import bus_limits as limits
from fastim.protocol.events import (
    EntryAdded,
    Event,
    FriendsChanged,
    MarkDelivered,
    MarkMoved,
    ProfileChanged,
    RequestsChanged,
    Signal,
    StickersChanged,
)

_LISTS = (FriendsChanged, ProfileChanged, RequestsChanged, StickersChanged)


class Unlogged:
    """What this process told last, each piece of news once; and whether anybody has missed it.

    Told twice, or after something newer, none of it does harm: who hears that a list has changed loads it,
    marks only grow, and a signal without a topic has a revision.
    """

    def __init__(self) -> None:
        self._kept: dict[Hashable, tuple[float, Event]] = {}
        """The news that was told last stands last."""
        self._trusted_at = time.monotonic()
        self._has_trusted = False
        self._may_miss = False
        self.missed = 0
        """How often this process may have missed something, and hears all now."""
        self.asked_at = 0.0
        """When somebody may have missed something first, by `time.monotonic()`; 0: it was told again."""

    def note(self, unit: Sequence[Event]) -> None:
        """This is told now."""
        if len(unit) == 1 and type(unit[0]) is EntryAdded:  # the common case
            return
        now = time.monotonic()
        for event in unit:
            if (key := _key(event)) is not None:
                self._kept.pop(key, None)
                if len(self._kept) >= limits.BUS_UNLOGGED:
                    del self._kept[next(iter(self._kept))]
                self._kept[key] = now, event

    def forget(self, before: float) -> None:
        """What was told before that has reached everybody."""
        while self._kept:
            key, (told_at, _) = next(iter(self._kept.items()))
            if told_at >= before:
                return
            del self._kept[key]

    def all(self) -> list[Event]:
        """What is to be told again, in its order."""
        return [event for _, event in self._kept.values()]

    def ask(self) -> None:
        """Somebody may have missed something."""
        self.asked_at = self.asked_at or time.monotonic()

    def lose(self) -> None:
        """Something has not come, or has not gone out."""
        self._may_miss = True

    def trust(self) -> None:
        """This process hears all from now on, and is heard; before, both are in doubt. While it began
        nobody has missed anything, unless Redis failed then."""
        self._trusted_at = time.monotonic()
        if self._has_trusted or self._may_miss:
            self.missed += 1
            self.ask()
        self._has_trusted, self._may_miss = True, False

    def since(self, is_doubtful: bool) -> float:
        """News that is older, by `time.monotonic()`, has reached everybody."""
        before = time.monotonic() - limits.BUS_UNLOGGED_SECONDS
        return 0.0 if is_doubtful or self._trusted_at > before else before


def _key(event: Event) -> Hashable:
    """What later news of the same takes the place of; None for what is not kept."""
    if isinstance(event, MarkMoved):
        return isinstance(event, MarkDelivered), event.user_id, event.conversation_id
    if isinstance(event, Signal):
        return None if event.topic else event
    return event if isinstance(event, _LISTS) else None
