"""All rows of a database at one moment, while others write to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, text

from fastim.backends import mysql_line
from fastim.errors import Refused
from fastim.operations import schema, unfinished


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """A connection that sees what was committed when this began, and nothing that comes after.

    SQLite: a read transaction in WAL mode; writers go on, and the WAL file grows until it ends. MySQL: a
    consistent snapshot of InnoDB at REPEATABLE READ.

    Raises:
        Refused: `migrations_behind`: another version's tables; `unfinished_copy`.
    """
    with engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            connection.execute(text("SELECT 1 FROM sqlite_master LIMIT 1")).all()
        else:
            connection.execution_options(isolation_level="REPEATABLE READ")
            mysql_line.allow_pauses(connection)
            connection.execute(text("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY"))
        check_is_ours(connection)
        yield connection


def check_is_ours(connection: Connection) -> None:
    """Whether this is a whole database of this very version.

    Raises:
        Refused: `migrations_behind` or `unfinished_copy`.
    """
    found, wanted = schema.revision(connection), schema.head()
    if found != wanted:
        raise Refused("migrations_behind", found=found or "none", wanted=wanted)
    if unfinished.is_unfinished(connection):
        raise Refused("unfinished_copy")
