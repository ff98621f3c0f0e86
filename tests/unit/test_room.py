"""How many connections a process takes, and which of several takes them."""

from __future__ import annotations

import resource

import pytest

from fastim.backends import descriptors
from fastim.realtime import room
from fastim.realtime.room import Board, Room


class Process:
    """A room whose connections are a number."""

    def __init__(self, board: Board, place: int) -> None:
        self.taken = 0
        self.room = Room(2, lambda: self.taken)
        self.room.share(board, place)


def test_the_full_leave_connections_to_those_with_room_until_none_has() -> None:
    board = Board(3)
    one, two = Process(board, 0), Process(board, 2)
    one.taken = 2
    assert (one.room.is_elsewhere(), two.room.is_elsewhere()) == (True, False)
    two.taken = 2
    assert (two.room.is_elsewhere(), one.room.is_elsewhere()) == (False, False)
    one.taken = 1
    one.room.note()
    assert (one.room.is_elsewhere(), two.room.is_elsewhere()) == (False, True)
    one.room.close()
    assert not two.room.is_elsewhere()


def test_nobody_waits_for_a_process_that_stands_still(monkeypatch: pytest.MonkeyPatch) -> None:
    board = Board(2)
    one, _still = Process(board, 0), Process(board, 1)
    one.taken = 2
    assert one.room.is_elsewhere()
    now = room.time.monotonic() + 4
    monkeypatch.setattr(room.time, "monotonic", lambda: now)
    assert not one.room.is_elsewhere()


def test_a_process_alone_leaves_nothing_to_others() -> None:
    alone = Room(1, lambda: 1)
    assert alone.is_full
    assert not alone.is_elsewhere()


@pytest.mark.parametrize("connections", [10, 20, 1_000, 10_000, 1_000_000])
def test_connections_fit_into_the_files_that_may_be_open(connections: int) -> None:
    """What fits leaves room for requests and all else, whatever the limit."""
    assert descriptors.allowed(connections, resource.RLIM_INFINITY) == connections
    assert descriptors.allowed(connections, descriptors.wanted(connections)) == connections
    for limit in (0, 256, 400, 1_024, 4_096, 20_000, 65_536):
        fit = descriptors.allowed(connections, limit)
        assert 0 <= fit <= connections
        assert fit == 0 or descriptors.wanted(fit) <= limit


def test_a_low_limit_is_raised_as_far_as_is_wanted_and_allowed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    limits = [(1_024, 4_096)]
    monkeypatch.setattr(resource, "getrlimit", lambda _: limits[-1])
    monkeypatch.setattr(resource, "setrlimit", lambda _, asked: limits.append(asked))
    descriptors.claim(1_000)
    descriptors.claim(100_000)
    descriptors.claim(1_000)
    assert limits == [(1_024, 4_096), (1_506, 4_096), (4_096, 4_096)]
