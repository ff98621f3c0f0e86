"""Walking through a table by a key: what runs beside the requests never holds all of its rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, and_, not_, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from fastim.models import db

K = TypeVar("K")


def in_steps(key: InstrumentedAttribute[K], size: int, *those: ColumnElement[bool]) -> Iterator[list[K]]:
    """The keys of `those` rows in their order, so many at a time; each step sees what is there by then.

    Needs an app context, whose transaction ends with each step.
    """
    query = select(key).where(*those).order_by(key).limit(size)
    found = list(db.session.scalars(query))
    while found:
        db.session.rollback()
        yield found
        found = list(db.session.scalars(query.where(key > found[-1])))
    db.session.rollback()


def in_spans(
    keys: Sequence[ColumnElement[Any]], size: int, *those: ColumnElement[bool]
) -> Iterator[ColumnElement[bool]]:
    """As above, where the key is several columns: for each step the condition that a row stands between
    its first and its last, both included. Rows that are not `those` may stand there too."""
    query = select(*keys).where(*those).order_by(*keys).limit(size)
    found = db.session.execute(query).all()
    while found:
        db.session.rollback()
        first, last = found[0], found[-1]
        yield and_(
            keys[0].between(first[0], last[0]), not_(_before(keys, first)), not_(_beyond(keys, last))
        )
        found = db.session.execute(query.where(keys[0] >= last[0], _beyond(keys, last))).all()
    db.session.rollback()


def _before(keys: Sequence[ColumnElement[Any]], row: Sequence[Any]) -> ColumnElement[bool]:
    return or_(*(and_(*_same(keys, row, n), keys[n] < row[n]) for n in range(len(keys))))


def _beyond(keys: Sequence[ColumnElement[Any]], row: Sequence[Any]) -> ColumnElement[bool]:
    return or_(*(and_(*_same(keys, row, n), keys[n] > row[n]) for n in range(len(keys))))


def _same(keys: Sequence[ColumnElement[Any]], row: Sequence[Any], number: int) -> list[ColumnElement[bool]]:
    return [key == value for key, value in zip(keys[:number], row, strict=False)]
