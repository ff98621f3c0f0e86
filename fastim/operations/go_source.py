"""The Go version's database as it is: three tables that xorm made, without a constraint but their ids.

So anything may stand in them: numbers twice, contacts of nobody, dates of the year 1 (xorm's zero time) or
`0000-00-00`. Nothing is judged here; `go_plan` does.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, tzinfo
from typing import Any, NamedTuple

from sqlalchemy import URL, Connection, create_engine, inspect, make_url, text
from sqlalchemy.exc import DBAPIError

from fastim.backends import database
from fastim.errors import Refused

USER, COMMUNITY, CONTACT = "user", "community", "contact"

COLUMNS = {
    USER: ("id", "mobile", "passwd", "avatar", "sex", "nickname", "salt", "memo", "createat"),
    COMMUNITY: ("id", "name", "ownerid", "icon", "cate", "memo", "createat"),
    CONTACT: ("id", "ownerid", "dstobj", "cate", "memo", "createat"),
}
"""What is read of each table; `online` and `token` mean nothing here."""

BATCH = 1000
"""Rows that the driver holds at once."""
_CONNECT_SECONDS = 10
_FIRST_YEAR = 2000
"""Before it nobody used the Go version: such a date is xorm's zero, or a clock that was not set."""


class GoUser(NamedTuple):
    id: int
    mobile: str
    passwd: str
    avatar: str
    sex: str
    nickname: str
    salt: str
    memo: str
    createat: datetime | None


class GoCommunity(NamedTuple):
    id: int
    name: str
    ownerid: int
    icon: str
    cate: int
    memo: str
    createat: datetime | None


class GoContact(NamedTuple):
    id: int
    ownerid: int
    dstobj: int
    cate: int
    memo: str
    createat: datetime | None


class GoRows(NamedTuple):
    """Everything, each in the order of the ids; to be gone through once, one after the other."""

    users: Iterable[GoUser]
    communities: Iterable[GoCommunity]
    contacts: Iterable[GoContact]


def name_of(url: str) -> str:
    """Which database this is, whoever reads it with which password: 16 hexadecimal digits."""
    parts = make_url(url)
    where = f"{parts.host}:{parts.port or 3306}/{parts.database}"
    return hashlib.sha256(where.encode()).hexdigest()[:16]


@contextmanager
def reading(url: str, zone: tzinfo | None) -> Iterator[GoRows]:
    """All rows at one moment, of a server that may go on meanwhile; read while they are asked for.

    Args:
        url: of the database, with PyMySQL as its driver.
        zone: in which the Go version wrote its dates; None for this machine's.

    Raises:
        Refused: `unreachable_source` or `not_a_go_database`; the first also while rows are read.
    """
    engine = create_engine(
        _utf8(make_url(url)),
        isolation_level="REPEATABLE READ",
        hide_parameters=True,
        connect_args={"connect_timeout": _CONNECT_SECONDS},
    )
    try:
        with _told_as_ours():
            connection = engine.connect()
        with connection:
            with _told_as_ours():
                _check_columns(connection)
                connection.execute(text("SET SESSION sql_mode = ''"))  # or zero dates are errors
            yield GoRows(
                (GoUser(*row) for row in _rows(connection, USER, zone)),
                (GoCommunity(*row) for row in _rows(connection, COMMUNITY, zone)),
                (GoContact(*row) for row in _rows(connection, CONTACT, zone)),
            )
    finally:
        engine.dispose()


@contextmanager
def _told_as_ours() -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        raise Refused("unreachable_source", reason=database.reason_of(error)) from error


def _utf8(url: URL) -> URL:
    return url.update_query_dict({"charset": "utf8mb4"})


def _check_columns(connection: Connection) -> None:
    found = inspect(connection)
    tables = set(found.get_table_names())
    for table, columns in COLUMNS.items():
        if table not in tables:
            raise Refused("not_a_go_database", lacks=table)
        have = {column["name"].lower() for column in found.get_columns(table)}
        if lacking := [column for column in columns if column not in have]:
            raise Refused("not_a_go_database", lacks=f"{table}.{lacking[0]}")


def _rows(connection: Connection, table: str, zone: tzinfo | None) -> Iterator[tuple[Any, ...]]:
    """In the order of the ids, which are the tables' primary keys.

    BATCH at a time, each by a question of its own: an answer that is read as it comes has to be read to its
    end by whoever stops amid it, and a server gives up on one that is not taken for a minute.
    """
    columns = COLUMNS[table]
    names = ", ".join(f"`{name}`" for name in columns)
    numbers = [name in ("id", "ownerid", "dstobj", "cate") for name in columns]
    start = f"SELECT {names} FROM `{table}`"  # noqa: S608 names of our own
    where, values = "", {"batch": BATCH}
    while True:
        query = text(f"{start} {where} ORDER BY id LIMIT :batch")
        with _told_as_ours():
            found = connection.execute(query, values).all()
        if not found:
            return
        for row in found:
            cells = [
                int(value or 0) if is_number else _text(value)
                for value, is_number in zip(row[:-1], numbers, strict=False)
            ]
            yield *cells, moment(row[-1], zone)
        where, values = "WHERE id > :last", values | {"last": found[-1][0]}


def _text(value: object) -> str:
    if isinstance(value, bytes):  # a column of bytes, which Go took for text
        return value.decode("utf-8", "replace")
    return str(value or "")


def moment(value: object, zone: tzinfo | None) -> datetime | None:
    """A date of the Go version in UTC; None for no date, zero, or one before there was a Go version."""
    if not isinstance(value, datetime) or value.year < _FIRST_YEAR:
        return None  # PyMySQL answers a date that does not exist as the text that it was
    return value.replace(tzinfo=zone).astimezone(UTC) if zone else value.astimezone(UTC)
