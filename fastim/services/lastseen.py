"""When people were last here: noted as their last connection ends, and written behind."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, update

from fastim.backends.bus import Bus
from fastim.models import User, db
from fastim.models.base import utc_now
from fastim.services.transaction import transaction

_AT_ONCE = 500
"""Rows of one transaction, which keeps them locked: a process that loses its network loses all at once."""


class LastSeen:
    """Collects until `flush`; a crash loses what was not written, and an older time stays."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus
        self._waiting: dict[int, datetime] = {}

    def note(self, user_id: int) -> None:
        """`user_id` has just gone."""
        self._waiting[user_id] = utc_now()

    def flush(self) -> None:
        """Write what was noted; a failure is tried again with the next call. Needs an app context."""
        if not self._waiting:
            return
        waiting, self._waiting = self._waiting, {}
        statement = update(User).where(User.id == bindparam("who")).values(seen_at=bindparam("seen"))
        rows = [{"who": user_id, "seen": seen} for user_id, seen in sorted(waiting.items())]
        try:
            for start in range(0, len(rows), _AT_ONCE):
                with transaction(self._bus):
                    db.session.connection().execute(statement, rows[start : start + _AT_ONCE])
        except Exception:
            self._waiting = waiting | self._waiting
            raise
