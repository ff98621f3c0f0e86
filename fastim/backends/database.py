"""How SQLite and MySQL/MariaDB are opened, so that neither ever blocks the loop for long.

SQLite: WAL, synchronous=FULL (NORMAL may lose acknowledged messages at power loss), one writer per
process, and no waiting inside the library, because its busy timeout freezes every greenlet.
MySQL/MariaDB: READ COMMITTED, as every read here either locks its rows or may be a moment old.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any
from weakref import WeakSet

import gevent
import structlog
from sqlalchemy import Connection, Engine, event, exc, text
from sqlalchemy.orm import Session

from fastim.backends.gate import Gate
from fastim.backends.log import Shelf
from fastim.backends.mysql_line import BEGINNING, Line
from fastim.errors import Unavailable
from fastim.protocol import limits

log = structlog.get_logger(__name__)

write_gate = Gate()
"""Whoever writes to SQLite in this process is in. The log goes first: many people's messages wait for each
of its commits, and would wait for a crowd of edits and reactions, one commit each, at every one."""

Run = Callable[..., Any]


class Sqlite(sqlite3.Connection):
    """A session's connection.

    Args:
        run: runs its commit, which waits for the disk, off the loop.
    """

    def __init__(self, run: Run, *arguments: Any, **options: Any) -> None:
        make_private(Path(arguments[0]))
        super().__init__(*arguments, **options)
        self._run = run
        self._cursors: WeakSet[sqlite3.Cursor] = WeakSet()
        _of_sessions.add(self)

    def cursor(self, *arguments: Any) -> Any:
        made = super().cursor(*arguments)
        self._cursors.add(made)
        return made

    def commit(self) -> None:
        self._run(super().commit)

    def close_cursors(self) -> None:
        """End what was asked and not read to its end, wherever somebody still refers to it.

        An open statement keeps its snapshot through a rollback and a commit (Python's own rollback ended
        it up to 3.10): who gets the connection next would read what was true then, and be refused the
        write lock.
        """
        for cursor in self._cursors:
            cursor.close()
        self._cursors.clear()


_of_sessions: WeakSet[Sqlite] = WeakSet()
"""The connections to SQLite that sessions use."""


def engine_options(url: str, run: Run, shelf: Shelf | None = None) -> dict[str, Any]:
    """What SQLAlchemy's `create_engine` is given; `run(fn)` runs a commit off the loop.

    Args:
        shelf: where the messages are that are not in the database; what reads them is given it with the
            engine (`services.log_rows`).
    """
    if not url.startswith("sqlite"):
        return {
            "hide_parameters": True,  # an error's text reaches the log; what people wrote must not
            "isolation_level": "READ COMMITTED",
            "pool_pre_ping": True,
            "pool_recycle": 1800,
            "pool_size": limits.DATABASE_CONNECTIONS,
            "max_overflow": 0,
            "pool_timeout": limits.DATABASE_WAIT_SECONDS,
            "connect_args": {"charset": "utf8mb4", "connect_timeout": 5, "init_command": BEGINNING},
            "execution_options": {"fastim_shelf": shelf},
        }
    Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)

    return {
        "hide_parameters": True,
        "connect_args": {"factory": partial(Sqlite, run), "check_same_thread": False, "timeout": 0},
        "pool_size": limits.DATABASE_CONNECTIONS,
        "max_overflow": 0,
        "pool_timeout": limits.DATABASE_WAIT_SECONDS,
    }


def make_private(file: Path) -> None:
    """Make a database's file, where there is none, so that others on this machine cannot read it.

    SQLite gives the files beside it the same mode.
    """
    with suppress(FileExistsError):
        os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o640))


def tune_sqlite(connection: sqlite3.Connection) -> None:
    """The pragmas of every connection to the file, the log's own included."""
    connection.isolation_level = None  # BEGIN is ours to say
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=0"):
        connection.execute(f"PRAGMA {pragma}")


def begin_immediate(execute: Callable[[str], Any]) -> None:
    """Take SQLite's write lock; another process may hold it, so try again for a while.

    Raises:
        Unavailable: after `limits.SQLITE_LOCK_SECONDS`.
    """
    deadline = time.monotonic() + limits.SQLITE_LOCK_SECONDS
    while True:
        try:
            execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                log.warning("database_locked", error=error.sqlite_errorname, open_here=_open_here())
                raise Unavailable from error
            time.sleep(0.01)
        else:
            return


def _open_here() -> int:
    """How many sessions of this process are in a transaction: with none, another program is writing."""
    open_here = 0
    for connection in _of_sessions:
        with suppress(sqlite3.ProgrammingError):  # it was closed
            open_here += connection.in_transaction
    return open_here


def prepare(engine: Engine) -> None:
    """Attach the listeners that the engine's kind of database needs."""
    if engine.dialect.name != "sqlite":

        @event.listens_for(engine, "do_connect")
        def connecting(dialect: object, record: object, args: Any, options: dict[str, Any]) -> Line:
            return Line(*args, **options)

        return

    @event.listens_for(engine, "connect")
    def connected(connection: sqlite3.Connection, record: object) -> None:
        tune_sqlite(connection)

    @event.listens_for(engine, "checkin")
    def returned(connection: Sqlite | None, record: object) -> None:
        if connection is not None:  # else it was closed
            connection.close_cursors()

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        raw = connection.connection.driver_connection
        assert raw is not None
        if connection.get_execution_options().get("fastim_write"):
            begin_immediate(raw.execute)
        else:
            raw.execute("BEGIN")


@contextmanager
def writing(session: Session) -> Iterator[None]:
    """The span of one write transaction: alone in this process on SQLite, plain on other databases.

    A read snapshot taken earlier could not be turned into a write, so it ends here; and before the wait, as
    those who wait would else hold all connections, and whose turn it is would get none.

    Raises:
        Unavailable: it was not its turn within `limits.SQLITE_TURN_SECONDS`, or another program is writing.
    """
    if session.get_bind().dialect.name != "sqlite":
        yield
        return
    session.rollback()
    with write_gate.turn(seconds=limits.SQLITE_TURN_SECONDS):
        session.connection(execution_options={"fastim_write": True})
        yield


def check_answers(session: Session) -> None:
    """Whether the database answers at once, or there is a connection to ask it with.

    Raises:
        Unavailable: not within `limits.READY_SECONDS`.
    """
    try:
        with gevent.Timeout(limits.READY_SECONDS):
            session.execute(text("SELECT 1"))
    except gevent.Timeout as error:
        log.warning("database_silent", seconds=limits.READY_SECONDS)
        raise Unavailable from error


UNREACHABLE = (exc.OperationalError, exc.InterfaceError, exc.InternalError, exc.TimeoutError)
"""What SQLAlchemy raises while a database is away, restarts, is locked, or has no connection free;
PyMySQL takes a line that breaks within a packet for an internal error."""


def reason_of(error: exc.DBAPIError) -> str:
    """What the driver says, without the statement."""
    return str(error.orig.args[-1] if error.orig and error.orig.args else error)


@contextmanager
def busy_when_unreachable() -> Iterator[None]:
    """Turn a database that is away into an answer that says so.

    Raises:
        Unavailable: `server_busy`, in place of any of `UNREACHABLE`.
    """
    try:
        yield
    except UNREACHABLE as error:
        log.warning("database_unreachable", error=str(getattr(error, "orig", None) or error))
        raise Unavailable from error
