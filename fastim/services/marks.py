"""How far people have read and their devices have received: marks only grow, and are written behind.

What a mark is stands in memory before it is told, and stays known there while it is being written and
after: so a mark that changes nothing is told to nobody, and a sync is never behind what was told. A crash
may lose the last second of them; unread is then too high for a moment, never too low.

Among other processes a sync may ask any of them. There a mark is written first, within a tenth of a
second, and told then; a sync answers what is written.
"""

from __future__ import annotations

import threading
from itertools import islice

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import InstrumentedAttribute

from fastim.backends.bus import Bus
from fastim.errors import Refused
from fastim.models import Conversation, MarkClock, Position, db
from fastim.protocol.events import CommunityJoined, EntryAdded, MarkDelivered, MarkMoved
from fastim.services.conversations import SINGLE
from fastim.services.transaction import transaction

Key = tuple[int, int]
"""(user_id, conversation_id)"""
Touched = dict[int, set[int]]
"""user_id to the conversations in which one's own mark, or one that the other person shares, moved."""

_MOST_WAITING = 200_000
_KEPT = 100_000
_AT_ONCE = 1000
"""Marks of one transaction, which keeps the clock locked: all other processes' marks wait for that."""


class Ends:
    """conversation_id to the highest seq that is known to be there."""

    def __init__(self, bus: Bus) -> None:
        self._seqs: dict[int, int] = {}
        bus.subscribe(self._entry_added, EntryAdded)

    def of(self, conversation_id: int) -> int:
        """0 where none is known."""
        return self._seqs.get(conversation_id, 0)

    def learn(self, conversation_id: int, seq: int) -> None:
        self._seqs[conversation_id] = max(seq, self._seqs.get(conversation_id, 0))

    def trim(self) -> None:
        """Keep the bound."""
        for conversation_id in list(islice(self._seqs, max(0, len(self._seqs) - _KEPT))):
            del self._seqs[conversation_id]

    def _entry_added(self, event: EntryAdded) -> None:
        if event.seq > self._seqs.get(event.conversation_id, 0):
            self._seqs[event.conversation_id] = event.seq


class Marks:
    """Knows how far those have come who read; collects marks until `flush`."""

    def __init__(
        self,
        bus: Bus,
        is_alone: bool = True,
        ends: Ends | None = None,
        column: InstrumentedAttribute[int] = Position.read_seq,
        event: type[MarkMoved] = MarkMoved,
    ) -> None:
        self._bus = bus
        self.is_alone = is_alone
        """Whether all who ask for marks ask this process."""
        self._untold: dict[Key, MarkMoved] = {}
        self._column = column
        self.ends = Ends(bus) if ends is None else ends
        self._known: dict[Key, int] = {}
        """Written or not; the one that was written last stands last, and none that waits is forgotten."""
        self._waiting: dict[Key, int] = {}
        self._touched: Touched = {}
        self._being_written: Touched = {}
        self._turn = threading.Lock()
        bus.subscribe(self._moved, event)
        bus.subscribe(self._joined, CommunityJoined)

    def wrote(self, user_id: int, conversation_id: int, seq: int, peer_id: int = 0) -> None:
        """What one wrote oneself is read; nobody has to be told.

        Args:
            peer_id: the other person of a single chat.
        """
        key = (user_id, conversation_id)
        if seq <= self._known.get(key, 0):
            return
        if key in self._waiting:
            self._known[key] = self._waiting[key] = seq
        else:
            self._raise(key, seq, peer_id)

    def knows(self, user_id: int, conversation_id: int, seq: int) -> bool:
        """Whether `move` can decide about `seq`; else `load` first."""
        known = self._known.get((user_id, conversation_id))
        return known is not None and (seq <= known or seq <= self.ends.of(conversation_id))

    def load(self, user_id: int, conversation_id: int) -> None:
        """Ask the database where the user stands and where the conversation ends. Needs an app context."""
        query = (
            select(self._column, Conversation.last_seq)
            .join(Conversation, Conversation.id == Position.conversation_id)
            .where(Position.user_id == user_id, Position.conversation_id == conversation_id)
        )
        mark, last_seq = db.session.execute(query).one_or_none() or (0, 0)
        key = (user_id, conversation_id)
        self._known[key] = max(mark, self._known.get(key, 0))
        self.ends.learn(conversation_id, last_seq)

    def move(self, mark: MarkMoved) -> bool:
        """Note a mark and tell it; False for one that changes nothing, which nobody is told.

        Raises:
            Refused: `no_such_message`: it is beyond the conversation's end.
        """
        key = (mark.user_id, mark.conversation_id)
        if mark.seq <= self._known.get(key, 0):
            return False
        if mark.seq > self.ends.of(mark.conversation_id):
            raise Refused("no_such_message")
        self._raise(key, mark.seq, mark.dst_id if mark.kind == SINGLE and mark.is_shared else 0)
        if self.is_alone:
            self._bus.publish(mark)
        else:
            self._untold[key] = mark
        return True

    @property
    def is_urgent(self) -> bool:
        """Whether a mark waits to be written before it can be told."""
        return bool(self._untold)

    def _raise(self, key: Key, seq: int, peer_id: int) -> None:
        self._known[key] = seq
        if key not in self._waiting:
            if len(self._waiting) >= _MOST_WAITING:
                return  # the database has been away for long
            for user_id in (key[0], peer_id) if peer_id else (key[0],):
                self._touched.setdefault(user_id, set()).add(key[1])
        self._waiting[key] = seq

    def pending(self, user_id: int, conversation_id: int) -> int:
        """The mark as far as it may not stand in the database yet, or 0. Ask after the database."""
        return self._known.get((user_id, conversation_id), 0) if self.is_alone else 0

    def touched(self, user_id: int) -> set[int]:
        """The conversations where a mark of the user's, or of its peer's, is not in the database yet.

        Ask before the database.
        """
        if not self.is_alone:
            return set()
        return self._touched.get(user_id, set()) | self._being_written.get(user_id, set())

    def revision(self) -> int:
        """Every mark that was written with this revision or a smaller one is seen by later statements.

        Needs an app context.
        """
        return db.session.scalar(select(MarkClock.revision)) or 0

    def flush(self) -> int:
        """Write what was noted; how many marks. Needs an app context.

        A failure raises, and the next call tries again.
        """
        with self._turn:
            batch, self._waiting = self._waiting, {}
            untold, self._untold = self._untold, {}
            self._being_written, self._touched = self._touched, {}
            try:
                if batch:
                    self._write(batch)
            except BaseException:
                self._take_back(batch)
                self._untold = untold | self._untold
                raise
            finally:
                self._being_written = {}
            self._forget(batch)
        for mark in untold.values():
            self._bus.publish(mark)
        return len(batch)

    def _write(self, batch: dict[Key, int]) -> None:
        statement = (
            update(Position)
            .where(
                Position.user_id == bindparam("user"),
                Position.conversation_id == bindparam("conversation"),
                self._column < bindparam("seq"),
            )
            .values({self._column: bindparam("seq"), Position.mark_revision: bindparam("revision")})
        )
        marks = sorted(batch.items())
        for start in range(0, len(marks), _AT_ONCE):
            with transaction(self._bus):
                revision = _next_revision()
                rows = [
                    {"user": user_id, "conversation": conversation_id, "seq": seq, "revision": revision}
                    for (user_id, conversation_id), seq in marks[start : start + _AT_ONCE]
                ]
                db.session.connection().execute(statement, rows)

    def _take_back(self, batch: dict[Key, int]) -> None:
        self._waiting = batch | self._waiting  # what came meanwhile is higher
        for user_id, conversation_ids in self._being_written.items():
            self._touched.setdefault(user_id, set()).update(conversation_ids)

    def _forget(self, written: dict[Key, int]) -> None:
        """Keep the bounds, and those the longest that were written last: a sync may be asking for them."""
        for key in written:
            if key in self._known:
                self._known[key] = self._known.pop(key)
        for key in list(islice(self._known, max(0, len(self._known) - _KEPT))):
            if key not in self._waiting:
                del self._known[key]
        self.ends.trim()

    def _moved(self, event: MarkMoved) -> None:
        key = (event.user_id, event.conversation_id)
        if event.seq > self._known.get(key, 0):  # another process moved it
            self._known[key] = event.seq

    def _joined(self, event: CommunityJoined) -> None:
        """Who comes has read what was before, as the database says; what still waits is less than that."""
        self._known.pop((event.user_id, event.conversation_id), None)


class Deliveries(Marks):
    """The same of what people's devices have received in single chats."""

    def __init__(self, bus: Bus, is_alone: bool = True, ends: Ends | None = None) -> None:
        super().__init__(bus, is_alone, ends, Position.delivered_seq, MarkDelivered)


def _next_revision() -> int:
    """The next number of the marks' clock, which is locked until the commit: revisions are given out and
    become visible in the same order."""
    moved = db.session.execute(update(MarkClock).values(revision=MarkClock.revision + 1))
    if not moved.rowcount:  # type: ignore[attr-defined]
        db.session.add(MarkClock(id=1, revision=1))
        db.session.flush()
    return db.session.scalars(select(MarkClock.revision)).one()
