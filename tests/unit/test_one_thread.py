"""The commits' thread: one job at a time, results and failures where they belong, the loop left free."""

from __future__ import annotations

import sys
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


def test_who_is_killed_while_its_job_runs_leaves_no_result_to_the_next() -> None:
    thread = OneThread()
    begun, go_on = threading.Event(), threading.Event()

    def slow() -> str:
        begun.set()
        go_on.wait(10)
        return "the first's"

    first = gevent.spawn(thread.run, slow)
    second = gevent.spawn(thread.run, lambda: "the second's")
    with gevent.Timeout(10):
        while not begun.is_set():
            gevent.sleep(0.001)
        first.kill(block=False)
        gevent.sleep(0.01)
        assert not second.ready(), "the thread has one job at a time"
        go_on.set()
        assert second.get() == "the second's"
        assert isinstance(first.get(), gevent.GreenletExit)


def test_a_closed_thread_ends_and_the_next_job_starts_another() -> None:
    thread = OneThread()
    threads = len(sys._current_frames())
    for _ in range(3):
        assert thread.run(lambda: 7) == 7
        assert len(sys._current_frames()) == threads + 1
        thread.close()
        with gevent.Timeout(10):
            while len(sys._current_frames()) > threads:
                gevent.sleep(0.001)
    thread.close()
