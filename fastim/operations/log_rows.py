"""The rows of `message` as a whole log: what people said on a shelf beside the database is among them.

A copy or a backup thereby needs no MongoDB: whoever has its database has all that was said. A row of the
shelf is brought as readers see it (`services.log_rows`): with a change that waits in `amended`, without one
that lost its number to an entry of the database, and none above where its conversation ended when the
snapshot was taken. An edit that reaches the shelf while this reads may be seen already; a recall then is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from heapq import merge
from itertools import chain, islice
from typing import Any

from sqlalchemy import Connection, Table, func, select, tuple_

from fastim.backends.log import Shelf, Stored
from fastim.models import Amended, Conversation, Message
from fastim.operations import rows
from fastim.operations.rows import Key, Sum, Values

_HIGHEST = (1 << 63) - 1


def batches(
    connection: Connection, table: Table, size: int, shelf: Shelf | None, after: Key | None = None
) -> Iterator[list[Values]]:
    """As `rows.batches`, with what stands on the shelf.

    Raises:
        Unavailable: the shelf is away.
    """
    own = rows.batches(connection, table, size, after)
    if shelf is None or table.name != Message.__tablename__:
        yield from own
        return
    place = list(table.columns).index(table.columns["id"])
    beside = _shelved(connection, table, shelf, size, after[0] if after else 0)
    both = merge(chain.from_iterable(own), beside, key=lambda row: int(row[place]))
    while batch := list(islice(both, size)):
        yield batch


def sum_of(
    connection: Connection,
    table: Table,
    size: int,
    shelf: Shelf | None,
    told: Callable[[int], None] = lambda rows: None,
) -> Sum:
    """As `rows.sum_of`, with what stands on the shelf."""
    total = Sum()
    for batch in batches(connection, table, size, shelf):
        total.add(batch)
        told(total.rows)
    return total


def count(connection: Connection, table: Table, shelf: Shelf | None) -> int:
    """How many rows there are, about: some of the shelf's may be left out, or come while they are read."""
    own = connection.scalar(select(func.count()).select_from(table)) or 0
    if shelf is None or table.name != Message.__tablename__:
        return own
    return own + shelf.messages()


def _shelved(
    connection: Connection, table: Table, shelf: Shelf, size: int, after: int
) -> Iterator[list[Any]]:
    while found := shelf.follow(after, _HIGHEST, size):
        for row in _true(connection, found):
            yield [getattr(row, column.name) for column in table.columns]
        after = found[-1].id


def _true(connection: Connection, found: Iterable[Stored]) -> Iterator[Stored]:
    """Those that count, in their order, as readers see them."""
    found = list(found)
    places = [(row.conversation_id, row.seq) for row in found]
    wanted = select(Conversation.id, Conversation.last_seq)
    wanted = wanted.where(Conversation.id.in_({row.conversation_id for row in found}))
    heads = {row[0]: row[1] for row in connection.execute(wanted)}
    own = select(Message.conversation_id, Message.seq)
    own = own.where(tuple_(Message.conversation_id, Message.seq).in_(places))
    lost = {(row[0], row[1]) for row in connection.execute(own)}
    changes = select(Amended.message_id, Amended.rev, Amended.body)
    changes = changes.where(Amended.message_id.in_([row.id for row in found]))
    pending = {message_id: (rev, body) for message_id, rev, body in connection.execute(changes)}
    for row in found:
        if row.seq > heads.get(row.conversation_id, 0) or (row.conversation_id, row.seq) in lost:
            continue
        rev, body = pending.get(row.id, (0, ""))
        if rev > row.rev:
            row.body = body
        yield row
