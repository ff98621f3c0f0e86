"""Keeps the search index behind the log: soon after each message, and never in its way."""

from __future__ import annotations

import time

import structlog
from gevent import Greenlet, sleep, spawn

from fastim.errors import Unavailable
from fastim.services.search_index import Indexer

log = structlog.get_logger(__name__)

_IDLE_SECONDS = 0.3
"""Between looks at a log that has nothing new; a look is one statement."""
_SHARE = 4
"""While there is much to index, a quarter of the time at most is spent on it: messages come first."""
_LEAST_SECONDS = 0.01
_FAILED_SECONDS = 5.0
_STOP_SECONDS = 1.0


class Following:
    """One greenlet that steps the indexer, from `start` to `stop`."""

    def __init__(self, indexer: Indexer) -> None:
        self._indexer = indexer
        self._greenlet: Greenlet | None = None

    def start(self) -> None:
        if self._greenlet is None:
            self._greenlet = spawn(self._follow)

    def stop(self) -> None:
        """End it within a step; its connection may be closed then, which who is reading from it forbids."""
        if self._greenlet is not None:
            self._greenlet.kill(timeout=_STOP_SECONDS)
            self._greenlet = None

    def _follow(self) -> None:
        while True:
            started = time.monotonic()
            try:
                is_busy = bool(self._indexer.step()) or self._indexer.tidy()
            except Unavailable:
                sleep(_FAILED_SECONDS)
            except Exception:
                log.exception("not_indexed")
                sleep(_FAILED_SECONDS)
            else:
                spent = time.monotonic() - started
                sleep(max(_LEAST_SECONDS, spent * (_SHARE - 1)) if is_busy else _IDLE_SECONDS)
