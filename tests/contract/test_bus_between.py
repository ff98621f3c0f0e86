"""What processes send each other on the bus, and two that hear each other."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from fastim.backends.bus import wire
from fastim.backends.bus.redis import RedisBus
from fastim.backends.bus.where import Where
from fastim.backends.counters import Counters
from fastim.protocol.events import CommunityArriving, CommunityJoined, Signal
from tests.contract.ordered import entry, said
from tests.environment import inherited_variables
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


def test_a_doubt_is_said_with_the_sign_of_life_that_found_it() -> None:
    """Said with the next one it would come after the others have begun to trust."""
    bus = RedisBus(Where("redis://nobody"), Counters())
    signs: list[wire.Packet] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wire, "encode", signs.append)
        bus.pulse()
    assert signs == [wire.Pulse(1, doubts=1)]


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
