"""What processes took: CPU and memory, from /proc."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

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
    generator_us: int


def read(pids: Iterable[int], database: Iterable[int] = ()) -> Reading:
    """The counters now."""
    return Reading(
        time.monotonic(),
        sum(map(cpu_us, pids)),
        sum(map(cpu_us, database)),
        time.process_time_ns() // 1000,
    )


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
