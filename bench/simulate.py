"""How many of each part a number of people needs, how long messages wait there, and what one failure does.

    python -m bench.simulate                       # one million users
    python -m bench.simulate --users 100000000
    python -m bench.simulate mine.toml --json      # own numbers; `--show` prints all of them as TOML

The needs are arithmetic. The waits are a simulation of queues with a fixed seed: messages come at random to
conversations of which few are busy (Zipf), and each part is the busiest of its kind: a chat process, a
Redis shard, a database shard that commits whatever came during the last commit. Then one of each fails.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import tomllib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

DAY = 86_400


@dataclass(frozen=True)
class World:
    """All that is assumed. Costs are of one processor, in µs; docs/scale.md says where each is from."""

    users: int = 1_000_000
    online_share: float = 0.2
    """Of the users, connected at the busiest hour."""
    messages_a_day: float = 40.0
    """Sent by one user."""
    peak_factor: float = 3.0
    """The busiest second's rate over the day's mean."""
    group_share: float = 0.4
    """Of the messages, those that go to a group."""
    group_sizes: tuple[tuple[int, float], ...] = ((10, 0.6), (100, 0.3), (500, 0.09), (5000, 0.01))
    """(members, share of the messages to groups)."""
    requests_a_day: float = 30.0
    """Of one user, by HTTP: syncs, history, search, pages."""
    send_us: float = 34.0
    """A message in the process that takes it: read, checked, numbered, acknowledged."""
    deliver_us: float = 3.0
    """One frame to one connection."""
    bus_us: float = 40.0
    """One message in each process that it reaches by the bus."""
    request_us: float = 3000.0
    connect_us: float = 2000.0
    connection_kib: float = 18.5
    connections_a_process: int = 20_000
    redis_publish_us: float = 8.0
    redis_receiver_us: float = 3.0
    """Each process that a published message goes to."""
    commit_us: float = 1000.0
    """One commit of a database shard, whatever is in it."""
    row_us: float = 19.0
    """Each message in it, in the database."""
    sync_reads_us: float = 400.0
    """The database's part of one request."""
    row_bytes: int = 450
    """A stored message with its indexes."""
    frame_bytes: int = 260
    """A delivered message on the wire, with TCP and TLS."""
    copies: int = 3
    """Of each stored message: the primary and its replicas."""
    busy: float = 0.5
    """How busy a part may be at the peak: the rest is for a neighbour's failure and for bad luck."""
    conversations_skew: float = 0.9
    """Zipf's exponent: 0 spreads messages evenly over conversations."""
    simulated_conversations: int = 100_000
    simulated_seconds: float = 5.0
    failover_s: float = 15.0
    """Until a replica stands in for a database shard, or a Redis shard's for it."""
    reconnect_s: float = 10.0
    """Over how long the clients of a lost process spread their return."""
    seed: int = 1

    def check(self) -> None:
        """Raises ValueError where the numbers make no world."""
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, int | float) and not (math.isfinite(value) and value >= 0):
                raise ValueError(f"{field.name}: use a number that is not below zero")
        for name in ("online_share", "group_share"):
            if getattr(self, name) > 1:
                raise ValueError(f"{name}: use a share from 0 to 1")
        if not 0 < self.busy < 1:
            raise ValueError("busy: use a share between 0 and 1")
        for name in ("users", "copies", "connections_a_process", "simulated_conversations",
                     "simulated_seconds", "messages_a_day", "peak_factor", "row_us", "send_us",
                     "reconnect_s"):  # fmt: skip
            if not getattr(self, name):
                raise ValueError(f"{name}: use a number above zero")
        if not self.group_sizes or abs(sum(share for _, share in self.group_sizes) - 1) > 1e-6:
            raise ValueError("group_sizes: the shares must add up to 1")


@dataclass(frozen=True)
class Needs:
    """At the busiest second."""

    connections: float
    sent_a_second: float
    delivered_a_second: float
    processes_reached: float
    """By one message, beside the one that took it."""
    chat_processes: int
    api_processes: int
    redis_shards: int
    database_shards: int
    chat_memory_gib: float
    wire_gbit: float
    stored_tib_a_year: float


@dataclass(frozen=True)
class Waits:
    """At the busiest part of one kind."""

    busiest: float
    """Its load over the mean of its kind."""
    busy: float
    p50_ms: float
    p99_ms: float
    failed_p99_ms: float
    """Meanwhile, and until everything is again as before."""
    recovered_s: float
    """From the failure until nothing waits any more than before; infinite where it never is."""


def reached(processes: int, receivers: float) -> float:
    """How many of the processes have one of so many receivers, who are spread at random."""
    return processes * (1 - (1 - 1 / processes) ** receivers) if processes > 1 else 0.0


def needs(world: World) -> Needs:
    """Arithmetic; the number of processes stands on both sides, so it is found in a few rounds."""
    connections = world.users * world.online_share
    sent = world.users * world.messages_a_day / DAY * world.peak_factor
    sizes = [(1.0, 1 - world.group_share)]
    sizes += [(size - 1.0, share * world.group_share) for size, share in world.group_sizes]
    online = [(max(size * world.online_share, world.online_share), share) for size, share in sizes]
    delivered = sent * sum(number * share for number, share in online)
    by_room = math.ceil(connections / world.connections_a_process)
    chat, others = max(1, by_room), 0.0
    for _ in range(20):
        others = sum(max(0.0, reached(chat, number) * (1 - 1 / chat)) * share for number, share in online)
        work = sent * (world.send_us + world.bus_us * others) + delivered * world.deliver_us
        wanted = max(1, by_room, math.ceil(work / 1e6 / world.busy))
        if wanted == chat:
            break
        chat = wanted
    published = sent * (world.redis_publish_us + world.redis_receiver_us * others) if chat > 1 else 0.0
    requests = world.users * world.requests_a_day / DAY * world.peak_factor
    stored = sent * world.row_us + requests * world.sync_reads_us
    return Needs(
        connections=connections,
        sent_a_second=sent,
        delivered_a_second=delivered,
        processes_reached=others,
        chat_processes=chat,
        api_processes=max(1, math.ceil(requests * world.request_us / 1e6 / world.busy)),
        redis_shards=math.ceil(published / 1e6 / world.busy),
        database_shards=max(1, math.ceil(stored / 1e6 / world.busy)),
        chat_memory_gib=connections * world.connection_kib / (1 << 20),
        wire_gbit=delivered * world.frame_bytes * 8 / 1e9,
        stored_tib_a_year=world.users
        * world.messages_a_day
        * 365
        * world.row_bytes
        * world.copies
        / (1 << 40),
    )


def shares(world: World, parts: int, rng: random.Random) -> list[float]:
    """Each part's share of the messages, over the mean, where conversations are put on parts at random."""
    if parts <= 1:
        return [1.0]
    shown = min(parts, 64)
    loads = [0.0] * shown
    weights = [1 / (rank + 1) ** world.conversations_skew for rank in range(world.simulated_conversations)]
    for weight in weights:
        loads[rng.randrange(shown)] += weight
    mean = sum(loads) / shown
    return [load / mean for load in loads]


def one_by_one(
    arrivals: Sequence[float], service_s: float, rng: random.Random, down: tuple[float, float] = (0, 0)
) -> list[float]:
    """How long each was there: one server, one after the other, times of service that vary (exponential).

    Args:
        down: from when to when it serves nobody.
    """
    free, stays = 0.0, []
    for came in arrivals:
        start = max(came, free)
        if down[0] <= start < down[1]:
            start = down[1]
        free = start + rng.expovariate(1 / service_s)
        stays.append(free - came)
    return stays


def in_batches(
    arrivals: Sequence[float], commit_s: float, row_s: float, most: int, down: tuple[float, float] = (0, 0)
) -> list[float]:
    """How long each was there: whatever came during one commit goes into the next, at most so many."""
    free, stays, place = 0.0, list[float](), 0
    while place < len(arrivals):
        start = max(arrivals[place], free)
        if down[0] <= start < down[1]:
            start = down[1]
        end = place
        while end < len(arrivals) and end - place < most and arrivals[end] <= start:
            end += 1
        free = start + commit_s + row_s * (end - place)
        stays += [free - came for came in arrivals[place:end]]
        place = end
    return stays


def arrivals(rate: float, seconds: float, rng: random.Random) -> list[float]:
    """Times at which messages come, at random and independent of each other."""
    found, now = list[float](), 0.0
    while rate > 0 and (now := now + rng.expovariate(rate)) < seconds:
        found.append(now)
    return found


def percentile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def _recovered(times: Sequence[float], stays: Sequence[float], from_s: float, usual: float) -> float:
    """From a failure until the last message that waited more than twice as long as usual was served."""
    late = [
        came + stay for came, stay in zip(times, stays, strict=True) if came >= from_s and stay > usual * 2
    ]
    return max(late) - from_s if late else 0.0


BATCH = 500


def simulate(world: World) -> dict[str, Waits]:
    """The waits at the busiest chat process, Redis shard and database shard."""
    rng, need = random.Random(world.seed), needs(world)
    found = {"chat process": _chat(world, need, rng)}
    if need.redis_shards:
        service = (world.redis_publish_us + world.redis_receiver_us * need.processes_reached) / 1e6
        rate = need.sent_a_second / need.redis_shards
        found["Redis shard"] = _shard(world, shares(world, need.redis_shards, rng), rate, service, rng)
    reads = need.database_shards * world.busy - need.sent_a_second * world.row_us / 1e6
    slower = 1 / max(0.05, 1 - max(0.0, reads / need.database_shards))  # its other work takes turns
    found["database shard"] = _database(world, need, rng, slower)
    return found


def _chat(world: World, need: Needs, rng: random.Random) -> Waits:
    count = need.chat_processes
    rate = need.sent_a_second / count
    service = world.send_us + world.bus_us * need.processes_reached
    service = (service + need.delivered_a_second / need.sent_a_second * world.deliver_us) / 1e6
    times = arrivals(rate, world.simulated_seconds, rng)
    stays = one_by_one(times, service, rng)
    if count == 1:
        return _waits(1.0, rate * service, stays, stays, math.inf)
    # One is lost: the others get its people, who connect, and what they say from then on.
    more = count / (count - 1)
    back = need.connections / count / (count - 1)
    busy = rate * more * service + back * world.connect_us / 1e6 / world.reconnect_s
    slower = 1 / max(1e-9, 1 - back * world.connect_us / 1e6 / world.reconnect_s)
    then = one_by_one(arrivals(rate * more, world.simulated_seconds, rng), service * slower, rng)
    return _waits(1.0, rate * service, stays, then, world.reconnect_s if busy < 1 else math.inf)


def _shard(world: World, loads: Sequence[float], rate: float, service: float, rng: random.Random) -> Waits:
    busiest = max(loads)
    begin, seconds = 1.0, _long_enough(world, rate * busiest * service)
    times = arrivals(rate * busiest, seconds, rng)
    usual = one_by_one(times, service, rng)
    then = one_by_one(times, service, rng, (begin, begin + world.failover_s))
    recovered = _recovered(times, then, begin, percentile(usual, 0.99))
    return _waits(busiest, rate * busiest * service, usual, then, recovered)


def _database(world: World, need: Needs, rng: random.Random, slower: float) -> Waits:
    busiest = max(shares(world, need.database_shards, rng))
    rate = need.sent_a_second / need.database_shards * busiest
    commit, row = world.commit_us / 1e6, world.row_us * slower / 1e6
    begin, seconds = 1.0, _long_enough(world, rate * (row + commit / BATCH))
    times = arrivals(rate, seconds, rng)
    usual = in_batches(times, commit, row, BATCH)
    then = in_batches(times, commit, row, BATCH, (begin, begin + world.failover_s))
    recovered = _recovered(times, then, begin, percentile(usual, 0.99))
    return _waits(busiest, rate * row, usual, then, recovered)


def _long_enough(world: World, busy: float) -> float:
    """Seconds that show the failure to its end, where it has one."""
    drained = world.failover_s / max(0.05, 1 - busy)
    return world.simulated_seconds + 1 + drained


def _waits(
    busiest: float, busy: float, usual: Sequence[float], then: Sequence[float], recovered: float
) -> Waits:
    return Waits(
        busiest=busiest,
        busy=busy,
        p50_ms=percentile(usual, 0.5) * 1000,
        p99_ms=percentile(usual, 0.99) * 1000,
        failed_p99_ms=percentile(then, 0.99) * 1000,
        recovered_s=recovered,
    )


def read(path: Path) -> dict[str, Any]:
    """The numbers of a TOML file, by the names of `World`.

    Raises:
        ValueError: an unknown name, or no TOML.
    """
    found = tomllib.loads(path.read_text("utf-8"))
    unknown = found.keys() - {field.name for field in fields(World)}
    if unknown:
        raise ValueError(f"{path}: there is no {', '.join(sorted(unknown))}; --show prints all names")
    if "group_sizes" in found:
        found["group_sizes"] = tuple((int(size), float(share)) for size, share in found["group_sizes"])
    return found


def as_toml(world: World) -> str:
    """A file that `read` takes."""
    lines = [f"{name} = {json.dumps(value)}" for name, value in asdict(world).items()]
    return "\n".join(lines) + "\n"


def table(world: World, need: Needs, waits: dict[str, Waits]) -> str:
    lines = [f"{world.users:,} users, seed {world.seed}", ""]
    for name, value in asdict(need).items():
        shown = f"{value:,}" if isinstance(value, int) else f"{value:,.1f}"
        lines.append(f"{name.replace('_', ' '):24}{shown:>18}")
    lines += [
        "",
        f"{'':16}{'busiest':>9}{'busy':>7}{'p50 ms':>9}{'p99 ms':>9}{'failed p99':>12}{'well after':>12}",
    ]
    for name, one in waits.items():
        after = "never" if math.isinf(one.recovered_s) else f"{one.recovered_s:.1f} s"
        lines.append(
            f"{name:16}{one.busiest:>8.2f}x{one.busy:>7.0%}{one.p50_ms:>9.2f}{one.p99_ms:>9.2f}"
            f"{one.failed_p99_ms:>12,.0f}{after:>12}"
        )
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.simulate", description=__doc__.split("\n")[0])
    parser.add_argument("file", nargs="?", type=Path, help="own numbers, as --show prints them")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--show", action="store_true", help="print all that is assumed, as TOML")
    for field in fields(World):
        if field.name != "group_sizes":
            kind = int if isinstance(field.default, int) else float
            parser.add_argument(f"--{field.name.replace('_', '-')}", type=kind)
    given = vars(parser.parse_args(arguments))
    try:
        world = replace(World(), **(read(given["file"]) if given["file"] else {}))
        named = {
            field.name: given[field.name] for field in fields(World) if given.get(field.name) is not None
        }
        world = replace(world, **named)
        world.check()
    except (ValueError, TypeError, OSError) as error:
        parser.error(str(error))
    if given["show"]:
        print(as_toml(world), end="")
        return
    need, waits = needs(world), simulate(world)
    if given["json"]:
        shown = {
            name: {k: None if math.isinf(v) else v for k, v in asdict(one).items()}
            for name, one in waits.items()
        }
        print(json.dumps({"world": asdict(world), "needs": asdict(need), "waits": shown}, indent=1))
        return
    print(table(world, need, waits))


if __name__ == "__main__":
    main()
