"""A server that is broken on purpose, and people who chat meanwhile."""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import time
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.faults.checker import check, check_denied, check_groups, check_marks
from tests.faults.history import Address, History
from tests.faults.member import Member
from tests.faults.people import Outsider, Wanderer
from tests.people import Person
from tests.servers import Process, Server, free_port, wait_for

FINISH_SECONDS = 60
RECALLED_SOUGHT = 8


class AlteredServer(Server):
    """FastIM as `tests.faults.altered` makes it; `environ` says how."""

    def __init__(self, folder: Path, environ: Mapping[str, str], port: int) -> None:
        self.port = port
        self.url = f"http://127.0.0.1:{port}"
        self.is_failure_expected = True
        command = [sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py", "tests.faults.altered:app"]
        Process.__init__(self, command, folder, {**environ, "HOST": "127.0.0.1", "PORT": str(port)})
        self.wait_until(lambda: self.get("/readyz") == 200)


class World:
    """People in pairs and groups at one server that can be killed and started again.

    Args:
        environ: the server's variables; the same database each time.
        limits: other values for `fastim.protocol.limits`.
        clock: the file that says by how many seconds the server's clock is off.
    """

    def __init__(
        self,
        folder: Path,
        environ: Mapping[str, str],
        limits: Mapping[str, float] | None = None,
        clock: Path | None = None,
    ) -> None:
        self.folder = folder
        self._environ = dict(environ)
        self._is_altered = limits is not None or clock is not None
        if limits is not None:
            self._environ["FAULTS_LIMITS"] = json.dumps(limits)
        if clock is not None:
            self._environ["FAULTS_CLOCK"] = str(clock)
        self._starts = 0
        self.port = free_port()
        self.server = self._start()
        self.base = self.server.url
        """Where the members connect; a proxy's address breaks their lines."""
        self.history = History()
        self.members: list[Member] = []
        self.persons: list[Person] = []
        self.groups: list[int] = []

    def _start(self) -> Server:
        self._starts += 1
        folder = self.folder / f"start{self._starts}"
        if self._is_altered:
            return AlteredServer(folder, self._environ, self.port)
        server = Server(folder, self._environ, self.port)
        server.is_failure_expected = True
        return server

    def populate(self, people: int, pause: float, kind: type[Member] = Member, padding: str = "") -> None:
        """Pairs of friends, and two groups that overlap; all at work.

        The first two have a second device each. Two of those who are in both groups come and go. One more
        person knows only the first, and is in no group.

        Args:
            kind: of most people.
        """
        persons = self.persons = [Person(self.server.url) for _ in range(people)]
        addresses: dict[int, list[Address]] = {person.id: [] for person in persons}
        for one, other in zip(persons[::2], persons[1::2], strict=True):
            one.befriend(other)
            addresses[one.id].append((10, other.id))
            addresses[other.id].append((10, one.id))
        half = people // 2
        for name, inside in (("first", persons[: half + 2]), ("second", persons[half - 2 :])):
            group = inside[0].create_group(f"{name} {self.port}", *inside[1:])
            self.groups.append(group)
            for person in inside:
                addresses[person.id].append((11, group))
        owners = {persons[0].id: self.groups[0], persons[half - 2].id: self.groups[1]}
        wanderers = persons[half : half + 2]
        for person in persons:
            chosen = Wanderer if person in wanderers else kind
            member = self.add(chosen, person, addresses[person.id], pause, padding=padding)
            if person.id in owners:
                member.wishes.leads = {owners[person.id]}
        for person in persons[:2]:
            self.add(kind, person, addresses[person.id], pause, device=2, padding=padding)
        stranger = Person(self.server.url)
        stranger.befriend(persons[0])
        self.add(Outsider, stranger, [(10, persons[0].id)], pause, group=self.groups[0])
        for member in self.members:
            member.start()

    def add(
        self, kind: type[Member], person: Person, addresses: list[Address], pause: float, **options: Any
    ) -> Member:
        """One more device, which is not started."""
        member = kind(self.base, person.me, addresses, self.history, pause, **options)
        self.members.append(member)
        return member

    def wait_for_acks(self, count: int) -> None:
        """Until `count` more messages are acknowledged: the people are at work."""
        wanted = len(self.history.acked) + count
        wait_for(lambda: len(self.history.acked) >= wanted or self._failures(), f"{count} more acks", 60)
        assert not self._failures()

    def _failures(self) -> list[str]:
        return [member.failure for member in self.members if member.failure]

    def workers(self) -> list[int]:
        """The process ids of the server's workers."""
        children = Path(f"/proc/{self.server.pid}/task/{self.server.pid}/children").read_text()
        return [int(pid) for pid in children.split()]

    def memory_bytes(self) -> int:
        """What the worker has in memory."""
        (worker,) = self.workers()
        pages = int(Path(f"/proc/{worker}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")

    def limit_files(self, size: int) -> None:
        """No file of the server's may grow beyond `size` bytes, as on a full disk; -1 lifts it."""
        for pid in self.workers():
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

    def metric(self, name: str, label: str = "") -> float:
        """A number of the server's about itself; 0 for one that it has not counted yet."""
        with urllib.request.urlopen(f"{self.server.url}/metrics", timeout=10) as answer:
            lines = answer.read().decode().splitlines()
        start = f"fastim_{name}{label} "
        return sum(float(line.rsplit(" ", 1)[1]) for line in lines if line.startswith(start))

    def refusals(self, name: str) -> float:
        """How often the server has refused something with `name`."""
        return self.metric("errors_total", f'{{name="{name}"}}')

    def closes(self, code: int) -> float:
        """How many connections ended with `code`."""
        return self.metric("closes_total", f'{{code="{code}"}}')

    def kill(self) -> None:
        """kill -9 of the server's processes, the master and its workers."""
        for pid in (self.server.pid, *self.workers()):
            os.kill(pid, signal.SIGKILL)
        self.server.stop()  # it is gone; this gives its log file back
        self.history.epoch += 1

    def restart(self) -> None:
        self.server = self._start()

    def finish(self) -> None:
        """Let everybody get their acks and sync, also after an orderly restart.

        Raises:
            AssertionError: with everything that is wrong.
        """
        wrong = self._finish()
        assert not wrong, "\n".join(wrong)

    def _finish(self) -> list[str]:
        wrong = self._end()
        if wrong:
            return wrong
        assert self.server.stop() == 0
        self.restart()
        return [f"after a restart: {what}" for what in self._check()]

    def _end(self) -> list[str]:
        """Let the members end, and check."""
        for member in self.members:
            member.is_finishing.set()
        deadline = time.monotonic() + FINISH_SECONDS
        for member in self.members:
            member.join(max(0.1, deadline - time.monotonic()))
        stuck = [member.name for member in self.members if member.is_alive()]
        if stuck or self._failures():
            return [f"stuck: {stuck}", *self._failures()]
        return self._check()

    def _check(self) -> list[str]:
        fresh = [member.sync_whole() for member in self.members]
        views = [member.view for member in self.members]
        self._look_for_the_recalled()
        wrong = [*check(self.history, views), *check_groups(self.history, views)]
        self.history.faults.clear()
        return [*wrong, *check_denied(self.history), *check_marks(self.history, fresh)]

    def _look_for_the_recalled(self) -> None:
        """Ask in every way that there is for some of the messages that were taken back."""
        for key, seq in list(self.history.gone)[-RECALLED_SOUGHT:]:
            entry = self.history.log.get(key, {}).get(seq)
            author = next((one for one in self.members if entry and one.user_id == entry["userid"]), None)
            if author is not None:
                author.look_for(key, seq)
