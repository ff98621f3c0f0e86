"""The bus: how a process tells the others what happened."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from fastim.protocol.events import Event

E = TypeVar("E", bound=Event)


class Bus(Protocol):
    """At most once, in order per publisher, never blocks on a listener, and never raises:
    what a lost event would have told is read from the log."""

    def publish(self, event: Event) -> None: ...

    def subscribe(self, listener: Callable[[E], None], *kinds: type[E]) -> None:
        """Call `listener` with every event of these kinds (none: all) from now on, this process's own
        included."""
