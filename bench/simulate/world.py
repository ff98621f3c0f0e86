"""The numbers that a reader may change: people, what they do, and what it costs."""

from __future__ import annotations

import json
import math
import tomllib
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any


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
    publish_us: float = 4.0
    """What the bus adds in the process that takes a message, where there are others."""
    bus_us: float = 27.0
    """One message in each process that it reaches by the bus."""
    request_us: float = 2300.0
    connect_us: float = 2000.0
    connection_kib: float = 10.0
    connections_a_process: int = 20_000
    redis_publish_us: float = 12.0
    redis_receiver_us: float = 5.0
    """Each process that a published message goes to."""
    commit_us: float = 1000.0
    """One commit of a database shard, whatever is in it."""
    row_us: float = 19.0
    """Each message in it, in the database."""
    sync_reads_us: float = 840.0
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
