"""Rows of any of our tables as bytes, alike from every kind of database, and sums over them.

A sum is the number of rows and the sum of their hashes (BLAKE2b, 128 bits): it does not depend on the order
in which they are read, which two databases do not agree on. Times are cut to the millisecond that MySQL
keeps.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import msgspec
from sqlalchemy import ColumnElement, Connection, Table, and_, or_, select, tuple_

from fastim.models.base import UtcDateTime

Values = Sequence[Any]
"""Of one row, in the order of the table's columns, as msgpack takes them."""
Key = tuple[Any, ...]
"""Of one row: the values of the primary key."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MS = timedelta(milliseconds=1)
_MODULUS = 1 << 128
_encoder = msgspec.msgpack.Encoder()


class Sum:
    """Of rows that were added one after the other."""

    def __init__(self) -> None:
        self.rows = 0
        self._total = 0

    def add(self, rows: Iterable[Values]) -> None:
        for row in rows:
            digest = hashlib.blake2b(_encoder.encode(row), digest_size=16).digest()
            self._total = (self._total + int.from_bytes(digest, "big")) % _MODULUS
            self.rows += 1

    @property
    def text(self) -> str:
        return f"{self.rows}:{self._total:032x}"


def batches(
    connection: Connection, table: Table, size: int, after: Key | None = None
) -> Iterator[list[Values]]:
    """The rows in the order of the primary key, so many at a time, those behind `after`."""
    keys = list(table.primary_key.columns)
    places = [list(table.columns).index(key) for key in keys]
    is_sqlite = connection.dialect.name == "sqlite"
    while True:
        query = select(table).order_by(*keys).limit(size)
        if after is not None:
            query = query.where(_behind(keys, after, is_sqlite))
        found = connection.execute(query).all()
        if not found:
            return
        yield [[_plain(value) for value in row] for row in found]
        after = tuple(found[-1][place] for place in places)


def _behind(keys: Sequence[Any], after: Key, is_sqlite: bool) -> ColumnElement[bool]:
    """SQLite searches an index by a row's values at once; MySQL does by what that means, written out."""
    if is_sqlite:
        return tuple_(*keys) > tuple_(*after)
    first, *others = keys
    if not others:
        return cast("ColumnElement[bool]", first > after[0])
    return or_(first > after[0], and_(first == after[0], _behind(others, after[1:], is_sqlite)))


def key_of(table: Table, row: Values) -> Key:
    """A row's primary key, as `batches` takes it."""
    columns = list(table.columns)
    named = as_dict(table, row)
    return tuple(named[columns[columns.index(key)].name] for key in table.primary_key.columns)


def as_dict(table: Table, row: Values) -> dict[str, Any]:
    """A row as an insert takes it."""
    return {
        column.name: _EPOCH + value * _MS
        if isinstance(column.type, UtcDateTime) and value is not None
        else value
        for column, value in zip(table.columns, row, strict=True)
    }


def sum_of(
    connection: Connection, table: Table, size: int, told: Callable[[int], None] = lambda rows: None
) -> Sum:
    """Of the whole table, as the connection sees it.

    Args:
        told: hears how many rows were read.
    """
    total = Sum()
    for batch in batches(connection, table, size):
        total.add(batch)
        told(total.rows)
    return total


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return (value - _EPOCH) // _MS
    return int(value) if isinstance(value, bool) else value
