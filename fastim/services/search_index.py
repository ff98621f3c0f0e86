"""The indexer: follows the log by id, behind the commits, a batch at a time.

Nothing on a message's way knows of it. What it has done is the index's own position, which moves in one
transaction with what was indexed; so a crash costs nothing but the last batch, and doing a batch twice is
the same as doing it once.

Ids are given out before commits become visible (on MySQL): where one is skipped, the position stays
before it until it turns up, or until no transaction can last that long any more.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence

from fastim.backends.search import LAST, Doc, LogRow, SearchIndex, Sought, Term
from fastim.protocol import frames, limits
from fastim.services.entries import read_body
from fastim.services.search_text import CHANGES, doc_of

_HOLES = 1000
"""Holes that are watched; where ids are given out in steps of two, each is one."""


class Frontier:
    """How far the log was read: to `head`, but for ids between that may still turn up. Pure."""

    def __init__(self, position: int) -> None:
        self.head = max(position, 0)
        self._holes: list[tuple[int, int, float]] = []
        """(from, to, when noticed); both ends inclusive, ascending."""

    @property
    def position(self) -> int:
        """The id up to which nothing can appear any more."""
        return self._holes[0][0] - 1 if self._holes else self.head

    @property
    def holes(self) -> list[tuple[int, int]]:
        return [(start, end) for start, end, _ in self._holes]

    def read(self, ids: Sequence[int], now: float) -> None:
        """These ids, ascending and above `head`, were read at the monotonic time `now`, in seconds."""
        for message_id in ids:
            if message_id > self.head + 1:
                self._holes.append((self.head + 1, message_id - 1, now))
            self.head = message_id
        del self._holes[:-_HOLES]

    def found(self, ids: Sequence[int]) -> None:
        """These ids turned up in holes."""
        for message_id in ids:
            self._holes = [piece for hole in self._holes for piece in _without(hole, message_id)]

    def forget(self, now: float) -> None:
        """Give up on what was missing for longer than a transaction may last."""
        self._holes = [hole for hole in self._holes if hole[2] > now - limits.INDEX_HOLE_SECONDS]


def _without(hole: tuple[int, int, float], message_id: int) -> Iterator[tuple[int, int, float]]:
    start, end, noticed_at = hole
    if not start <= message_id <= end:
        yield hole
        return
    if start < message_id:
        yield start, message_id - 1, noticed_at
    if message_id < end:
        yield message_id + 1, end, noticed_at


class Indexer:
    """Brings the index up to the log. Needs no app context: the index reads the log itself."""

    def __init__(self, index: SearchIndex, batch: int) -> None:
        self._index = index
        self._batch = batch
        self._frontier: Frontier | None = None

    def step(self) -> int:
        """Index a batch; how many entries of the log that were. The loop goes on meanwhile.

        Raises:
            Unavailable: the index or the log cannot be had now; nothing is lost.
        """
        try:
            return self._index.run(self._step)
        except BaseException:
            self._frontier = None
            raise

    def tidy(self) -> bool:
        """A piece of the index's upkeep; whether there may be more."""
        return self._index.run(lambda: self._index.lead() and self._index.tidy())

    def catch_up(self, told: Callable[[int], None] = lambda done: None) -> int:
        """Index all that the log has now; how many entries that were.

        Args:
            told: hears how many entries were indexed.
        """
        done = 0
        while count := self.step():
            done += count
            told(done)
        return done

    def rebuild(self) -> bool:
        """Forget the whole index. Whether the next steps make it again, or the process that leads does."""

        def clear() -> bool:
            self._index.clear()
            return self._index.lead()

        return self._index.run(clear)

    def behind(self) -> int:
        """How many entries of the log are not in the index yet."""

        def count() -> int:
            after, found = max(self._index.position(), 0), 0
            while rows := self._index.read(after, LAST, self._batch):
                after, found = rows[-1].id, found + len(rows)
            return found

        return self._index.run(count)

    def lacks(self, sample: int) -> list[int]:
        """Ids of messages, of so many of those that were indexed, that are not found by their words."""
        return [doc.id for doc in self._index.run(lambda: self._sample(sample)) if not self._finds(doc)]

    def _sample(self, sample: int) -> list[Doc]:
        """Messages with words, spread evenly over what was indexed."""
        last = max(self._index.position(), 0)
        step = max(last // sample, 1)
        docs = {}
        for start in range(0, last, step):
            for row in self._index.read(start, last + 1, 1):
                if row.media < frames.NOTICE:
                    docs[row.id] = doc_of(row)
        return [doc for doc in docs.values() if doc.words]

    def _finds(self, doc: Doc) -> bool:
        terms = [Term(max(doc.words, key=len))]
        sought = Sought([doc.conversation_id], terms, above=doc.id - 1, below=doc.id + 1, limit=1)
        return self._index.find(sought).ids == [doc.id]

    def close(self) -> None:
        """Give back connections and files."""
        self._index.close()

    def _step(self) -> int:
        if not self._index.lead():
            self._frontier = None
            return 0
        now = time.monotonic()
        stored = self._index.position()
        frontier = self._frontier
        if frontier is None or frontier.position != stored:  # the first time, or somebody moved it
            frontier = Frontier(stored)
        self._frontier = None  # until all of it is written
        late = self._late(frontier)
        rows = self._index.read(frontier.head, LAST, self._batch)
        frontier.read([row.id for row in rows], now)
        frontier.found([row.id for row in late])
        frontier.forget(now)
        read = [*late, *rows]
        if (read or frontier.position != stored) and not self._index.write(
            self._docs(read), stored, frontier.position
        ):
            return 0
        self._frontier = frontier
        return len(read)

    def _late(self, frontier: Frontier) -> list[LogRow]:
        found: list[LogRow] = []
        for start, end in frontier.holes:
            found.extend(self._index.read(start - 1, end + 1, self._batch))
        return found

    def _docs(self, rows: Sequence[LogRow]) -> Iterator[Doc]:
        """One after the other, so that a thread lets go of the interpreter after each."""
        places = [(row.conversation_id, read_body(row.body).target) for row in rows if row.media in CHANGES]
        for row in (*rows, *self._index.read_at(places)):
            if row.media < frames.NOTICE:
                yield doc_of(row)
