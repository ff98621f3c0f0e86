"""A message that the log shows before its commit was told keeps the connection that it came from."""

from __future__ import annotations

from collections.abc import Callable

import gevent
import pytest
from flask import Flask
from gevent.event import AsyncResult
from gevent.event import Event as Flag

from fastim.backends.bus.memory import MemoryBus
from fastim.backends.bus.ordered import OrderedBus
from fastim.backends.counters import Counters
from fastim.backends.log import Outcome, Store
from fastim.backends.log.committer import Committer
from fastim.models import Conversation, db
from fastim.protocol import frames
from fastim.protocol.events import EntryAdded, Event
from fastim.services.messages import Messages
from fastim.services.missed import Missed

ANN, GROUP_ID = 7, 3


class Held:
    """A store whose commits are over, and nobody knows it before `go_on` is set."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.commit = store.commit
        self.close = store.close
        self.stored, self.go_on = Flag(), Flag()

    def run(self, job: Callable[[], list[Outcome]]) -> list[Outcome]:
        outcomes = self._store.run(job)
        self.stored.set()
        self.go_on.wait()
        return outcomes


class Telling(MemoryBus):
    """Publishes into an `OrderedBus`, as a process among others does."""

    def __init__(self, ordered: OrderedBus) -> None:
        super().__init__()
        self._ordered = ordered

    def publish(self, event: Event) -> None:
        self._ordered.take((event,), is_own=True)


@pytest.mark.parametrize("msgid", ["m1", ""])
def test_a_message_read_too_early_is_not_told_to_who_sent_it(app: Flask, msgid: str) -> None:
    """Two of them on their way: each keeps its own connection, and is told once."""
    parts = app.extensions["fastim"]
    ordered = OrderedBus()
    told: list[tuple[int, str]] = []
    ordered.subscribe(lambda event: told.append((event.seq, event.origin)), EntryAdded)
    ordered.followed.follow_group(GROUP_ID, 0)
    held = Held(parts.realtime.services.messages._log._store)
    committer = Committer(held, Counters())
    messages = Messages(committer, Telling(ordered))
    missed = Missed(parts.questions, origin_of=messages.origin_of)
    with app.app_context():
        row = Conversation(kind=frames.GROUP, low_id=GROUP_ID, high_id=0, last_seq=0, last_id=0)
        db.session.add(row)
        db.session.commit()
        talk = row.id
    sent = [AsyncResult(), AsyncResult()]
    with gevent.Timeout(20):
        for origin, one in zip(("phone", "desk"), sent, strict=True):
            frame = frames.Send(dstid=GROUP_ID, media=1, content=origin, msgid=msgid and f"{msgid}{origin}")
            messages.send(frame, frames.GROUP, ANN, talk, lambda *of, one=one: one.set(of), origin)
        held.stored.wait()
        for unit in missed.entries(talk, 0, 2):
            ordered.take(unit)
        assert told == [(1, "phone"), (2, "desk")]
        held.go_on.set()
        gevent.wait(sent)
        committer.close()
    assert told == [(1, "phone"), (2, "desk")]
    assert [event.origin for unit in missed.entries(talk, 0, 2) for event in unit] == ["", ""]
