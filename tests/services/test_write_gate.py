"""Writers to SQLite take turns: none may hold what the one whose turn it is needs."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.orm import Session

from fastim.backends import database
from fastim.protocol import limits


@pytest.fixture
def engine(sqlite_url: str) -> Iterator[Engine]:
    """As the program opens SQLite, but for commits that run where they are."""
    engine = create_engine(sqlite_url, **database.engine_options(sqlite_url, lambda commit: commit()))
    database.prepare(engine)
    yield engine
    engine.dispose()


def test_who_waits_for_a_turn_to_write_keeps_no_connection_from_the_one_who_has_it(engine: Engine) -> None:
    """As many as the pool has connections have read something and now wait to write."""
    many = limits.DATABASE_CONNECTIONS
    has_read = threading.Semaphore(0)

    def read_and_write() -> None:
        with Session(engine) as session:
            session.execute(text("SELECT 1"))
            has_read.release()
            with database.writing(session):
                session.commit()

    with ThreadPoolExecutor(many) as threads:
        with database.write_gate:
            waiting = [threads.submit(read_and_write) for _ in range(many)]
            assert all(has_read.acquire(timeout=10) for _ in range(many))
            with Session(engine) as session, database.writing(session):
                session.commit()
        for one in waiting:
            one.result(10)
