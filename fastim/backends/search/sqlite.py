"""The index in SQLite's FTS5, in a file of its own beside the database.

A file of its own has a write lock of its own: no commit of the log ever waits for the index, however long a
merge of FTS5 takes. What is lost with it is made again from the log.

The words are written as `fts5_words` says, and rowid is the message's id, so the engine walks a word's list
from the newest message down and stops when it has enough. The table keeps no texts (content='') and no
positions (detail=none); `doc` has the words again, as FTS5 must be told what it forgets.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

import structlog

from fastim.backends.database import make_private
from fastim.backends.one_thread import OneThread
from fastim.backends.search import LAST, VERSION, Doc, LogRow, Proposed, Sought, are_words
from fastim.backends.search.fts5_words import match, stored
from fastim.errors import Unavailable
from fastim.protocol import limits

log = structlog.get_logger(__name__)

R = TypeVar("R")
Run = Callable[[Callable[[], Any]], Any]

_SCHEMA = f"""
CREATE TABLE state (position INTEGER NOT NULL, time_ms INTEGER NOT NULL, written INTEGER NOT NULL);
INSERT INTO state VALUES (-1, 0, 0);
CREATE TABLE doc (id INTEGER PRIMARY KEY, conversation_id INTEGER NOT NULL, words TEXT NOT NULL);
CREATE VIRTUAL TABLE word USING fts5(
    words, content='', columnsize=0, detail=none, tokenize="ascii tokenchars '_'"
);
INSERT INTO word (word, rank) VALUES ('automerge', 4);
PRAGMA user_version = {VERSION};
"""
_COLUMNS = "id, conversation_id, seq, sender_id, media, body, time_ms"
_LOCK_WAIT_MS = 2000
_LEAVES_A_PIECE = 250  # of 4 KiB: a megabyte written in one piece of tidying
_TIDY_LEAST = 5000  # docs
_TIDY_SHARE = 20  # a twentieth of all: every doc is then rewritten some twenty times in its life
_PROGRESS_STEPS = 20_000


class SqliteIndex:
    """`SearchIndex` on one SQLite file, following the log of another.

    Args:
        database: the file with the log.
        run: runs what a search waits for off the loop.
    """

    def __init__(self, database: Path, run: Run) -> None:
        self._database = database
        self._path = database.with_name(f"{database.stem}.search.db")
        self._run = run
        self._thread = OneThread()
        self._log: sqlite3.Connection | None = None
        self._writer: sqlite3.Connection | None = None
        self._readers: list[sqlite3.Connection] = []

    def run(self, job: Callable[[], R]) -> R:
        return self._thread.run(lambda: self._guarded(job))

    def _guarded(self, job: Callable[[], R]) -> R:
        try:
            return job()
        except sqlite3.OperationalError as error:  # locked, or the disk is full: later
            raise Unavailable from error
        except sqlite3.DatabaseError as error:
            log.warning("search_index_damaged", error=str(error))
            self._drop()
            raise Unavailable from error

    def lead(self) -> bool:
        return True  # whoever writes looks at the position under the file's lock

    def position(self) -> int:
        writer = self._open()
        position, time_ms = writer.execute("SELECT position, time_ms FROM state").fetchone()
        if position > 0 and self._time_of(position) != time_ms:
            log.warning("search_index_of_another_log", position=position)  # a backup was put back
            self.clear()
            return -1
        return int(position)

    def _time_of(self, message_id: int) -> int:
        row = self._open_log().execute("SELECT time_ms FROM message WHERE id = ?", (message_id,)).fetchone()
        return int(row[0]) if row else 0

    def read(self, after: int, below: int, limit: int) -> list[LogRow]:
        rows = self._open_log().execute(
            f"SELECT {_COLUMNS} FROM message WHERE id > ? AND id < ? ORDER BY id LIMIT ?",
            (after, below, limit),
        )
        return [LogRow(*row) for row in rows.fetchall()]

    def read_at(self, places: Sequence[tuple[int, int]]) -> list[LogRow]:
        found: list[LogRow] = []
        for place in places:
            query = f"SELECT {_COLUMNS} FROM message WHERE conversation_id = ? AND seq = ?"
            found.extend(LogRow(*row) for row in self._open_log().execute(query, place).fetchall())
        return found

    def write(self, docs: Iterable[Doc], before: int, after: int) -> bool:
        writer = self._open()
        with _transaction(writer):
            if writer.execute("SELECT position FROM state").fetchone() != (before,):
                return False
            (last,) = writer.execute("SELECT COALESCE(MAX(id), 0) FROM doc").fetchone()
            written = 0
            for doc in docs:
                written += 1
                if doc.id <= last:
                    _forget(writer, doc.id)
                if doc.words:
                    _put(writer, doc)
                    last = max(last, doc.id)
            time_ms = self._time_of(after)
            writer.execute(
                "UPDATE state SET position = ?, time_ms = ?, written = written + ?",
                (after, time_ms, written),
            )
        return True

    def tidy(self) -> bool:
        """Few segments are what makes searching fast: each word is looked up in every one of them."""
        writer = self._open()
        written, last = writer.execute("SELECT written, (SELECT MAX(id) FROM doc) FROM state").fetchone()
        if written < max(_TIDY_LEAST, (last or 0) // _TIDY_SHARE):
            return False
        before = writer.total_changes
        writer.execute("INSERT INTO word (word, rank) VALUES ('merge', ?)", (-_LEAVES_A_PIECE,))
        if writer.total_changes - before >= 2:  # FTS5's own sign that it did something
            return True
        writer.execute("UPDATE state SET written = 0")
        return False

    def clear(self) -> None:
        self._open()
        self._drop()
        self._open()

    def close(self) -> None:
        if self._log or self._writer or self._readers:
            self._thread.run(self._shut)
        self._thread.close()

    def _shut(self) -> None:
        """Close all connections; the writer last, which writes the write-ahead log back."""
        for connection in (self._log, *self._readers, self._writer):
            if connection is not None:
                connection.close()
        self._log = self._writer = None
        self._readers.clear()

    def _drop(self) -> None:
        """Empty the file, which another process may have open; one that is too damaged for that is
        deleted."""
        writer, self._writer = self._writer, None
        try:
            if writer is None:
                raise sqlite3.DatabaseError
            _empty(writer)
        except sqlite3.DatabaseError:
            for end in ("", "-wal", "-shm"):
                Path(f"{self._path}{end}").unlink(missing_ok=True)
        finally:
            if writer is not None:
                writer.close()

    def _open(self) -> sqlite3.Connection:
        if self._writer is None:
            make_private(self._path)
            self._writer = writer = _connect(self._path)
            (version,) = writer.execute("PRAGMA user_version").fetchone()
            if version != VERSION:
                _empty(writer)
                with _transaction(writer):
                    for statement in _SCHEMA.split(";\n"):
                        writer.execute(statement)
        return self._writer

    def _open_log(self) -> sqlite3.Connection:
        if self._log is None:
            self._log = _connect(self._database, write=False)
        return self._log

    def find(self, sought: Sought) -> Proposed:
        if not sought.conversation_ids or not sought.terms or not are_words(sought.terms):
            return Proposed([], LAST)
        if not self._path.exists():
            return Proposed([], -1)
        try:
            proposed: Proposed = self._run(lambda: self._find(sought))
            return proposed
        except sqlite3.DatabaseError as error:
            if "no such table" in str(error):  # it is being made
                return Proposed([], -1)
            log.warning("search_failed", error=str(error))
            raise Unavailable from error

    def _find(self, sought: Sought) -> Proposed:
        try:
            reader = self._readers.pop()  # another thread may take the last one at this moment
        except IndexError:
            reader = _connect(self._path, write=False)
        deadline = time.monotonic() + limits.SEARCH_SECONDS
        reader.set_progress_handler(lambda: time.monotonic() > deadline, _PROGRESS_STEPS)
        try:
            (read_to,) = reader.execute("SELECT position FROM state").fetchone()  # before it moves on
            rows = reader.execute(
                "SELECT rowid FROM word WHERE word MATCH ? AND rowid > ? AND rowid < ?"
                " ORDER BY rowid DESC LIMIT ?",
                (match(sought), sought.above, sought.below, sought.limit),
            ).fetchall()
        except BaseException:
            reader.close()
            raise
        self._readers.append(reader)
        return Proposed([message_id for (message_id,) in rows], read_to)


def _connect(path: Path, write: bool = True) -> sqlite3.Connection:
    mode = "rwc" if write else "ro"
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    connection = sqlite3.connect(uri, uri=True, check_same_thread=False, isolation_level=None)
    connection.execute(f"PRAGMA busy_timeout={_LOCK_WAIT_MS}")
    if write:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")  # what a power cut takes is read from the log again
    return connection


def _empty(writer: sqlite3.Connection) -> None:
    with _transaction(writer):
        for table in ("word", "doc", "state"):
            writer.execute(f"DROP TABLE IF EXISTS {table}")
        writer.execute("PRAGMA user_version = 0")


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Any:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise


def _forget(writer: sqlite3.Connection, message_id: int) -> None:
    row = writer.execute("SELECT conversation_id, words FROM doc WHERE id = ?", (message_id,)).fetchone()
    if row is None:
        return
    writer.execute("DELETE FROM doc WHERE id = ?", (message_id,))
    writer.execute(
        "INSERT INTO word (word, rowid, words) VALUES ('delete', ?, ?)",
        (message_id, stored(row[0], row[1].split(" "))),
    )


def _put(writer: sqlite3.Connection, doc: Doc) -> None:
    words = sorted(doc.words)
    writer.execute("INSERT INTO doc VALUES (?, ?, ?)", (doc.id, doc.conversation_id, " ".join(words)))
    writer.execute(
        "INSERT INTO word (rowid, words) VALUES (?, ?)", (doc.id, stored(doc.conversation_id, words))
    )
