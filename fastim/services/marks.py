"""Read marks: they only grow, and are written behind in batches.

A crash may lose the last second of them; unread is then too high for a moment, never too low.
"""

from __future__ import annotations

import time

import structlog
from sqlalchemy import bindparam, update

from fastim.backends.bus import Bus
from fastim.models import Conversation, Position, db
from fastim.services.transaction import transaction

log = structlog.get_logger(__name__)

Key = tuple[int, int]
"""(user_id, conversation_id)"""

_MOST_WAITING = 200_000


class Marks:
    """Collects marks until `flush`."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus
        self._waiting: dict[Key, int] = {}

    def note(self, user_id: int, conversation_id: int, seq: int) -> None:
        """`user_id` has read up to `seq`."""
        key = (user_id, conversation_id)
        if seq > self._waiting.get(key, 0) and len(self._waiting) < _MOST_WAITING:
            self._waiting[key] = seq

    def flush(self) -> int:
        """Write what was noted; how many marks. Needs an app context.

        A mark beyond the conversation's end, or a smaller one, changes nothing.
        """
        if not self._waiting:
            return 0
        waiting, self._waiting = self._waiting, {}
        statement = (
            update(Position)
            .where(
                Position.user_id == bindparam("user"),
                Position.conversation_id == bindparam("conversation"),
                Position.read_seq < bindparam("seq"),
                bindparam("seq")
                <= db.select(Conversation.last_seq)
                .where(Conversation.id == bindparam("conversation"))
                .scalar_subquery(),
            )
            .values(read_seq=bindparam("seq"), marked_ms=bindparam("now"))
        )
        now = time.time_ns() // 1_000_000
        rows = [
            {"user": user_id, "conversation": conversation_id, "seq": seq, "now": now}
            for (user_id, conversation_id), seq in sorted(waiting.items())
        ]
        try:
            with transaction(self._bus):
                db.session.connection().execute(statement, rows)
        except Exception:
            for (user_id, conversation_id), seq in waiting.items():
                self.note(user_id, conversation_id, seq)  # the next flush tries again
            raise
        return len(rows)

    def pending(self, user_id: int, conversation_id: int) -> int:
        """The mark that waits to be written, or 0."""
        return self._waiting.get((user_id, conversation_id), 0)
