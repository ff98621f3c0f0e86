"""People who talk as fast as they are answered, and check what they hear. One thread, epoll."""

from __future__ import annotations

import select
import struct
import time
from array import array
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from fastim.loadtest.checker import Checker
from fastim.loadtest.link import Link, Lost, text_frame
from fastim.loadtest.speaker import message

_STALL_SECONDS = 20
"""Without a single event for so long, something was lost."""
_MARKER, _DIGITS = "@t=", 16
_PADDING = "x" * 40
_ACK, _REFUSED, _PERSON, _GROUP = 12, 13, 10, 11
_NOTICE = 20
_TEXT, _CLOSE, _PING, _PONG = 0x81, 0x88, 0x89, 0x8A
_PAUSE_SECONDS = 0.1
"""How long who was refused waits before the next message."""


class Frame(msgspec.Struct):
    """What is read of a frame."""

    cmd: int = -1
    seq: int = 0
    media: int = 0
    msgid: str = ""
    content: str = ""
    error: str = ""


_read = msgspec.json.Decoder(Frame).decode


class Talking(NamedTuple):
    """One who writes."""

    link: Link
    conversation: int
    cmd: int
    dst_id: int


class Talk:
    """One run.

    Args:
        links: all connections; each hears of one conversation.
        conversations: of each link, in the same order.
    """

    def __init__(
        self, links: Sequence[Link], conversations: Sequence[int], writers: Sequence[Talking]
    ) -> None:
        self._links = {link.fd: link for link in links}
        self._conversations = {link.fd: n for link, n in zip(links, conversations, strict=True)}
        self._writers = {writer.link.fd: writer for writer in writers}
        self.checker = Checker()
        for link, conversation in zip(links, conversations, strict=True):
            self.checker.stand(link.user, conversation)
        self.sent = self.acked = self.delivered = 0
        self.refused: Counter[str] = Counter()
        self.ack_ns, self.delivery_ns = array("q"), array("q")
        self._sent_at: dict[str, int] = {}
        self._paused: list[tuple[float, int]] = []
        self._is_sending = False
        self._number = time.time_ns() // 1000 % 1_000_000_000 * 1000
        self._epoll = select.epoll()
        for link in links:
            self._epoll.register(link.fd, select.EPOLLIN)

    def open(self) -> None:
        """One message in each conversation, and nothing beside it: where everybody begins.

        Raises:
            Lost: it did not arrive everywhere.
        """
        firsts: dict[int, Talking] = {}
        for writer in self._writers.values():
            firsts.setdefault(writer.conversation, writer)
        for writer in firsts.values():
            self._say(writer)
        self._settle()
        self.sent = self.acked = self.delivered = 0
        self.ack_ns, self.delivery_ns = array("q"), array("q")

    def run(self, seconds: float, in_flight: int) -> float:
        """Let everybody talk; the seconds that it took until all had arrived after it.

        Raises:
            Lost: nothing came any more, or a connection ended.
        """
        began = time.monotonic()
        self._is_sending = True
        for writer in self._writers.values():
            for _ in range(in_flight):
                self._say(writer)
        while time.monotonic() < began + seconds:
            self._resume()
            self._turn(0.1)
        self._is_sending = False
        self._settle()
        return time.monotonic() - began

    def close(self) -> None:
        self._epoll.close()
        for link in self._links.values():
            link.close()

    def _settle(self) -> None:
        deadline = time.monotonic() + _STALL_SECONDS
        while not self.checker.is_done() and time.monotonic() < deadline:
            if self._turn(0.1):
                deadline = time.monotonic() + _STALL_SECONDS

    def _resume(self) -> None:
        now = time.monotonic()
        while self._paused and self._paused[0][0] <= now:
            self._say(self._writers[self._paused.pop(0)[1]])

    def _say(self, writer: Talking) -> None:
        self._number += 1
        now = time.monotonic_ns()
        text = message(writer.cmd, writer.dst_id, self._number, f"{_MARKER}{now:016x}{_PADDING}")
        msgid = _read(text).msgid
        self._sent_at[msgid] = now
        self.checker.sent(writer.conversation, msgid)
        self.sent += 1
        self._write(writer.link, text_frame(text))

    def _write(self, link: Link, data: bytes) -> None:
        if not link.write(data):
            self._epoll.modify(link.fd, select.EPOLLIN | select.EPOLLOUT)

    def _turn(self, seconds: float) -> bool:
        """Wait for events at most so long and handle them; whether there were any messages."""
        before = self.acked + self.delivered + self.refused.total()
        for fd, event in self._epoll.poll(seconds):
            link = self._links[fd]
            if event & select.EPOLLOUT and link.flush():
                self._epoll.modify(fd, select.EPOLLIN)
            if event & ~select.EPOLLOUT and (data := link.read()):
                self._take(link, link.rest + data)
        return self.acked + self.delivered + self.refused.total() > before

    def _take(self, link: Link, data: bytes) -> None:
        at = 0
        while (found := _frame_at(data, at)) is not None:
            kind, start, end = found
            if kind == _TEXT:
                self._hear(link, _read(data[start:end]))
            elif kind == _PING:
                self._write(link, bytes((_PONG, 0x80 | end - start)) + b"\0\0\0\0" + data[start:end])
            elif kind == _CLOSE:
                raise Lost(f"person {link.user}: the server closed: {data[start:end]!r}")
            at = end
        link.rest = data[at:]

    def _hear(self, link: Link, frame: Frame) -> None:
        conversation = self._conversations[link.fd]
        if frame.cmd in (_PERSON, _GROUP) and frame.media < _NOTICE:
            self.checker.delivered(link.user, conversation, frame.seq)
            self.delivered += 1
            if frame.content.startswith(_MARKER):
                stamp = int(frame.content[len(_MARKER) : len(_MARKER) + _DIGITS], 16)
                self.delivery_ns.append(time.monotonic_ns() - stamp)
        elif frame.cmd == _ACK and self.checker.acked(link.user, conversation, frame.msgid, frame.seq):
            self.acked += 1
            self.ack_ns.append(time.monotonic_ns() - self._sent_at.pop(frame.msgid))
            if self._is_sending:
                self._say(self._writers[link.fd])
        elif frame.cmd == _REFUSED and self.checker.refused(conversation, frame.msgid):
            self.refused[frame.error] += 1
            del self._sent_at[frame.msgid]
            if self._is_sending:
                self._paused.append((time.monotonic() + _PAUSE_SECONDS, link.fd))


def _frame_at(data: bytes, at: int) -> tuple[int, int, int] | None:
    """The server's frame that begins at `at`: (first byte, start and end of its payload); None if cut."""
    if len(data) < at + 2:
        return None
    size, start = data[at + 1] & 0x7F, at + 2
    if size == 126:
        if len(data) < at + 4:
            return None
        size, start = struct.unpack_from("!H", data, at + 2)[0], at + 4
    elif size == 127:
        if len(data) < at + 10:
            return None
        size, start = struct.unpack_from("!Q", data, at + 2)[0], at + 10
    return (data[at], start, start + size) if len(data) >= start + size else None
