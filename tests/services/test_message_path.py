"""What a message costs on its way: in the common case no statement but the commit's own."""

from __future__ import annotations

import json

import gevent
import pytest
from flask import Flask

from fastim.realtime import connection, framing
from fastim.realtime.node import Node
from tests.client import Client
from tests.queries import selects
from tests.services.test_connected_sessions import Line, connect


def say(app: Flask, node: Node, line: Line, cmd: int, dst: int, msgid: str) -> dict[str, object]:
    """Send a text over a connection; its ack or refusal."""
    frame = {"cmd": cmd, "dstid": dst, "media": 1, "content": "hello", "msgid": msgid}
    connection.take(
        app.extensions["fastim"].realtime.services, node, framing.TEXT, json.dumps(frame).encode()
    )
    with gevent.Timeout(10):
        while msgid.encode() not in line.written:
            gevent.sleep(0.001)
    start = line.written.rindex(b'{"cmd":1')
    return dict(json.loads(line.written[start:].partition(b"}")[0] + b"}"))


@pytest.mark.parametrize("kind", ["single", "group"])
def test_the_second_message_asks_the_database_nothing(app: Flask, kind: str) -> None:
    """The first one opens the door; who was let in is remembered until an event says otherwise."""
    one, other = Client(app).register(), Client(app).register()
    one.befriend(other)
    name = f"asks nothing {one.id}"
    group = one.post("/contact/createcommunity", name=name).data["id"]
    assert other.post("/contact/joincommunity", dstname=name).code == 0
    cmd, dst = (10, other.id) if kind == "single" else (11, group)
    node, line = connect(app, one)
    connect(app, other)
    assert say(app, node, line, cmd, dst, "first")["cmd"] == 12
    with selects(app) as ran:
        for place in range(5):
            assert say(app, node, line, cmd, dst, f"more {place}")["cmd"] == 12
    assert ran == []


def test_the_door_is_asked_again_after_what_may_have_closed_it(app: Flask) -> None:
    one, other = Client(app).register(), Client(app).register()
    one.befriend(other)
    node, line = connect(app, one)
    assert say(app, node, line, 10, other.id, "first")["cmd"] == 12
    assert other.post("/contact/deletefriend", dstid=one.id).code == 0
    with selects(app) as ran:
        assert say(app, node, line, 10, other.id, "second")["error"] == "not_friends"
    assert ran


def test_a_group_with_mutes_asks_the_database_once_after_each_change(app: Flask) -> None:
    """Whoever is muted may try as often as they like: the answer comes from memory."""
    one, other = Client(app).register(), Client(app).register()
    name = f"hushed {one.id}"
    group = one.post("/contact/createcommunity", name=name).data["id"]
    assert other.post("/contact/joincommunity", dstname=name).code == 0
    node, line = connect(app, other)
    owner, owners = connect(app, one)
    for place, seconds in enumerate((600, 0)):
        assert one.post("/community/mute", dstid=group, memberid=other.id, seconds=seconds).code == 0
        say(app, node, line, 11, group, f"loads {place}")
        say(app, owner, owners, 11, group, f"owner's {place}")
        with selects(app) as ran:
            for again in range(3):
                answer = say(app, node, line, 11, group, f"again {place} {again}")
                assert answer.get("error", "") == ("muted" if seconds else "")
                assert say(app, owner, owners, 11, group, f"owner {place} {again}")["cmd"] == 12
        assert ran == []
