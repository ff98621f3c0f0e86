"""Read marks only grow, for everybody who watches them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask

from fastim.backends.bus import Bus
from fastim.protocol import frames, limits
from fastim.protocol.events import MarkMoved
from fastim.realtime.handlers import presence, receipts
from fastim.realtime.node import Node
from fastim.services import marks as marks_module
from fastim.services.marks import Marks
from fastim.services.transaction import Transaction, transaction
from tests.api.test_sync import say
from tests.client import Client
from tests.conftest import StartServer
from tests.faults.conftest import MakeWorld
from tests.people import Person
from tests.queries import selects
from tests.servers import Server
from tests.wire import Line, connect


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


def test_of_marks_that_come_too_fast_the_last_one_arrives(start_server: StartServer) -> None:
    """In every conversation; and who reads fast may still write."""
    server = start_server(rate_limits="on", message_rate="10/second", register_rate="100/second")
    ann, bob = friends(server)
    cas, dan = Person(server.url), Person(server.url)
    bob.befriend(cas, dan)
    with ann.chat() as a, cas.chat() as c, bob.chat() as b:
        for chat in (a, c):
            for n in range(15):
                chat.say(bob.id, f"{n}")
        for n in range(1, 16):
            for friend in (ann, cas):
                b.send(cmd=14, kind=10, dstid=friend.id, seq=n)
        assert b.say(dan.id, "and I may still write")["cmd"] == 12
        told = [chat.expect(lambda f: f["cmd"] == 14 and f["seq"] == 15) for chat in (a, c)]
        assert {frame["userid"] for frame in told} == {bob.id}
    assert {state["unread"] for state in bob.sync()["conversations"]} == {0}


def test_what_an_ended_friendship_left_unread_can_be_read(server: Server) -> None:
    """The conversation is still there; only writing is over."""
    ann, bob = friends(server)
    with ann.chat() as a, bob.chat() as b:
        a.say(bob.id, "good-bye")
        assert ann.post("/contact/deletefriend", dstid=bob.id)["code"] == 0
        b.send(cmd=14, kind=10, dstid=ann.id, seq=1)
        assert [frame for frame in b.drain_until_pulse() if frame["cmd"] == 13] == []
        assert a.expect(lambda f: f["cmd"] == 14)["seq"] == 1
    (state,) = bob.sync()["conversations"]
    assert state["unread"] == 0


def test_a_mark_asks_the_database_once(app: Flask) -> None:
    """Where somebody stands and where a conversation ends is known after the first one."""
    client = Client(app)
    ann, bob = client.register(), client.register()
    ann.befriend(bob)
    say(app, ann, bob, "1")
    node, line = connect(app, bob)
    services = app.extensions["fastim"].realtime.services
    receipts.mark_read(services, node, frames.MarkRead(10, ann.id, 1))
    with selects(app) as ran:
        for seq in range(2, 6):
            say(app, ann, bob, f"{seq}")
            before = len(ran)
            receipts.mark_read(services, node, frames.MarkRead(10, ann.id, seq))
            receipts.mark_read(services, node, frames.MarkRead(10, ann.id, seq - 1))
            assert len(ran) == before
    assert b'"cmd":13' not in line.written


def test_in_a_large_group_only_the_readers_own_devices_are_told(
    sqlite_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of marks and of typing; the others ask who has read."""
    monkeypatch.setattr(limits, "SHOWN_TO", 2)
    client = Client(sqlite_app)
    ann, bob = client.register(), client.register()
    name = f"large {ann.id}"
    group = ann.post("/contact/createcommunity", name=name).data["id"]
    assert bob.post("/contact/joincommunity", dstname=name).code == 0
    services = sqlite_app.extensions["fastim"].realtime.services
    lines: dict[str, Line] = {}
    nodes: dict[str, Node] = {}
    for device, person in (("ann", ann), ("phone", bob), ("desk", bob)):
        node, lines[device] = connect(sqlite_app, person)
        node.id = device
        nodes[device] = node
        services.client_map.enter_groups(node, [group])
    receipts.mark_read(services, nodes["phone"], frames.MarkRead(11, group, 2))
    presence.typing(services, nodes["phone"], frames.Typing(11, group))
    # All that is told goes out in one turn of the loop.
    lines["desk"].wait_for(lambda written: b'"cmd":14' in written)
    told = {device: line.written.count(b'"cmd":14') for device, line in lines.items()}
    assert told == {"ann": 0, "phone": 0, "desk": 1}
    assert not any(b'"cmd":15' in line.written for line in lines.values())


def test_who_comes_back_to_a_group_has_read_what_was_before(sqlite_app: Flask) -> None:
    """A mark in it is no news, though the one of the former stay was smaller."""
    client = Client(sqlite_app)
    ann, bob = client.register(), client.register()
    name = f"back in {ann.id}"
    group = ann.post("/contact/createcommunity", name=name).data["id"]
    services = sqlite_app.extensions["fastim"].realtime.services
    told: list[MarkMoved] = []
    services.bus.subscribe(told.append, MarkMoved)
    node, _ = connect(sqlite_app, bob)
    for seq in (2, 4):
        assert bob.post("/contact/joincommunity", dstname=name).code == 0
        receipts.mark_read(services, node, frames.MarkRead(11, group, seq - 1))
        receipts.mark_read(services, node, frames.MarkRead(11, group, seq))
        assert bob.post("/contact/leavecommunity", dstid=group).code == 0
    assert [mark.seq for mark in told] == [2, 4]


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
    marks.wrote(1, 1, 5)
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
    marks = runtime.services.marks
    with app.app_context():
        door = runtime.services.access.door(reader.id, 10, other.id)
        marks.load(reader.id, door)
    assert marks.move(MarkMoved(door, 10, reader.id, other.id, 1))
    if is_written:
        runtime.write_behind()
    states = bob.post("/message/sync", cursor=cursor).data["conversations"]
    return [(state["read_seq"], state["peer_read_seq"]) for state in states]


def test_a_sync_tells_what_another_device_has_read(sqlite_app: Flask, clock: Clock) -> None:
    assert states_after_a_mark(sqlite_app, clock) == [(1, 0)]


def test_a_sync_tells_what_a_peer_has_read(sqlite_app: Flask, clock: Clock) -> None:
    """Who was away when it was told live has no other way to learn of it."""
    assert states_after_a_mark(sqlite_app, clock, by_peer=True) == [(0, 1)]


def test_a_sync_tells_a_mark_that_is_not_written_yet(sqlite_app: Flask, clock: Clock) -> None:
    """Who connects between a mark's telling and its writing does not hear of it before the next sync."""
    assert states_after_a_mark(sqlite_app, clock, is_written=False) == [(1, 0)]


def test_a_sync_tells_a_mark_that_came_after_the_clock_was_set_back(
    sqlite_app: Flask, clock: Clock
) -> None:
    assert states_after_a_mark(sqlite_app, clock, seconds=-3600) == [(1, 0)]
