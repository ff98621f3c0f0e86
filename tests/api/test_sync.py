"""Sync and history over HTTP: what changed since the cursor, whatever the clock says."""

from __future__ import annotations

import time

import gevent
import pytest
from flask import Flask
from gevent.event import Event
from sqlalchemy import text as sql

from fastim.models import db
from fastim.protocol import frames, limits
from fastim.protocol.events import MarkMoved
from tests.client import Client
from tests.conftest import MakeApp


def say(app: Flask, sender: Client, to: Client, content: str) -> None:
    """Store a text as the socket would."""
    store(app, sender, frames.SINGLE, frames.SendSingle(dstid=to.id, content=content))


def say_to_group(app: Flask, sender: Client, group: int, content: str) -> None:
    """The same in a group."""
    store(app, sender, frames.GROUP, frames.SendGroup(dstid=group, content=content))


def store(app: Flask, sender: Client, kind: int, frame: frames.Send) -> None:
    services = app.extensions["fastim"].realtime.services
    with app.app_context():
        door = services.access.door(sender.id, kind, frame.dstid)
    stored = Event()
    services.messages.send(frame, kind, sender.id, door, lambda *_: stored.set())
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


@pytest.mark.parametrize("hours", [-1, 0, 1])
def test_an_entry_that_is_committed_after_a_younger_one_is_told(
    make_app: MakeApp, mariadb_url: str, hours: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On MySQL several connections commit at once; whatever becomes of the clock meanwhile."""
    app = make_app(database_url=mariadb_url)
    client = Client(app)
    me, slow, quick = (client.register() for _ in range(3))
    for other in (slow, quick):
        me.befriend(other)
        say(app, other, me, "before")
    with app.app_context(), db.engine.connect() as line:
        place = {"conversation": app.extensions["fastim"].realtime.services.access.door(me.id, 10, slow.id)}
        stored = line.execute(
            sql(
                "INSERT INTO message (conversation_id, seq, sender_id, media, body, time_ms)"
                ' VALUES (:conversation, 2, :sender, 1, \'{"content":"late"}\', 1)'
            ),
            {**place, "sender": slow.id},
        )
        say(app, quick, me, "overtakes")
        now = time.time_ns()
        monkeypatch.setattr(time, "time_ns", lambda: now + hours * 3_600_000_000_000)
        answer = me.post("/message/sync").data
        assert "overtakes" in texts(answer)
        assert "late" not in texts(answer)
        moved = "UPDATE conversation SET last_seq = 2, last_id = :last WHERE id = :conversation"
        line.execute(sql(moved), {**place, "last": stored.lastrowid})
        line.commit()
    assert "late" in texts(me.post("/message/sync", cursor=answer["cursor"]).data)


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


def read_up_to(app: Flask, reader: Client, other: Client, seq: int) -> None:
    """Mark as the socket would."""
    services = app.extensions["fastim"].realtime.services
    with app.app_context():
        door = services.access.door(reader.id, frames.SINGLE, other.id)
        services.marks.load(reader.id, door)
    assert services.marks.move(MarkMoved(door, frames.SINGLE, reader.id, other.id, seq))


def test_a_sync_of_many_answers_ends_and_lists_each_conversation_once(
    app: Flask, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those with new entries, and those where only marks moved, by oneself or by the other person."""
    monkeypatch.setattr(limits, "SYNC_CONVERSATIONS", 2)
    me, others = client.register(), [client.register() for _ in range(7)]
    for other in others:
        me.befriend(other)
        say(app, other, me, "hello")
    monkeypatch.setattr(limits, "SETTLED_SECONDS", 0)  # nothing is on its way here
    cursor, listed = "", list[list[int]]()
    for marked in ([], others[:3], others[3:6], []):
        for other in marked:
            read_up_to(app, me, other, 1)
            read_up_to(app, other, me, 1)
        if marked == others[3:6]:
            app.extensions["fastim"].realtime.write_behind()
            say(app, others[6], me, "news")
        listed.append([])
        more = True
        while more:
            answer = me.post("/message/sync", cursor=cursor).data
            cursor, more = answer["cursor"], answer["more"]
            listed[-1] += [state["dstid"] for state in answer["conversations"]]
    ids = [other.id for other in others]
    assert listed[0] == ids
    assert listed[1] == ids[:3]
    assert listed[2] == ids  # the first three were written only now
    assert listed[3] == []


def test_unread_counts_messages_only_also_while_a_mark_is_not_written(app: Flask, client: Client) -> None:
    """Notices that one has read already are not taken off what is unread."""
    one, other = client.register(), client.register()
    name = f"unread of {one.id}"
    group = one.post("/contact/createcommunity", name=name).data["id"]
    assert other.post("/contact/joincommunity", dstname=name).code == 0  # 1 and 2 are notices
    services = app.extensions["fastim"].realtime.services
    with app.app_context():
        door = services.access.door(one.id, frames.GROUP, group)
        services.marks.load(one.id, door)
    for text in ("read", "unread", "unread too"):
        say_to_group(app, other, group, text)
    for read_seq, unread in ((1, 3), (2, 3), (3, 2), (4, 1), (5, 0)):
        if read_seq > 1:
            services.marks.move(MarkMoved(door, frames.GROUP, one.id, group, read_seq))
        (state,) = one.post("/message/sync").data["conversations"]
        assert (state["read_seq"], state["unread"]) == (read_seq if read_seq > 1 else 0, unread)
