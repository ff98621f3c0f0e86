"""What a rule is, and how its repair goes through a table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVarTuple

from sqlalchemy import ColumnElement, Connection, Engine, Result, Select, and_, event, inspect

from fastim.backends.database import writing
from fastim.models import db
from fastim.services.steps import in_spans

AT_ONCE = 500
"""Rows read, or put right in one transaction."""

Lines = Iterator[str]
Ts = TypeVarTuple("Ts")


@dataclass(frozen=True)
class Rule:
    """`find` tells of each breach in a line; `repair` does what can be done, some rows in each transaction:
    what was put right stays so, whatever stops it."""

    name: str
    promise: str
    """What is true where nothing is found."""
    find: Callable[[], Lines]
    repair: Callable[[], None] | None = None


def told(query: Select[*Ts]) -> Result[*Ts]:
    """Rows as they are read: a faulty program may have broken all of them."""
    return db.session.execute(query.execution_options(yield_per=AT_ONCE))


def in_transactions(change: Callable[[], None]) -> Callable[[], None]:
    """Run a change that commits by itself; where it fails, nothing is left of what it had not committed."""

    def run() -> None:
        db.session.rollback()
        with _row_by_row(db.engine):
            try:
                change()
            finally:
                db.session.rollback()

    return run


@contextmanager
def _row_by_row(engine: Engine) -> Iterator[None]:
    """Let MariaDB and MySQL ask a subquery about each row of a step. They would rather read the whole table
    that it is about, once, for a statement that looks at some hundred rows: a second for each step."""
    if engine.dialect.name == "sqlite":
        yield
        return

    def began(connection: Connection) -> None:
        connection.exec_driver_sql("SET SESSION optimizer_switch = 'materialization=off'")

    event.listen(engine, "begin", began)
    try:
        yield
    finally:
        event.remove(engine, "begin", began)
        engine.dispose()


def spans(model: Any, wrong: ColumnElement[bool]) -> Iterator[ColumnElement[bool]]:
    """For each step a condition with AT_ONCE `wrong` rows; what is done with them is committed after it."""
    for span in in_spans(inspect(model).primary_key, AT_ONCE, wrong):
        with step():
            yield and_(span, wrong)


@contextmanager
def step() -> Iterator[None]:
    """A transaction of a repair. On SQLite who writes meanwhile waits for it, and it for them.

    Raises:
        Unavailable: for too long.
    """
    with writing(db.session()):
        yield
        db.session.commit()
