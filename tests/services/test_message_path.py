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
