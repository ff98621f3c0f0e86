"""Group commit: whatever arrives while one commit runs goes into the next. No timer, no idle work."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

import structlog
from gevent import Greenlet, spawn
from gevent.event import Event

from fastim.backends.counters import Counters
from fastim.backends.log import D, Done, Draft, Outcome, Store
from fastim.errors import AppError, Unavailable
from fastim.protocol import limits

log = structlog.get_logger(__name__)


class Committer:
    """`MessageLog` over a store: one greenlet that commits, one transaction at a time."""

    def __init__(self, store: Store, counters: Counters) -> None:
        self._store = store
        self._counters = counters
        self._waiting: list[Draft] = []
        self._committing: list[Draft] = []
        self._told: list[Done[Any]] = []
        """Who is told of each of them."""
        self._arrived = Event()
        self._greenlet: Greenlet | None = None
        self._is_closed = False

    def append(self, draft: D, done: Done[D]) -> None:
        if len(self._waiting) >= limits.LOG_WAITING or self._is_closed:
            done(draft, Unavailable())
            return
        if self._greenlet is None:
            self._greenlet = spawn(self._run)
        if not self._waiting:
            self._arrived.set()
        self._waiting.append(draft)
        self._told.append(done)
        self._counters.log_waiting += 1

    def committing(self) -> Sequence[Draft]:
        return self._committing

    def close(self) -> None:
        self._is_closed = True
        if self._greenlet is not None:
            self._arrived.set()
            self._greenlet.join(limits.LOG_CLOSE_SECONDS)
            self._greenlet.kill(block=False)  # the database is away; nobody was told that these are stored
        self._store.close()

    def _run(self) -> None:
        while True:
            self._arrived.wait()
            self._arrived.clear()
            while self._waiting:
                self._commit_some()
            if self._is_closed:
                return

    def _commit_some(self) -> None:
        drafts, self._waiting = self._waiting[: limits.LOG_BATCH], self._waiting[limits.LOG_BATCH :]
        told, self._told = self._told[: limits.LOG_BATCH], self._told[limits.LOG_BATCH :]
        self._committing, count = drafts, len(drafts)
        started = time.monotonic()
        outcomes: list[Outcome]
        try:
            outcomes = self._store.run(lambda: self._store.commit(drafts))
        except AppError as error:
            self._counters.commit_failures += 1
            outcomes = [error] * count
        except Exception:
            self._counters.commit_failures += 1
            log.exception("commit_failed", messages=count)
            outcomes = [Unavailable()] * count
        self._counters.log_waiting -= count
        self._counters.commit_messages.add(count)
        self._counters.commit_seconds.add(time.monotonic() - started)
        for draft, done, outcome in zip(drafts, told, outcomes, strict=True):
            try:
                done(draft, outcome)
            except Exception:  # one sender's trouble must not cost the others their ack
                log.exception("after_commit_failed")
        self._committing = []
