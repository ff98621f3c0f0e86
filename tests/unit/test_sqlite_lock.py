"""SQLite's write lock: who waits for it in vain says who has it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
import structlog
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session

from fastim.backends import database
from fastim.errors import Unavailable
from fastim.protocol import limits


def test_who_waits_in_vain_says_whether_this_process_holds_the_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "SQLITE_LOCK_SECONDS", 0.05)
    path = tmp_path / "locked.db"
    engine = create_engine(
        f"sqlite:///{path}", **database.engine_options(f"sqlite:///{path}", lambda job: job())
    )
    database.prepare(engine)

    def refusal() -> dict[str, object]:
        with (
            structlog.testing.capture_logs() as logs,
            Session(engine) as session,
            pytest.raises(Unavailable),
            database.writing(session),
        ):
            pass
        return dict(logs[0])

    with Session(engine) as session, database.writing(session):
        session.execute(text("CREATE TABLE kept (value INTEGER)"))
        session.commit()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert refusal() == {
        "event": "database_locked", "log_level": "warning", "error": "SQLITE_BUSY", "open_here": 0,
    }  # fmt: skip
    other.close()
    with Session(engine) as holder:
        holder.connection(execution_options={"fastim_write": True})  # as nobody does: past the gate
        assert refusal()["open_here"] == 1
    with Session(engine) as session, database.writing(session):
        session.execute(text("INSERT INTO kept VALUES (1)"))
        session.commit()
    engine.dispose()


def test_what_was_not_read_to_its_end_keeps_no_snapshot_for_who_comes_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever refers to an unread result (a profiler, a traceback) must not make the connection's next
    session read what was true before, nor cost it the write lock."""
    monkeypatch.setattr(limits, "SQLITE_LOCK_SECONDS", 0.05)
    url = f"sqlite:///{tmp_path / 'kept.db'}"
    engine = create_engine(url, **database.engine_options(url, lambda job: job()))
    database.prepare(engine)
    with Session(engine) as session, database.writing(session):
        session.execute(text("CREATE TABLE kept (value INTEGER)"))
        session.execute(text("INSERT INTO kept VALUES (1), (2)"))
        session.commit()
    with Session(engine) as session:
        unread = session.execute(text("SELECT value FROM kept"))
    other = sqlite3.connect(tmp_path / "kept.db")
    other.execute("INSERT INTO kept VALUES (3)")
    other.commit()
    other.close()
    with Session(engine) as session:
        assert session.scalar(text("SELECT count(*) FROM kept")) == 3
        with database.writing(session):
            session.execute(text("INSERT INTO kept VALUES (4)"))
            session.commit()
    del unread
    engine.dispose()
