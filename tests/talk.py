"""A conversation between two people, spoken through the services as the socket would."""

from __future__ import annotations

from typing import Any

import gevent
from flask import Flask
from gevent.event import Event

from fastim.backends.log import Receipt
from fastim.errors import AppError
from fastim.protocol import frames
from fastim.services.amendments import Amendments
from tests.client import Client


class Talk:
    """One conversation between two people, or in a group of theirs that the first owns."""

    def __init__(self, app: Flask, one: Client, other: Client, kind: int, group: int) -> None:
        self.app = app
        self.one, self.other = one, other
        self.kind = kind
        self._group = group
        self.services = app.extensions["fastim"].realtime.services
        self.amendments: Amendments = self.services.amendments

    def dst(self, who: Client) -> int:
        return self._group or (self.other if who is self.one else self.one).id

    def say(self, who: Client, content: str = "hello", **fields: Any) -> int:
        """Store a message; its seq."""
        with self.app.app_context():
            door = self.services.access.door(who.id, self.kind, self.dst(who))
        make = frames.SendGroup if self.kind == frames.GROUP else frames.SendSingle
        frame = make(dstid=self.dst(who), content=content, **fields)
        stored, outcomes = Event(), list[Any]()
        self.services.messages.send(
            frame, self.kind, who.id, door, lambda _, outcome: (outcomes.append(outcome), stored.set())
        )
        with gevent.Timeout(10):
            stored.wait()
        return int(outcomes[0].seq)

    def amend(self, who: Client, what: str, seq: int, **fields: Any) -> Receipt | str:
        """The receipt, or the refusal's name."""
        kinds = {
            "recall": frames.Recall,
            "edit": frames.Edit,
            "react": frames.React,
            "pin": frames.Pin,
        }
        frame = kinds[what](kind=self.kind, dstid=self.dst(who), seq=seq, **fields)
        try:
            with self.app.app_context():
                receipt: Receipt = getattr(self.amendments, what)(who.id, frame)
        except AppError as error:
            return error.name
        return receipt

    def history(self, who: Client) -> dict[int, dict[str, Any]]:
        answer = who.post("/message/history", cmd=self.kind, dstid=self.dst(who), limit=200)
        return {row["seq"]: row for row in answer.rows}


def group_talk(app: Flask, name: str, messages: int) -> tuple[Talk, list[int]]:
    """A group of two new people who said so many messages in turn; the messages' seqs."""
    one, other = Client(app).register(), Client(app).register()
    group = one.post("/contact/createcommunity", name=name).data["id"]
    assert other.post("/contact/joincommunity", dstname=name).code == 0
    talk = Talk(app, one, other, frames.GROUP, group)
    return talk, [
        talk.say((one, other)[n % 2], f"message {n} 吃饭 😀", msgid=f"m{n}") for n in range(messages)
    ]
