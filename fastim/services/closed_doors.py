"""Who may not write to a conversation any more: what is asked under its lock, when a message is numbered.

A message that was let in and waits for its commit would else be numbered after its sender's leaving.
"""

from __future__ import annotations

import time

from fastim.backends.bus import Bus
from fastim.errors import Refused
from fastim.protocol.events import CommunityJoined, DoorClosed, DoorDoubted, DoorOpened

Key = tuple[int, int]
"""(conversation_id, user_id)"""

_SECONDS = 600
"""How long a closed door is remembered; no message waits so long for its commit."""


class ClosedDoors:
    """Kept true by events; the newest last."""

    def __init__(self, bus: Bus) -> None:
        self.refusals: dict[Key, str] = {}
        """To the name of the refusal. The log's thread reads it."""
        self._closed_at: dict[Key, float] = {}
        bus.subscribe(self._close, DoorClosed)
        bus.subscribe(self._open, DoorOpened)
        bus.subscribe(self._open, DoorDoubted)
        bus.subscribe(self._open, CommunityJoined)

    def check(self, conversation_id: int, user_id: int) -> None:
        """Whether the door that the database has open is so still: it may just be closing.

        Args:
            user_id: 0 asks for everybody.

        Raises:
            Refused: as the event says.
        """
        closed = self.refusals
        refusal = closed.get((conversation_id, user_id)) or closed.get((conversation_id, 0))
        if refusal is not None:
            raise Refused(refusal)

    def forget(self) -> None:
        """News that one is open again may have been lost; the log asks the database then."""
        self.refusals.clear()
        self._closed_at.clear()

    def _close(self, event: DoorClosed) -> None:
        now = time.monotonic()
        self._forget(now - _SECONDS)
        key = (event.conversation_id, event.user_id)
        self._closed_at.pop(key, None)
        self._closed_at[key] = now
        self.refusals[key] = event.refusal

    def _open(self, event: CommunityJoined | DoorOpened | DoorDoubted) -> None:
        key = (event.conversation_id, event.user_id)
        self.refusals.pop(key, None)
        self._closed_at.pop(key, None)

    def _forget(self, before: float) -> None:
        while self._closed_at:
            key = next(iter(self._closed_at))
            if self._closed_at[key] > before:
                return
            del self._closed_at[key], self.refusals[key]
