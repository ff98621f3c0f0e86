"""Whatever two processes do at once: each connection is told a talk in its order, once, and whole."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from fastim.backends.bus.redis import RedisBus
from fastim.backends.bus.where import Where
from fastim.backends.counters import Counters
from fastim.protocol import bus_limits
from fastim.protocol.events import EntryAdded, Event
from fastim.realtime.catching_up import CatchingUp
from fastim.services.missed import Missed, Moved

ANN, BOB, TALK, CONVERSATION = 7, 8, 10, 50


def said(seq: int) -> EntryAdded:
    return EntryAdded(CONVERSATION, TALK, ANN, BOB, seq, 1, b"{}")


class Log(Missed):
    """One talk, whose entries have their seqs for ids. Before a question is answered, something happens."""

    def __init__(self, before: int) -> None:
        self.last = before
        self.meanwhile: list[Callable[[], None]] = []

    def _answered(self) -> None:
        if self.meanwhile:
            self.meanwhile.pop()()

    def newest_id(self) -> int:
        newest = self.last
        self._answered()
        return newest

    def moved(self, after_id: int, to_id: int) -> list[Moved]:
        found = [Moved(CONVERSATION, TALK, ANN, BOB, to_id)] if to_id > after_id else []
        self._answered()
        return found

    def talks(self, user_id: int, after_id: int) -> list[Moved]:
        return self.moved(after_id, self.last)

    def last_seq(self, conversation_id: int, to: int, to_id: int) -> int:
        self._answered()
        return min(to, to_id)

    def entries(self, conversation_id: int, after: int, to: int) -> list[list[Event]]:
        units: list[list[Event]] = [[said(seq)] for seq in range(after + 1, to + 1)]
        self._answered()
        return units


class Connection:
    """What one device was told, and what it knew from its sync."""

    def __init__(self, knows: int) -> None:
        self.knows = knows
        self.is_in = False
        self.told: list[int] = []


deeds = st.lists(st.sampled_from(("commit", "first", "last", "begin", "fill", "look")), max_size=5)
"""What happens while the log is asked: a commit elsewhere, the news that left first or last comes in, or
something else is asked."""


class OneOfTwo(RuleBasedStateMachine):
    """A process that hears of what is said in a talk, here and elsewhere."""

    @initialize(before=st.integers(0, 3))
    def start(self, before: int) -> None:
        self.log = Log(before)
        self.bus = RedisBus(Where("redis://nobody"), Counters())
        self.bus.trust()
        self.bus.subscribe(self._tell, EntryAdded)
        self.catching_up = CatchingUp(self.bus, self.log)
        self.news: list[tuple[EntryAdded, bool]] = []
        """What is on its way, and whether it was said here."""
        self.connections: dict[int, Connection] = {}

    def _tell(self, event: EntryAdded) -> None:
        for connection in self.connections.values():
            connection.told.append(event.seq)

    def _do(self, deed: str) -> None:
        if deed == "commit":
            self.commit(is_here=False)
        elif deed == "begin":
            self.catching_up.begin_talks()
        elif deed == "fill":
            self.catching_up.fill_gaps()
        elif deed == "look":
            self.catching_up.look(0.0)
        elif self.news:
            event, is_own = self.news.pop(0 if deed == "first" else -1)
            self.bus.take((event,), is_own)

    def _meanwhile(self, todo: list[str]) -> None:
        self.log.meanwhile = [lambda deed=deed: self._do(deed) for deed in todo]

    @rule(is_here=st.booleans())
    def commit(self, is_here: bool) -> None:
        self.log.last += 1
        if self.bus.followed.follows_user(ANN, BOB):  # else nobody here hears of it
            self.news.append((said(self.log.last), is_here))

    @precondition(lambda self: self.news)
    @rule(data=st.data(), is_twice=st.booleans())
    def hear(self, data: st.DataObject, is_twice: bool) -> None:
        """In any order, and of two people's channels twice."""
        place = data.draw(st.integers(0, len(self.news) - 1))
        event, is_own = self.news.pop(place)
        self.bus.take((event,), is_own)
        if is_twice and not is_own:
            self.news.append((event, False))

    @precondition(lambda self: any(not is_own for _, is_own in self.news))
    @rule(data=st.data())
    def lose(self, data: st.DataObject) -> None:
        others = [one for one in self.news if not one[1]]
        self.news.remove(data.draw(st.sampled_from(others)))
        self.bus.doubt()

    @precondition(lambda self: len(self.connections) < 2)
    @rule(user_id=st.sampled_from((ANN, BOB)), meanwhile=deeds)
    def come(self, user_id: int, meanwhile: list[str]) -> None:
        if user_id in self.connections:
            return
        is_first = not self.bus.followed.is_in(ANN, BOB)
        there = self.log.last
        self.connections[user_id] = connection = Connection(there)
        self.bus.followed.follow_user(user_id)
        self._meanwhile(meanwhile)
        self.catching_up.let_in(user_id)
        connection.knows, connection.is_in = self.log.last, True
        if is_first:
            assert all(seq > there for seq in connection.told), "it was there before"

    @precondition(lambda self: self.connections)
    @rule(user_id=st.sampled_from((ANN, BOB)), is_forgotten=st.booleans())
    def go(self, user_id: int, is_forgotten: bool) -> None:
        self.connections.pop(user_id, None)
        if is_forgotten:
            self.bus.followed.unfollow_user(user_id)
            self.bus.gaps()
            if not self.bus.followed.follows_user(ANN, BOB):
                self.news.clear()

    @precondition(lambda self: self.bus.unknown_talks())
    @rule(meanwhile=deeds)
    def begin(self, meanwhile: list[str]) -> None:
        self._meanwhile(meanwhile)
        self.catching_up.begin_talks()

    @precondition(lambda self: self.bus.gaps())
    @rule(meanwhile=deeds)
    def fill(self, meanwhile: list[str]) -> None:
        self._meanwhile(meanwhile)
        self.catching_up.fill_gaps()

    @rule(meanwhile=deeds)
    def look(self, meanwhile: list[str]) -> None:
        self._meanwhile(meanwhile)
        self.catching_up.look(0.0)

    @precondition(lambda self: self.bus.is_doubtful)
    @rule()
    def trust(self) -> None:
        """The process has looked, and nothing is missing that is not on its way."""
        self.catching_up.look(0.0)
        self.bus.trust()

    @invariant()
    def each_is_told_in_order(self) -> None:
        for connection in self.connections.values():
            told = connection.told
            assert told == list(range(told[0], told[0] + len(told))) if told else True

    def teardown(self) -> None:
        self.log.meanwhile = []
        while self.news:
            event, is_own = self.news.pop()
            self.bus.take((event,), is_own)
        self.catching_up.begin_talks()
        self.catching_up.fill_gaps()
        self.catching_up.look(0.0)
        self.each_is_told_in_order()
        for connection in self.connections.values():
            missing = set(range(connection.knows + 1, self.log.last + 1)) - set(connection.told)
            assert not missing


@pytest.fixture(autouse=True)
def no_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bus_limits, "BUS_GAP_SECONDS", 0)
    monkeypatch.setattr(bus_limits, "BUS_UNSEEN_IDS", 0)


class TestOneOfTwo(OneOfTwo.TestCase):  # type: ignore[name-defined,misc]
    settings = settings(max_examples=200, stateful_step_count=30, deadline=None)


IDS = {4: 90, 5: 95, 6: 101}


class Ids(Log):
    """The talk's entries have `IDS`; of other conversations there are many more."""

    def newest_id(self) -> int:
        return 100

    def talks(self, user_id: int, after_id: int) -> list[Moved]:
        last = IDS[self.last]
        return [Moved(CONVERSATION, TALK, ANN, BOB, self.last)] if last > after_id else []

    def last_seq(self, conversation_id: int, to: int, to_id: int) -> int:
        return max((seq for seq, message_id in IDS.items() if seq <= to and message_id <= to_id), default=0)


class Process:
    """A process with that log: who comes to it, and what it tells them."""

    def __init__(self, log: Log) -> None:
        self.bus = RedisBus(Where("redis://nobody"), Counters())
        self.catching_up = CatchingUp(self.bus, log)
        self.told: list[int] = []
        self.bus.subscribe(lambda event: self.told.append(event.seq), EntryAdded)

    def let_in(self, user_id: int) -> None:
        self.bus.followed.follow_user(user_id)
        self.catching_up.let_in(user_id)


def test_what_was_being_committed_when_a_process_began_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its id was given before those that were there already; its news may be overtaken, too."""
    monkeypatch.setattr(bus_limits, "BUS_UNSEEN_IDS", 50)
    log = Ids(4)
    process = Process(log)
    process.let_in(ANN)
    log.last = 6
    process.bus.take((said(6),))
    process.catching_up.begin_talks()
    process.bus.take((said(5),))
    assert process.told == [5, 6]


def test_who_stays_is_not_told_again_what_was_told_to_who_has_gone() -> None:
    """And knew it already when they came."""
    log = Log(0)
    process = Process(log)
    process.let_in(ANN)
    log.last = 1
    process.bus.take((said(1),))
    process.let_in(BOB)
    process.bus.followed.unfollow_user(ANN)
    log.last = 2
    process.bus.take((said(2),))
    process.catching_up.begin_talks()
    process.catching_up.fill_gaps()
    assert process.told == [1, 2]
