"""A database that is away is said to be away, and its errors tell the log nothing about people."""

from __future__ import annotations

import json
from unittest.mock import Mock

import pytest
from sqlalchemy import text

from fastim.errors import Refused, Unavailable
from fastim.models import db
from fastim.protocol import frames
from fastim.realtime import connection, framing
from tests.client import Client


def test_a_database_that_fails_is_server_busy_and_keeps_texts_from_the_log(
    sqlite_client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    person = sqlite_client.register()
    with sqlite_client.app.app_context():
        db.session.execute(text("DROP TABLE friend_request"))
        db.session.commit()
    answer = person.post("/contact/addfriend", dstid=person.register().id, note="a secret note")
    assert (answer.status, answer.error) == (503, "server_busy")
    assert "database_unreachable" in caplog.text
    assert "a secret note" not in caplog.text
    assert person.mobile not in caplog.text


def test_what_cannot_be_written_behind_fills_no_log(
    sqlite_client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    """It is tried every second for as long as the database is away, or may not be written to."""
    running = sqlite_client.app.extensions["fastim"].realtime
    person = sqlite_client.register()
    assert running.write_behind()
    running.services.lastseen.note(person.id)
    with sqlite_client.app.app_context():
        db.session.execute(text("DROP TABLE user"))
        db.session.commit()
    assert not running.write_behind()
    assert "database_unreachable" in caplog.text
    assert "Traceback" not in caplog.text


def test_what_is_refused_while_nobody_can_say_whether_it_was_stored_is_to_come_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A refusal would be final, and what broke the connection would be a fault in the log."""
    refused: list[tuple[str, str]] = []
    monkeypatch.setattr(
        connection, "refuse", lambda node, error, msgid: refused.append((error.name, msgid))
    )
    monkeypatch.setitem(connection.HANDLERS, frames.SendGroup, Mock(side_effect=Refused("not_member")))
    said = {"cmd": frames.GROUP, "dstid": 1, "media": 1, "content": "hello", "msgid": "first"}
    away = Mock(scope=Mock(side_effect=Unavailable))
    connection.take(away, Mock(uncommitted=0), framing.TEXT, json.dumps(said).encode())
    assert refused == [("server_busy", "first")]


def test_an_error_of_the_database_hides_its_parameters(sqlite_client: Client) -> None:
    """Whoever logs it."""
    with sqlite_client.app.app_context(), pytest.raises(Exception, match="no such table") as caught:
        db.session.execute(text("SELECT * FROM nowhere WHERE content = :said"), {"said": "a secret"})
    assert "a secret" not in str(caught.value)
