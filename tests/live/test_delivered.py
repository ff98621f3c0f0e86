"""What has arrived at a device of the other person: told live and by sync, where both show such things."""

from __future__ import annotations

import pytest
from flask import Flask

from fastim.backends.bus.memory import MemoryBus
from fastim.protocol import frames
from fastim.realtime.handlers import receipts
from fastim.services.marks import Deliveries
from tests.api.test_sync import say
from tests.client import Client
from tests.conftest import StartServer
from tests.people import Person
from tests.queries import selects
from tests.servers import Server, wait_for
from tests.wire import connect
from tests.ws import Chat


def told(chat: Chat) -> list[tuple[int, int]]:
    """What this connection was told to have arrived, as (where, up to which seq)."""
    return [(f["dstid"], f["seq"]) for f in chat.drain_until_pulse() if f["cmd"] == 26]


def delivered(person: Person) -> tuple[int, int]:
    """What sync says of one's own devices, and of the other person's."""
    (talk,) = person.sync()["conversations"]
    return talk["delivered_seq"], talk["peer_delivered_seq"]


def test_who_wrote_is_told_what_has_arrived_and_nothing_twice(ann: Person, bob: Person) -> None:
    with ann.chat() as a, ann.chat() as desk, bob.chat() as b, bob.chat() as phone:
        for number in range(3):
            a.say(bob.id, f"{number}")
        assert delivered(ann) == (3, 0)
        for seq in (2, 2, 1, 3):
            b.send(cmd=26, dstid=ann.id, seq=seq)
            b.drain_until_pulse()
        assert told(a) == told(desk) == [(bob.id, 2), (bob.id, 3)]
        assert told(phone) == told(b) == []
        assert delivered(ann) == (3, 3)
        assert delivered(bob) == (3, 3)  # who wrote something has it
        b.send(cmd=26, dstid=ann.id, seq=4)
        assert b.expect(lambda f: f["cmd"] == 13)["error"] == "no_such_message"


def test_what_was_read_has_arrived(ann: Person, bob: Person) -> None:
    with ann.chat() as a, bob.chat() as b:
        a.say(bob.id, "one")
        b.send(cmd=14, kind=10, dstid=ann.id, seq=1)
        b.drain_until_pulse()
        assert told(a) == []
        assert delivered(ann) == (1, 1)


def test_of_whom_is_no_friend_nothing_is_said(server: Server, ann: Person, bob: Person) -> None:
    eve = Person(server.url, "Eve")
    with ann.chat() as a, eve.chat() as e:
        a.say(bob.id, "not for Eve")
        for dstid in (ann.id, bob.id, eve.id, 1 << 40):
            e.send(cmd=26, dstid=dstid, seq=1)
            assert e.expect(lambda f: f["cmd"] == 13)["error"] == "not_friends"
        assert told(a) == []


@pytest.mark.parametrize("who_hides", ["sender", "receiver"])
def test_receipts_switched_off_hide_it_both_ways(ann: Person, bob: Person, who_hides: str) -> None:
    hider = ann if who_hides == "sender" else bob
    with ann.chat() as a, bob.chat() as b:
        a.say(bob.id, "one")
        assert hider.post("/settings/privacy", receipts=False)["code"] == 0
        a.drain_until_pulse()
        b.send(cmd=26, dstid=ann.id, seq=1)
        b.drain_until_pulse()
        assert told(a) == []
        assert delivered(ann) == (1, 0)
        assert delivered(bob) == (1, 0)  # his own devices go on from there


def test_marks_that_come_too_fast_are_taken_up_a_moment_later(start_server: StartServer) -> None:
    """After a long time away a whole list arrives at once; read marks wait beside it, and are not lost."""
    server = start_server(rate_limits="on", message_rate="10/second", register_rate="100/second")
    bob = Person(server.url, "Bob")
    friends = [Person(server.url) for _ in range(3)]
    bob.befriend(*friends)
    with bob.chat() as b:
        for friend in friends:
            with friend.chat() as line:
                for number in range(10):
                    line.say(bob.id, f"{number}")
        for seq in range(1, 11):
            for friend in friends:
                b.send(cmd=26, dstid=friend.id, seq=seq)
        b.send(cmd=14, kind=10, dstid=friends[0].id, seq=4)
        assert all(frame["cmd"] != 13 for frame in b.drain_until_pulse())
        wait_for(lambda: [delivered(friend) for friend in friends] == [(10, 10)] * 3)
        wait_for(lambda: friends[0].sync()["conversations"][0]["peer_read_seq"] == 4)


def test_what_has_arrived_is_kept_and_costs_no_question_to_the_database(app: Flask) -> None:
    """But for the first mark of a conversation. A sync tells it before it is written, and after."""
    client = Client(app)
    ann, bob = client.register(), client.register()
    ann.befriend(bob)
    say(app, ann, bob, "1")
    node, line = connect(app, bob)
    runtime = app.extensions["fastim"].realtime
    services = runtime.services
    receipts.mark_delivered(services, node, frames.MarkDelivered(ann.id, 1))
    with selects(app) as ran:
        for seq in range(2, 6):
            say(app, ann, bob, f"{seq}")
            before = len(ran)
            receipts.mark_delivered(services, node, frames.MarkDelivered(ann.id, seq))
            assert len(ran) == before
    assert b'"cmd":13' not in line.written

    cursor = ann.post("/message/sync").data["cursor"]
    for written in (False, True):
        say(app, bob, ann, "mine")
        seq = 6 + written
        receipts.mark_delivered(services, node, frames.MarkDelivered(ann.id, seq))
        if written:
            runtime.write_behind()
            fresh = Deliveries(MemoryBus())
            with app.app_context():
                conversation = services.access.door(bob.id, 10, ann.id)
                fresh.load(bob.id, conversation)
            assert fresh.pending(bob.id, conversation) == seq
        (state,) = ann.post("/message/sync", cursor=cursor).data["conversations"]
        assert (state["peer_delivered_seq"], state["peer_read_seq"]) == (seq, 0)
