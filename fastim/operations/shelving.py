"""From the database onto the shelf beside it: what people said before there was one.

Every step can be repeated. Of a number that both have, the database's entry counts (`services.log_rows`):
until a batch is taken from the database, what is on the shelf of it means nothing. It is taken only after
the shelf, asked again, has answered the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from sqlalchemy import Connection, Engine, delete, func, select

from fastim.backends import mysql_line
from fastim.backends.log import Shelf, Stored, Taken
from fastim.errors import Refused, Unavailable
from fastim.models import Message
from fastim.operations import log_rows
from fastim.operations.snapshot import snapshot
from fastim.protocol import frames
from fastim.services.entries import read_body

BATCH = 1000
"""Messages of one transaction, whose rows it locks, and of one bulk write."""
_SAID = Message.media < frames.NOTICE


def waiting(engine: Engine) -> int:
    """How many messages are in the database that belong on a shelf."""
    with engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(Message).where(_SAID)) or 0


def move(engine: Engine, shelf: Shelf, told: Callable[[int], None], batch: int = BATCH) -> str:
    """Move all of them; the sum of the whole log, which is the same before and after.

    Whatever stops it, it goes on where it was. Nobody else may write meanwhile.

    Args:
        told: hears how many more were moved.

    Raises:
        Unavailable: the shelf is away.
        Refused: `copy_differs`: the shelf has something else; `migrations_behind` or `unfinished_copy`.
    """
    before = _sum(engine, shelf, batch)
    shelf.next_ids(1)  # counts on above all that the database has given, as long as that is there
    last = 0
    while ids := _move_some(engine, shelf, batch, last):
        told(len(ids))
        last = ids[-1]
    if _sum(engine, shelf, batch) != before:
        raise Refused("copy_differs", tables=Message.__tablename__)
    return before


def _move_some(engine: Engine, shelf: Shelf, batch: int, after: int) -> list[int]:
    """The ids of those that were moved."""
    with engine.begin() as connection:
        mysql_line.allow_pauses(connection)  # three answers of the shelf's are waited for
        rows = _take(connection, batch, after)
        ids = [row.id for row in rows]
        if rows:
            _put(shelf, rows)
            connection.execute(delete(Message).where(Message.id.in_(ids)))
    return ids


def _take(connection: Connection, batch: int, after: int) -> list[Stored]:
    """The oldest behind this id, locked: from the beginning, each batch would go over all the entries that
    stay, and over what the batches before it have left for the database to tidy."""
    columns = (
        Message.id,
        Message.conversation_id,
        Message.seq,
        Message.sender_id,
        Message.msgid,
        Message.media,
        Message.body,
        Message.time_ms,
    )
    query = select(*columns).where(_SAID, Message.id > after).order_by(Message.id).limit(batch)
    query = query.with_for_update()
    return [Stored(*row, rev=read_body(row.body).rev) for row in connection.execute(query)]


def _put(shelf: Shelf, rows: Sequence[Stored]) -> None:
    """Have exactly these at their numbers. What else stands there lost them to the database's entries, or
    was left by a run that was stopped and has changed since. It is looked for only where it is in the way:
    to ask for a thousand numbers takes longer than all else."""
    ids, places = [row.id for row in rows], [(row.conversation_id, row.seq) for row in rows]
    try:
        _add(shelf, rows, shelf.by_ids(ids))
    except Taken:
        try:
            _add(shelf, rows, (*shelf.by_ids(ids), *shelf.at(places)))
        except Taken as error:
            raise Unavailable from error
    if {row.id: row for row in shelf.by_ids(ids)} != {row.id: row for row in rows}:
        raise Refused("copy_differs", tables=Message.__tablename__)


def _add(shelf: Shelf, rows: Sequence[Stored], there: Iterable[Stored]) -> None:
    """Those of the rows that are not there; what is there in their place goes.

    Raises:
        Taken: by something else.
    """
    wanted, found = {row.id: row for row in rows}, {row.id: row for row in there}
    if wrong := [id_ for id_, row in found.items() if row != wanted.get(id_)]:
        shelf.remove(wrong)
    if missing := [row for row in rows if row.id in wrong or row.id not in found]:
        shelf.add(missing)


def _sum(engine: Engine, shelf: Shelf, batch: int) -> str:
    with snapshot(engine) as connection:
        return log_rows.sum_of(connection, Message.metadata.tables["message"], batch, shelf).text
