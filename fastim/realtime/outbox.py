"""What waits to be written, to all connections of a process together."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Protocol

from gevent import get_hub, spawn_later

from fastim.backends.counters import Counters
from fastim.realtime.deflate import Compressor

_PART = 128
"""Connections written to before the loop may do something else: about a millisecond."""
_MOST_REST_SECONDS = 0.010


class Waiting(Protocol):
    """Has something to be written."""

    def flush(self) -> None: ...


class Outbox:
    """The nodes that have something to send, written to in passes: to each once, all that waits for it.

    A pass over more than 128 goes on in the loop's next turns. The next one after it, as to a large room,
    waits as long as it took, at most 10 ms: a write costs as much as twenty frames, and what comes
    meanwhile leaves in the same writes. What comes later waits for nothing.

    Args:
        soon: calls a function once in the loop's next turn, or after so many seconds.
        clock: seconds, `time.monotonic`.
    """

    def __init__(
        self,
        soon: Callable[[Callable[[], None], float], object],
        counters: Counters,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.counters = counters
        self.compressor = Compressor()
        self._soon = soon
        self._clock = clock
        self._dirty: list[Waiting] = []
        self._pass: list[Waiting] = []
        self._written = 0
        """Of this pass."""
        self._took = 0.0
        self._next_at = 0.0
        """When the next pass may begin; 0 for at once."""
        self._is_due = False

    def add(self, node: Waiting) -> None:
        """Write to it in the next pass."""
        self._dirty.append(node)
        if not self._is_due:
            self._is_due = True
            self._soon(self._write, self._next_at and self._next_at - self._clock())

    def _write(self) -> None:
        """A part of a pass."""
        if not self._pass:
            self._pass, self._dirty = self._dirty, []
        began = self._clock()
        part = self._pass[self._written : self._written + _PART]
        self._written += len(part)
        self.compressor.begin_turn()
        try:
            for node in part:
                node.flush()
        finally:
            self._go_on(began)

    def _go_on(self, began: float) -> None:
        now = self._clock()
        self._took += now - began
        if self._written < len(self._pass):
            self._soon(self._write, 0)
            return
        rest = min(self._took, _MOST_REST_SECONDS) if len(self._pass) > _PART else 0.0
        self._next_at = rest and now + rest
        self._pass, self._written, self._took = [], 0, 0.0
        self._is_due = bool(self._dirty)
        if self._is_due:
            self._soon(self._write, rest)


def soon(write: Callable[[], None], seconds: float) -> None:
    """Run `write` in the next turn of the loop, after all that is ready now, or in so many seconds."""
    if seconds > 0:
        spawn_later(seconds, write)
    else:
        get_hub().loop.run_callback(write)
