"""What a cursor may stand on: ids seen for so long that nothing below them can appear any more."""

from __future__ import annotations

import time

import pytest
from flask import Flask

from fastim.models import Message, db
from fastim.protocol import limits
from fastim.services.horizon import Horizon


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """One number: the monotonic clock."""
    now = [1000.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    return now


def store(message_id: int) -> None:
    db.session.add(
        Message(
            id=message_id, conversation_id=1, seq=message_id, sender_id=1, media=1, body="{}", time_ms=0
        )
    )
    db.session.commit()


def test_an_id_is_settled_when_it_was_seen_for_as_long_as_a_transaction_may_last(
    sqlite_app: Flask, clock: list[float]
) -> None:
    horizon = Horizon(is_ordered=False)
    with sqlite_app.app_context():
        assert horizon.settled() == 0
        store(7)
        clock[0] += 2
        horizon.note()
        store(9)
        clock[0] += limits.SETTLED_SECONDS - 1
        assert horizon.settled() == 0, "it was seen for a second too short"
        clock[0] += 1
        assert horizon.settled() == 7
        clock[0] += limits.SETTLED_SECONDS
        assert horizon.settled() == 9


def test_what_is_remembered_is_bounded_by_the_time(sqlite_app: Flask, clock: list[float]) -> None:
    """A look a second, however often somebody asks."""
    horizon = Horizon(is_ordered=False)
    with sqlite_app.app_context():
        for _ in range(1000):
            clock[0] += 0.5
            horizon.settled()
    assert len(horizon._seen) <= limits.SETTLED_SECONDS + 2


def test_where_one_writes_at_a_time_everything_that_is_seen_is_settled(sqlite_app: Flask) -> None:
    horizon = Horizon(is_ordered=True)
    with sqlite_app.app_context():
        store(5)
        assert horizon.settled() > 1 << 60
