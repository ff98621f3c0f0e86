"""Passes over the connections: each is written to once, many in parts, and after a long one is a rest."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from fastim.backends.counters import Counters
from fastim.realtime.outbox import Outbox


class Loop:
    """The next turn, and a clock that writing moves."""

    def __init__(self) -> None:
        self.now = 100.0
        self.next: list[tuple[Callable[[], None], float]] = []
        self.outbox = Outbox(
            lambda write, seconds: self.next.append((write, seconds)), Counters(), self.clock
        )

    def clock(self) -> float:
        return self.now

    def turn(self) -> float:
        """Run what is due; how long it waited."""
        ((write, seconds),) = self.next
        self.next = []
        self.now += max(seconds, 0)
        write()
        return seconds


class Line:
    """Counts what it is given in each write."""

    def __init__(self, loop: Loop, takes: float = 0.0) -> None:
        self._loop, self._takes = loop, takes
        self.waiting = 0
        self.writes: list[int] = []

    def offer(self) -> None:
        self.waiting += 1
        if self.waiting == 1:
            self._loop.outbox.add(self)

    def flush(self) -> None:
        self.writes.append(self.waiting)
        self.waiting = 0
        self._loop.now += self._takes


def test_a_pass_over_many_leaves_the_loop_to_others_in_between() -> None:
    """And what comes meanwhile to somebody who is still to be written to leaves in the same write."""
    loop = Loop()
    lines = [Line(loop) for _ in range(300)]
    for line in lines:
        line.offer()
    loop.turn()
    assert (sum(len(line.writes) for line in lines), len(loop.next)) == (128, 1)
    lines[0].offer()
    lines[299].offer()
    loop.turn()
    loop.turn()
    assert (lines[0].writes, lines[299].writes) == ([1], [2])
    loop.turn()
    assert (lines[0].writes, loop.next) == ([1, 1], [])
    assert {tuple(line.writes) for line in lines[1:299]} == {(1,)}


@pytest.mark.parametrize(
    ("people", "takes", "rest"), [(200, 0.00001, 0.002), (200, 0.001, 0.01), (128, 0.001, 0.0)]
)
def test_after_a_pass_over_many_what_comes_waits_to_leave_together(
    people: int, takes: float, rest: float
) -> None:
    """As long as the pass took, 10 ms at most; after one over few for nothing."""
    loop = Loop()
    lines = [Line(loop, takes) for _ in range(people)]
    for line in lines:
        line.offer()
    while loop.next:
        assert loop.turn() <= 0
    for line in lines * 3:
        line.offer()
    assert loop.turn() == pytest.approx(rest)
    while loop.next:
        loop.turn()
    assert {tuple(line.writes) for line in lines} == {(1, 3)}


def test_what_is_offered_while_a_pass_writes_waits_as_long_and_after_the_rest_nothing_does() -> None:
    loop = Loop()
    lines = [Line(loop, 0.00001) for _ in range(200)]
    for line in lines:
        line.offer()
    loop.turn()
    lines[0].offer()
    assert loop.turn() == 0
    assert loop.turn() == pytest.approx(0.002)
    lines[0].offer()
    assert loop.turn() <= 0


def test_a_line_that_fails_keeps_nobody_else_waiting_for_ever() -> None:
    class Broken(Line):
        def flush(self) -> None:
            raise ValueError("broken")

    loop = Loop()
    broken, line = Broken(loop), Line(loop)
    broken.offer()
    with pytest.raises(ValueError, match="broken"):
        loop.turn()
    line.offer()
    loop.turn()
    assert line.writes == [1]
