"""The bus between processes: what comes twice, too early, too late or never is told once and in order."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fastim.backends.bus import wire
from fastim.backends.bus.ordered import Gap, OrderedBus, Talk
from fastim.backends.bus.redis import RedisBus
from fastim.backends.bus.where import Where
from fastim.backends.counters import Counters
from fastim.protocol import bus_limits
from fastim.protocol.events import (
    CommunityArriving,
    CommunityJoined,
    CommunityLeft,
    EntryAdded,
    Event,
    FriendsChanged,
    MarkMoved,
    Signal,
)
from tests.conftest import inherited_variables
from tests.servers import ROOT, Redis, RedisCluster

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


def test_a_mark_never_goes_back() -> None:
    """Two devices in two processes may mark at the same moment."""
    bus, told = bus_and_told()
    marks = [MarkMoved(50, TALK, 7, 8, seq) for seq in (3, 2, 3, 4)]
    for mark in marks:
        bus.take((mark,))
    assert told == [marks[0], marks[3]]


def test_what_goes_where() -> None:
    """An entry to its group or its two people, what changes memberships to all, early news nowhere."""
    signal = Signal((1, 2), b"{}")
    crowd = Signal(tuple(range(100)), b"{}")
    joined = (CommunityJoined(3, 103, 9), entry(2))
    packets = wire.pack(
        [(entry(1),), (said(1),), joined, (signal,), (crowd,), (CommunityArriving(3, 9, 2),)]
    )
    units = {}
    for channel, packet in packets.items():
        decoded = wire.decode(packet)
        assert isinstance(decoded, wire.Units)
        units[channel] = decoded.units
    assert units == {
        "g3": ((entry(1),),),
        "u7": ((said(1),),),
        "u8": ((said(1),),),
        "u1": ((Signal((1,), b"{}"),),),
        "u2": ((Signal((2,), b"{}"),),),
        "all": (joined, (crowd,)),
    }


@contextmanager
def two_processes(url: str, nodes: Sequence[Redis]) -> Iterator[subprocess.Popen[str]]:
    """`tests.contract.between`, which has to end well."""
    ports = ",".join(str(node.port) for node in nodes)
    command = [sys.executable, "-m", "tests.contract.between", f"{url}?prefix=between", ports]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, cwd=ROOT, env=inherited_variables(), text=True, stdin=pipe, stdout=pipe, stderr=pipe
    ) as child:
        try:
            yield child
            out, err = child.communicate(timeout=60)
            assert child.returncode == 0, out + err
        finally:
            child.kill()


def wait_for_word(child: subprocess.Popen[str]) -> None:
    """Until everything that it said was told; what it logs comes between."""
    assert child.stdout is not None
    log = []
    while (line := child.stdout.readline()) != "heard\n":
        log.append(line)
        if not line:
            pytest.fail("".join(log) + child.communicate()[1])


def test_two_processes_hear_each_other_through_redis(redis: Redis) -> None:
    """What is said is heard, and what broke is doubted."""
    with two_processes(f"redis://127.0.0.1:{redis.port}", [redis]) as child:
        wait_for_word(child)


def test_two_processes_hear_each_other_through_a_cluster(tmp_path: Path) -> None:
    """Also after a channel has gone to another node, and after a node was away."""
    cluster = RedisCluster(tmp_path)
    try:
        with two_processes(cluster.url, cluster.nodes) as child:
            wait_for_word(child)
            slot = int(cluster.nodes[0].execute("CLUSTER", "KEYSLOT", "between:u7").strip(b":\r\n"))
            home = next(n for n, (first, last) in enumerate(cluster.SLOTS) if first <= slot <= last)
            for change in (move, restart):
                began = time.monotonic()
                change(cluster, slot, home)
                assert child.stdin is not None
                child.stdin.write(f"{began}\n")
                child.stdin.flush()
                wait_for_word(child)
    finally:
        cluster.stop()


def move(cluster: RedisCluster, slot: int, home: int) -> None:
    cluster.move(slot, home, (home + 1) % len(cluster.nodes))


def restart(cluster: RedisCluster, slot: int, home: int) -> None:
    cluster.nodes[home].kill()
    cluster.nodes[home].start()
    cluster.wait()


def test_a_doubt_is_said_with_the_sign_of_life_that_found_it() -> None:
    """Said with the next one it would come after the others have begun to trust."""
    bus = RedisBus(Where("redis://nobody"), Counters())
    signs: list[wire.Packet] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wire, "encode", signs.append)
        bus.pulse()
    assert signs == [wire.Pulse(1, doubts=1)]


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
