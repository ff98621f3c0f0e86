"""All that a server has, into one file and back: the database at one moment, and the files it names.

The rows do not depend on the kind of database: what was saved from SQLite can be restored into MariaDB.
Memory stays bounded: some hundred rows, or a piece of a file, at a time.
"""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, BinaryIO, Protocol

import msgspec
from sqlalchemy import Connection, Engine, Table, select

import fastim
from fastim.backends import sniff
from fastim.backends.log import Shelf
from fastim.backends.storage import Storage
from fastim.errors import NotFound, Refused
from fastim.models import Blob
from fastim.models.base import utc_now
from fastim.operations import archive, log_rows, rows, schema
from fastim.operations.archive import Head, Manifest, Writer
from fastim.operations.snapshot import snapshot
from fastim.operations.target import Target

BATCH = 500
"""Rows of one member, and of one transaction when it is restored."""
_TABLE, _FILE = "tables/", "files/"
_LEVEL = 3
"""Of gzip: twice as fast as the usual 9, and a tenth larger."""


class Told(Protocol):
    """Hears of the progress."""

    def __call__(self, what: str, done: int, total: int) -> None:
        """A table or `files`, how many are done, how many there are."""


@dataclass
class Saved:
    """What came into a backup."""

    rows: int = 0
    files: int = 0
    bytes: int = 0
    missing: int = 0
    """Files that a row names and the storage does not have."""


def save(engine: Engine, storage: Storage, out: BinaryIO, told: Told, shelf: Shelf | None = None) -> Saved:
    """Write everything, while others go on writing to the database.

    Args:
        shelf: what people say beside the database: it stands among the other messages.

    Raises:
        Refused: as `snapshot`.
        Unavailable: the shelf is away.
    """
    done = Saved()
    with snapshot(engine) as connection:
        columns = {table.name: [c.name for c in table.columns] for table in schema.stored_tables()}
        made_ms = int(utc_now().timestamp() * 1000)
        head = Head(archive.FORMAT, fastim.__version__, schema.head(), made_ms, columns)
        writer = Writer(out, head)
        sums = {}
        for table in schema.stored_tables():
            total = _save_table(connection, table, writer, shelf, told)
            sums[table.name] = total.text
            done.rows += total.rows
        files = log_rows.count(connection, Blob.__table__, None)  # type: ignore[arg-type]
        for number, sha256 in enumerate(_shas(connection), 1):
            _save_file(storage, sha256, writer, done)
            told("files", number, files)
    writer.finish(sums, done.files, done.bytes, done.missing)
    return done


def restore(
    file: BinaryIO, engine: Engine, storage: Storage, told: Told, shelf: Shelf | None = None
) -> tuple[Target, Manifest]:
    """Read everything into an empty database and the storage; the target's `finish` is left to the caller.

    Args:
        shelf: what people will say beside the database; nothing may be there yet. All that is restored
            comes into the database, which is read too.

    The whole file is checked before anything is written. What was restored half, because the machine went
    down, is restored anew by the next run.

    Raises:
        Refused: `not_a_backup`, `damaged_backup`, `backup_of_another_version`, `shelf_not_empty`, or as
            `Target.begin`.
        Unavailable: the shelf is away.
    """
    head, manifest, name = archive.check(file)
    _check_version(head)
    if shelf is not None and shelf.newest_id():
        raise Refused("shelf_not_empty")
    target = Target(engine, name)
    target.begin(again=True)
    tables = {table.name: table for table in schema.stored_tables()}
    done: Counter[str] = Counter()
    totals = {name: int(text.partition(":")[0]) for name, text in manifest.sums.items()}
    for member in archive.members(file):
        if member.name.startswith(_TABLE):
            table = tables[member.name.split("/")[1]]
            batch: list[list[Any]] = msgspec.msgpack.decode(gzip.decompress(member.content.read()))
            target.add(table, batch)
            done[table.name] += len(batch)
            told(table.name, done[table.name], totals[table.name])
        elif member.name.startswith(_FILE):
            sha256 = member.name.removeprefix(_FILE)
            _restore_file(storage, sha256, member.content, _type_of(engine, sha256))
            done["files"] += 1
            told("files", done["files"], manifest.files)
    for table in tables.values():
        reading = partial(told, f"compare {table.name}", total=totals[table.name])
        if target.sum_of(table, BATCH, reading) != manifest.sums[table.name]:
            raise Refused("restored_differs")
    return target, manifest


def _check_version(head: Head) -> None:
    if head.migration != schema.head():
        raise Refused("backup_of_another_version", version=head.version, migration=head.migration)
    for table in schema.stored_tables():
        if head.tables.get(table.name) != [column.name for column in table.columns]:
            raise Refused("backup_of_another_version", version=head.version, migration=head.migration)


def _save_table(
    connection: Connection, table: Table, writer: Writer, shelf: Shelf | None, told: Told
) -> rows.Sum:
    total, expected = rows.Sum(), log_rows.count(connection, table, shelf)
    for number, batch in enumerate(log_rows.batches(connection, table, BATCH, shelf), 1):
        total.add(batch)
        content = gzip.compress(msgspec.msgpack.encode(batch), _LEVEL, mtime=0)
        writer.add(f"{_TABLE}{table.name}/{number:06}.msgpack.gz", content)
        told(table.name, total.rows, expected)
    return total


def _shas(connection: Connection) -> Iterator[str]:
    """All content that rows name, of the same moment."""
    table: Table = Blob.__table__  # type: ignore[assignment]
    place = list(table.columns).index(table.columns["sha256"])
    for batch in rows.batches(connection, table, BATCH):
        for row in batch:
            yield row[place]


def _save_file(storage: Storage, sha256: str, writer: Writer, done: Saved) -> None:
    try:
        content = storage.open(sha256)
    except NotFound:  # lost, or collected since the snapshot
        done.missing += 1
        return
    with content:
        size = content.seek(0, 2)
        content.seek(0)
        writer.add_stream(_FILE + sha256, size, content)
    done.files += 1
    done.bytes += size


def _type_of(engine: Engine, sha256: str) -> str:
    """The media type that the rows, which were restored before, say; the storage may want to know."""
    with engine.connect() as connection:
        return connection.scalar(select(Blob.type).where(Blob.sha256 == sha256)) or sniff.UNKNOWN


def _restore_file(storage: Storage, sha256: str, content: BinaryIO, media_type: str) -> None:
    staged = storage.stage(content)
    if staged.sha256 != sha256:  # it was so already when it was saved
        storage.discard(staged)
        raise Refused("damaged_backup", what=f"the file {sha256} is not what its name says")
    storage.keep(staged, media_type)
