"""How long messages wait at the busiest part of each kind, and what one failure does there."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

from bench.simulate.needs import Needs, needs, taken_us
from bench.simulate.queues import arrivals, in_batches, one_by_one, percentile, recovery
from bench.simulate.world import World


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
    service = taken_us(world, count, need.processes_reached)
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
    recovered = recovery(times, then, begin, percentile(usual, 0.99))
    return _waits(busiest, rate * busiest * service, usual, then, recovered)


def _database(world: World, need: Needs, rng: random.Random, slower: float) -> Waits:
    busiest = max(shares(world, need.database_shards, rng))
    rate = need.sent_a_second / need.database_shards * busiest
    commit, row = world.commit_us / 1e6, world.row_us * slower / 1e6
    begin, seconds = 1.0, _long_enough(world, rate * (row + commit / BATCH))
    times = arrivals(rate, seconds, rng)
    usual = in_batches(times, commit, row, BATCH)
    then = in_batches(times, commit, row, BATCH, (begin, begin + world.failover_s))
    recovered = recovery(times, then, begin, percentile(usual, 0.99))
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
