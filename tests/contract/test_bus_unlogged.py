"""News that is in no log, which is kept for who may have missed it."""

from __future__ import annotations

import time

import pytest

from fastim.backends.bus import wire
from fastim.backends.bus.redis import RedisBus
from fastim.backends.bus.unlogged import Unlogged
from fastim.backends.bus.where import Where
from fastim.backends.counters import Counters
from fastim.protocol import bus_limits as limits
from fastim.protocol.events import (
    DevicesChanged,
    FriendsChanged,
    MarkDelivered,
    MarkMoved,
    PrivacyChanged,
    ProfileChanged,
    Signal,
)
from tests.contract.ordered import entry


def read(seq: int, kind: type[MarkMoved] = MarkMoved) -> MarkMoved:
    return kind(50, 10, 7, 8, seq)


def test_the_last_of_each_news_is_kept_in_its_order() -> None:
    """What is in the log, what is worth nothing later, and what would undo something newer is not."""
    unlogged, friends, settings = Unlogged(), FriendsChanged((1, 2)), Signal((1,), b"{}")
    unlogged.note((friends, entry(1)))
    unlogged.note((entry(2),))
    for event in (
        read(1),
        read(1, MarkDelivered),
        settings,
        read(2),
        Signal((1,), b"{}", topic="typing"),
        PrivacyChanged(1, True, True, True),
        DevicesChanged(1, "one", ()),
        friends,
    ):
        unlogged.note((event,))
    assert unlogged.all() == [read(1, MarkDelivered), settings, read(2), friends]


def test_what_is_kept_is_bounded_in_number_and_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything since the doubt began; and a while longer, as the others trust a moment later."""
    monkeypatch.setattr(limits, "BUS_UNLOGGED", 2)
    unlogged = Unlogged()
    for user_id in range(4):
        unlogged.note((ProfileChanged(user_id),))
    assert unlogged.all() == [ProfileChanged(2), ProfileChanged(3)]
    unlogged.trust()
    for is_doubtful in (True, False):
        unlogged.forget(unlogged.since(is_doubtful))
        assert unlogged.all()
    monkeypatch.setattr(limits, "BUS_UNLOGGED_SECONDS", 0.0)
    unlogged.forget(unlogged.since(is_doubtful=True))
    assert unlogged.all()
    unlogged.forget(unlogged.since(is_doubtful=False))
    assert unlogged.all() == []


def test_who_hears_again_says_so_and_others_tell_again() -> None:
    """Not who begins to hear, unless Redis fails just then; and each once."""
    one, two = (RedisBus(Where("redis://nobody"), Counters()) for _ in range(2))

    def is_asked(bus: RedisBus) -> bool:
        packet = wire.encode(wire.Pulse(1, 0, one.unlogged.missed))
        two._heard(b"all", one.process.encode() + packet)
        asked_at, bus.unlogged.asked_at = bus.unlogged.asked_at, 0.0
        return 0 < asked_at <= time.monotonic()

    one.trust()
    assert [is_asked(one), is_asked(two)] == [False, False]
    for _ in range(2):
        one.doubt()
        one.trust()
        assert [is_asked(one), is_asked(two), is_asked(two)] == [True, True, False]

    late = RedisBus(Where("redis://nobody"), Counters())
    late.doubt()
    late.trust()
    assert is_asked(late)
