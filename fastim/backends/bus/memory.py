"""The bus of a single process: a list of listeners."""

from __future__ import annotations

from collections.abc import Callable

import structlog

from fastim.backends.bus import E
from fastim.protocol.events import KINDS, Event

log = structlog.get_logger(__name__)


class MemoryBus:
    """`Bus` within one process; listeners run before `publish` returns."""

    def __init__(self) -> None:
        self._listeners: dict[type[Event], list[Callable[..., None]]] = {kind: [] for kind in KINDS}

    def publish(self, event: Event) -> None:
        for listener in self._listeners[type(event)]:
            try:
                listener(event)
            except Exception:  # a listener's fault must not fail the request that is committed
                log.exception("bus_listener_failed", event_type=type(event).__name__)

    def subscribe(self, listener: Callable[[E], None], *kinds: type[E]) -> None:
        for kind in kinds or KINDS:
            self._listeners[kind].append(listener)
