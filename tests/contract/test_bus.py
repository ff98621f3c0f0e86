"""The bus's promise: entries of a conversation in the order of their numbers, whoever publishes when."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fastim.backends.bus.memory import MemoryBus
from fastim.protocol import limits
from fastim.protocol.events import CommunityJoined, EntryAdded, Event


def entry(seq: int, conversation_id: int = 1) -> EntryAdded:
    return EntryAdded(conversation_id, 11, 7, 3, seq, 1, b"{}")


def bus_and_told() -> tuple[MemoryBus, list[Event]]:
    bus, told = MemoryBus(), []
    bus.subscribe(told.append)
    return bus, told


def test_the_first_entry_of_all_waits_for_those_that_were_numbered_before_it() -> None:
    """A process that has just started has told nothing, and may number in two places at once."""
    bus, told = bus_and_told()
    bus.note_head(1, 815)
    bus.note_head(1, 817)
    bus.publish(entry(818))
    assert told == []
    for seq in (816, 817):
        bus.publish(entry(seq))
    assert [one.seq for one in told if isinstance(one, EntryAdded)] == [816, 817, 818]


@given(st.permutations([(key, seq) for key in (1, 2) for seq in range(2, 8)]))
def test_entries_are_told_in_their_order_however_they_come(order: Sequence[tuple[int, int]]) -> None:
    """As soon as it is their turn, and each once."""
    bus, told = bus_and_told()
    for key in (1, 2):
        bus.publish(entry(1, key))
    came = {1: {1}, 2: {1}}
    for key, seq in order:
        bus.publish(entry(seq, key))
        came[key].add(seq)
        for each, numbers in came.items():
            due = [n for n in sorted(numbers) if numbers.issuperset(range(1, n))]
            assert [e.seq for e in told if isinstance(e, EntryAdded) and e.conversation_id == each] == due


def test_what_comes_with_an_entry_waits_with_it() -> None:
    """Who joined with entry 4 must not be sent entry 3, which was numbered before and is told later."""
    bus, told = bus_and_told()
    bus.publish(entry(2))
    coming = CommunityJoined(3, 1, 9)
    bus.publish_together([coming, entry(4), entry(5)])
    bus.publish(entry(6))
    assert told == [entry(2)]
    bus.publish(entry(1, conversation_id=2))
    assert told[1:] == [entry(1, conversation_id=2)]
    bus.publish(entry(3))
    assert told[2:] == [entry(3), coming, entry(4), entry(5), entry(6)]


def test_what_nobody_tells_is_not_waited_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another program's entry, or one whose commit's answer was lost."""
    now = [1000.0]
    monkeypatch.setattr("fastim.backends.bus.memory.time.monotonic", lambda: now[0])
    bus, told = bus_and_told()
    bus.publish(entry(1))
    for seq in (4, 3):
        bus.publish(entry(seq))
    now[0] += limits.BUS_HELD_SECONDS / 2
    bus.publish(entry(5))
    bus.release_overdue()
    assert told == [entry(1)]
    now[0] += limits.BUS_HELD_SECONDS / 2 + 0.1
    bus.release_overdue()
    assert told == [entry(1), entry(3), entry(4), entry(5)]
    bus.publish(entry(2))  # late, and told all the same: clients order by seq
    bus.publish(entry(6))
    assert told[4:] == [entry(2), entry(6)]


def test_what_the_bus_remembers_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "BUS_CONVERSATIONS", 10)
    bus, told = bus_and_told()
    for key in range(100):
        bus.publish(entry(5, conversation_id=key))
    assert len(told) == 100
    assert len(bus._told) <= 10


def test_one_listeners_fault_is_not_the_others() -> None:
    bus, told = MemoryBus(), []

    def fail(event: Event) -> None:
        raise RuntimeError(event)

    bus.subscribe(fail)
    bus.subscribe(told.append)
    bus.publish(entry(1))
    assert told == [entry(1)]
