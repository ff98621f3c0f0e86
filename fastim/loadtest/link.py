"""One client connection of the generator: a socket that never blocks, and as little else as will do."""

from __future__ import annotations

import socket
import ssl
import struct
from collections.abc import Generator

from fastim.loadtest.speaker import Speaker, Where

_READ_BYTES = 1 << 18
_PORTS_PER_ADDRESS = 5000
"""Connections from one loopback address: far below the 28,000 ports that Linux gives out."""
_PING, _PONG, _CLOSE, _TEXT = 0x89, 0x8A, 0x88, 0x81
CLOSE_FRAME = b"\x88\x82\0\0\0\0" + struct.pack("!H", 1000)


_LATER = (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError)
_CONNECT_SECONDS = 10


class Lost(Exception):
    """The server refused or ended a connection."""


def text_frame(text: str) -> bytes:
    """A client's text frame. Its masking key is zero, which costs the generator nothing to apply."""
    payload = text.encode()
    size = len(payload)
    if size < 126:
        return bytes((_TEXT, 0x80 | size)) + b"\0\0\0\0" + payload
    return b"\x81\xfe" + struct.pack("!H", size) + b"\0\0\0\0" + payload


def take_frame(data: bytes) -> tuple[int, bytes, int] | None:
    """The first server frame in `data`: (first byte, payload, bytes used); None while it is cut."""
    if len(data) < 2:
        return None
    size, start = data[1] & 0x7F, 2
    if size == 126:
        size, start = int.from_bytes(data[2:4], "big"), 4
    elif size == 127:
        size, start = int.from_bytes(data[2:10], "big"), 10
    if len(data) < start + size:
        return None
    return data[0], data[start : start + size], start + size


def _connected(where: Where, place: int) -> socket.socket:
    """A socket that never blocks: on its way to a server of this machine, connected to any other."""
    if where.host.startswith("127.") and not where.is_tls:
        sock = socket.socket()
        sock.setblocking(False)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.bind((f"127.0.0.{2 + place // _PORTS_PER_ADDRESS % 200}", 0))
        sock.connect_ex((where.host, where.port))
        return sock
    try:
        sock = socket.create_connection((where.host, where.port), _CONNECT_SECONDS)
        if where.is_tls:
            sock = ssl.create_default_context().wrap_socket(sock, server_hostname=where.host)
    except OSError as error:
        raise Lost(f"{where.host}:{where.port}: {error}") from error
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    sock.setblocking(False)
    return sock


class Link:
    """A person's connection. `rest` is what was read and not yet understood.

    Args:
        place: counts the connections of a run; it spreads them over loopback addresses.
    """

    __slots__ = ("_opening", "_upgraded", "fd", "out", "ready", "rest", "sock", "speaker", "user")

    def __init__(self, speaker: Speaker, where: Where, user: int, place: int) -> None:
        self.speaker, self.user, self.ready = speaker, user, False
        self.rest, self.out = b"", speaker.handshake(user)
        self._upgraded = False
        self._opening: Generator[str | None, str, None] = speaker.opening(user)
        self.sock = _connected(where, place)
        self.fd = self.sock.fileno()

    def read(self) -> bytes:
        """What came, at most 256 KiB; empty when nothing did.

        Raises:
            Lost: the connection ended.
        """
        try:
            data = self.sock.recv(_READ_BYTES)
            while isinstance(self.sock, ssl.SSLSocket) and self.sock.pending():
                data += self.sock.recv(_READ_BYTES)  # what TLS holds back, epoll does not tell of
        except _LATER:
            return b""
        except OSError as error:
            raise Lost(f"person {self.user}: {error.strerror or error}") from error
        if not data:
            raise Lost(
                f"person {self.user}: the server closed the connection; before: {self.rest[-300:]!r}"
            )
        return data

    def write(self, data: bytes) -> bool:
        """Send; False when the kernel did not take all and `flush` must be called later."""
        self.out += data
        return self.flush()

    def flush(self) -> bool:
        """Send what `out` holds; whether that was all."""
        try:
            self.out = self.out[self.sock.send(self.out) :]
        except _LATER:
            pass
        except OSError as error:
            raise Lost(f"person {self.user}: {error.strerror or error}") from error
        return not self.out

    def open_with(self, data: bytes) -> None:
        """Take bytes of the handshake and of the opening; sets `ready` when the person may chat."""
        self.rest += data
        if not self._upgraded:
            head, end, tail = self.rest.partition(b"\r\n\r\n")
            if not end:
                return
            if not head.startswith(b"HTTP/1.1 101"):
                raise Lost(f"person {self.user}: no upgrade: {self.rest[:300]!r}")
            self._upgraded, self.rest = True, tail
            self._step(None)
        while not self.ready and (frame := take_frame(self.rest)):
            kind, payload, used = frame
            self.rest = self.rest[used:]
            if kind == _CLOSE:
                raise Lost(f"person {self.user}: closed while opening: {payload!r}")
            if kind == _TEXT:
                self._take_text(payload.decode())

    def _take_text(self, text: str) -> None:
        answer = self.speaker.answer(text)
        if answer is None:
            self._step(text)
        else:
            self.write(text_frame(answer))

    def _step(self, text: str | None) -> None:
        try:
            more = next(self._opening) if text is None else self._opening.send(text)
        except StopIteration:
            self.ready = True
            return
        if more is not None:
            self.write(text_frame(more))

    def answer_ping(self, data: bytes) -> None:
        """Answer a WebSocket ping that came alone, as pings to a silent connection do."""
        if data[0] == _PING and (frame := take_frame(data)):
            payload = frame[1]
            self.write(bytes((_PONG, 0x80 | len(payload))) + b"\0\0\0\0" + payload)

    def close(self) -> None:
        """Drop the connection at once: a reset, which leaves no port waiting."""
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.sock.close()
