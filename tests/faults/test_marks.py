"""Read marks only grow, for everybody who watches them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask

from fastim.backends.bus import Bus
from fastim.services import marks as marks_module
from fastim.services.marks import Marks
from fastim.services.transaction import Transaction, transaction
from tests.api.test_sync import say
from tests.client import Client
from tests.faults.conftest import MakeWorld
from tests.people import Person
from tests.servers import Server


def friends(server: Server) -> tuple[Person, Person]:
    ann, bob = Person(server.url), Person(server.url)
    ann.befriend(bob)
    return ann, bob


def test_a_mark_that_is_sent_just_before_the_end_is_kept(make_world: MakeWorld) -> None:
    """SIGTERM writes down what waits."""
    world = make_world()
    ann, bob = friends(world.server)
    with ann.chat() as a, bob.chat() as b:
        for n in range(3):
            a.say(bob.id, f"{n}")
        b.send(cmd=14, kind=10, dstid=ann.id, seq=3)
        b.drain_until_pulse()
        world.server.check_stop()
    world.restart()
    (theirs,), (mine,) = ann.sync()["conversations"], bob.sync()["conversations"]
    assert mine["read_seq"] == theirs["peer_read_seq"] == 3


@pytest.mark.xfail(strict=True, reason="every mark is told, also one that changes nothing")
def test_a_smaller_mark_of_another_device_is_told_to_nobody(server: Server) -> None:
    ann, bob = friends(server)
    with ann.chat() as a, bob.chat() as phone, bob.chat() as desktop:
        for n in range(3):
            a.say(bob.id, f"{n}")
        phone.send(cmd=14, kind=10, dstid=ann.id, seq=3)
        phone.drain_until_pulse()
        desktop.send(cmd=14, kind=10, dstid=ann.id, seq=2)
        desktop.drain_until_pulse()
        told = [frame["seq"] for frame in a.drain_until_pulse() if frame["cmd"] == 14]
    assert told == [3]


@pytest.mark.xfail(strict=True, reason="a mark beyond the end is told as it came, and shadows true ones")
def test_a_mark_beyond_the_end_is_told_to_nobody(server: Server) -> None:
    """Who has read more than was said has read nothing: what a client sends is no news of others."""
    ann, bob = friends(server)
    with ann.chat() as a, bob.chat() as b:
        a.say(bob.id, "the only one")
        b.send(cmd=14, kind=10, dstid=ann.id, seq=1_000_000)
        b.drain_until_pulse()
        told = [frame["seq"] for frame in a.drain_until_pulse() if frame["cmd"] == 14]
    assert all(seq <= 1 for seq in told)
    (state,) = ann.sync()["conversations"]
    assert state["peer_read_seq"] <= 1


@pytest.mark.xfail(strict=True, reason="marks are forgotten before their transaction is through")
def test_a_mark_is_known_while_it_is_being_written(
    sqlite_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sync at that moment must not answer with the mark of a second ago."""
    known: list[int] = []
    marks = Marks(sqlite_app.extensions["fastim"].bus)

    @contextmanager
    def watched(bus: Bus) -> Iterator[Transaction]:
        known.append(marks.pending(1, 1))
        with transaction(bus) as tx:
            yield tx

    monkeypatch.setattr(marks_module, "transaction", watched)
    marks.note(1, 1, 5)
    with sqlite_app.app_context():
        marks.flush()
    assert known == [5]


class Clock:
    """Time as `fastim` sees it in this process."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.offset_seconds = 0
        true = time.time_ns
        monkeypatch.setattr(time, "time_ns", lambda: true() + self.offset_seconds * 1_000_000_000)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


def states_after_a_mark(
    app: Flask, clock: Clock, by_peer: bool = False, seconds: int = 1, is_written: bool = True
) -> list[tuple[int, int]]:
    """What sync tells of a mark that came `seconds` after its cursor: one's own mark, the peer's."""
    client = Client(app)
    ann, bob = client.register(), client.register()
    ann.befriend(bob)
    say(app, ann, bob, "hello")
    clock.offset_seconds = 60  # what is young is answered again anyway
    cursor = bob.post("/message/sync").data["cursor"]
    clock.offset_seconds += seconds
    reader, other = (ann, bob) if by_peer else (bob, ann)
    runtime = app.extensions["fastim"].realtime
    with app.app_context():
        door = runtime.services.access.door(reader.id, 10, other.id)
    runtime.services.marks.note(reader.id, door, 1)
    if is_written:
        runtime.write_behind()
    states = bob.post("/message/sync", cursor=cursor).data["conversations"]
    return [(state["read_seq"], state["peer_read_seq"]) for state in states]


def test_a_sync_tells_what_another_device_has_read(sqlite_app: Flask, clock: Clock) -> None:
    assert states_after_a_mark(sqlite_app, clock) == [(1, 0)]


@pytest.mark.xfail(strict=True, reason="a peer's mark does not make sync list the conversation")
def test_a_sync_tells_what_a_peer_has_read(sqlite_app: Flask, clock: Clock) -> None:
    """Who was away when it was told live has no other way to learn of it."""
    assert states_after_a_mark(sqlite_app, clock, by_peer=True) == [(0, 1)]


@pytest.mark.xfail(strict=True, reason="sync looks for changed marks among the written ones")
def test_a_sync_tells_a_mark_that_is_not_written_yet(sqlite_app: Flask, clock: Clock) -> None:
    """Who connects between a mark's telling and its writing does not hear of it before the next sync."""
    assert states_after_a_mark(sqlite_app, clock, is_written=False) == [(1, 0)]


@pytest.mark.xfail(strict=True, reason="sync finds changed marks by the clock")
def test_a_sync_tells_a_mark_that_came_after_the_clock_was_set_back(
    sqlite_app: Flask, clock: Clock
) -> None:
    assert states_after_a_mark(sqlite_app, clock, seconds=-3600) == [(1, 0)]
