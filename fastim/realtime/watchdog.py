"""Who blocks the loop, and for how long.

Two watchers of the loop's own note when a turn begins and ends, for less than a microsecond each; gevent's
monitor would trace every switch of greenlets. A native thread looks in between, and logs the stack of a
turn that takes too long while it still does.
"""

from __future__ import annotations

import sys
import time
import traceback
from types import CodeType

import structlog
from gevent import get_hub
from gevent.threadpool import ThreadPool

from fastim.backends import native
from fastim.backends.counters import Counters

log = structlog.get_logger(__name__)

ALLOWED_SECONDS = 0.05
_RECENT_SECONDS = 60.0
_STACK_FRAMES = 12


class Watchdog:
    """Watches the loop of the thread that calls `start`."""

    def __init__(self, counters: Counters) -> None:
        self._counters = counters
        self._turn_began = 0.0
        self._recent_began = 0.0
        self._watched_thread = 0
        self._stopped = False

    def start(self) -> None:
        """Watch from now on."""
        loop = get_hub().loop
        self._watched_thread = native.ident()
        # Neither watcher may keep the loop alive by itself.
        self._began = loop.check(ref=False)
        self._began.start(self._on_turn_began)
        self._ended = loop.prepare(ref=False)
        self._ended.start(self._on_turn_ended)
        self._pool = ThreadPool(1)
        self._pool.spawn(self._watch)

    def stop(self) -> None:
        """Let the native thread end."""
        self._stopped = True

    def _on_turn_began(self) -> None:
        self._turn_began = time.monotonic()

    def _on_turn_ended(self) -> None:
        began, self._turn_began = self._turn_began, 0.0
        if began:
            self._note(began, time.monotonic())

    def _note(self, began: float, now: float) -> None:
        took, counters = now - began, self._counters
        if now - self._recent_began > _RECENT_SECONDS:
            self._recent_began = now
            counters.loop_recent_seconds = 0.0
        counters.loop_recent_seconds = max(counters.loop_recent_seconds, took)
        counters.loop_longest_seconds = max(counters.loop_longest_seconds, took)
        if took > ALLOWED_SECONDS:
            counters.loop_blocks += 1

    def _watch(self) -> None:
        """In the native thread: log the stack of each turn that takes too long, once."""
        logged = 0.0
        while not self._stopped:
            native.sleep(ALLOWED_SECONDS / 2)
            began = self._turn_began
            if began and began != logged and time.monotonic() - began > ALLOWED_SECONDS:
                logged = began
                stack = "".join(traceback.format_list(stack_of(self._watched_thread)))
                log.warning("loop_blocked", ms=round((time.monotonic() - began) * 1000), stack=stack)


def stack_of(thread: int) -> list[traceback.FrameSummary]:
    """Where a thread stands, innermost last; nothing for one that is gone.

    No frame outlives this call: it would keep its local variables, among them cursors of the database
    whose snapshot stays open as long as they live, and the loop's things would end in another thread.
    """
    frame = sys._current_frames().get(thread)
    places: list[tuple[CodeType, int]] = []
    while frame is not None and len(places) < _STACK_FRAMES:
        places.append((frame.f_code, frame.f_lineno))
        frame = frame.f_back
    return [traceback.FrameSummary(code.co_filename, line, code.co_name) for code, line in reversed(places)]
