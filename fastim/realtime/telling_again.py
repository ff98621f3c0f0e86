"""What is in no log, told again to who may have missed it: lists, marks, and who came or went here."""

from __future__ import annotations

import time
from collections.abc import Callable

import structlog
from gevent import Greenlet, sleep, spawn

from fastim.backends.bus.redis import RedisBus
from fastim.protocol import bus_limits as limits

log = structlog.get_logger(__name__)

_PAUSE_SECONDS = 0.1
_KEPT = 100_000
"""Users; more than come and go at one process while Redis is away."""
_CHUNK = 500
"""News that is told before others may go out."""


class TellingAgain:
    """Notes whose devices changed here; tells that, and what the bus keeps, to those who ask for it.

    Args:
        tell_user: tells the others and the user's friends what the user is connected with.
    """

    def __init__(self, bus: RedisBus, tell_user: Callable[[int], None]) -> None:
        self._bus = bus
        self._tell_user = tell_user
        self._changed: dict[int, float] = {}
        """Users to when they came or went here last, by `time.monotonic()`; the last stands last."""
        self._telling: Greenlet | None = None

    def note(self, user_id: int) -> None:
        """A connection of the user's came or went."""
        self._changed.pop(user_id, None)
        if len(self._changed) >= _KEPT:
            del self._changed[next(iter(self._changed))]
        self._changed[user_id] = time.monotonic()

    def has(self, user_id: int) -> bool:
        """Whether one came or went so lately that others may not know of it."""
        return user_id in self._changed

    def look(self) -> None:
        """Tell what somebody asked for, all who ask within a second at once. Called every
        BUS_PULSE_SECONDS."""
        unlogged, now = self._bus.unlogged, time.monotonic()
        since = unlogged.since(self._bus.is_doubtful)
        unlogged.forget(since)
        while self._changed and next(iter(self._changed.values())) < since:
            del self._changed[next(iter(self._changed))]
        is_due = unlogged.asked_at and now - unlogged.asked_at >= limits.BUS_LOOK_SECONDS
        if is_due and not self._bus.is_doubtful and not self._telling:
            unlogged.asked_at = 0.0
            self._telling = spawn(self._tell)

    def _tell(self) -> None:
        for place, event in enumerate(self._bus.unlogged.all(), 1):
            self._bus.publish_again(event)
            if place % _CHUNK == 0:
                sleep(_PAUSE_SECONDS)
        for place, user_id in enumerate(list(self._changed), 1):
            try:
                self._tell_user(user_id)
            except Exception as error:  # noqa: BLE001 the database is away; lists loaded later are right
                log.warning("presence_not_told", error=str(error))
            if place % _CHUNK == 0:
                sleep(_PAUSE_SECONDS)
