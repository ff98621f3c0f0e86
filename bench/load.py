"""The generator: opens connections, keeps messages in flight, counts what arrives. One thread, epoll.

It has to be cheaper than the fastest server, so it does not read messages: it counts their markers. Only
watched connections look at the stamps.
"""

from __future__ import annotations

import select
import time
from array import array
from collections.abc import Callable, Iterable, Sequence

from bench.peer import MARKER, STAMP_DIGITS, Row
from fastim.loadtest.link import Link, Lost, text_frame

_STALL_SECONDS = 20
"""Without a single event for so long a scene has failed."""
_WRITER_DIGITS = 4
_STAMPED = len(MARKER) + STAMP_DIGITS + _WRITER_DIGITS
_CONTENT_CHARS = 60
"""Makes the client's frame of FastIM 142 bytes, the size that the older figures were taken with."""
_PADDING = "x" * (_CONTENT_CHARS - _STAMPED)
_QUIET_BYTES = 64
"""Reads up to this size are looked at for keep-alives."""

Compose = Callable[[int, str], str]
"""(number, content) to the text of a message."""


class Writer:
    """One who sends. The next message goes out when one of the last has reached the watched receiver."""

    def __init__(self, link: Link, compose: Compose) -> None:
        self.link, self.compose = link, compose
        self.sent = 0
        self.acks = 0
        self.tail = b""
        """The end of the last read, where an ack may have been cut in two."""


class Load:
    """Connections, and the messages that are on their way between them.

    Args:
        links: all that are open.
        writers: of these; a content carries its writer's place in this list.
        watched: connections whose arrivals are timed and let the writer send again.
        fan: deliveries that one message makes.
    """

    def __init__(
        self, row: Row, links: Sequence[Link], writers: Sequence[Writer], watched: Iterable[Link], fan: int
    ) -> None:
        self.row, self.writers, self.fan = row, writers, fan
        self.delivered = 0
        self.latencies_ns = array("q")
        self.is_sending = True
        self.replier: dict[int, int] = {}
        """Watched connection to the place of the writer that goes on; otherwise the message's own."""
        self._number = time.time_ns() // 1000 % 1_000_000_000 * 1000
        self._links = {link.fd: link for link in links}
        self._watched = {link.fd for link in watched}
        self._acked = {w.link.fd: w for w in writers} if row.ack_marker else {}
        self._tails: dict[int, bytes] = {}
        answer = row.answer("2")
        self._answer = text_frame(answer) if answer is not None else b""
        self._epoll = select.epoll()
        for link in links:
            link.rest = b""
            self._epoll.register(link.fd, select.EPOLLIN)

    @property
    def sent(self) -> int:
        return sum(writer.sent for writer in self.writers)

    @property
    def acks(self) -> int:
        return sum(writer.acks for writer in self.writers)

    def send(self, place: int, count: int = 1) -> None:
        """Let a writer send `count` messages, stamped with this moment."""
        writer = self.writers[place]
        content = f"@t={time.monotonic_ns():016x}{place:04x}{_PADDING}"
        first = self._number + 1
        self._number += count
        writer.sent += count
        texts = [writer.compose(number, content) for number in range(first, first + count)]
        if not writer.link.write(b"".join(map(text_frame, texts))):
            self._epoll.modify(writer.link.fd, select.EPOLLIN | select.EPOLLOUT)

    def turn(self, seconds: float) -> bool:
        """Wait for events at most so long and handle them; whether there were any."""
        events = self._epoll.poll(seconds)
        for fd, event in events:
            link = self._links[fd]
            if event & select.EPOLLOUT and link.flush():
                self._epoll.modify(fd, select.EPOLLIN)
            if event & ~select.EPOLLOUT and (data := link.read()):
                self._take(fd, link, data)
        return bool(events)

    def _take(self, fd: int, link: Link, data: bytes) -> None:
        if len(data) <= _QUIET_BYTES:
            link.answer_ping(data)
        if self._answer and b"\x81\x012" in data:
            link.write(self._answer)
        if fd in self._acked:
            self._count_acks(self._acked[fd], data)
        if fd in self._watched:
            self._take_stamps(fd, link, data)
            return
        count = data.count(MARKER)
        if fd in self._tails:  # the marker may have been cut in two
            count += MARKER in self._tails.pop(fd) + data[:2]
        if data[-1] in b"@t":
            self._tails[fd] = data[-2:]
        self.delivered += count

    def _count_acks(self, writer: Writer, data: bytes) -> None:
        marker = self.row.ack_marker
        text = writer.tail + data
        writer.acks += text.count(marker)
        writer.tail = text[1 - len(marker) :]

    def _take_stamps(self, fd: int, link: Link, data: bytes) -> None:
        text, start, now = link.rest + data, 0, time.monotonic_ns()
        came: dict[int, int] = {}
        while (at := text.find(MARKER, start)) >= 0 and at + _STAMPED <= len(text):
            stamp = at + len(MARKER)
            self.latencies_ns.append(now - int(text[stamp : stamp + STAMP_DIGITS], 16))
            place = int(text[stamp + STAMP_DIGITS : at + _STAMPED], 16)
            came[place] = came.get(place, 0) + 1
            start = at + _STAMPED
        link.rest = text[at:] if at >= 0 else text[max(start, len(text) - 2) :]
        self.delivered += sum(came.values())
        if self.is_sending:
            for place, count in came.items():
                self.send(self.replier.get(fd, place), count)

    def run(self, seconds: float, in_flight: int = 0, rate: float = 0) -> None:
        """Let messages flow for so long.

        Args:
            in_flight: messages of each writer to begin with; 0 goes on with those on their way.
            rate: where given, messages per second of all writers together, whatever arrives.
        """
        self.is_sending = not rate
        for place in range(len(self.writers)) if in_flight else ():
            self.send(place, in_flight)
        began = heard = time.monotonic()
        paced = 0
        while (now := time.monotonic()) < began + seconds:
            while rate and paced < (now - began) * rate:
                self.send(paced % len(self.writers))
                paced += 1
            wait = min(began + seconds, began + paced / rate if rate else now + 1) - now
            if self.turn(max(wait, 0)):
                heard = now
            elif now - heard > _STALL_SECONDS:
                raise Lost(f"nothing arrived for {_STALL_SECONDS} s; {self._state()}")

    def finish(self) -> None:
        """Send no more, and wait until every message and every ack is there.

        Raises:
            Lost: some did not come, or some came twice.
        """
        self.is_sending = False
        wanted, acks = self.sent * self.fan, self.sent if self._acked else 0
        deadline = time.monotonic() + _STALL_SECONDS
        while self.delivered < wanted or self.acks < acks:
            if self.turn(1):
                deadline = time.monotonic() + _STALL_SECONDS
            elif time.monotonic() > deadline:
                raise Lost(f"lost: {self._state()}")
        while self.turn(0.05):
            pass
        self._epoll.close()
        if self.delivered != wanted or self.acks != acks:
            raise Lost(f"too many: {self._state()}")

    def _state(self) -> str:
        return f"{self.sent} sent to {self.fan} each, {self.delivered} delivered, {self.acks} acks"
