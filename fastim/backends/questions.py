"""Short questions to the database that every connection asks: who is this, which groups are theirs.

The ORM's session takes half a millisecond for one of them: it builds the statement, a transaction and a
unit of work. Here a statement is compiled once and goes straight to the driver, on a connection that
commits by itself; what is asked and answered are whole numbers and texts.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, Protocol

import pymysql
import structlog
from gevent.lock import BoundedSemaphore
from sqlalchemy import Select, make_url

from fastim.backends import database, mysql_line
from fastim.errors import Unavailable
from fastim.protocol import limits

log = structlog.get_logger(__name__)

Question = Select[*tuple[Any, ...]]
Rows = Sequence[tuple[Any, ...]]
_FAILURES = (sqlite3.Error, pymysql.err.Error, OSError)


def as_text(moment: datetime) -> str:
    """A time as both kinds of database compare it with their own."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


class Connection(Protocol):
    """What is used of a driver's connection."""

    def cursor(self) -> Any: ...

    def close(self) -> None: ...


class Questions:
    """Asks on connections of its own; an answer has everything that was committed before.

    Args:
        url: as SQLAlchemy writes it.
    """

    def __init__(self, url: str) -> None:
        self._dialect = make_url(url).get_dialect()()
        self._connect: Callable[[], Connection] = lambda: _connect(url)
        self._room = BoundedSemaphore(limits.QUESTION_CONNECTIONS)
        self._idle: list[Connection] = []
        self._compiled: dict[Question, tuple[str, tuple[tuple[str, object], ...]]] = {}

    def ask(self, question: Question, **values: int | str) -> Rows:
        """The rows of a statement that lives as long as the program.

        Args:
            values: of its `bindparam`s.

        Raises:
            Unavailable: the database is away.
        """
        text, names = self._compiled.get(question) or self._compile(question)
        given = [values.get(name, constant) for name, constant in names]
        with self._room:
            try:
                if self._idle:
                    try:
                        return self._ask(self._idle.pop(), text, given)
                    except _FAILURES:
                        pass  # it had idled for too long, or the database was restarted
                return self._ask(self._connect(), text, given)
            except _FAILURES as error:
                log.warning("database_unreachable", error=str(error))
                raise Unavailable from error

    def _compile(self, question: Question) -> tuple[str, tuple[tuple[str, object], ...]]:
        compiled: Any = question.compile(dialect=self._dialect)
        constants = compiled.params
        found = str(compiled), tuple((name, constants[name]) for name in compiled.positiontup)
        self._compiled[question] = found
        return found

    def _ask(self, connection: Connection, text: str, given: list[object]) -> Rows:
        try:
            cursor = connection.cursor()
            cursor.execute(text, given)
            rows: Rows = cursor.fetchall()
        except BaseException:  # a greenlet may be killed while it waits; half an answer is in the line
            connection.close()
            raise
        self._idle.append(connection)
        return rows

    def close(self) -> None:
        """Give the connections back."""
        while self._idle:
            self._idle.pop().close()


def _connect(url: str) -> Connection:
    if url.startswith("sqlite"):
        connection = sqlite3.connect(url.removeprefix("sqlite:///"), check_same_thread=False)
        database.tune_sqlite(connection)
        return connection
    return mysql_line.connect(
        url, charset="utf8mb4", autocommit=True, connect_timeout=5, read_timeout=10, write_timeout=10
    )
