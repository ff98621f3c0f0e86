"""A database that is being filled, from another or from a backup, and must not pass for a whole one.

A table of its own, `fastim_copy`, is there from the first row to the last check. It says what is being
copied and how far that is, in the same transactions as the rows: a copy that was killed goes on, or begins
again, and nobody takes it for a server's database.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import msgspec
from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Engine,
    LargeBinary,
    MetaData,
    String,
    Table,
    delete,
    insert,
    inspect,
    select,
    text,
    update,
)
from sqlalchemy.schema import DropTable

from fastim.backends import mysql_line
from fastim.errors import Refused
from fastim.models import MarkClock
from fastim.operations import rows, schema, unfinished
from fastim.operations.rows import Key, Values

_metadata = MetaData()
_copy = Table(
    unfinished.MARK,
    _metadata,
    Column("name", String(64), primary_key=True),
    Column("source", String(64), nullable=False),
    Column("rows", BigInteger, nullable=False),
    Column("last", LargeBinary),
)
_WHOLE = "*"
"""The row that is there from the beginning."""
_SEEDED = {MarkClock.__tablename__}
"""Tables into which a migration writes rows."""


class Target:
    """The database that is filled.

    Args:
        source: what it is filled from: a name that tells two sources apart.
    """

    def __init__(self, engine: Engine, source: str) -> None:
        self._engine = engine
        self._source = source

    def begin(self, again: bool) -> bool:
        """Make the tables, empty; or go on. Whether a copy is continued.

        Args:
            again: drop what an unfinished copy has brought.

        Raises:
            Refused: `target_not_empty`, or `target_of_another`: it is an unfinished copy of something else.
        """
        with self._engine.connect() as connection:
            begun = unfinished.is_unfinished(connection)
            whose = connection.scalar(select(_copy.c.source)) if begun else None
            if whose not in (None, self._source):
                raise Refused("target_of_another")
            if not begun and not schema.revision(connection):
                _check_nobodys(connection)
            elif whose is None:
                _check_empty(connection)
        if whose is not None and not again:
            return True
        if begun and whose is None:
            self._drop_tables()
        _metadata.create_all(self._engine)
        schema.upgrade(self._engine)
        with self.writing() as connection:
            for table in reversed(schema.stored_tables()):
                connection.execute(delete(table))
            connection.execute(delete(_copy))
            connection.execute(insert(_copy).values(name=_WHOLE, source=self._source, rows=0))
        return False

    def _drop_tables(self) -> None:
        """What a run has left that was killed while it made the tables: MariaDB keeps half of a migration,
        which no other run of it gets over."""
        with self.writing() as connection:
            for name in inspect(connection).get_table_names():
                connection.execute(DropTable(Table(name, MetaData())))

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction; rows may refer to rows that come later."""
        with self._engine.connect() as connection:
            is_sqlite = connection.dialect.name == "sqlite"
            raw = connection.connection.driver_connection
            assert raw is not None
            if is_sqlite:
                raw.execute("PRAGMA foreign_keys=OFF")
                connection.execution_options(fastim_write=True)
            else:
                mysql_line.allow_pauses(connection)
                connection.execute(text("SET SESSION foreign_key_checks = 0"))
            try:
                yield connection
                connection.commit()
            finally:
                connection.rollback()
                if is_sqlite:
                    raw.execute("PRAGMA foreign_keys=ON")
                else:
                    connection.execute(text("SET SESSION foreign_key_checks = 1"))

    def progress(self, table: Table) -> tuple[int, Key | None]:
        """How many rows of a table are here, and the key of the last of them."""
        with self._engine.connect() as connection:
            query = select(_copy.c.rows, _copy.c.last).where(_copy.c.name == table.name)
            found = connection.execute(query).one_or_none()
        if found is None:
            return 0, None
        return found.rows, rows.key_of(table, msgspec.msgpack.decode(found.last))

    def add(self, table: Table, batch: Sequence[Values]) -> None:
        """Insert rows, and note that they are here: both or neither."""
        with self.writing() as connection:
            connection.execute(insert(table), [rows.as_dict(table, row) for row in batch])
            last = msgspec.msgpack.encode(batch[-1])
            known = connection.scalar(select(_copy.c.rows).where(_copy.c.name == table.name))
            if known is None:
                values = {"name": table.name, "source": self._source, "rows": len(batch), "last": last}
                connection.execute(insert(_copy).values(values))
            else:
                change = update(_copy).where(_copy.c.name == table.name)
                connection.execute(change.values(rows=known + len(batch), last=last))

    def sum_of(self, table: Table, size: int, told: Callable[[int], None]) -> str:
        """The sum of what is here of a table; `told` hears how many rows were read."""
        with self._engine.connect() as connection:
            return rows.sum_of(connection, table, size, told).text

    def finish(self) -> None:
        """It is whole."""
        _metadata.drop_all(self._engine)


def _check_nobodys(connection: Connection) -> None:
    """No other program's tables are there, such as the Go version's own."""
    if tables := inspect(connection).get_table_names():
        raise Refused("target_not_empty", table=tables[0])


def _check_empty(connection: Connection) -> None:
    for table in schema.stored_tables():
        if table.name in _SEEDED or not inspect(connection).has_table(table.name):
            continue
        if connection.execute(select(*table.primary_key.columns).limit(1)).first() is not None:
            raise Refused("target_not_empty", table=table.name)
