"""Sessions of connections that stay for weeks: kept alive, and ended where another program says so."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from sqlalchemy import update

from fastim.models import Session, db
from fastim.models.base import utc_now
from tests.client import Client
from tests.wire import connect


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
