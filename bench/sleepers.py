"""Connections that only are there, held by processes of their own: one may not have all."""

from __future__ import annotations

import multiprocessing
import select
import signal
from collections.abc import Sequence
from contextlib import suppress
from multiprocessing.connection import Connection

from bench.peer import Row
from fastim.loadtest.arrivals import open_links
from fastim.loadtest.link import Link, Lost
from fastim.loadtest.speaker import local

_EACH = 15_000
_AT_ONCE = 500
"""Opened before the others answer pings again: a slow server takes longer for all than it waits for one."""
_OPEN_SECONDS = 300.0
_END_SECONDS = 10.0


class Sleepers:
    """People who are connected, answer pings and say nothing, until `close`."""

    def __init__(self, row: Row, port: int, users: Sequence[int]) -> None:
        """Connect them, one process after the other.

        Raises:
            Lost: the server refused one, or did not answer.
        """
        self._held: list[tuple[multiprocessing.process.BaseProcess, Connection]] = []
        self._processes = multiprocessing.get_context("fork")
        try:
            for start in range(0, len(users), _EACH):
                self._hold(row, port, users[start : start + _EACH])
        except BaseException:
            self.close()
            raise

    def _hold(self, row: Row, port: int, users: Sequence[int]) -> None:
        ours, theirs = self._processes.Pipe()
        process = self._processes.Process(target=_sleep, args=(row, port, users, theirs, ours), daemon=True)
        process.start()
        theirs.close()
        self._held.append((process, ours))
        try:
            problem = ours.recv() if ours.poll(_OPEN_SECONDS) else "took too long"
        except EOFError:
            problem = "ended"
        if problem:
            raise Lost(f"{len(users)} connections that are only there: {problem}")

    def close(self) -> None:
        """Let all of them go."""
        for _, pipe in self._held:
            pipe.close()
        for process, _ in self._held:
            process.join(_END_SECONDS)
            if process.is_alive():
                process.kill()
                process.join()
        self._held.clear()


def _sleep(row: Row, port: int, users: Sequence[int], pipe: Connection, other_end: Connection) -> None:
    """Until the pipe's other end is closed: also when its process is gone."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    other_end.close()
    links: dict[int, Link] = {}
    with select.epoll() as epoll:
        epoll.register(pipe.fileno(), select.EPOLLIN)
        try:
            for start in range(0, len(users), _AT_ONCE):
                for link in open_links(row, local(port), users[start : start + _AT_ONCE], users[start]):
                    links[link.fd] = link
                    epoll.register(link.fd, select.EPOLLIN)
                if not _answer_pings(links, epoll, 0):
                    return
            pipe.send("")
            while _answer_pings(links, epoll):
                pass
        except Lost as lost:
            with suppress(BrokenPipeError):  # nobody waited for so long
                pipe.send(str(lost))
            return
    for link in links.values():
        link.close()


def _answer_pings(links: dict[int, Link], epoll: select.epoll, seconds: float | None = None) -> bool:
    """Those that come within so long, or some; False once the pipe was closed."""
    for fd, _ in epoll.poll(seconds):
        if fd not in links:
            return False
        if data := links[fd].read():
            links[fd].answer_ping(data)
    return True
