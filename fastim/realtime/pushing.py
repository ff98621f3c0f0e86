"""Pushes beside the connections: a message's sender never waits for one, and nobody for a push service."""

from __future__ import annotations

import structlog
from gevent import Greenlet, spawn
from gevent.pool import Pool

from fastim.backends.bus import Bus
from fastim.backends.push import Outcome, Pusher
from fastim.protocol import codec, frames, limits
from fastim.protocol.entry import Entry
from fastim.protocol.events import EntryAdded
from fastim.realtime.client_map import ClientMap
from fastim.realtime.services import Scope
from fastim.services.pushes import Due, Pushes

log = structlog.get_logger(__name__)


class Pushing:
    """Listens to the bus where push is switched on; works while something waits, and not longer."""

    def __init__(
        self, bus: Bus, client_map: ClientMap, pushes: Pushes, pusher: Pusher, scope: Scope
    ) -> None:
        self._map = client_map
        self._pushes = pushes
        self._pusher = pusher
        self._scope = scope
        self._waiting: dict[tuple[int, int, int], EntryAdded] = {}
        """Of each conversation the newest message, the longest waiting first."""
        self._worker: Greenlet | None = None
        if pusher.public_key:
            bus.subscribe_own(self._note, EntryAdded)

    def _note(self, event: EntryAdded) -> None:
        """On every message's path: a comparison and an entry in a dict."""
        if event.media >= frames.NOTICE or len(self._waiting) >= limits.PUSH_WAITING:
            return
        if event.kind == frames.GROUP:
            key = (event.kind, event.dst_id, 0)
        else:
            if self._map.is_attending(event.dst_id):
                return
            key = (event.kind, event.dst_id, event.sender_id)
        self._waiting[key] = event
        if self._worker is None:
            self._worker = spawn(self._work)

    def _work(self) -> None:
        try:
            self.work_off()
        finally:
            self._worker = None

    def work_off(self) -> None:
        """Send all that waits; a fault with one message leaves the others."""
        while self._waiting:
            event = self._waiting.pop(next(iter(self._waiting)))
            try:
                self._tell(codec.decode_entry(event.frame))
            except Exception:
                log.exception("push_not_sent", conversation=event.conversation_id)

    def _tell(self, entry: Entry) -> None:
        with self._scope():
            due = self._pushes.due(entry, self._map.is_attending)
        gone = [one.id for one, outcome in self._send(due) if outcome is Outcome.GONE]
        if gone:
            with self._scope():
                self._pushes.drop(gone)

    def _send(self, due: list[Due]) -> list[tuple[Due, Outcome]]:
        if len(due) == 1:
            return [(due[0], self._pusher.push(due[0].to, due[0].payload))]
        pool = Pool(limits.PUSHES_AT_ONCE)
        sent: list[tuple[Due, Outcome]] = pool.map(
            lambda one: (one, self._pusher.push(one.to, one.payload)), due
        )
        return sent
