"""What processes send each other on the bus, and two that hear each other."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self
from unittest.mock import Mock

import gevent
import hiredis
import msgspec
import pytest
from gevent import spawn

from fastim.backends.bus import where as where_module
from fastim.backends.bus import wire
from fastim.backends.bus.redis import RedisBus
from fastim.backends.bus.where import FAILURES, Where
from fastim.backends.counters import Counters
from fastim.protocol.events import CommunityArriving, CommunityJoined, Event, MarkMoved, Signal
from tests.contract.ordered import TALK, entry, said
from tests.environment import inherited_variables
from tests.faults.proxy import Proxy
from tests.servers import ROOT, Redis, RedisCluster


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


class _Written(Where):
    """Takes what is written to a Redis that is not there."""

    def __init__(self) -> None:
        super().__init__("redis://nobody")
        self.writes: list[bytes] = []
        self._sock = self

    def connect(self, node: str) -> Self:
        return self

    def sendall(self, data: bytes) -> None:
        self.writes.append(data)

    def disconnect(self) -> None:
        self._sock = None  # type: ignore[assignment]

    def take(self) -> list[list[list[bytes]]]:
        """The commands of each write since the last time."""
        found = []
        for data in self.writes:
            reader = hiredis.Reader()
            reader.feed(data)
            found.append(list(iter(reader.gets, False)))
        self.writes.clear()
        return found


MOVED = MarkMoved(50, TALK, 7, 8, 5)


@pytest.mark.parametrize(
    ("events", "channels"),
    [
        ([said(1)], [b"u7", b"u8"]),
        ([said(seq) for seq in range(1, 101)], [b"u7", b"u8"]),
        ([entry(seq) for seq in range(1, 101)], [b"g3"]),
        ([MOVED], [b"u7", b"u8"]),
        ([msgspec.structs.replace(MOVED, is_shared=False)], [b"u7"]),
        ([Signal((8,), b"{}")], [b"u8"]),
        ([Signal(tuple(range(100)), b"{}")], [b"all"]),
        ([CommunityArriving(3, 9, 2)], []),
    ],
)
def test_what_happens_in_one_turn_is_one_write_of_one_command_a_channel(
    events: Sequence[Event], channels: Sequence[bytes]
) -> None:
    """However much it is: what Redis takes for a command is most of what it takes for a message."""
    redis = _Written()
    bus = RedisBus(redis, Counters())
    bus._sender = spawn(bus._send_on)
    bus.publish(said(0))
    gevent.sleep(0)
    gevent.sleep(0)
    redis.take()  # with what a connection begins with
    for event in events:
        bus.publish(event)
    gevent.sleep(0)
    gevent.sleep(0)
    bus._sender.kill()
    written = redis.take()
    assert len(written) == bool(channels)
    commands = [command for write in written for command in write]
    assert sorted(command[:2] for command in commands) == [
        [b"PUBLISH", b"fastim:" + one] for one in channels
    ]
    for _, channel, payload in commands:
        packet = wire.decode(payload.removeprefix(bus.process.encode()))
        assert isinstance(packet, wire.Units)
        assert channel == b"fastim:all" or len(packet.units) == len(events)


def test_a_doubt_is_said_with_the_sign_of_life_that_found_it() -> None:
    """Said with the next one it would come after the others have begun to trust."""
    bus = RedisBus(Where("redis://nobody"), Counters())
    signs: list[wire.Packet] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wire, "encode", signs.append)
        bus.pulse()
    assert signs == [wire.Pulse(1, doubts=1)]


def test_a_clusters_nodes_are_not_looked_for_with_each_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    """It takes 20 ms of the loop, and each turn of it may fail while a node is away."""
    where, looks = Where("redis+cluster://nobody"), list[Mock]()

    def look(url: str, **options: Any) -> Mock:
        looks.append(Mock())
        looks[-1].get_nodes.return_value = []
        return looks[-1]

    monkeypatch.setattr(where_module.RedisCluster, "from_url", look)
    for after in (60.0, 60.0, 0.0, 60.0):
        where.node_of("a channel")
        where.look_again(after)
    where.node_of("a channel")
    assert len(looks) == 2


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


def say_since(child: subprocess.Popen[str], began: float) -> None:
    """Something was done then; go on."""
    assert child.stdin is not None
    child.stdin.write(f"{began}\n")
    child.stdin.flush()


def wait_for_word(child: subprocess.Popen[str]) -> None:
    """Until everything that it said was told; what it logs comes between."""
    assert child.stdout is not None
    log = []
    while (line := child.stdout.readline()) != "heard\n":
        log.append(line)
        if not line:
            pytest.fail("".join(log) + child.communicate()[1])


def test_two_processes_hear_each_other_through_redis(redis: Redis) -> None:
    """What is said is heard, what broke is doubted, and a line whose other end has gone is given up."""
    carrier = Proxy(redis.port)
    try:
        with two_processes(carrier.url.replace("http", "redis"), [redis]) as child:
            wait_for_word(child)
            began = time.monotonic()
            carrier.lose_server()
            say_since(child, began)
            wait_for_word(child)
    finally:
        carrier.close()


def test_two_processes_hear_each_other_through_a_cluster(tmp_path: Path) -> None:
    """Also after a channel has gone to another node, after a node was away, and without the one that the
    setting names first."""
    cluster = RedisCluster(tmp_path)
    whole_url = cluster.whole_url
    try:
        with two_processes(cluster.url, cluster.nodes) as child:
            wait_for_word(child)
            slot = int(cluster.nodes[0].execute("CLUSTER", "KEYSLOT", "between:u7").strip(b":\r\n"))
            home = next(n for n, (first, last) in enumerate(cluster.SLOTS) if first <= slot <= last)
            for change in (move, restart, lose):
                began = time.monotonic()
                change(cluster, slot, home)
                say_since(child, began)
                wait_for_word(child)
        with pytest.raises(FAILURES):
            Where(f"{whole_url.split(',')[0]}").node_of("a channel")
        assert Where(whole_url).node_of("a channel")
    finally:
        cluster.stop()


def move(cluster: RedisCluster, slot: int, home: int) -> None:
    cluster.move(slot, home, (home + 1) % len(cluster.nodes))


def lose(cluster: RedisCluster, slot: int, home: int) -> None:
    cluster.bequeath(0)


def restart(cluster: RedisCluster, slot: int, home: int) -> None:
    cluster.nodes[home].kill()
    cluster.nodes[home].start()
    cluster.wait()
