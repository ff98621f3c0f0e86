"""The log with a shelf for what people say; MySQL or MariaDB keeps the numbers and all other entries.

A batch takes the locks of its conversations in the database, puts its messages on the shelf, and then
commits the heads: only then is anything acknowledged. Between the two a process may die, or its line; so

- a message above its conversation's head is true all the same, and whoever next has the lock moves the
  head over it (`_settle`, and `services.log_rows.settle`). Nothing is undone, so nobody undoes too late.
- the shelf takes a number once, and so decides between two who both believe that they have the lock. An
  entry of the database can take a number without the shelf: then the message has lost its number, is no
  longer there for readers, and gets another when it is said again (`_standing`).
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

import pymysql
import structlog

from fastim.backends.log import Draft, Outcome, Receipt, Shelf, Stored
from fastim.backends.log.heads import above, beside, contiguous
from fastim.backends.log.mysql import MysqlStore, lock_heads, move_heads, put_beside, stored_before
from fastim.backends.log.numbering import Key, Plan, plan

log = structlog.get_logger(__name__)


class ShelvedStore(MysqlStore):
    """`Store` over a shelf and the database that keeps its numbers.

    Args:
        those: as `MysqlStore` takes them, for the database that keeps the numbers.
    """

    def __init__(self, shelf: Shelf, *those: Any, **named: Any) -> None:
        super().__init__(*those, **named)
        self._shelf = shelf
        self._tried: dict[int, int] = {}
        """Of the batch that is being committed: a draft's place to the id that it was given."""

    def commit(self, drafts: Sequence[Draft]) -> list[Outcome]:
        self._tried.clear()
        return super().commit(drafts)

    def _write(self, drafts: Sequence[Draft], careful: bool) -> list[Outcome]:
        connection = self._open()
        try:
            with connection.cursor() as cursor:
                outcomes = self._write_under_lock(cursor, drafts, careful)
            connection.commit()
        except BaseException:
            self._undo(connection)
            raise
        return outcomes

    def _write_under_lock(
        self, cursor: pymysql.cursors.Cursor, drafts: Sequence[Draft], careful: bool
    ) -> list[Outcome]:
        heads, doors = lock_heads(cursor, sorted({draft.conversation_id for draft in drafts}))
        closed = self._doors.closed(cursor, drafts, doors) if self._doors else self._closed
        mine: dict[int, Outcome] = {}
        stored: dict[Key, Receipt] = {}
        if careful:
            self._settle(cursor, heads)
            mine = self._stored_by_me(cursor)
            stored = self._said(cursor, drafts)
        places = [place for place in range(len(drafts)) if place not in mine]
        left = [drafts[place] for place in places]
        stored |= stored_before(cursor, left)  # as an entry, or before there was a shelf
        planned = plan(left, heads, stored, closed)
        if planned.refused and not careful:
            stored |= self._said(cursor, planned.refused)
            planned = plan(left, heads, stored, closed)
        for conversation_id in planned.heads:
            self._note_head(conversation_id, heads[conversation_id])
        time_ms = time.time_ns() // 1_000_000
        first_id = 0
        if planned.new:
            place_of = {id(draft): place for place, draft in zip(places, left, strict=True)}
            first_id = self._put(cursor, planned, place_of, time_ms)
        mine.update(zip(places, planned.outcomes(first_id, 1, time_ms), strict=True))
        return [mine[place] for place in range(len(drafts))]

    def _put(
        self, cursor: pymysql.cursors.Cursor, planned: Plan, place_of: dict[int, int], time_ms: int
    ) -> int:
        """Store what is new and move the heads; the first id.

        Args:
            place_of: the id() of a draft to its place in the batch.
        """
        first_id = self._shelf.next_ids(len(planned.new))
        rows = []
        for message_id, (draft, seq) in enumerate(planned.new, first_id):
            rows.append(_row(draft, seq, message_id, time_ms))
            self._tried[place_of[id(draft)]] = message_id
        self._shelf.add(rows)
        put_beside(cursor, planned.beside(first_id, 1))
        move_heads(cursor, planned.heads, {row.conversation_id: row.id for row in rows})
        return first_id

    def _settle(self, cursor: pymysql.cursors.Cursor, heads: dict[int, int]) -> None:
        """Move the heads over what stands above them."""
        rows = contiguous(heads, self._shelf.spans([above(key, head) for key, head in heads.items()]))
        if not rows:
            return
        log.warning("messages_settled", messages=len(rows))
        self._doubt()  # who wrote them has told nobody
        put_beside(cursor, beside(rows), "INSERT IGNORE")
        moved = {row.conversation_id: row.seq for row in rows}
        fresh_id = self._shelf.next_ids(1)  # what a sync compares: its own may be older than a cursor
        move_heads(cursor, moved, dict.fromkeys(moved, fresh_id))
        heads.update(moved)

    def _stored_by_me(self, cursor: pymysql.cursors.Cursor) -> dict[int, Outcome]:
        """What an earlier try at this batch has stored after all."""
        found = self._standing(cursor, self._shelf.by_ids(list(self._tried.values())))
        rows = {row.id: row for row in found}
        return {
            place: Receipt(row.id, row.seq, row.time_ms, True)
            for place, message_id in self._tried.items()
            if (row := rows.get(message_id)) is not None
        }

    def _said(self, cursor: pymysql.cursors.Cursor, drafts: Sequence[Draft]) -> dict[Key, Receipt]:
        rows = self._shelf.said([(draft.sender_id, draft.msgid) for draft in drafts if draft.msgid])
        return {
            (row.sender_id, row.msgid or ""): Receipt(row.id, row.seq, row.time_ms, False)
            for row in self._standing(cursor, rows)
        }

    def _standing(self, cursor: pymysql.cursors.Cursor, rows: Sequence[Stored]) -> list[Stored]:
        """Those that have not lost their number to an entry of the database; the others are removed.

        That such an entry is there is true for ever, whatever became of the lock.
        """
        if not rows:
            return []
        marks = ",".join(["(%s,%s)"] * len(rows))
        cursor.execute(
            f"SELECT conversation_id, seq FROM message WHERE (conversation_id, seq) IN ({marks})",
            [number for row in rows for number in (row.conversation_id, row.seq)],
        )
        lost = set(cursor.fetchall())
        void = [row.id for row in rows if (row.conversation_id, row.seq) in lost]
        if void:
            log.warning("messages_lost_their_numbers", ids=void)
            self._shelf.remove(void)
        return [row for row in rows if (row.conversation_id, row.seq) not in lost]


def _row(draft: Draft, seq: int, message_id: int, time_ms: int) -> Stored:
    return Stored(
        id=message_id,
        conversation_id=draft.conversation_id,
        seq=seq,
        sender_id=draft.sender_id,
        msgid=draft.msgid or None,
        media=draft.media,
        body=draft.body,
        time_ms=time_ms,
        uploads=draft.uploads,
        mentions=draft.mentions,
    )
