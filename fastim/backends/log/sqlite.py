"""The log in SQLite: its own connection in its own thread, alone with the write lock.

As the only writer of messages it keeps the conversations' heads in memory, so the common commit is two
statements. A repeated msgid, or a head that another program moved, breaks a unique index; the batch is
then rolled back and done again with look-ups.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from fastim.backends import database
from fastim.backends.log import NOBODY, Closed, Draft, Outcome, Receipt
from fastim.backends.log.numbering import Key, Plan, plan
from fastim.backends.one_thread import OneThread
from fastim.errors import Unavailable

_TOGETHER = (64, 16, 4, 1)
"""Rows of one statement. Python lets go of its lock and takes it again around every step of a statement: by
the hundred, beside a loop that waits for it, that is a quarter of what an insert costs."""
_INSERT = "INSERT INTO message (id, conversation_id, seq, sender_id, msgid, media, body, time_ms) VALUES %s"
_MOVE = (
    "UPDATE conversation SET last_seq = head.column2, last_id = head.column3"
    " FROM (VALUES %s) AS head WHERE id = head.column1"
)
_HEADS_KEPT = 100_000
_CACHE_KIB = 65536
"""Keeps the ends of the indexes of a busy log in memory: a fifth less CPU a message than SQLite's 2 MiB."""
_LOCK_WAIT_MS = 5000  # of this thread alone: another process (a command) may be writing
_VARIABLES = 500  # SQLite took at most 999 a statement for most of its life


class SqliteStore:
    """`Store` on one SQLite file."""

    def __init__(self, path: Path, closed: Closed = NOBODY) -> None:
        self._closed = closed
        self._path = path
        self._thread = OneThread()
        self._connection: sqlite3.Connection | None = None
        self._heads: dict[int, int] = {}
        self._next_id = 0

    def run(self, job: Callable[[], list[Outcome]]) -> list[Outcome]:
        with database.write_gate.turn(first=True):
            return self._thread.run(job)

    def close(self) -> None:
        if self._connection is not None:
            self._thread.run(self._shut)  # which writes the write-ahead log back
        self._thread.close()

    def _shut(self) -> None:
        connection, self._connection = self._connection, None
        self._forget()
        if connection is not None:
            connection.close()

    def commit(self, drafts: Sequence[Draft]) -> list[Outcome]:
        connection = self._open()
        try:
            try:
                return self._write(connection, drafts, {})
            except sqlite3.IntegrityError:
                self._forget()
                return self._write(connection, drafts, self._stored(connection, drafts))
        except sqlite3.Error as error:
            self._forget()
            full = "full" in str(error) or "disk I/O" in str(error)
            raise Unavailable("storage_full" if full else "server_busy") from error

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            connection = sqlite3.connect(self._path, check_same_thread=False)
            database.tune_sqlite(connection)
            connection.execute(f"PRAGMA busy_timeout={_LOCK_WAIT_MS}")
            connection.execute(f"PRAGMA cache_size=-{_CACHE_KIB}")
            self._connection = connection
        return self._connection

    def _forget(self) -> None:
        self._heads.clear()
        self._next_id = 0

    def _write(
        self, connection: sqlite3.Connection, drafts: Sequence[Draft], stored: dict[Key, Receipt]
    ) -> list[Outcome]:
        connection.execute("BEGIN IMMEDIATE")
        try:
            self._load_heads(connection, {draft.conversation_id for draft in drafts})
            planned = plan(drafts, self._heads, stored, self._closed)
            if planned.refused:
                stored = stored | self._stored(connection, planned.refused)
                planned = plan(drafts, self._heads, stored, self._closed)
            time_ms = time.time_ns() // 1_000_000
            first_id = self._next_id
            if planned.new:
                self._insert(connection, planned, first_id, time_ms)
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        self._heads.update(planned.heads)
        self._next_id += len(planned.new)
        return planned.outcomes(first_id, 1, time_ms)

    def _insert(self, connection: sqlite3.Connection, planned: Plan, first_id: int, time_ms: int) -> None:
        rows: list[object] = []
        last_ids = {}
        for message_id, (draft, seq) in enumerate(planned.new, first_id):
            rows += (
                message_id, draft.conversation_id, seq, draft.sender_id, draft.msgid or None,
                draft.media, draft.body, time_ms,
            )  # fmt: skip
            last_ids[draft.conversation_id] = message_id
        _execute(connection, _INSERT, rows, 8)
        heads: list[object] = []
        for key, seq in planned.heads.items():
            heads += (key, seq, last_ids[key])
        _execute(connection, _MOVE, heads, 3)
        if not planned.with_beside:
            return
        beside = planned.beside(first_id, 1)
        if beside.uploads:
            connection.executemany(
                "INSERT INTO attachment (upload_name, message_id) VALUES (?, ?)", beside.uploads
            )
        if beside.mentions:
            connection.executemany(
                "INSERT INTO mention (conversation_id, user_id, seq) VALUES (?, ?, ?)", beside.mentions
            )

    def _load_heads(self, connection: sqlite3.Connection, wanted: Iterable[int]) -> None:
        if not self._next_id:
            (last,) = connection.execute("SELECT COALESCE(MAX(id), 0) FROM message").fetchone()
            self._next_id = last + 1
        if len(self._heads) > _HEADS_KEPT:
            self._heads.clear()
        missing = [key for key in wanted if key not in self._heads]
        for some in _chunks(missing):
            marks = ",".join("?" * len(some))
            self._heads.update(
                connection.execute(f"SELECT id, last_seq FROM conversation WHERE id IN ({marks})", some)
            )

    def _stored(self, connection: sqlite3.Connection, drafts: Sequence[Draft]) -> dict[Key, Receipt]:
        keys = [(draft.sender_id, draft.msgid) for draft in drafts if draft.msgid]
        found: dict[Key, Receipt] = {}
        for some in _chunks(keys):
            marks = ",".join(["(?, ?)"] * len(some))
            rows = connection.execute(
                "SELECT sender_id, msgid, id, seq, time_ms FROM message"
                f" WHERE (msgid, sender_id) IN (VALUES {marks})",
                [value for sender_id, msgid in some for value in (msgid, sender_id)],
            )
            for sender_id, msgid, message_id, seq, time_ms in rows:
                found[sender_id, msgid] = Receipt(message_id, seq, time_ms, False)
        return found


def _execute(connection: sqlite3.Connection, statement: str, values: list[object], width: int) -> None:
    """Run a statement for rows of `width` values each, for as many as it may take together."""
    start, row = 0, f"({','.join('?' * width)})"
    for count in _TOGETHER:
        size = count * width
        while len(values) - start >= size:
            connection.execute(statement % ",".join([row] * count), values[start : start + size])
            start += size


def _chunks(items: list) -> Iterable[list]:  # type: ignore[type-arg]
    for start in range(0, len(items), _VARIABLES):
        yield items[start : start + _VARIABLES]
