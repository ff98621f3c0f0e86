"""From one database into another of either kind: all tables, some rows at a time, then both compared."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from sqlalchemy import URL, Connection, Engine, Table, make_url

from fastim.backends.log import Shelf
from fastim.errors import Refused
from fastim.operations import log_rows, schema
from fastim.operations.snapshot import snapshot
from fastim.operations.target import Target

BATCH = 1000
"""Rows of one transaction: some 200 KB of messages, a few ms of either database."""
Told = Callable[[str, int, int], None]
"""(table, rows that are there, rows that there are)"""


class Compared(NamedTuple):
    """A table on both sides, each as a sum of rows."""

    table: str
    source: str
    target: str

    @property
    def rows(self) -> int:
        return int(self.target.partition(":")[0])


def name_of(url: URL) -> str:
    """Which database this is, whoever opens it with which password: a hash."""
    where = f"{url.get_backend_name()} {url.host}:{url.port} {url.database}"
    return hashlib.sha256(where.encode()).hexdigest()


def check_differ(source: Engine, target: Engine) -> None:
    """Raises:
    Refused: `same_database`.
    """
    if name_of(source.url) == name_of(target.url):
        raise Refused("same_database")


class Migration:
    """One run.

    Args:
        told: hears of the progress.
        shelf: what people said beside the source; it comes into the target's own table.
    """

    def __init__(
        self, source: Engine, target: Engine, told: Told, batch: int = BATCH, shelf: Shelf | None = None
    ) -> None:
        check_differ(source, target)
        self._source = source
        self._target = Target(target, name_of(make_url(source.url)))
        self._told = told
        self._batch = batch
        self._shelf = shelf

    def run(self, again: bool = False) -> list[Compared]:
        """Copy what is not there yet, and compare; the target is whole only if all tables are equal.

        Args:
            again: begin an unfinished copy anew.

        Raises:
            Refused: as `snapshot` and `Target.begin`; `copy_differs` where rows changed since they were
                copied.
        """
        with snapshot(self._source) as connection:
            self._target.begin(again)
            for table in schema.stored_tables():
                self._copy(connection, table)
            compared = self._compare(connection)
        if different := [one.table for one in compared if one.source != one.target]:
            raise Refused("copy_differs", tables=", ".join(different))
        return compared

    def finish(self) -> None:
        """After `run`, and whatever else belongs to the copy: from now on it is a database like others."""
        self._target.finish()

    def _copy(self, connection: Connection, table: Table) -> None:
        total = log_rows.count(connection, table, self._shelf)
        done, last = self._target.progress(table)
        for batch in log_rows.batches(connection, table, self._batch, self._shelf, last):
            self._target.add(table, batch)
            done += len(batch)
            self._told(table.name, done, total)

    def _compare(self, connection: Connection) -> list[Compared]:
        return [self._compare_table(connection, table) for table in schema.stored_tables()]

    def _compare_table(self, connection: Connection, table: Table) -> Compared:
        rows, _ = self._target.progress(table)

        def told(sides: int, done: int) -> None:
            self._told(f"compare {table.name}", sides * rows + done, 2 * rows)

        here = log_rows.sum_of(connection, table, self._batch, self._shelf, partial(told, 0)).text
        return Compared(table.name, here, self._target.sum_of(table, self._batch, partial(told, 1)))
