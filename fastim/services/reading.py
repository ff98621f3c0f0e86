"""Reads that a replica may answer (FASTIM_DATABASE_READ_URL).

What decides is never among them: doors, sessions, marks, and all that is within a transaction ask the
primary.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from fastim.backends.replicas import FAILURES, Replicas
from fastim.models import db

T = TypeVar("T")


class Reading:
    """`reading(look)` is what `look()` returns, asked of a replica where there is one that will do.

    Args:
        replicas: None asks the primary, always.
    """

    def __init__(self, replicas: Replicas | None = None) -> None:
        self._replicas = replicas

    def __call__(self, look: Callable[[], T]) -> T:
        """Needs an app context.

        Args:
            look: only reads through `db.session`, and may be called twice. It sees everything that was
                committed before this call; what it is to know from memory has to be asked before, too.
                Rows that it returns are complete: nothing more can be loaded with them.
        """
        found = self._replicas.take() if self._replicas is not None else None
        if self._replicas is None or found is None:
            return look()
        replica, connection = found
        try:
            return _within(connection, look)
        except FAILURES as error:
            self._replicas.leave(replica, str(getattr(error, "orig", None) or error))
        finally:
            connection.close()
        return look()

    def close(self) -> None:
        """Give the connections back."""
        if self._replicas is not None:
            self._replicas.close()


def _within(connection: Connection, look: Callable[[], T]) -> T:
    """With a session of its own: the primary's keeps its transaction and its objects."""
    registry = db.session.registry
    before = registry()
    with Session(connection, autoflush=False) as session:
        registry.set(session)  # type: ignore[arg-type]
        try:
            return look()
        finally:
            registry.set(before)
