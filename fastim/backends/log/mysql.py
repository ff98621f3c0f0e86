"""The log in MySQL or MariaDB: multi-row statements, conversation rows locked in the order of their ids.

PyMySQL yields while it waits, so no thread is needed. A lost connection or a deadlock is tried again; a
commit whose answer was lost is found by its msgids.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import pymysql
from pymysql.connections import Connection

from fastim.backends import mysql_line
from fastim.backends.log import NOBODY, Closed, Draft, Outcome, Receipt, Taken
from fastim.backends.log.doors import Doors
from fastim.backends.log.numbering import Beside, Key, Plan, plan
from fastim.errors import Unavailable

_TRIES = 5
_FAILURES = (
    pymysql.err.OperationalError,
    pymysql.err.InterfaceError,
    pymysql.err.InternalError,  # a line that breaks within a packet
    OSError,
)
_AGAIN = {1205, 1213}  # lock wait timeout, deadlock
_LOST = {0, 1053, 1927, 2003, 2006, 2013, 2055}  # the server or the connection is gone
_FULL = {1021, 1030, 1041, 1114}  # disk, table or memory full


class MysqlStore:
    """`Store` on MySQL or MariaDB.

    Args:
        url: an SQLAlchemy URL, ``mysql+pymysql://…``.
        doors: where other processes write too, who may write is asked of it.
        doubt: is called when a commit may have been done without an answer: then nobody tells of it.
        note_head: is told where a conversation ends, under its lock; as `Bus.note_head`.
    """

    def __init__(
        self,
        url: str,
        closed: Closed = NOBODY,
        doors: Doors | None = None,
        doubt: Callable[[], None] = lambda: None,
        note_head: Callable[[int, int], None] = lambda conversation_id, seq: None,
    ) -> None:
        self._closed = closed
        self._note_head = note_head
        self._doors = doors
        self._doubt = doubt
        self._url = url
        self._connection: Connection | None = None
        self._step = 1

    def run(self, job: Callable[[], list[Outcome]]) -> list[Outcome]:
        return job()

    def close(self) -> None:
        connection, self._connection = self._connection, None
        mysql_line.close(connection)

    def commit(self, drafts: Sequence[Draft]) -> list[Outcome]:
        careful = False
        for attempt in range(_TRIES):
            try:
                return self._write(drafts, careful)
            except (pymysql.err.IntegrityError, Taken):
                careful = True  # a repeated msgid: look them up first
            except _FAILURES as error:
                code = error.args[0] if error.args and isinstance(error.args[0], int) else 0
                if code in _FULL:
                    raise Unavailable("storage_full") from error
                if code not in _AGAIN:
                    self._drop()
                careful = True  # it may have been committed
                self._doubt()
                time.sleep(0.05 * 2**attempt)
        raise Unavailable

    def _open(self) -> Connection:
        if self._connection is None:
            connection = mysql_line.connect(
                self._url,
                charset="utf8mb4",
                connect_timeout=5,
                read_timeout=30,
                write_timeout=30,
                autocommit=False,
            )
            with connection.cursor() as cursor:
                cursor.execute("SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED")
                cursor.execute("SELECT @@auto_increment_increment")
                self._step = int(cursor.fetchone()[0])
            connection.commit()
            self._connection = connection
        return self._connection

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection._force_close()
            self._connection = None

    def _write(self, drafts: Sequence[Draft], careful: bool) -> list[Outcome]:
        connection = self._open()
        try:
            with connection.cursor() as cursor:
                heads, doors = lock_heads(cursor, sorted({draft.conversation_id for draft in drafts}))
                closed = self._doors.closed(cursor, drafts, doors) if self._doors else self._closed
                stored = stored_before(cursor, drafts) if careful else {}
                planned = plan(drafts, heads, stored, closed)
                if planned.refused:
                    stored = stored | stored_before(cursor, planned.refused)
                    planned = plan(drafts, heads, stored, closed)
                for conversation_id in planned.heads:
                    self._note_head(conversation_id, heads[conversation_id])
                time_ms = time.time_ns() // 1_000_000
                first_id = self._insert(cursor, planned, time_ms) if planned.new else 0
            connection.commit()
        except BaseException:
            self._undo(connection)
            raise
        return planned.outcomes(first_id, self._step, time_ms)

    def _undo(self, connection: Connection) -> None:
        try:
            connection.rollback()
        except (pymysql.err.Error, OSError):
            self._drop()

    def _insert(self, cursor: pymysql.cursors.Cursor, planned: Plan, time_ms: int) -> int:
        # Numbers are written here: PyMySQL spends a microsecond on each value that it is given.
        values = ",".join(
            f"({draft.conversation_id:d},{seq:d},{draft.sender_id:d},%s,{draft.media:d},%s,{time_ms:d})"
            for draft, seq in planned.new
        )
        cursor.execute(
            "INSERT INTO message (conversation_id, seq, sender_id, msgid, media, body, time_ms)"
            f" VALUES {values}",
            [text for draft, _ in planned.new for text in (draft.msgid or None, draft.body)],
        )
        first_id = int(cursor.lastrowid)  # of the first row; the others follow by the step
        last_ids = {
            draft.conversation_id: first_id + place * self._step
            for place, (draft, _) in enumerate(planned.new)
        }
        put_beside(cursor, planned.beside(first_id, self._step))
        move_heads(cursor, planned.heads, last_ids)
        return first_id


def lock_heads(cursor: pymysql.cursors.Cursor, ids: list[int]) -> tuple[dict[int, int], dict[int, int]]:
    """The conversations' last seqs, and how often doors were closed there."""
    marks = ",".join(["%s"] * len(ids))
    cursor.execute(
        f"SELECT id, last_seq, doors FROM conversation WHERE id IN ({marks}) ORDER BY id FOR UPDATE", ids
    )
    rows = cursor.fetchall()
    return {row[0]: row[1] for row in rows}, {row[0]: row[2] for row in rows if row[2]}


def put_beside(cursor: pymysql.cursors.Cursor, beside: Beside, insert: str = "INSERT") -> None:
    """The rows of other tables; PyMySQL makes one statement of each `executemany`."""
    if beside.uploads:
        cursor.executemany(
            f"{insert} INTO attachment (upload_name, message_id) VALUES (%s, %s)", beside.uploads
        )
    if beside.mentions:
        cursor.executemany(
            f"{insert} INTO mention (conversation_id, user_id, seq) VALUES (%s, %s, %s)", beside.mentions
        )


def move_heads(cursor: pymysql.cursors.Cursor, heads: dict[int, int], last_ids: dict[int, int]) -> None:
    seqs = " ".join(["WHEN %s THEN %s"] * len(heads))
    marks = ",".join(["%s"] * len(heads))
    values = [value for pair in heads.items() for value in pair]
    ids = [value for key in heads for value in (key, last_ids[key])]
    cursor.execute(
        f"UPDATE conversation SET last_seq = CASE id {seqs} END, last_id = CASE id {seqs} END"
        f" WHERE id IN ({marks})",
        [*values, *ids, *heads],
    )


def stored_before(cursor: pymysql.cursors.Cursor, drafts: Sequence[Draft]) -> dict[Key, Receipt]:
    keys = [(draft.sender_id, draft.msgid) for draft in drafts if draft.msgid]
    if not keys:
        return {}
    marks = ",".join(["(%s,%s)"] * len(keys))
    cursor.execute(
        f"SELECT sender_id, msgid, id, seq, time_ms FROM message WHERE (msgid, sender_id) IN ({marks})",
        [value for sender_id, msgid in keys for value in (msgid, sender_id)],
    )
    return {
        (sender_id, msgid): Receipt(message_id, seq, time_ms, False)
        for sender_id, msgid, message_id, seq, time_ms in cursor.fetchall()
    }
