"""Two friends and a group of one of them, and how the access of the other ends."""

from __future__ import annotations

import gevent
from flask import Flask
from gevent.event import AsyncResult

from fastim.protocol import frames
from tests.api.test_sync import say_to_group
from tests.client import Answer, Client
from tests.wire import connect

ENDS: dict[str, tuple[int, str]] = {
    "leave": (11, "not_member"),
    "remove": (11, "not_member"),
    "dissolve": (11, "group_dissolved"),
    "deletefriend": (10, "not_friends"),
    "block": (10, "blocked"),
}
"""How Bob's access ends, to what kind of conversation, and what he is refused with then."""


class Friends:
    """Ann leads a group that her friend Bob is in."""

    def __init__(self, app: Flask) -> None:
        client = Client(app)
        self.app = app
        self.ann, self.bob = client.register(), client.register()
        self.ann.befriend(self.bob)
        self.group = self.ann.post("/contact/createcommunity", name=f"group of {self.ann.id}").data["id"]
        assert self.join().code == 0
        self.services = app.extensions["fastim"].realtime.services

    def join(self) -> Answer:
        return self.bob.post("/contact/joincommunity", dstid=self.group)

    def end(self, how: str) -> Answer:
        """Bob's access, in one of the ways of `ENDS`."""
        ann, bob = self.ann, self.bob
        return {
            "leave": lambda: bob.post("/contact/leavecommunity", dstid=self.group),
            "remove": lambda: ann.post("/community/remove", dstid=self.group, memberid=bob.id),
            "dissolve": lambda: ann.post("/community/dissolve", dstid=self.group),
            "deletefriend": lambda: ann.post("/contact/deletefriend", dstid=bob.id),
            "block": lambda: ann.post("/contact/block", dstid=bob.id),
        }[how]()

    def mute(self) -> Answer:
        return self.ann.post("/community/mute", dstid=self.group, memberid=self.bob.id, seconds=600)

    def address(self, kind: int) -> int:
        """How Bob addresses the conversation."""
        return self.group if kind == frames.GROUP else self.ann.id


class Connected(Friends):
    """Bob is connected."""

    def __init__(self, app: Flask) -> None:
        super().__init__(app)
        self.node, self.line = connect(app, self.bob)
        with app.app_context():
            self.services.client_map.enter_groups(
                self.node, self.services.access.communities_of(self.bob.id)
            )

    def say(self, text: str) -> None:
        """Ann says something in the group."""
        say_to_group(self.app, self.ann, self.group, text)

    def start_saying(self, kind: int) -> AsyncResult:
        """Bob's message is let in and waits for its commit; what becomes of it."""
        dst_id = self.address(kind)
        with self.app.app_context():
            door = self.services.access.door(self.bob.id, kind, dst_id)
        frame = frames.SendSingle(dstid=dst_id, content="on its way")
        told = AsyncResult()
        self.services.messages.send(frame, kind, self.bob.id, door, lambda _, outcome: told.set(outcome))
        return told


def settle() -> None:
    """Let what is ready be written."""
    for _ in range(3):
        gevent.sleep(0)
