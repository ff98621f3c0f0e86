"""The gate of those who write: who is let in, and when."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import gevent
import pytest
from gevent import Greenlet
from gevent.thread import LockType, get_ident

from fastim.backends import gate as module
from fastim.backends.gate import Gate
from fastim.errors import Unavailable

Visit = Callable[..., Greenlet]


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Gate:
    """One for greenlets, as under gevent's patch."""
    monkeypatch.setattr(module, "threading", SimpleNamespace(Lock=LockType, get_ident=get_ident))
    return Gate()


@pytest.fixture
def came() -> list[str]:
    """Who was in, in that order."""
    return []


@pytest.fixture
def visit(gate: Gate, came: list[str]) -> Visit:
    """Make somebody who goes in so many times, and stays for a moment."""

    def start(name: str, first: bool = False, times: int = 1) -> Greenlet:
        def go() -> None:
            for _ in range(times):
                with gate.turn(first):
                    came.append(name)
                    gevent.sleep(0)

        visitor = gevent.spawn(go)
        gevent.sleep(0)
        return visitor

    return start


def test_one_after_the_other_is_let_in_in_the_order_of_arrival(
    gate: Gate, came: list[str], visit: Visit
) -> None:
    with gate.turn():
        waiting = [visit(name) for name in "abcd"]
        assert (gate.waiting, came) == (4, [])
    gevent.joinall(waiting, raise_error=True)
    assert (gate.waiting, came) == (0, list("abcd"))


def test_who_comes_as_it_is_handed_on_does_not_get_between(
    gate: Gate, came: list[str], visit: Visit
) -> None:
    with gate.turn():
        waiting = [visit("a")]
    with gate.turn():  # at once, before the one who waits has run
        came.append("late")
    gevent.joinall(waiting, raise_error=True)
    assert came == ["a", "late"]


def test_one_that_goes_first_and_is_always_back_takes_turns_with_the_others(
    gate: Gate, came: list[str], visit: Visit
) -> None:
    with gate.turn():
        waiting = [visit(name) for name in "abc"]
        waiting.append(visit("LOG", first=True, times=5))
    gevent.joinall(waiting, raise_error=True)
    assert came == ["LOG", "a", "LOG", "b", "LOG", "c", "LOG", "LOG"]


def test_who_is_killed_while_waiting_is_passed_over(gate: Gate, came: list[str], visit: Visit) -> None:
    """Also one to whom it is handed on before it has ended."""
    with gate.turn():
        first, second, third = (visit(name) for name in "abc")
        second.kill()
        assert gate.waiting == 2
        first.kill(block=False)
    gevent.joinall([first, third], timeout=5)
    assert (gate.waiting, came) == (0, ["c"])
    with gate.turn():
        pass


def test_a_fault_inside_lets_the_next_one_in(gate: Gate, came: list[str], visit: Visit) -> None:
    waiting: list[Greenlet] = []

    def fail() -> None:
        with gate.turn():
            waiting.append(visit("a"))
            raise ValueError("inside")

    with pytest.raises(ValueError, match="inside"):
        fail()
    gevent.joinall(waiting, timeout=5)
    assert came == ["a"]


def test_who_is_in_may_enter_again(gate: Gate, visit: Visit, came: list[str]) -> None:
    """It is handed on when all that was entered is left."""
    with gate.turn():
        other = visit("other")
        with gate.turn(first=True):
            gevent.sleep(0)
        gevent.sleep(0)
        assert came == []
    other.join(5)
    assert came == ["other"]


def test_greenlets_without_the_patch_are_one_with_their_thread() -> None:
    """Or the thread would stand still, and who is in could never leave."""
    gate = Gate()
    with gate.turn():
        other = gevent.spawn(gate.turn(first=True).__enter__)
        other.join(5)
        assert other.successful()


def test_who_waits_too_long_is_refused_and_keeps_nobody_waiting(
    gate: Gate, came: list[str], visit: Visit
) -> None:
    """While another program keeps the file locked, each who gets in waits for seconds, and all behind."""
    with gate.turn():
        patient = visit("patient")

        def go() -> None:
            with gate.turn(seconds=0.01):
                came.append("hurried")

        hurried = gevent.spawn(go)
        with pytest.raises(Unavailable):
            hurried.get(timeout=10)
        assert (gate.waiting, came) == (1, [])
    gevent.joinall([patient], timeout=10, raise_error=True)
    assert came == ["patient"]
    with gate.turn(seconds=0.01):
        pass
