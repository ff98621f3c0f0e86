"""The index in MySQL's and MariaDB's FULLTEXT (InnoDB, boolean mode), as words that this program makes.

InnoDB's parser knows neither Chinese words nor emoji, leaves out short words and those of a list, and
takes signs for operators. So a word is stored as nothing but a-z, 0-9 and `_`: the conversation's id in
seven digits of base 36, `_`, and the word, in which each character beyond ASCII is `_` and four digits.
That is never shorter than nine characters nor longer than 84, is on no list, and holds no operator; and
what a word begins with, its stored form begins with too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from typing import Any, TypeVar

import pymysql
import structlog
from gevent.lock import BoundedSemaphore
from pymysql.connections import Connection

from fastim.backends import mysql_line
from fastim.backends.log import Shelf, Stored
from fastim.backends.search import LAST, VERSION, Doc, LogRow, Proposed, Sought, are_words
from fastim.errors import Unavailable
from fastim.protocol import limits

log = structlog.get_logger(__name__)

R = TypeVar("R")

_COLUMNS = "id, conversation_id, seq, sender_id, media, body, time_ms"
_FAILURES = (pymysql.err.Error, OSError)
_READ_TO = (
    "SELECT GREATEST(position, COALESCE((SELECT MAX(message_id) FROM search_entry), -1))"
    " FROM search_state WHERE id = 1"
)
"""The position waits for ids that were skipped, and each batch of messages skips some."""
_LEADER = "fastim search"
_STORED_CHARS = 84
"""InnoDB's innodb_ft_max_token_size; it leaves out longer words, so longer ones are cut, sought ones
too."""
_SHORTEST = 9
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_SEARCHES_AT_ONCE = 4


class MysqlIndex:
    """`SearchIndex` on MySQL or MariaDB.

    Args:
        url: an SQLAlchemy URL, ``mysql+pymysql://…``.
        shelf: where the messages are that are not in the database.
    """

    def __init__(self, url: str, shelf: Shelf | None = None) -> None:
        self._url = url
        self._shelf = shelf
        self._writer: Connection | None = None
        self._turn = BoundedSemaphore(1)
        self._idle: list[Connection] = []
        self._places = BoundedSemaphore(_SEARCHES_AT_ONCE)

    def run(self, job: Callable[[], R]) -> R:
        """PyMySQL yields while it waits, so no thread is needed."""
        with self._turn:
            try:
                return job()
            except _FAILURES as error:
                mysql_line.close(self._writer)
                self._writer = None
                raise Unavailable from error

    def lead(self) -> bool:
        with self._open().cursor() as cursor:
            # The lock is this connection's, and ends with it. The name is every database's of the server.
            cursor.execute("SELECT GET_LOCK(CONCAT(%s, ' ', DATABASE()), 0)", (_LEADER,))
            return bool(cursor.fetchone() == (1,))

    def position(self) -> int:
        with self._open().cursor() as cursor:
            cursor.execute("SELECT position, version FROM search_state WHERE id = 1")
            row = cursor.fetchone()
        if row is not None and row[1] == VERSION:
            return int(row[0])
        self.clear()
        return -1

    def read(self, after: int, below: int, limit: int) -> list[LogRow]:
        rows: list[LogRow] = []
        while left := limit - len(rows):
            size = min(left, limits.INDEX_PIECE_ON_LOOP)
            piece = self._read(after, below, size)
            rows += piece
            if len(piece) < size:
                break
            after = piece[-1].id
        return rows

    def _read(self, after: int, below: int, limit: int) -> list[LogRow]:
        with self._open().cursor() as cursor:
            cursor.execute(
                f"SELECT {_COLUMNS} FROM message WHERE id > %s AND id < %s ORDER BY id LIMIT %s",
                (after, below, limit),
            )
            rows = [LogRow(*row) for row in cursor.fetchall()]
        if self._shelf is None:
            return rows
        pending = self._pending()
        shelved = [_log_row(row, pending) for row in self._shelf.follow(after, below, limit)]
        return sorted([*rows, *shelved], key=lambda row: row.id)[:limit]

    def read_at(self, places: Sequence[tuple[int, int]]) -> list[LogRow]:
        rows: list[LogRow] = []
        for start in range(0, len(places), limits.INDEX_PIECE_ON_LOOP):
            rows += self._read_at(places[start : start + limits.INDEX_PIECE_ON_LOOP])
        return rows

    def _read_at(self, places: Sequence[tuple[int, int]]) -> list[LogRow]:
        marks = ",".join(["(%s,%s)"] * len(places))
        with self._open().cursor() as cursor:
            cursor.execute(
                f"SELECT {_COLUMNS} FROM message WHERE (conversation_id, seq) IN ({marks})",
                [number for place in places for number in place],
            )
            rows = [LogRow(*row) for row in cursor.fetchall()]
        if self._shelf is not None:
            pending = self._pending()
            rows += [_log_row(row, pending) for row in self._shelf.at(places)]
        return rows

    def _pending(self) -> dict[int, tuple[int, str]]:
        """Changes that may not be on the shelf yet: message id to (rev, body)."""
        with self._open().cursor() as cursor:
            cursor.execute("SELECT message_id, rev, body FROM amended")
            return {message_id: (rev, body) for message_id, rev, body in cursor.fetchall()}

    def write(self, docs: Iterable[Doc], before: int, after: int) -> bool:
        made = iter(docs)
        with _transaction(self._open()) as cursor:
            cursor.execute(
                "UPDATE search_state SET position = %s WHERE id = 1 AND position = %s", (after, before)
            )
            if not cursor.rowcount and before != after:
                return False
            while piece := list(islice(made, limits.INDEX_PIECE_ON_LOOP)):
                _put(cursor, piece)
        return True

    def tidy(self) -> bool:
        return False  # InnoDB merges its words by itself

    def clear(self) -> None:
        writer = self._open()
        with writer.cursor() as cursor:
            cursor.execute("TRUNCATE TABLE search_entry")
            cursor.execute(
                "REPLACE INTO search_state (id, position, version) VALUES (1, -1, %s)", (VERSION,)
            )
        writer.commit()

    def close(self) -> None:
        for connection in (self._writer, *self._idle):
            mysql_line.close(connection)
        self._writer = None
        self._idle.clear()

    def _open(self) -> Connection:
        if self._writer is None:
            connection = _connect(self._url)
            with connection.cursor() as cursor:
                cursor.execute("SELECT @@innodb_ft_min_token_size, @@innodb_ft_max_token_size")
                least, most = cursor.fetchone()
            if least > _SHORTEST or most < _STORED_CHARS:
                log.warning("search_words_are_lost", min_token_size=least, max_token_size=most)
            self._writer = connection
        return self._writer

    def find(self, sought: Sought) -> Proposed:
        if not sought.conversation_ids or not sought.terms or not are_words(sought.terms):
            return Proposed([], LAST)
        if not self._places.acquire(timeout=limits.SEARCH_SECONDS):
            raise Unavailable
        connection = None
        try:
            connection = self._take_line()
            found = _find(connection, sought)
        except _FAILURES as error:
            mysql_line.close(connection)
            log.warning("search_failed", error=str(error.args[0] if error.args else error))
            raise Unavailable from error
        except BaseException:
            mysql_line.close(connection)
            raise
        finally:
            self._places.release()
        self._idle.append(connection)
        return found

    def _take_line(self) -> Connection:
        """One that works: those that idled may be of a server that has been restarted."""
        while self._idle:
            connection = self._idle.pop()
            try:
                connection.ping(reconnect=False)
            except _FAILURES:
                mysql_line.close(connection)
            else:
                return connection
        return mysql_line.bound(_connect(self._url), limits.SEARCH_SECONDS)


def _log_row(row: Stored, pending: dict[int, tuple[int, str]]) -> LogRow:
    rev, body = pending.get(row.id, (0, ""))
    said = body if rev > row.rev else row.body
    return LogRow(row.id, row.conversation_id, row.seq, row.sender_id, row.media, said, row.time_ms)


def _connect(url: str) -> Connection:
    connection = mysql_line.connect(
        url, charset="utf8mb4", connect_timeout=5, read_timeout=30, write_timeout=30, autocommit=True
    )
    with connection.cursor() as cursor:
        cursor.execute("SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED")
    return connection


@contextmanager
def _transaction(connection: Connection) -> Any:
    connection.begin()
    try:
        with connection.cursor() as cursor:
            yield cursor
        connection.commit()
    except BaseException:
        with suppress(*_FAILURES):
            connection.rollback()
        raise


def _put(cursor: pymysql.cursors.Cursor, docs: Sequence[Doc]) -> None:
    rows = [(doc.id, _stored(doc)) for doc in docs]
    gone = [str(int(message_id)) for message_id, words in rows if not words]
    kept = [value for row in rows if row[1] for value in row]
    if gone:
        cursor.execute(f"DELETE FROM search_entry WHERE message_id IN ({','.join(gone)})")
    if kept:
        marks = ",".join(["(%s,%s)"] * (len(kept) // 2))
        cursor.execute(
            f"INSERT INTO search_entry (message_id, words) VALUES {marks}"
            " ON DUPLICATE KEY UPDATE words = VALUES(words)",
            kept,
        )


def _find(connection: Connection, sought: Sought) -> Proposed:
    with connection.cursor() as cursor:
        cursor.execute(_READ_TO)
        state = cursor.fetchone()
        cursor.execute(
            "SELECT message_id FROM search_entry WHERE MATCH(words) AGAINST (%s IN BOOLEAN MODE)"
            " AND message_id > %s AND message_id < %s ORDER BY message_id DESC LIMIT %s",
            (_match(sought), sought.above, sought.below, sought.limit),
        )
        ids = [int(message_id) for (message_id,) in cursor.fetchall()]
    return Proposed(ids, int(state[0]) if state else -1)


def _match(sought: Sought) -> str:
    """FULLTEXT's query: every term in any of the conversations. A message is in one, so all are in the
    same."""
    begins = [_begin(conversation_id) for conversation_id in sought.conversation_ids]
    return " ".join(
        "+(" + " ".join(_word(begin, term.text) + ("*" if term.is_prefix else "") for begin in begins) + ")"
        for term in sought.terms
    )


def _stored(doc: Doc) -> str:
    begin = _begin(doc.conversation_id)
    return " ".join(_word(begin, word) for word in sorted(doc.words))


def _begin(conversation_id: int) -> str:
    return _base36(conversation_id, 7) + "_"


def _word(begin: str, word: str) -> str:
    if not word.isascii():
        word = "".join([char if char.isascii() else "_" + _base36(ord(char), 4) for char in word])
    return (begin + word)[:_STORED_CHARS]


def _base36(number: int, least: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits.rjust(least, "0")
