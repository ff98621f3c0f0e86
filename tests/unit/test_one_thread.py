"""The commits' thread: one job at a time, results and failures where they belong, the loop left free."""

from __future__ import annotations

import threading
import time

import gevent
import pytest
from gevent.event import Event

from fastim.backends.one_thread import OneThread


def test_a_job_runs_in_another_thread_and_its_result_comes_back() -> None:
    thread = OneThread()
    names = {thread.run(threading.get_native_id) for _ in range(100)}
    assert len(names) == 1
    assert names != {threading.get_native_id()}


def test_an_exception_is_raised_where_the_job_was_asked_for() -> None:
    thread = OneThread()
    with pytest.raises(ZeroDivisionError):
        thread.run(lambda: 1 // 0)
    assert thread.run(lambda: 7) == 7


def test_jobs_of_many_greenlets_take_turns_and_nobody_gets_anothers_result() -> None:
    thread = OneThread()
    running: list[int] = []
    most: list[int] = []

    def job(number: int) -> int:
        running.append(number)
        most.append(len(running))
        time.sleep(0.001)  # a real wait, so that others could come in between
        running.remove(number)
        return number

    greenlets = [gevent.spawn(thread.run, lambda number=number: job(number)) for number in range(50)]
    # Not joinall(timeout=…): it counts from when the loop last ran, in this process perhaps long ago.
    with gevent.Timeout(10):
        gevent.joinall(greenlets, raise_error=True)
    assert [greenlet.value for greenlet in greenlets] == list(range(50))
    assert max(most) == 1


def test_the_loop_goes_on_while_a_job_runs() -> None:
    thread = OneThread()
    go_on = threading.Event()
    ticked = Event()

    def tick() -> None:
        ticked.set()
        go_on.set()  # the job ends only if the loop ran meanwhile

    gevent.spawn(tick)
    assert thread.run(lambda: go_on.wait(10)) is True
    assert ticked.is_set()


def test_a_thousand_jobs_that_end_at_once_are_all_heard_of() -> None:
    """A job may be over before its greenlet has begun to wait."""
    thread = OneThread()
    with gevent.Timeout(20):
        assert [thread.run(lambda number=number: number) for number in range(1000)] == list(range(1000))
