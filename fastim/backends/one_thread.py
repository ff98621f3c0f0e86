"""One native thread beside the loop, for work that comes one job at a time: the commits.

gevent's own pool makes a result, a semaphore and a watcher for every job; a message that travels alone pays
for that, so here one lock wakes the thread and one watcher wakes the loop.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import structlog
from gevent import get_hub
from gevent.hub import Waiter
from gevent.lock import RLock

from fastim.backends import native

R = TypeVar("R")

log = structlog.get_logger(__name__)


class OneThread:
    """Runs jobs in order, each in the same native thread, started with the first one.

    It belongs to the loop that calls it first.
    """

    def __init__(self) -> None:
        self._turn = RLock()
        self._wake = native.new_lock()
        self._wake.acquire()
        self._job: Callable[[], Any] = int
        self._result: Any = None
        self._failure: BaseException | None = None
        self._watcher: Any = None
        self._waiter = Waiter()

    def run(self, job: Callable[[], R]) -> R:
        """The job's result, or its exception. The calling greenlet waits, the loop does not.

        Who is killed meanwhile is so when the job is over: the next job has to wait for it all the same.
        """
        with self._turn:
            if self._watcher is None:
                self._watcher = get_hub().loop.async_()
                self._watcher.start(lambda: self._waiter.switch(None))
                native.start_thread(self._work, ())
            self._job, self._waiter = job, Waiter()
            self._wake.release()
            killed = self._wait()
            result, failure = self._result, self._failure
            self._result = self._failure = None
            self._job = int  # what it refers to may go
            if killed is not None:
                raise killed
            if failure is not None:
                raise failure
            return result  # type: ignore[no-any-return]

    def close(self) -> None:
        """End the thread; the next job starts another one."""
        with self._turn:
            if self._watcher is not None:
                self._job, self._waiter = _end, Waiter()
                self._wake.release()
                self._wait()
                self._watcher.close()
                self._watcher = None

    def _wait(self) -> BaseException | None:
        """Until the job is over. What killed the greenlet meanwhile, if anything did."""
        killed: BaseException | None = None
        while True:
            try:
                self._waiter.get()
            except BaseException as error:  # noqa: BLE001 raised again when the turn is over
                killed = error
            else:
                return killed

    def _work(self) -> None:
        watcher = self._watcher
        while True:
            self._wake.acquire()
            if self._job is _end:
                break
            try:
                self._result = self._job()
            except BaseException as error:  # noqa: BLE001 raised again where it was asked for
                self._failure = error
            watcher.send()
        watcher.send()


def _end() -> None:
    """The job that is the thread's last."""
