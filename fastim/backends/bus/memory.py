"""The bus of a single process: a list of listeners."""

from __future__ import annotations

import structlog

from fastim.backends.bus import Listener
from fastim.protocol.events import Event

log = structlog.get_logger(__name__)


class MemoryBus:
    """`Bus` within one process; listeners run before `publish` returns."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []

    def publish(self, event: Event) -> None:
        for listener in self._listeners:
            try:
                listener(event)
            except Exception:  # a listener's fault must not fail the request that is committed
                log.exception("bus_listener_failed", event_type=type(event).__name__)

    def subscribe(self, listener: Listener) -> None:
        self._listeners.append(listener)
