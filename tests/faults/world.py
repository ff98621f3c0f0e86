"""A server that is broken on purpose, and people who chat meanwhile."""

from __future__ import annotations

import os
import resource
import signal
import time
import urllib.request
from collections.abc import Mapping
from pathlib import Path

from tests.faults.history import Address, History, check
from tests.faults.member import Member
from tests.people import Person
from tests.servers import Server, free_port, wait_for


class World:
    """People in pairs and groups at one server that can be killed and started again.

    Args:
        environ: the server's variables; the same database each time.
    """

    def __init__(self, folder: Path, environ: Mapping[str, str]) -> None:
        self._folder = folder
        self._environ = environ
        self._starts = 0
        self.port = free_port()
        self.server = self._start()
        self.base = self.server.url
        """Where the members connect; a proxy's address breaks their lines."""
        self.history = History()
        self.members: list[Member] = []
        self.groups: dict[int, set[int]] = {}

    def _start(self) -> Server:
        self._starts += 1
        server = Server(self._folder / f"start{self._starts}", self._environ, self.port)
        server.is_failure_expected = True
        return server

    def populate(self, people: int, pause: float) -> None:
        """Pairs of friends, and two groups that overlap."""
        persons = [Person(self.base) for _ in range(people)]
        addresses: dict[int, list[Address]] = {person.id: [] for person in persons}
        for one, other in zip(persons[::2], persons[1::2], strict=True):
            one.befriend(other)
            addresses[one.id].append((10, other.id))
            addresses[other.id].append((10, one.id))
        half = people // 2
        for name, inside in (("first", persons[: half + 2]), ("second", persons[half - 2 :])):
            group = inside[0].create_group(f"{name} {self.port}", *inside[1:])
            self.groups[group] = {person.id for person in inside}
            for person in inside:
                addresses[person.id].append((11, group))
        self.members = [
            Member(self.base, person.me, addresses[person.id], self.history, pause) for person in persons
        ]
        for member in self.members:
            member.start()

    def wait_for_acks(self, count: int) -> None:
        """Until `count` more messages are acknowledged: the people are at work."""
        wanted = len(self.history.acked) + count
        wait_for(lambda: len(self.history.acked) >= wanted, f"{count} more acks", 60)

    def workers(self) -> list[int]:
        """The process ids of the server's workers."""
        children = Path(f"/proc/{self.server.pid}/task/{self.server.pid}/children").read_text()
        return [int(pid) for pid in children.split()]

    def limit_files(self, size: int) -> None:
        """No file of the server's may grow beyond `size` bytes, as on a full disk; -1 lifts it."""
        for pid in self.workers():
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

    def refusals(self, name: str) -> float:
        """How often the server has refused something with `name`."""
        with urllib.request.urlopen(f"{self.base}/metrics", timeout=10) as answer:
            lines = answer.read().decode().splitlines()
        label = f'fastim_errors_total{{name="{name}"}}'
        return sum(float(line.rsplit(" ", 1)[1]) for line in lines if line.startswith(label))

    def kill(self) -> None:
        """kill -9 of the server's processes, the master and its workers."""
        for pid in (self.server.pid, *self.workers()):
            os.kill(pid, signal.SIGKILL)
        self.server.stop()  # it is gone; this gives its log file back

    def restart(self) -> None:
        self.server = self._start()

    def finish(self) -> list[str]:
        """Let everybody get their acks and sync; everything that is wrong."""
        for member in self.members:
            member.is_finishing.set()
        deadline = time.monotonic() + 60
        for member in self.members:
            member.join(max(0.1, deadline - time.monotonic()))
        stuck = [member.name for member in self.members if member.is_alive()]
        failures = [member.failure for member in self.members if member.failure]
        if stuck or failures:
            return [f"stuck: {stuck}", *failures]
        for member in self.members:
            member.sync_whole()
        views = [member.view for member in self.members]
        return check(self.history, views, self.groups)
