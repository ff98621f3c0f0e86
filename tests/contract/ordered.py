"""A bus that tells entries in their order, and entries for it."""

from __future__ import annotations

from fastim.backends.bus.ordered import OrderedBus
from fastim.protocol.events import EntryAdded, Event

GROUP, TALK = 11, 10


def entry(seq: int, group: int = 3) -> EntryAdded:
    return EntryAdded(100 + group, GROUP, 7, group, seq, 1, b"{}")


def said(seq: int) -> EntryAdded:
    """In a talk of 7 and 8."""
    return EntryAdded(50, TALK, 7, 8, seq, 1, b"{}")


def bus_and_told() -> tuple[OrderedBus, list[Event]]:
    bus, told = OrderedBus(), []
    bus.subscribe(told.append)
    for group in (3, 4):
        bus.followed.follow_group(group, 0)
    bus.followed.follow_user(7)
    bus.followed.let_in(7)
    return bus, told
