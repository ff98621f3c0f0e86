"""Connections whose sessions ended without news of it: another program did it, or the news was lost."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from fastim.protocol import bus_limits as limits
from fastim.protocol.close import Close
from fastim.realtime.node import Node
from fastim.services.sessions import Sessions


class SignOuts:
    """Looks at some connections at a time, all of them in turn."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions
        self._place = 0

    def look(self, nodes: Sequence[Node]) -> None:
        """Close which of the next `limits.SESSIONS_LOOKED_AT` have no session any more. Needs an app
        context. Called once a second."""
        some = nodes[self._place : self._place + limits.SESSIONS_LOOKED_AT]
        end = self._place + len(some)
        self._place = end if end < len(nodes) else 0
        if some:
            close_ended(some, self._sessions.living([node.session_id for node in some]))


def close_ended(nodes: Sequence[Node], living: Collection[int]) -> None:
    """Close the connections of sessions that are not among the living."""
    for node in nodes:
        if node.session_id not in living:
            node.close(Close.SESSION_ENDED, "session ended")
