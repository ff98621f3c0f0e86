"""A lock that is handed on in order."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager


class Gate:
    """Lets one in at a time, in the order of arrival; who comes as `first` goes before all who wait.

    Whoever leaves hands it on: nobody who comes just then gets between. So one who is always back at once
    and goes `first` takes turns with the others, and neither keeps the other out.

    For greenlets under gevent's patch, and for threads without it. Not reentrant.
    """

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._is_taken = False
        self._waiting: deque[threading.Lock] = deque()
        """One for each, which is free when it is their turn."""

    @property
    def waiting(self) -> int:
        """How many wait to be let in."""
        return len(self._waiting)

    @contextmanager
    def turn(self, first: bool = False) -> Iterator[None]:
        """The span of being in."""
        self._enter(first)
        try:
            yield
        finally:
            self._leave()

    def _enter(self, first: bool) -> None:
        with self._guard:
            if not self._is_taken:
                self._is_taken = True
                return
            call = threading.Lock()
            call.acquire()
            if first:
                self._waiting.appendleft(call)
            else:
                self._waiting.append(call)
        try:
            call.acquire()
        except BaseException:  # a killed greenlet
            self._give_up(call)
            raise

    def _leave(self) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._is_taken = False

    def _give_up(self, call: threading.Lock) -> None:
        with self._guard:
            if call in self._waiting:
                self._waiting.remove(call)
                return
        self._leave()  # it was handed on to whoever is gone
