"""Walking through a table by a key: what runs beside the requests never holds all of its rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from sqlalchemy import ColumnElement, select
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
