"""Work that takes a millisecond or more, off the loop: password hashes, pictures, commits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any, ParamSpec, TypeVar, cast

from gevent import get_hub
from gevent.event import AsyncResult
from gevent.lock import BoundedSemaphore
from gevent.threadpool import ThreadPool

from fastim.errors import Unavailable
from fastim.protocol import limits

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")


class Workers:
    """A bounded pool of native threads; the calling greenlet waits, the loop does not."""

    def __init__(self, threads: int = limits.WORKER_THREADS, waiting: int = limits.WORKER_WAITING) -> None:
        self._pool = ThreadPool(threads)
        self._places = BoundedSemaphore(threads + waiting)

    def run(self, job: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """The job's result, or its exception.

        Raises:
            Unavailable: as many jobs wait already as may.
        """
        if not self._places.acquire(blocking=False):
            raise Unavailable
        try:
            return apply(self._pool, lambda: job(*args, **kwargs))
        finally:
            self._places.release()

    def batches(self, found: Iterator[T], size: int) -> Iterator[list[T]]:
        """What `found` has, so many at a time; each step of it may wait, and runs in any of the threads."""
        while batch := self.run(lambda: list(islice(found, size))):
            yield batch

    def close(self) -> None:
        """End the threads; jobs that run are waited for."""
        self._pool.kill()


def apply(pool: ThreadPool, job: Callable[[], R]) -> R:
    """Run `job` in one of the pool's threads; its result, or its exception.

    Who is killed meanwhile is so when the job is over: a commit must not come when its connection has been
    rolled back and serves somebody else. gevent prints the traceback of every exception that leaves a
    thread, even one that is expected; so none does.
    """
    failures: list[BaseException] = []

    def guarded() -> R | None:
        try:
            return job()
        except BaseException as error:  # noqa: BLE001 raised again where it was asked for
            failures.append(error)
            return None

    result = guarded() if get_hub() is not pool.hub else _wait(pool.spawn(guarded))
    try:
        if failures:
            raise failures[0]
    finally:
        failures.clear()  # else the exception, by its traceback, refers to itself
    return cast(R, result)


def _wait(running: AsyncResult) -> Any:
    """The result of what cannot be called off."""
    killed: BaseException | None = None
    while not running.ready():
        try:
            running.wait()
        except BaseException as error:  # noqa: BLE001 raised again when the job is over
            killed = error
    if killed is not None:
        raise killed
    return running.value
