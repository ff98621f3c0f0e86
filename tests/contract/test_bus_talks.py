"""From where the talks of people are told, of whom a process knows only since they came."""

from __future__ import annotations

import pytest

from fastim.backends.bus.ordered import OrderedBus, Talk
from fastim.protocol import bus_limits
from fastim.protocol.events import EntryAdded
from tests.contract.ordered import TALK, bus_and_told, said


def test_of_a_talk_that_is_not_known_yet_the_log_is_asked_where_it_is_told_from() -> None:
    """Two processes commit one after the other, and the second one's news are here first."""
    bus, told = bus_and_told()
    for seq in (7, 5, 5, 7):
        bus.take((said(seq),))
    assert told == []
    assert bus.has_unknown.is_set()
    assert bus.unknown_talks() == [Talk(50, 8, 7, 4)]
    bus.begin_talk(Talk(50, 8, 7, 4), 4)
    assert told == [said(5)]
    for seq in (5, 6, 4, 7):
        bus.take((said(seq),))
    assert told == [said(5), said(6), said(7)]
    assert not bus.unknown_talks()
    assert not bus.gaps()


def test_the_first_entry_of_a_talk_asks_nobody() -> None:
    bus, told = bus_and_told()
    bus.take((said(1),))
    assert told == [said(1)]
    assert not bus.has_unknown.is_set()


def test_a_talk_that_has_become_known_begins_nowhere_else() -> None:
    """The log was asked twice at the same time."""
    bus, told = bus_and_told()
    bus.take((said(5),))
    for last_seq in (4, 2):
        bus.begin_talk(Talk(50, 7, 8, 4), last_seq)
    bus.take((said(3),))
    assert told == [said(5)]


def test_who_comes_says_from_where_their_talks_are_told() -> None:
    """What was said before they asked, they know."""
    bus, told = OrderedBus(), []
    bus.subscribe(told.append)
    bus.followed.follow_user(7)
    for seq in (5, 7):
        bus.take((said(seq),))
    assert bus.unknown_talks() == []
    bus.begin_talk(Talk(50, 7, 8, 6), 6)
    bus.followed.let_in(7)
    assert told == [said(7)]


def test_what_was_told_before_its_people_came_back_is_forgotten() -> None:
    bus, told = bus_and_told()
    bus.take((said(1),))
    bus.followed.unfollow_user(7)
    bus.take((said(2),))
    bus.followed.follow_user(7)
    bus.followed.let_in(7)
    bus.take((said(9),))
    assert told == [said(1), said(2)]
    bus.begin_talk(bus.unknown_talks()[0], 8)
    assert told == [said(1), said(2), said(9)]


def test_a_talk_whose_known_half_has_gone_is_asked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """How far it was told was known from the time of the one who went."""
    monkeypatch.setattr(bus_limits, "BUS_GAP_SECONDS", -1.0)
    bus, told = bus_and_told()
    bus.take((said(1),))
    bus.followed.follow_user(8)
    bus.followed.let_in(8)
    bus.take((said(3),))
    bus.followed.unfollow_user(7)
    assert bus.gaps() == []
    assert bus.unknown_talks() == [Talk(50, 8, 7, 2)]
    bus.begin_talk(Talk(50, 8, 7, 2), 2)
    assert told == [said(1), said(3)]


def test_the_talks_that_were_silent_longest_are_forgotten_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bus_limits, "BUS_CONVERSATIONS", 2)
    bus, _ = bus_and_told()
    for talk, seq in ((50, 1), (51, 1), (50, 2), (52, 1)):
        bus.take((EntryAdded(talk, TALK, 7, 8, seq, 1, b"{}"),))
    assert [bus.followed.told(TALK, talk, 7, 8) for talk in (50, 51, 52)] == [2, None, 1]
