"""What a message costs on its way: in the common case no statement but the commit's own."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.client import Client
from tests.queries import selects
from tests.wire import Wire, connect


def say(wire: Wire, cmd: int, dst: int) -> dict[str, object]:
    """Send a text; its ack or refusal."""
    return wire.send(cmd=cmd, dstid=dst, media=1, content="hello")


@pytest.mark.parametrize("kind", ["single", "group"])
def test_the_second_message_asks_the_database_nothing(app: Flask, kind: str) -> None:
    """The first one opens the door; who was let in is remembered until an event says otherwise."""
    one, other = Client(app).register(), Client(app).register()
    one.befriend(other)
    name = f"asks nothing {one.id}"
    group = one.post("/contact/createcommunity", name=name).data["id"]
    assert other.post("/contact/joincommunity", dstname=name).code == 0
    cmd, dst = (10, other.id) if kind == "single" else (11, group)
    wire = Wire(app, one)
    connect(app, other)
    assert say(wire, cmd, dst)["cmd"] == 12
    with selects(app) as ran:
        for _ in range(5):
            assert say(wire, cmd, dst)["cmd"] == 12
    assert ran == []


def test_the_door_is_asked_again_after_what_may_have_closed_it(app: Flask) -> None:
    one, other = Client(app).register(), Client(app).register()
    one.befriend(other)
    wire = Wire(app, one)
    assert say(wire, 10, other.id)["cmd"] == 12
    assert other.post("/contact/deletefriend", dstid=one.id).code == 0
    with selects(app) as ran:
        assert say(wire, 10, other.id)["error"] == "not_friends"
    assert ran


def test_a_group_with_mutes_asks_the_database_once_after_each_change(app: Flask) -> None:
    """Whoever is muted may try as often as they like: the answer comes from memory."""
    one, other = Client(app).register(), Client(app).register()
    name = f"hushed {one.id}"
    group = one.post("/contact/createcommunity", name=name).data["id"]
    assert other.post("/contact/joincommunity", dstname=name).code == 0
    wire, owner = Wire(app, other), Wire(app, one)
    for seconds in (600, 0):
        assert one.post("/community/mute", dstid=group, memberid=other.id, seconds=seconds).code == 0
        say(wire, 11, group)
        say(owner, 11, group)
        with selects(app) as ran:
            for _ in range(3):
                answer = say(wire, 11, group)
                assert answer.get("error", "") == ("muted" if seconds else "")
                assert say(owner, 11, group)["cmd"] == 12
        assert ran == []
