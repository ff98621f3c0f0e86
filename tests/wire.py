"""Somebody's connection to the server within this process, without a socket."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from typing import Any, TypeVar

import gevent
from flask import Flask
from gevent.event import Event

from fastim.realtime import connection, framing
from fastim.realtime.node import Node
from tests.client import Client

T = TypeVar("T")
_numbers = itertools.count(1)


class Line:
    """A socket that notes what is written to it."""

    is_v2 = True
    window_bits = 0

    def __init__(self) -> None:
        self.written = b""
        self._is_written = Event()

    def write_now(self, data: bytes) -> int:
        self.written += data
        self._is_written.set()
        return len(data)

    def wait_for(self, find: Callable[[bytes], T]) -> T:
        """The first true value that `find` makes of what was written."""
        with gevent.Timeout(10):
            while not (found := find(self.written)):
                self._is_written.clear()
                self._is_written.wait()
        return found


def connect(app: Flask, person: Client) -> tuple[Node, Line]:
    """A connection of the person's session, in the client map."""
    realtime: Any = app.extensions["fastim"].realtime
    with app.app_context():
        actor = app.extensions["fastim"].sessions.find(person.token)
    line = Line()
    node = Node("n", actor.user_id, actor.session_id, line, realtime._outbox)  # type: ignore[arg-type]
    realtime.client_map.add(node)
    return node, line


class Wire:
    """A connection whose frames are answered."""

    def __init__(self, app: Flask, who: Client) -> None:
        self._services = app.extensions["fastim"].realtime.services
        self.node, self.line = connect(app, who)

    def send(self, **frame: Any) -> dict[str, Any]:
        """The ack, or the refusal."""
        msgid = f"w{next(_numbers)}"
        text = json.dumps({**frame, "msgid": msgid}).encode()
        connection.take(self._services, self.node, framing.TEXT, text)
        return self.line.wait_for(lambda written: _answer(written, msgid))


def _answer(written: bytes, msgid: str) -> dict[str, Any]:
    for name in (b'{"cmd":12', b'{"cmd":13'):
        for piece in written.split(name)[1:]:
            text = name + piece[: piece.index(b"}") + 1]
            if f'"{msgid}"'.encode() in text:
                return dict(json.loads(text))
    return {}
