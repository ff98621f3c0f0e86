"""Opening connections, many at a time."""

from __future__ import annotations

import select
import time
from collections.abc import Iterator, Sequence

from fastim.loadtest.link import CLOSE_FRAME, Link, Lost
from fastim.loadtest.speaker import Speaker, Where

AT_ONCE = 32
"""Handshakes under way: enough that the server never waits, and below every accept queue."""
_STALL_SECONDS = 30


def open_links(speaker: Speaker, where: Where, users: Sequence[int], place: int = 0) -> list[Link]:
    """One ready connection for each of these people, in their order.

    Args:
        place: how many connections there are already, so that loopback addresses do not run out of ports.

    Raises:
        Lost: the server refused one, or did not answer.
    """
    ready = list(_open(speaker, where, iter(users), place))
    order = {user: place for place, user in enumerate(users)}
    return sorted(ready, key=lambda link: order[link.user])


def come_and_go(speaker: Speaker, where: Where, people: int, seconds: float) -> int:
    """Open, wait until ready and close, over and over for so long; how many did."""
    end, count = time.monotonic() + seconds, 0

    def users() -> Iterator[int]:
        user = 0
        while time.monotonic() < end:
            yield user
            user = (user + 1) % people

    for link in _open(speaker, where, users()):
        link.write(CLOSE_FRAME)
        link.close()
        count += 1
    return count


def _open(speaker: Speaker, where: Where, users: Iterator[int], place: int = 0) -> Iterator[Link]:
    """Yield the connections as they get ready."""
    epoll = select.epoll()
    pending: dict[int, Link] = {}
    try:
        while True:
            while len(pending) < AT_ONCE and (user := next(users, None)) is not None:
                link = Link(speaker, where, user, place)
                place += 1
                pending[link.fd] = link
                epoll.register(link.fd, select.EPOLLIN | select.EPOLLOUT)
            if not pending:
                return
            events = epoll.poll(_STALL_SECONDS)
            if not events:
                raise Lost(f"{len(pending)} connections got no answer for {_STALL_SECONDS} s")
            yield from _advance(epoll, pending, events)
    finally:
        epoll.close()
        for link in pending.values():
            link.close()


def _advance(
    epoll: select.epoll, pending: dict[int, Link], events: list[tuple[int, int]]
) -> Iterator[Link]:
    for fd, event in events:
        link = pending[fd]
        if event & select.EPOLLOUT and link.flush():
            epoll.modify(fd, select.EPOLLIN)
        if event & ~select.EPOLLOUT and (data := link.read()):
            link.open_with(data)
        if link.ready:
            epoll.unregister(fd)
            del pending[fd]
            yield link
