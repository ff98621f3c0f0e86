"""Up to which id every entry of the log is to be seen: how far a device's sync may say that it knows it.

On MySQL ids are given out before commits become visible, by several connections at once: what was given
out first may be seen last. So an id counts as settled once it has been seen for longer than a transaction
may last. That is measured by the process's own monotonic clock, which nobody can set. On SQLite one
connection writes at a time, and whatever is seen is settled.
"""

from __future__ import annotations

import time
from collections import deque

from fastim.protocol import limits
from fastim.services import log_rows

_EVERY_ID = (1 << 63) - 1


class Horizon:
    """Remembers which ids were to be seen when.

    Args:
        is_ordered: entries become visible in the order of their ids.
    """

    def __init__(self, is_ordered: bool) -> None:
        self._is_ordered = is_ordered
        self._seen: deque[tuple[float, int]] = deque()
        """(monotonic time, highest id that was there); the first one is the last that is old enough."""

    def settled(self) -> int:
        """The id up to which later statements see everything. Needs an app context; ask it first."""
        if self._is_ordered:
            return _EVERY_ID
        self.note()
        self._forget()
        when, message_id = self._seen[0]
        return message_id if self._is_old(when) else 0

    def note(self) -> None:
        """Look how far the log goes, at most once a second. Needs an app context."""
        if self._is_ordered or self._is_fresh():
            return
        message_id = log_rows.newest_id()
        self._seen.append((time.monotonic(), message_id))  # the time after: not before it was given out
        self._forget()

    def _is_fresh(self) -> bool:
        every = min(1.0, limits.SETTLED_SECONDS)
        return bool(self._seen) and time.monotonic() - self._seen[-1][0] < every

    def _is_old(self, when: float) -> bool:
        return time.monotonic() - when >= limits.SETTLED_SECONDS

    def _forget(self) -> None:
        while len(self._seen) > 1 and self._is_old(self._seen[1][0]):
            self._seen.popleft()
