"""The scenes: each takes a server that runs and answers figures."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from bench import measure
from bench.catching_up import Syncs, catch_up
from bench.load import Load, Writer
from bench.logging_in import log_in
from bench.peer import Plan, Row
from bench.sleepers import Sleepers
from fastim.loadtest.arrivals import come_and_go, open_links
from fastim.loadtest.link import Link
from fastim.loadtest.speaker import local

WARM_UP_SECONDS = 1.0
PAIRS = 100
IDLE, MANY_IDLE = 15_000, 30_000
ROOM, LARGE_ROOM = 1_000, 10_000
HALF_LOADS = ("single", "room-64")
"""The scenes whose rates are halved."""

Figures = dict[str, float]
"""Those of `Reading.until` per delivery, `p50_ms` and `p99_ms` from the send to the arrival, `kib` per idle
connection, `requests` per catching up."""


@runtime_checkable
class HasDatabase(Protocol):
    """A row with database processes of its own."""

    def database_pids(self) -> list[int]: ...


@runtime_checkable
class HasBus(Protocol):
    """A row with a bus between its processes."""

    def bus_pids(self) -> list[int]: ...


@dataclass(frozen=True)
class Stage:
    """A server that runs, for one scene.

    Args:
        full: scene to deliveries per second at full load; `half-load` halves them.
    """

    row: Row
    port: int
    seconds: float
    full: Mapping[str, float]
    _opened: list[Link] = field(default_factory=list)

    def read(self) -> measure.Reading:
        """The counters of all processes now."""
        database = self.row.database_pids() if isinstance(self.row, HasDatabase) else []
        bus = self.row.bus_pids() if isinstance(self.row, HasBus) else []
        return measure.read(self.row.pids(), database, bus)

    def open(self, people: int, after: int = 0) -> list[Link]:
        """Connections of the first so many, or of those `after` so many."""
        links = open_links(self.row, local(self.port), range(after, people))
        self._opened.extend(links)
        return links

    def close(self) -> None:
        """Drop every connection that was opened."""
        while self._opened:
            self._opened.pop().close()


@dataclass(frozen=True)
class Scene:
    """What to prepare, and what to do then."""

    plan: Plan
    play: Callable[[Stage], Figures]


def timed(stage: Stage, load: Load, in_flight: int = 0, rate: float = 0) -> Figures:
    """Warm up, measure, and see that everything arrived once."""
    load.run(WARM_UP_SECONDS, in_flight, rate)
    delivered = load.delivered
    load.latencies_ns = type(load.latencies_ns)("q")
    before = stage.read()
    load.run(stage.seconds, 0, rate)
    after = stage.read()
    delivered = load.delivered - delivered
    latencies = sorted(load.latencies_ns)
    load.finish()
    return {**before.until(after, delivered), **_percentiles(latencies)}


def _percentiles(latencies_ns: Sequence[int]) -> Figures:
    last = len(latencies_ns) - 1
    if last < 0:
        return {}
    return {f"p{n}_ms": latencies_ns[last * n // 100] / 1e6 for n in (50, 99)}


def _pairs(row: Row, links: Sequence[Link]) -> Load:
    """One writer in each of the first hundred pairs; the others are only there."""

    def writer(place: int) -> Writer:
        return Writer(links[place], lambda number, content: row.single(place, place + 1, number, content))

    talking = range(0, 2 * PAIRS, 2)
    return Load(row, links, [writer(n) for n in talking], [links[n + 1] for n in talking], 1)


def _room(row: Row, links: Sequence[Link], writers: int) -> Load:
    """The first people write; the last member is watched."""

    def writer(place: int) -> Writer:
        return Writer(links[place], lambda number, content: row.room(place, 0, number, content))

    fan = len(links) if row.echoes else len(links) - 1
    return Load(row, links, [writer(n) for n in range(writers)], [links[-1]], fan)


def _play_single(stage: Stage) -> Figures:
    return timed(stage, _pairs(stage.row, stage.open(2 * PAIRS)), in_flight=8)


def _play_ping_pong(stage: Stage) -> Figures:
    row, links = stage.row, stage.open(2)
    writers = [
        Writer(links[0], lambda number, content: row.single(0, 1, number, content)),
        Writer(links[1], lambda number, content: row.single(1, 0, number, content)),
    ]
    load = Load(row, links, writers, links, 1)
    load.replier = {links[0].fd: 0, links[1].fd: 1}
    load.send(0)
    return timed(stage, load)


def _play_room(members: int, writers: int, in_flight: int) -> Callable[[Stage], Figures]:
    return lambda stage: timed(stage, _room(stage.row, stage.open(members), writers), in_flight)


def _play_idle(stage: Stage) -> Figures:
    """The pairs come first: what a server loads with its first requests is no connection's weight."""
    links = stage.open(2 * PAIRS)
    time.sleep(1)
    before = measure.memory_kib(stage.row.pids())
    links += stage.open(IDLE, after=len(links))
    time.sleep(1)
    after = measure.memory_kib(stage.row.pids())
    figures = timed(stage, _pairs(stage.row, links), in_flight=8)
    return {**figures, "kib": (after - before) / (IDLE - 2 * PAIRS)}


def _play_many_idle(stage: Stage) -> Figures:
    stage.open(2 * PAIRS)
    time.sleep(1)
    before = measure.memory_kib(stage.row.pids())
    stage.close()  # nobody would answer their pings meanwhile
    sleepers = Sleepers(stage.row, stage.port, range(2 * PAIRS, MANY_IDLE))
    try:
        links = stage.open(2 * PAIRS)
        time.sleep(1)
        after = measure.memory_kib(stage.row.pids())
        figures = timed(stage, _pairs(stage.row, links), in_flight=8)
    finally:
        sleepers.close()
    return {**figures, "kib": (after - before) / (MANY_IDLE - 2 * PAIRS)}


def _play_connecting(stage: Stage) -> Figures:
    people = 2 * PAIRS
    come_and_go(stage.row, local(stage.port), people, WARM_UP_SECONDS)
    before = stage.read()
    count = come_and_go(stage.row, local(stage.port), people, stage.seconds)
    figures = before.until(stage.read(), count)
    if isinstance(stage.row, Syncs):
        figures |= log_in(stage.port, stage.seconds, stage.read)
    return figures


def _play_half_load(stage: Stage) -> Figures:
    """Two loads on one server, one after the other; the figures of the second begin with `room_`."""
    links = stage.open(2 * PAIRS)
    single = timed(stage, _pairs(stage.row, links), rate=stage.full["single"] / 2)
    stage.close()
    room = _room(stage.row, stage.open(ROOM), 4)
    figures = timed(stage, room, rate=stage.full["room-64"] / 2 / room.fan)
    return {**single, **{f"room_{name}": value for name, value in figures.items()}}


def _play_sync(stage: Stage) -> Figures:
    assert isinstance(stage.row, Syncs)
    return catch_up(stage.row, stage.port, stage.seconds, stage.read)


SCENES: Mapping[str, Scene] = {
    "single": Scene(Plan(2 * PAIRS, ()), _play_single),
    "ping-pong": Scene(Plan(2 * PAIRS, ()), _play_ping_pong),
    "room-4": Scene(Plan(ROOM, (ROOM,)), _play_room(ROOM, 1, 4)),
    "room-64": Scene(Plan(ROOM, (ROOM,)), _play_room(ROOM, 4, 16)),
    "room-10k": Scene(Plan(LARGE_ROOM, (LARGE_ROOM,)), _play_room(LARGE_ROOM, 1, 4)),
    "idle": Scene(Plan(IDLE, ()), _play_idle),
    "idle-30k": Scene(Plan(MANY_IDLE, ()), _play_many_idle),
    "connecting": Scene(Plan(2 * PAIRS, ()), _play_connecting),
    "half-load": Scene(Plan(ROOM, (ROOM,)), _play_half_load),
    "sync": Scene(Plan(2 * PAIRS, ()), _play_sync),
}
