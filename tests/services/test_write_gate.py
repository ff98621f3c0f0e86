"""Writers to SQLite take turns: none may hold what the one whose turn it is needs; messages go first."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.orm import Session

from fastim.backends import database
from fastim.backends.log import Outcome
from fastim.backends.log.sqlite import SqliteStore
from fastim.protocol import limits
from tests.servers import wait_for


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
    are_all_there = threading.Event()

    def write(reads: bool) -> None:
        with Session(engine) as session:
            if reads:
                session.execute(text("SELECT 1"))
                has_read.release()
            with database.writing(session):
                assert are_all_there.wait(10)
                session.commit()

    with ThreadPoolExecutor(many + 1) as threads, database.write_gate.turn():
        waiting = [threads.submit(write, False)]
        wait_for(lambda: database.write_gate.waiting == 1)
        waiting += [threads.submit(write, True) for _ in range(many)]
        assert all(has_read.acquire(timeout=10) for _ in range(many))
        wait_for(lambda: database.write_gate.waiting == 1 + many)
        are_all_there.set()
    for one in waiting:
        one.result(10)


def test_messages_are_committed_before_all_that_waits_to_be_written(tmp_path: Path) -> None:
    """Or each commit of many people's messages would wait for everybody's edits and reactions."""
    store = SqliteStore(tmp_path / "log.db")
    written: list[str] = []

    def write() -> None:
        with database.write_gate.turn():
            written.append("edit")

    def commit() -> list[Outcome]:
        written.append("messages")
        return []

    with ThreadPoolExecutor(3) as threads, ThreadPoolExecutor(1) as loop:
        with database.write_gate.turn():
            for _ in range(3):
                threads.submit(write)
            wait_for(lambda: database.write_gate.waiting == 3)
            committed = loop.submit(store.run, commit)
            wait_for(lambda: database.write_gate.waiting == 4)
        committed.result(10)
        loop.submit(store.close).result(10)
    assert written == ["messages", "edit", "edit", "edit"]
