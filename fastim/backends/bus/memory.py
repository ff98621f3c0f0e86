"""The bus of a single process: a list of listeners."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence

import structlog

from fastim.backends.bus import E
from fastim.protocol import limits
from fastim.protocol.events import KINDS, EntryAdded, Event

log = structlog.get_logger(__name__)


class MemoryBus:
    """`Bus` within one process; listeners run before `publish` returns, unless the event has to wait."""

    def __init__(self) -> None:
        self._listeners: dict[type[Event], list[Callable[..., None]]] = {kind: [] for kind in KINDS}
        self._lock = threading.Lock()
        self._told: dict[int, int] = {}
        """conversation_id to the highest seq that was told."""
        self._held: list[tuple[float, Sequence[Event]]] = []
        """What came before its turn, and when."""

    def publish(self, event: Event) -> None:
        if type(event) is EntryAdded:
            # The common case: it follows what was told last, and nothing waits. Without the lock, which
            # costs more than the rest: nothing here lets another greenlet run.
            if self._held or self._told.get(event.conversation_id) != event.seq - 1:
                self.publish_together((event,))
                return
            self._told[event.conversation_id] = event.seq
        self._tell_one(event)

    def publish_together(self, events: Sequence[Event]) -> None:
        with self._lock:
            if not self._is_due(events):
                self._held.append((time.monotonic(), events))
                return
            self._count(events)
        self._tell(events)
        if self._held:
            self._tell_held()

    def note_head(self, conversation_id: int, seq: int) -> None:
        if len(self._told) < limits.BUS_CONVERSATIONS:
            self._told.setdefault(conversation_id, seq)

    def release_overdue(self) -> None:
        before = time.monotonic() - limits.BUS_HELD_SECONDS
        with self._lock:
            overdue = [events for since, events in self._held if since < before]
            self._held = [held for held in self._held if held[0] >= before]
            overdue.sort(key=lambda events: min(e.seq for e in events if type(e) is EntryAdded))
            for events in overdue:
                self._count(events)
        for events in overdue:
            self._tell(events)
        if overdue:
            log.info("entries_missed", units=len(overdue))
            self._tell_held()

    def _is_due(self, events: Sequence[Event]) -> bool:
        """Whether the entries before those that these tell of were told; True where nobody knows."""
        before: dict[int, int] = {}
        for event in events:
            if type(event) is EntryAdded:
                key = event.conversation_id
                told = before.get(key) or self._told.get(key)
                if told is not None and event.seq > told + 1:
                    return False
                before[key] = event.seq
        return True

    def _count(self, events: Sequence[Event]) -> None:
        for event in events:
            if type(event) is EntryAdded:
                told = self._told.get(event.conversation_id, 0)
                if event.seq > told:
                    if not told and len(self._told) >= limits.BUS_CONVERSATIONS:
                        self._told.clear()
                    self._told[event.conversation_id] = event.seq

    def _tell_held(self) -> None:
        """Tell what has become due, and what becomes due by that."""
        while True:
            with self._lock:
                place = next((n for n, (_, held) in enumerate(self._held) if self._is_due(held)), None)
                if place is None:
                    return
                _, events = self._held.pop(place)
                self._count(events)
            self._tell(events)

    def _tell(self, events: Sequence[Event]) -> None:
        for event in events:
            self._tell_one(event)

    def _tell_one(self, event: Event) -> None:
        for listener in self._listeners[type(event)]:
            try:
                listener(event)
            except Exception:  # a listener's fault must not fail the request that is committed
                log.exception("bus_listener_failed", event_type=type(event).__name__)

    def subscribe(self, listener: Callable[[E], None], *kinds: type[E]) -> None:
        for kind in kinds or KINDS:
            self._listeners[kind].append(listener)

    subscribe_own = subscribe
