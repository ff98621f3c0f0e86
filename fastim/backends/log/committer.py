"""Group commit: whatever arrives while one commit runs goes into the next. No timer, no idle work."""

from __future__ import annotations

import time

import structlog
from gevent import Greenlet, spawn
from gevent.event import Event

from fastim.backends.counters import Counters
from fastim.backends.log import Done, Draft, Outcome, Store
from fastim.errors import AppError, Unavailable
from fastim.protocol import limits

log = structlog.get_logger(__name__)


class Committer:
    """`MessageLog` over a store: one greenlet that commits, one transaction at a time."""

    def __init__(self, store: Store, counters: Counters) -> None:
        self._store = store
        self._counters = counters
        self._waiting: list[tuple[Draft, Done]] = []
        self._arrived = Event()
        self._greenlet: Greenlet | None = None

    def append(self, draft: Draft, done: Done) -> None:
        if len(self._waiting) >= limits.LOG_WAITING:
            done(Unavailable())
            return
        if self._greenlet is None:
            self._greenlet = spawn(self._run)
        if not self._waiting:
            self._arrived.set()
        self._waiting.append((draft, done))

    def _run(self) -> None:
        while True:
            self._arrived.wait()
            self._arrived.clear()
            while self._waiting:
                self._commit_some()

    def _commit_some(self) -> None:
        batch, self._waiting = self._waiting[: limits.LOG_BATCH], self._waiting[limits.LOG_BATCH :]
        count = len(batch)
        drafts = [draft for draft, _ in batch]
        self._counters.log_waiting = len(self._waiting)
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
        self._counters.commit_messages.add(count)
        self._counters.commit_seconds.add(time.monotonic() - started)
        for (_, done), outcome in zip(batch, outcomes, strict=True):
            try:
                done(outcome)
            except Exception:  # one sender's trouble must not cost the others their ack
                log.exception("after_commit_failed")
