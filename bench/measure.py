"""What processes took: CPU and memory, from /proc."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

SERVER_CPU, GENERATOR_CPU = 0, 1
_TICK = 1_000_000 // os.sysconf("SC_CLK_TCK")
_PROC = Path("/proc")


@dataclass(frozen=True)
class Reading:
    """Counters at one moment; the difference of two is what a scene took."""

    at: float
    """`time.monotonic()`"""
    server_us: int
    """CPU microseconds of all of the server's processes, user and system, its database included."""
    database_us: int
    """That of the database's processes alone."""
    bus_us: int
    """That of the bus between processes alone."""
    generator_us: int
    all_us: int
    """Of everything that ran on the two processors, and of what the host took from them."""

    def until(self, after: Reading, count: int) -> dict[str, float]:
        """What a scene took: `cpu_us`, `database_us` and `bus_us` per one of `count`, and their `rate` in a
        second.

        `busy`, `generator` and `foreign` are shares of one processor: the server's, the generator's, and
        that of programs that have no part in it. Where `foreign` is much, the figures say little.
        """
        seconds = after.at - self.at
        server, generator = after.server_us - self.server_us, after.generator_us - self.generator_us
        return {
            "cpu_us": server / max(count, 1),
            "database_us": (after.database_us - self.database_us) / max(count, 1),
            "bus_us": (after.bus_us - self.bus_us) / max(count, 1),
            "rate": count / seconds,
            "busy": server / seconds / 1e6,
            "generator": generator / seconds / 1e6,
            "foreign": max(after.all_us - self.all_us - server - generator, 0) / seconds / 1e6,
        }


def read(pids: Iterable[int], database: Iterable[int] = (), bus: Iterable[int] = ()) -> Reading:
    """The counters now."""
    return Reading(
        time.monotonic(),
        sum(map(cpu_us, pids)),
        sum(map(cpu_us, database)),
        sum(map(cpu_us, bus)),
        time.process_time_ns() // 1000,
        _processors_us(),
    )


def _processors_us() -> int:
    """All but idling and waiting for the disk, since the machine's start."""
    taken = 0
    for line in (_PROC / "stat").read_text().splitlines():
        name, *fields = line.split()
        if name in (f"cpu{SERVER_CPU}", f"cpu{GENERATOR_CPU}"):
            user, nice, system, _idle, _disk, irq, softirq, steal = map(int, fields[:8])
            taken += user + nice + system + irq + softirq + steal
    return taken * _TICK


def fine_us(pids: Iterable[int]) -> float:
    """CPU microseconds of all living threads, by the scheduler: finer than a tick, but what an ended one
    took is gone."""
    tasks = [task for pid in pids for task in (_PROC / str(pid) / "task").glob("*/schedstat")]
    return sum(int(task.read_text().split()[0]) for task in tasks) / 1000


def cpu_us(pid: int) -> int:
    """CPU microseconds of a process, of all its threads and of its ended children, in steps of 10 ms."""
    fields = (_PROC / str(pid) / "stat").read_text().rsplit(") ", 1)[1].split()
    return sum(map(int, fields[11:15])) * _TICK


def memory_kib(pids: Iterable[int]) -> int:
    """KiB of real memory; what processes share is shared out among them (Pss)."""
    return sum(map(_pss_kib, pids))


def _pss_kib(pid: int) -> int:
    for line in (_PROC / str(pid) / "smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    raise ValueError(f"no Pss of {pid}")


def family(pid: int) -> list[int]:
    """A process and everything below it, at this moment."""
    found = [pid]
    for one in found:
        for task in (_PROC / str(one) / "task").iterdir():
            try:
                found += map(int, (task / "children").read_text().split())
            except OSError:  # it ended just now
                continue
    return found
