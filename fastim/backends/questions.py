"""Short questions to the database that every connection asks: who is this, which groups are theirs.

The ORM's session takes half a millisecond for one of them: it builds the statement, a transaction and a
unit of work. Here a statement is built once, and asked on a connection that commits by itself, in a tenth
of that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Engine, Executable, create_engine, exc

from fastim.backends import database
from fastim.protocol import limits


class Questions:
    """Asks on connections of its own; what is asked sees everything that was committed before.

    Args:
        url: as SQLAlchemy writes it.
        options: of `create_engine`, as for the other connections.
    """

    def __init__(self, url: str, options: Mapping[str, Any]) -> None:
        self._url = url
        self._options = {
            **options,
            "isolation_level": "AUTOCOMMIT",
            "pool_reset_on_return": None,  # nothing is open that could be rolled back
            "pool_pre_ping": False,  # a dead connection is found by the question itself
            "pool_size": limits.QUESTION_CONNECTIONS,
        }
        self._engine: Engine | None = None

    def ask(self, statement: Executable, **values: object) -> Sequence[Any]:
        """The rows of a statement that was built with `bindparam` for what changes.

        Raises:
            OperationalError, InterfaceError, TimeoutError: the database is away (`database.UNREACHABLE`).
        """
        if self._engine is None:
            self._engine = create_engine(self._url, **self._options)
            database.prepare(self._engine, begins=False)
        try:
            return self._ask(self._engine, statement, values)
        except exc.DBAPIError as error:
            if not error.connection_invalidated:
                raise
            return self._ask(self._engine, statement, values)  # it had idled for too long, or was restarted

    def _ask(self, engine: Engine, statement: Executable, values: dict[str, object]) -> Sequence[Any]:
        with engine.connect() as connection:
            return connection.execute(statement, values).all()

    def close(self) -> None:
        """Give the connections back."""
        if self._engine is not None:
            self._engine.dispose()
            self._engine = None
