"""Sync and history over HTTP: what changed since the cursor, whatever the clock says."""

from __future__ import annotations

import time

import gevent
import pytest
from flask import Flask
from gevent.event import Event

from fastim.protocol import frames
from fastim.services.messages import Sending
from tests.client import Client


def say(app: Flask, sender: Client, to: Client, content: str) -> None:
    """Store a text as the socket would."""
    services = app.extensions["fastim"].realtime.services
    with app.app_context():
        door = services.access.door(sender.id, frames.SINGLE, to.id)
    stored = Event()
    frame = frames.SendSingle(dstid=to.id, content=content)
    services.messages.send(Sending(frame, frames.SINGLE, sender.id, door, ""), lambda _: stored.set())
    with gevent.Timeout(10):
        stored.wait()


def texts(answer: dict[str, object]) -> list[str]:
    conversations = answer["conversations"]
    assert isinstance(conversations, list)
    return [entry["content"] for state in conversations for entry in state["entries"]]


@pytest.fixture
def pair(client: Client) -> tuple[Client, Client]:
    one, other = client.register(), client.register()
    one.befriend(other)
    return one, other


def test_a_conversation_without_entries_is_not_listed(pair: tuple[Client, Client]) -> None:
    assert pair[0].post("/message/sync").data["conversations"] == []


@pytest.mark.parametrize("hours_back", [0, 1])
def test_the_cursor_never_misses_what_came_after_it(
    app: Flask, pair: tuple[Client, Client], hours_back: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also when the clock is set back in between: entries are found by number."""
    one, other = pair
    say(app, one, other, "first")
    answer = other.post("/message/sync").data
    assert texts(answer) == ["first"]
    now = time.time_ns()
    monkeypatch.setattr(time, "time_ns", lambda: now - hours_back * 3_600_000_000_000)
    say(app, one, other, "second")
    answer = other.post("/message/sync", cursor=answer["cursor"]).data
    assert texts(answer)[-1] == "second"
    say(app, one, other, "third")
    assert texts(other.post("/message/sync", cursor=answer["cursor"]).data)[-1] == "third"


@pytest.mark.parametrize("cursor", ["x", "1", "-1", "1-", "１-2", "9" * 70, "1-2-3"])
def test_a_cursor_that_no_sync_gave_is_malformed(pair: tuple[Client, Client], cursor: str) -> None:
    answer = pair[0].post_json("/message/sync", {"cursor": cursor})
    assert (answer.status, answer.error) == (400, "bad_request")


def test_pages_of_history_meet_without_a_gap(app: Flask, pair: tuple[Client, Client]) -> None:
    one, other = pair
    for number in range(1, 26):
        say(app, one, other, str(number))
    seen: list[str] = []
    before = 0
    while True:
        answer = other.post("/message/history", cmd=10, dstid=one.id, before=before, limit=10)
        seen = [row["content"] for row in answer.rows] + seen
        if not answer.json["gap"]:
            break
        before = answer.rows[0]["seq"]
    assert seen == [str(number) for number in range(1, 26)]
    newer = other.post("/message/history", cmd=10, dstid=one.id, after=20, limit=10)
    assert [row["seq"] for row in newer.rows] == [21, 22, 23, 24, 25]
    assert newer.json["gap"] is False


@pytest.mark.parametrize("limit", [0, 201, -1, "many"])
def test_a_page_has_bounds(pair: tuple[Client, Client], limit: object) -> None:
    answer = pair[0].post("/message/history", cmd=10, dstid=pair[1].id, limit=limit)
    assert (answer.status, answer.json["field"]) == (400, "limit")
