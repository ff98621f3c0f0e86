"""Counting what an app asks its database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from sqlalchemy import event

from fastim.models import db


@contextmanager
def statements(app: Flask) -> Iterator[list[str]]:
    """The statements that the session runs inside, in their order."""
    ran: list[str] = []
    with _told(app, lambda statement, _: ran.append(statement)):
        yield ran


@contextmanager
def selects(app: Flask) -> Iterator[list[str]]:
    """The SELECT statements among them."""
    ran: list[str] = []
    with _told(app, lambda statement, _: ran.append(statement) if statement.startswith("SELECT") else None):
        yield ran


@contextmanager
def widths(app: Flask) -> Iterator[list[int]]:
    """Of each statement that the session runs inside: how many values, or rows of values, it was given."""
    ran: list[int] = []
    with _told(app, lambda _, parameters: ran.append(len(parameters))):
        yield ran


@contextmanager
def _told(app: Flask, tell: Callable[[str, Any], None]) -> Iterator[None]:
    """`tell` hears of each statement that the session runs inside, and of its parameters."""

    def note(connection: Any, cursor: Any, statement: str, parameters: Any, *rest: Any) -> None:
        tell(statement, parameters)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", note)
