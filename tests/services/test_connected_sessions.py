"""Sessions of connections that stay for weeks: kept alive, and ended where another program says so."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import update

from fastim.models import Session, db
from fastim.models.base import utc_now
from fastim.realtime.node import Node
from tests.client import Client


class Line:
    """A socket that notes what is written to it."""

    is_v2 = True
    window_bits = 0

    def __init__(self) -> None:
        self.written = b""

    def write_now(self, data: bytes) -> int:
        self.written += data
        return len(data)


def connect(app: Flask, person: Client) -> tuple[Node, Line]:
    """A connection of the person's session, in the client map."""
    realtime: Any = app.extensions["fastim"].realtime
    with app.app_context():
        actor = app.extensions["fastim"].sessions.find(person.token)
    line = Line()
    node = Node("n", actor.user_id, actor.session_id, line, realtime._outbox)  # type: ignore[arg-type]
    realtime.client_map.add(node)
    return node, line


def test_a_session_that_another_program_ended_loses_its_connection(app: Flask) -> None:
    people = Client(app)
    gone, stays = people.register(), people.register()
    (lost, line), (kept, _) = connect(app, gone), connect(app, stays)
    with app.app_context():
        db.session.execute(db.delete(Session).where(Session.id == lost.session_id))
        db.session.commit()
        app.extensions["fastim"].realtime.end_lost_sessions()
    assert lost.close_code == 4501
    assert b"session ended" in line.written
    assert kept.close_code == 0


def test_a_session_in_use_by_a_connection_lives_on(app: Flask) -> None:
    person = Client(app).register()
    node, _ = connect(app, person)
    soon = utc_now() + timedelta(hours=2)
    with app.app_context():
        db.session.execute(update(Session).values(expires_at=soon))
        db.session.commit()
        app.extensions["fastim"].realtime.end_lost_sessions()
        session = db.session.get(Session, node.session_id, populate_existing=True)
        assert session is not None
        assert session.expires_at > soon + timedelta(days=1)


def test_sessions_that_ran_out_are_deleted(app: Flask) -> None:
    person, other = Client(app).register(), Client(app).register()
    with app.app_context():
        sessions = app.extensions["fastim"].sessions
        old = sessions.find(person.token)
        past = utc_now() - timedelta(seconds=1)
        db.session.execute(update(Session).where(Session.id == old.session_id).values(expires_at=past))
        db.session.commit()
        sessions.purge()
        assert db.session.get(Session, old.session_id) is None
        assert sessions.find(other.token) is not None
