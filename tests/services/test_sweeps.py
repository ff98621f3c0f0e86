"""What runs beside the requests goes through its rows some at a time, however many there are."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, insert, select

from fastim.backends.workers import Workers
from fastim.models import Blob, Conversation, Partial, Position, Session, User, db
from fastim.models.base import utc_now
from fastim.protocol import limits
from fastim.protocol.events import MarkMoved
from fastim.services import lastseen, marks, sessions
from fastim.services.conversations import SINGLE
from tests import pictures
from tests.conftest import MakeApp
from tests.object_store import ObjectStore
from tests.queries import widths
from tests.services.uploading import assert_nothing_is_left, parts, store

ROWS = 13
AT_ONCE = 2
_OTHERS = 6
"""Values of a statement beside the ids of its rows."""


def run_in_steps(app: Flask, sweep: Callable[[], object]) -> None:
    """The sweep, of which no statement is given more than a step's rows."""
    with widths(app) as given:
        sweep()
    assert len(given) >= ROWS / AT_ONCE
    assert max(given) <= AT_ONCE + _OTHERS


@pytest.fixture
def people(sqlite_app: Flask) -> list[int]:
    """More than a step takes, with what a statement of all of them would show."""
    with sqlite_app.app_context():
        users = [User(mobile=f"138{n:08}", passwd="!", nickname="row", memo="") for n in range(ROWS)]
        db.session.add_all(users)
        db.session.commit()
        return [user.id for user in users]


def count_of(table: type[Any]) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_sessions_that_ran_out(
    sqlite_app: Flask, people: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sessions, "_AT_ONCE", AT_ONCE)
    with sqlite_app.app_context():
        for place, user_id in enumerate(people):
            expires_at = utc_now() + timedelta(days=1 if place == 3 else -1)
            db.session.add(Session(user_id=user_id, token_hash=str(place), expires_at=expires_at))
        db.session.commit()
        run_in_steps(sqlite_app, parts(sqlite_app).sessions.purge)
        assert list(db.session.scalars(select(Session.user_id))) == [people[3]]


def test_files_in_parts_that_stand_still(
    sqlite_app: Flask, people: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With rows, and without."""
    monkeypatch.setattr(limits, "COLLECTION_ROWS", AT_ONCE)
    past = utc_now() - timedelta(days=2)
    folder = Path(parts(sqlite_app).settings.storage_folder) / "partial"
    folder.mkdir(parents=True)
    for place in range(2 * len(people)):
        (folder / f"{place:032x}").write_bytes(b"1")
        os.utime(folder / f"{place:032x}", (past.timestamp(), past.timestamp()))
    with sqlite_app.app_context():
        rows = [
            {"id": f"{place:032x}", "owner_id": owner_id, "bytes": 2, "kind": "file", "heard_at": past}
            for place, owner_id in enumerate(people)
        ]
        rows[3]["heard_at"] = utc_now()
        db.session.execute(insert(Partial), rows)
        db.session.commit()
        run_in_steps(sqlite_app, lambda: parts(sqlite_app).partials.expire(utc_now()))
        assert list(db.session.scalars(select(Partial.id))) == [f"{3:032x}"]
    assert [path.name for path in folder.iterdir()] == [f"{3:032x}"]


@pytest.mark.parametrize("files", ["folder", "bucket"])
def test_stages_that_a_crash_left(
    make_app: MakeApp, object_store: ObjectStore, files: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No thread is asked for more than a step, or an upload would wait for all that lies in `staging/`."""
    chosen = {"storage_url": object_store.url(object_store.bucket())} if files == "bucket" else {}
    app = make_app(**chosen)
    monkeypatch.setattr(limits, "COLLECTION_ROWS", AT_ONCE)
    storage, steps = parts(app).storage, []
    for place in range(ROWS):
        storage.stage(BytesIO(b"%d" % place))
    batches = Workers.batches

    def noted(self: Workers, found: Iterator[Any], size: int) -> Iterator[list[Any]]:
        for batch in batches(self, found, size):
            steps.append(len(batch))
            yield batch

    monkeypatch.setattr(Workers, "batches", noted)
    with app.app_context():
        parts(app).collection.collect(utc_now() + timedelta(days=2))
    assert (sum(steps), max(steps)) == (ROWS, AT_ONCE)
    assert list(storage.drop_staged(utc_now() + timedelta(days=2))) == []


def test_content_that_nothing_names(
    sqlite_app: Flask, people: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Thumbnails too, which stand before their pictures or behind them."""
    monkeypatch.setattr(limits, "COLLECTION_ROWS", 1)
    with sqlite_app.app_context():
        for place in range(3):
            store(sqlite_app, people[0], pictures.picture("JPEG", 800 + place, 600))
        assert count_of(Blob) == 6
        freed = parts(sqlite_app).collection.collect(utc_now() + timedelta(days=2))
        assert (freed.uploads, freed.blobs) == (3, 6)
    assert_nothing_is_left(sqlite_app)


def test_marks_that_wait(sqlite_app: Flask, people: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    """Each step has a revision of its own, so a sync in between misses none."""
    monkeypatch.setattr(marks, "_AT_ONCE", AT_ONCE)
    reader, others = people[0], people[1:]
    with sqlite_app.app_context():
        talks = [
            Conversation(kind=SINGLE, low_id=reader, high_id=one, last_seq=9, last_id=9) for one in others
        ]
        db.session.add_all(talks)
        db.session.flush()
        db.session.add_all(Position(user_id=reader, conversation_id=talk.id) for talk in talks)
        db.session.commit()
        waiting = parts(sqlite_app).realtime.services.marks
        for talk, other in zip(talks, others, strict=True):
            waiting.load(reader, talk.id)
            assert waiting.move(MarkMoved(talk.id, SINGLE, reader, other, 5, False, ""))
        db.session.rollback()
        run_in_steps(sqlite_app, waiting.flush)
        found = db.session.execute(select(Position.read_seq, Position.mark_revision)).all()
        assert {read_seq for read_seq, _ in found} == {5}
        assert len({revision for _, revision in found}) == len(others) / AT_ONCE


def test_who_was_last_here_when(
    sqlite_app: Flask, people: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lastseen, "_AT_ONCE", AT_ONCE)
    gone = parts(sqlite_app).realtime.services.lastseen
    for user_id in people:
        gone.note(user_id)
    with sqlite_app.app_context():
        run_in_steps(sqlite_app, gone.flush)
        assert None not in set(db.session.scalars(select(User.seen_at)))
