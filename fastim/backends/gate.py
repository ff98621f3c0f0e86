"""A lock that is handed on in order."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from fastim.errors import Unavailable

_NO_END = -1.0
"""As locks have it."""


class Gate:
    """Lets one in at a time, in the order of arrival; who comes as `first` goes before all who wait.

    Whoever leaves hands it on: nobody who comes just then gets between. So one who is always back at once
    and goes `first` takes turns with the others, and neither keeps the other out.

    For greenlets under gevent's patch, and for threads without it. Who is in may enter again, as with an
    RLock: without the patch all greenlets of a thread are one, and it would wait for itself for ever.
    """

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._owner: int | None = None
        self._depth = 0
        """How often the owner has entered."""
        self._waiting: deque[tuple[int, threading.Lock]] = deque()
        """Who waits, with a lock that is free when it is their turn."""

    @property
    def waiting(self) -> int:
        """How many wait to be let in."""
        return len(self._waiting)

    @contextmanager
    def turn(self, first: bool = False, seconds: float = _NO_END) -> Iterator[None]:
        """The span of being in.

        Args:
            seconds: how long to wait for it at most.

        Raises:
            Unavailable: it took longer.
        """
        self._enter(first, seconds)
        try:
            yield
        finally:
            self._leave()

    def _enter(self, first: bool, seconds: float) -> None:
        me = threading.get_ident()
        with self._guard:
            if self._owner in (None, me):
                self._owner = me
                self._depth += 1
                return
            call = threading.Lock()
            call.acquire()
            if first:
                self._waiting.appendleft((me, call))
            else:
                self._waiting.append((me, call))
        try:
            if not call.acquire(timeout=seconds):
                raise Unavailable
        except BaseException:  # a killed greenlet too
            self._give_up((me, call))
            raise

    def _leave(self) -> None:
        with self._guard:
            self._depth -= 1
            if self._depth:
                return
            self._owner = None
            if self._waiting:
                self._owner, call = self._waiting.popleft()
                self._depth = 1
                call.release()

    def _give_up(self, waiter: tuple[int, threading.Lock]) -> None:
        with self._guard:
            if waiter in self._waiting:
                self._waiting.remove(waiter)
                return
        self._leave()  # it was handed on to whoever is gone
