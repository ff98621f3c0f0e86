"""Connections that only are there, held by processes of their own: one may not have all."""

from __future__ import annotations

import multiprocessing
import select
import signal
from collections.abc import Sequence
from multiprocessing.connection import Connection

from bench.peer import Row
from fastim.loadtest.arrivals import open_links
from fastim.loadtest.link import Link, Lost
from fastim.loadtest.speaker import local

_EACH = 15_000
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
    try:
        links = {link.fd: link for link in open_links(row, local(port), users)}
        pipe.send("")
        _answer_pings(links, pipe.fileno())
    except Lost as lost:
        pipe.send(str(lost))
        return
    for link in links.values():
        link.close()


def _answer_pings(links: dict[int, Link], end: int) -> None:
    with select.epoll() as epoll:
        for fd in (end, *links):
            epoll.register(fd, select.EPOLLIN)
        while True:
            for fd, _ in epoll.poll():
                if fd == end:
                    return
                if data := links[fd].read():
                    links[fd].answer_ping(data)
