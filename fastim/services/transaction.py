"""One write transaction: commit, then publish, or neither."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from fastim.backends import database
from fastim.backends.bus import Bus
from fastim.models import db
from fastim.protocol.events import Event


class Transaction:
    """Collects the events that become true with the commit."""

    def __init__(self) -> None:
        self.events: list[Event] = []

    def emit(self, event: Event) -> None:
        self.events.append(event)


@contextmanager
def transaction(bus: Bus) -> Iterator[Transaction]:
    """Everything written inside is one commit; its events are published after it, never before."""
    tx = Transaction()
    with database.writing(db.session()):
        try:
            yield tx
            db.session.commit()
        except BaseException:  # a killed greenlet included
            db.session.rollback()
            raise
    for event in tx.events:
        bus.publish(event)
