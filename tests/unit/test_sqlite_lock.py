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
