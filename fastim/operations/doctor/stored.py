"""The database and the storage: reachable, of the right version and settings, and does the clock agree."""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from fastim.backends import database, sniff
from fastim.backends.log import Shelf
from fastim.backends.storage import Storage
from fastim.config import Settings
from fastim.errors import AppError, Unavailable
from fastim.operations import schema, unfinished
from fastim.operations.doctor.finding import Finding, fail, ok, warn
from fastim.protocol import limits

_OLDEST = {"mariadb": (10, 6), "mysql": (8, 0)}
"""JSON_TABLE and INSERT … SELECT as the log uses them."""
_CLOCK_WARN, _CLOCK_FAIL = timedelta(seconds=1), timedelta(seconds=30)
_PER_PROCESS = limits.DATABASE_CONNECTIONS + limits.QUESTION_CONNECTIONS + 4
"""Connections of one process to MySQL: the pool, the questions, the log and the index."""


def examine(
    settings: Settings, engine: Engine, storage: Storage, shelf: Shelf | None = None
) -> Iterator[Finding]:
    file = Path(settings.sqlalchemy_url.removeprefix("sqlite:///"))
    if settings.is_sqlite and not file.exists():  # to look would make it
        cure = "set FASTIM_DATABASE_URL to the server's; a new one is made by `flask db upgrade`"
        yield fail("database", f"there is no {file}", cure)
        yield _storage(storage)
        return
    try:
        with engine.connect() as connection:
            yield _migrations(connection)
            if settings.is_sqlite:
                yield _mode(connection)
                yield _privacy(file)
            else:
                yield from _mysql(connection, settings.workers)
    except DBAPIError as error:
        yield fail(
            "database", database.reason_of(error), "start it, make it, or correct FASTIM_DATABASE_URL"
        )
    if shelf is not None:
        yield _shelf(shelf)
    yield _storage(storage)


def _shelf(shelf: Shelf) -> Finding:
    try:
        newest = shelf.newest_id()
    except Unavailable:
        return fail("messages", "MongoDB does not answer", "start it, or correct FASTIM_LOG_URL")
    return ok("messages", f"MongoDB answers; the newest message has the id {newest}")


def _migrations(connection: Connection) -> Finding:
    if unfinished.is_unfinished(connection):
        return fail("migrations", "an unfinished copy, which no server starts with", unfinished.CURE)
    found, wanted = schema.revision(connection), schema.head()
    if found != wanted:
        return fail("migrations", f"at {found or 'none'}, not {wanted}", "flask db upgrade")
    return ok("migrations", f"at {found}, the newest")


def _mode(connection: Connection) -> Finding:
    mode = connection.scalar(text("PRAGMA journal_mode"))
    if mode != "wal":
        return fail("database", f"SQLite in the mode {mode}", "put the file on a local disk: WAL needs one")
    return ok("database", "SQLite in WAL mode")


def _privacy(file: Path) -> Finding:
    mode = stat.S_IMODE(file.stat().st_mode)
    said = f"{file} has the mode {mode:03o}"
    if mode & stat.S_IROTH and file.parent.stat().st_mode & stat.S_IXOTH and os.access(file, os.R_OK):
        return warn("database file", said, f"chmod o-rwx {file}*: everybody on this machine can read it")
    return ok("database file", said)


def _mysql(connection: Connection, workers: int) -> Iterator[Finding]:
    version = str(connection.scalar(text("SELECT VERSION()")))
    yield mysql_version(version)
    isolation = connection.get_isolation_level()
    if isolation == "READ COMMITTED":
        yield ok("isolation", isolation)
    else:
        yield fail("isolation", isolation, "let FASTIM_DATABASE_URL name no isolation level")
    query = (
        "SELECT default_character_set_name FROM information_schema.schemata WHERE schema_name = DATABASE()"
    )
    charset = str(connection.scalar(text(query)))
    cure = "ALTER DATABASE … CHARACTER SET utf8mb4, then its tables: emoji are lost in utf8"
    yield ok("charset", charset) if charset == "utf8mb4" else fail("charset", charset, cure)
    most = int(connection.scalar(text("SELECT @@max_connections")) or 0)
    said = f"{most} connections; this server takes {workers * _PER_PROCESS} at most"
    cure = f"raise max_connections to {workers * _PER_PROCESS + 20} or more"
    is_room = most >= workers * _PER_PROCESS
    yield ok("max_connections", said) if is_room else warn("max_connections", said, cure)
    there = connection.scalar(text("SELECT UTC_TIMESTAMP(3)"))
    if isinstance(there, datetime):
        yield clock(datetime.now(UTC) - there.replace(tzinfo=UTC))


def mysql_version(version: str) -> Finding:
    """Whether it is new enough: `10.11.6-MariaDB-…` or `8.0.36`."""
    kind = "mariadb" if "mariadb" in version.lower() else "mysql"
    numbers = tuple(
        int(part) for part in version.split("-", maxsplit=1)[0].split(".")[:2] if part.isdigit()
    )
    if numbers < _OLDEST[kind]:
        wanted = ".".join(map(str, _OLDEST[kind]))
        return fail("database", version, f"{kind} {wanted} or newer is needed")
    return ok("database", version)


def clock(difference: timedelta) -> Finding:
    """How far this machine's clock is from the database's: the times of messages are this machine's."""
    said = f"{difference.total_seconds():+.1f} s from the database's"
    cure = "run an NTP client (chrony, systemd-timesyncd) on both machines"
    if abs(difference) > _CLOCK_FAIL:
        return fail("clock", said, cure)
    return warn("clock", said, cure) if abs(difference) > _CLOCK_WARN else ok("clock", said)


def _storage(storage: Storage) -> Finding:
    """Write something that nobody else has, read it, remove it."""
    content = secrets.token_bytes(32)
    try:
        staged = storage.stage(BytesIO(content))
        storage.keep(staged, sniff.UNKNOWN)
        try:
            with storage.open(staged.sha256) as file:
                found = file.read()
        finally:
            storage.delete(staged.sha256)
    except (AppError, OSError) as error:
        return fail("storage", str(error), "make FASTIM_STORAGE_URL writable, or name another place")
    if found != content:
        return fail("storage", "it answers other bytes than were written", "look at that disk or bucket")
    return ok("storage", "a file was written, read and removed")
