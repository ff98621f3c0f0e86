"""Jobs in native threads: results and failures where they belong, nothing goes on unheard of."""

from __future__ import annotations

import gc
import threading
import weakref

import gevent
import pytest

from fastim.backends.workers import Workers


def test_who_is_killed_while_its_job_runs_is_so_when_the_job_is_over() -> None:
    """A commit that came later would be of whoever has the connection then."""
    workers = Workers(threads=1, waiting=0)
    begun, go_on, ended = threading.Event(), threading.Event(), threading.Event()

    def commit() -> None:
        begun.set()
        go_on.wait(10)
        ended.set()

    writer = gevent.spawn(workers.run, commit)
    with gevent.Timeout(10):
        while not begun.is_set():
            gevent.sleep(0.001)
        writer.kill(block=False)
        gevent.sleep(0.01)
        assert not writer.ready()
        go_on.set()
        writer.join()
    assert ended.is_set()
    assert isinstance(writer.value, gevent.GreenletExit)
    assert workers.run(lambda: 7) == 7, "its place is free again"
    workers.close()


def test_a_failure_leaves_nothing_behind_that_only_the_collector_finds() -> None:
    """What the caller's frames refer to would live on with it, cursors and connections among them."""

    class Held:
        pass

    workers = Workers()
    gc.disable()
    try:

        def ask() -> weakref.ref[Held]:
            held = Held()
            with pytest.raises(ZeroDivisionError):
                workers.run(lambda: 1 // 0)
            return weakref.ref(held)

        assert ask()() is None
    finally:
        gc.enable()
    workers.close()
