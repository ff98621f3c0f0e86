"""FastIM as several processes with a Redis between them, all on the server's CPU: what the bus costs."""

from __future__ import annotations

import os
import socket
import time
import urllib.request
from pathlib import Path

from bench import measure
from bench.fastim_row import FastIm
from bench.peer import Plan
from bench.started import Started, program

_MOST = 15_500
"""Connections of a process when 30,000 are shared by two: 20,000 files are enough."""
_TRUST_SECONDS = 20
_ANSWERS = 10


class FastImCluster(FastIm):
    """Gunicorn with several workers; the kernel spreads the connections over them."""

    def __init__(self, processes: int) -> None:
        super().__init__("mariadb")
        self.name = f"fastim-redis-{processes}"
        self.title = f"FastIM, MariaDB, Redis, {processes} processes"
        self._processes = processes
        self.scenes = frozenset(("single", "room-4", "room-64", "room-10k", "idle"))
        if processes > 1:
            self.scenes |= {"idle-30k"}
        self._redis: Started | None = None

    def start(self, folder: Path, port: int, cpu: int, plan: Plan) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            redis_port = probe.getsockname()[1]
        command = [
            program("redis-server", "redis-server"),
            "--port",
            str(redis_port),
            "--bind",
            "127.0.0.1",
        ]
        command += ["--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", str(folder)]
        self._redis = Started(command, folder, cpu, os.environ)
        self._redis.wait_for_port(redis_port)
        self.environ = {
            "FASTIM_BUS_URL": f"redis://127.0.0.1:{redis_port}",
            "FASTIM_WORKERS": str(self._processes),
        }
        if plan.people > _MOST:
            self.environ["FASTIM_CONNECTIONS"] = str(_MOST)
        super().start(folder, port, cpu, plan)
        self._wait_for_trust(port)

    def _wait_for_trust(self, port: int) -> None:
        """Until each process trusts the bus: before, it reads from the log what no operator waits for.

        Whoever asks is answered by any of them, so all is well when many answers say so.
        """
        deadline, well = time.monotonic() + _TRUST_SECONDS, 0
        address = f"http://127.0.0.1:{port}/metrics"
        while well < _ANSWERS * self._processes:
            if time.monotonic() > deadline:
                raise RuntimeError(f"the bus was not trusted within {_TRUST_SECONDS} s")
            with urllib.request.urlopen(address, timeout=_TRUST_SECONDS) as answer:
                well = well + 1 if b"\nfastim_bus_doubtful 0" in answer.read() else 0
            time.sleep(0.01)

    def pids(self) -> list[int]:
        assert self._redis is not None
        return [*super().pids(), *self.bus_pids()]

    def bus_pids(self) -> list[int]:
        """Those of `pids` that are the bus's."""
        return measure.family(self._redis.pid) if self._redis else []

    def stop(self) -> None:
        super().stop()
        if self._redis is not None:
            self._redis.stop()
            self._redis = None
