"""One write transaction: commit, then publish, or neither.

What gives somebody access is told late, after the commit; what takes it away is told early, before it, and
while the conversation is still locked. Else another commit, which has waited for that lock, could be
delivered before the news of this one has come: to one who has just left, or from one who was just sent
away. When the commit then fails, nobody knows whether it failed or only its answer was lost; so the old
state is not put back, but what is remembered becomes doubtful: those concerned connect again, and the
database is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from fastim.backends import database
from fastim.backends.bus import Bus
from fastim.models import db
from fastim.protocol.events import Event


class Transaction:
    """Collects the events that become true with the commit."""

    def __init__(self, note_head: Callable[[int, int], None]) -> None:
        self.note_head = note_head
        """As `Bus.note_head`."""
        self.events: list[Event] = []
        self.early: list[Event] = []
        self.doubts: list[Event] = []

    def emit(self, event: Event) -> None:
        """Publish it after the commit."""
        self.events.append(event)

    def forewarn(self, event: Event, doubt: Event) -> None:
        """Publish it just before the commit, under the locks that the transaction holds; `doubt` if the
        commit fails."""
        self.early.append(event)
        self.doubts.append(doubt)


@contextmanager
def transaction(bus: Bus) -> Iterator[Transaction]:
    """Everything written inside is one commit; its events are published after it, never before."""
    tx = Transaction(bus.note_head)
    with database.writing(db.session()):
        try:
            yield tx
            _commit(bus, tx)
        except BaseException:  # a killed greenlet included
            db.session.rollback()
            raise
    bus.publish_together(tx.events)


def _commit(bus: Bus, tx: Transaction) -> None:
    if not tx.early:
        db.session.commit()
        return
    db.session.flush()  # what the database refuses is known then, and nobody was warned of it
    for event in tx.early:
        bus.publish(event)
    try:
        db.session.commit()
    except BaseException:
        for event in tx.doubts:
            bus.publish(event)
        raise
