"""The bus between processes: what comes twice, too early, too late or never is told once and in order."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fastim.backends.bus.ordered import Gap, Talk
from fastim.protocol import bus_limits
from fastim.protocol.events import CommunityLeft, EntryAdded, Event, FriendsChanged, MarkMoved
from tests.contract.ordered import GROUP, TALK, bus_and_told, entry, said


def numbers(told: Sequence[Event], group: int) -> list[int]:
    return [event.seq for event in told if isinstance(event, EntryAdded) and event.dst_id == group]


@given(st.lists(st.tuples(st.sampled_from((3, 4)), st.integers(1, 8)), max_size=40))
def test_what_comes_is_told_once_and_in_its_turn(order: list[tuple[int, int]]) -> None:
    """However often and in whatever order two processes tell of it."""
    bus, told = bus_and_told()
    came: dict[int, set[int]] = {3: set(), 4: set()}
    for group, seq in order:
        bus.take((entry(seq, group),))
        came[group].add(seq)
        for each in (3, 4):
            due = next(n for n in range(1, 10) if n not in came[each])
            assert numbers(told, each) == list(range(1, due))


@given(st.sets(st.integers(1, 12), min_size=1), st.integers(1, 5))
def test_what_never_comes_is_read_from_the_log(came: set[int], room: int) -> None:
    """Also where not all that waits finds room."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bus_limits, "BUS_HELD", room)
        patch.setattr(bus_limits, "BUS_GAP_SECONDS", -1.0)
        bus, told = bus_and_told()
        for seq in sorted(came, reverse=True):
            bus.take((entry(seq),))
        for _ in range(20):
            for gap in bus.gaps():
                bus.fill(gap, [(entry(seq),) for seq in range(gap.after + 1, gap.to + 1)])
        assert numbers(told, 3) == list(range(1, max(came) + 1))
        assert not bus.gaps()


def test_who_goes_does_so_with_the_entry_that_says_it() -> None:
    bus, told = bus_and_told()
    going = CommunityLeft(3, 103, 9)
    bus.take((going, entry(2)))
    bus.take((entry(3),))
    assert told == []
    bus.take((entry(1),))
    assert told == [entry(1), going, entry(2), entry(3)]


def test_news_that_the_log_has_overtaken_changes_no_membership() -> None:
    """The user may be back by now. What is only forgotten is forgotten all the same."""
    bus, told = bus_and_told()
    bus.fill(Gap(103, 0, 2), [(entry(1),), (entry(2),)])
    told.clear()
    bus.take((CommunityLeft(3, 103, 9), entry(2), FriendsChanged((7, 9))))
    assert told == [FriendsChanged((7, 9))]


def test_a_mark_never_goes_back() -> None:
    """Two devices in two processes may mark at the same moment."""
    bus, told = bus_and_told()
    marks = [MarkMoved(50, TALK, 7, 8, seq) for seq in (3, 2, 3, 4)]
    for mark in marks:
        bus.take((mark,))
    assert told == [marks[0], marks[3]]


def test_what_the_log_told_first_is_still_to_be_done_where_it_was_said() -> None:
    """Such as pushing it to those who are away: no other process will."""
    bus, told = bus_and_told()
    own: list[Event] = []
    bus.subscribe_own(own.append, EntryAdded)
    bus.fill(Gap(103, 0, 1), [(entry(1),)])
    bus.take((entry(1),), is_own=True)
    assert (told, own) == ([entry(1)], [entry(1)])


def test_what_waited_is_told_as_it_came_also_when_the_log_has_it_too() -> None:
    """The log does not know which connection it came from, and would tell it to that one."""
    bus, told = bus_and_told()
    came = EntryAdded(50, TALK, 7, 8, 5, 1, b"{}", origin="7-1")
    bus.take((came,), is_own=True)
    bus.begin_talk(Talk(50, 7, 8, 4), 3)
    bus.fill(Gap(50, 3, 6), [(said(4),), (said(5),), (said(6),)])
    assert told == [said(4), came, said(6)]
    assert not bus.gaps()


def test_what_this_process_said_waits_as_it_was_said_however_much_waits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Read from the log it would come from nowhere, and be told to the connection that said it."""
    monkeypatch.setattr(bus_limits, "BUS_HELD", 1)
    bus, told = bus_and_told()
    mine = [EntryAdded(103, GROUP, 7, 3, seq, 1, b"{}", origin="7-1") for seq in (4, 6)]
    for event in (entry(5), mine[1], mine[0], entry(7)):
        bus.take((event,), is_own=event in mine)
    bus.fill(Gap(103, 0, 7), [(entry(seq),) for seq in range(1, 8)])
    assert told == [entry(1), entry(2), entry(3), mine[0], entry(5), mine[1], entry(7)]
    assert not bus.gaps()
