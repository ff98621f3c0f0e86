"""What a world needs at its busiest second: arithmetic."""

from __future__ import annotations

import math
from dataclasses import dataclass

from bench.simulate.world import World

DAY = 86_400


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


def reached(processes: int, receivers: float) -> float:
    """How many of the processes have one of so many receivers, who are spread at random."""
    return processes * (1 - (1 - 1 / processes) ** receivers) if processes > 1 else 0.0


def taken_us(world: World, processes: int, others: float) -> float:
    """What one message costs before its deliveries: where it is taken, and in `others` that it reaches."""
    publish = world.publish_us if processes > 1 else 0.0
    return world.send_us + publish + world.bus_us * others


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
        work = sent * taken_us(world, chat, others) + delivered * world.deliver_us
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
