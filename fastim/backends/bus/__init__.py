"""The bus: how a process tells the others what happened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from fastim.protocol.events import Event

E = TypeVar("E", bound=Event)


class Bus(Protocol):
    """At most once, in order per publisher, never blocks on a listener, and never raises:
    what a lost event would have told is read from the log.

    Entries of one conversation are told in the order of their seqs, whoever wrote them: two writers number
    under the conversation's lock, and may come here in another order.
    """

    def publish(self, event: Event) -> None: ...

    def publish_together(self, events: Sequence[Event]) -> None:
        """As `publish`, of one commit. If an entry among them is not due yet, all wait for it: who joined
        with it must not be sent what was said before."""

    def note_head(self, conversation_id: int, seq: int) -> None:
        """This process numbers what comes after `seq`, and holds the conversation's lock.

        So the first entry that it tells of is known to be the next one, or not to be."""

    def release_overdue(self) -> None:
        """Tell what has waited too long: the entry before it was another program's, or its news was lost.
        Called every second or so."""

    def subscribe(self, listener: Callable[[E], None], *kinds: type[E]) -> None:
        """Call `listener` with every event of these kinds (none: all) from now on, this process's own
        included."""

    def subscribe_own(self, listener: Callable[[E], None], *kinds: type[E]) -> None:
        """The same of what this process published: for what is to be done once, whoever hears of it."""
