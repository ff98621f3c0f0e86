"""Statements about any of several rows of numbers, built once and not for every question.

To build a statement of SQLAlchemy's costs several times what SQLite needs to answer it. One that asks for a
varying number of things is built for a few numbers, each the double of the one before; the last thing is
repeated to fill up, which changes no answer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import BigInteger, BindParameter, ColumnElement, Select, bindparam, or_

Condition = Callable[..., ColumnElement[bool]]
"""What holds for one row of numbers, given a parameter for each of its columns."""
Statement = Select[*tuple[Any, ...]]


class AnyOf:
    """A statement over rows of numbers, all of one width.

    Args:
        condition: of one row.
        build: makes the statement of the condition that one of them holds.
    """

    def __init__(self, condition: Condition, build: Callable[[ColumnElement[bool]], Statement]) -> None:
        self._condition = condition
        self._build = build
        self._built: dict[int, Statement] = {}
        """By the number of rows."""

    def given(self, rows: Sequence[tuple[int, ...]]) -> tuple[Statement, dict[str, int]]:
        """The statement and its parameters, as `db.session.execute` takes them; there is a row at least."""
        size = 1 << (len(rows) - 1).bit_length()
        statement = self._built.get(size)
        if statement is None:
            statement = self._built[size] = self._make(size, len(rows[0]))
        filled = [*rows, *[rows[-1]] * (size - len(rows))]
        return statement, {
            _name(place, column): value
            for place, row in enumerate(filled)
            for column, value in enumerate(row)
        }

    def _make(self, size: int, width: int) -> Statement:
        return self._build(or_(*(self._condition(*_parameters(place, width)) for place in range(size))))


def _parameters(place: int, width: int) -> list[BindParameter[int]]:
    return [bindparam(_name(place, column), type_=BigInteger) for column in range(width)]


def _name(place: int, column: int) -> str:
    return f"row{place}_{column}"
