"""The socket of one connection: handshake, reading, writing, closing.

It takes the place of simple-websocket's `Server` under flask-sock, whose `send` drops what the kernel
does not take at once, whose inbox has no bound, and which always accepts permessage-deflate (100 KiB a
connection). Here the request's own greenlet reads; no greenlet waits to write.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import socket as sockets
from collections.abc import Iterator
from typing import Any, Protocol

from gevent import Timeout

from fastim.errors import BadRequest
from fastim.protocol import limits
from fastim.realtime import framing

V2 = "fastim.v2"
_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"  # RFC 6455 section 1.3

Environ = dict[str, Any]


class Socket(Protocol):
    """What is used of a gevent socket, plain or TLS."""

    def recv(self, size: int) -> bytes: ...
    def send(self, data: bytes) -> int: ...
    def sendall(self, data: bytes) -> None: ...
    def shutdown(self, how: int) -> None: ...


def check_handshake(environ: Environ) -> None:
    """Refuse what is not a WebSocket handshake, before anything is answered.

    Raises:
        BadRequest: `bad_request`, with the header's name as `field`.
    """
    if environ.get("HTTP_SEC_WEBSOCKET_VERSION") != "13":
        raise BadRequest(field="Sec-WebSocket-Version")
    try:
        key = base64.b64decode(environ.get("HTTP_SEC_WEBSOCKET_KEY", ""), validate=True)
    except binascii.Error:
        key = b""
    if len(key) != 16:
        raise BadRequest(field="Sec-WebSocket-Key")


def offered_subprotocols(environ: Environ) -> list[str]:
    return [name.strip() for name in environ.get("HTTP_SEC_WEBSOCKET_PROTOCOL", "").split(",")]


class WebSocket:
    """One upgraded connection.

    Made by flask-sock with the request's environ; `mode` and `close()` are what flask-sock uses of it.
    No extension is ever accepted, so nothing is inflated.
    """

    __slots__ = ("_parser", "_plain", "_socket", "closed", "is_v2", "mode")

    def __init__(self, environ: Environ, **options: object) -> None:
        self.mode, self._socket = _socket_of(environ)
        # A TLS socket cannot be sent to behind gevent's back; a plain one can, at a third of the cost.
        is_tls = hasattr(self._socket, "cipher")
        self._plain = None if is_tls else getattr(self._socket, "_sock", None)
        self._parser = framing.Parser(limits.FRAME_BYTES)
        self.is_v2 = V2 in offered_subprotocols(environ)
        self.closed = False
        self._socket.sendall(_answer(environ["HTTP_SEC_WEBSOCKET_KEY"], V2 if self.is_v2 else ""))

    def read(self) -> Iterator[framing.Message]:
        """Messages until the peer is gone.

        Raises:
            ProtocolViolation: the peer broke the protocol.
        """
        feed, recv = self._parser.feed, self._socket.recv
        while not self.closed:
            try:
                data = recv(limits.READ_BYTES)
            except OSError:
                return
            if not data:
                return
            yield from feed(data)

    def write_now(self, data: bytes) -> int:
        """Give the kernel what it takes at once; how many bytes that was. Never waits.

        Raises:
            OSError: the peer is gone.
        """
        if self._plain is None:
            return 0
        try:
            sent: int = self._plain.send(data)
        except (BlockingIOError, InterruptedError):
            return 0
        return sent

    def write(self, data: bytes) -> None:
        """Give the kernel everything, waiting at most `limits.WRITE_SECONDS`.

        Raises:
            OSError: the peer is gone, or takes nothing; half a frame may be out, so only abort helps.
        """
        with Timeout(limits.WRITE_SECONDS, TimeoutError("the peer takes nothing")):
            self._socket.sendall(data)

    def discard(self) -> None:
        """Read and drop until the peer is gone, so that our last words are not lost to a reset."""
        try:
            while not self.closed and self._socket.recv(limits.READ_BYTES):
                pass
        except OSError:
            return

    def abort(self) -> None:
        """End the connection without a word; wakes its reader. Safe to call twice."""
        self.closed = True
        try:
            self._socket.shutdown(sockets.SHUT_RDWR)
        except OSError:
            pass  # it was gone already

    def end(self) -> None:
        """Nothing more will be sent; what is out still arrives."""
        try:
            self._socket.shutdown(sockets.SHUT_WR)
        except OSError:
            pass  # it was gone already

    def close(self) -> None:
        """What flask-sock calls after the route: the node has said goodbye by then."""
        self.abort()


def _socket_of(environ: Environ) -> tuple[str, Socket]:
    for mode in ("gunicorn", "werkzeug"):
        if f"{mode}.socket" in environ:
            return mode, environ[f"{mode}.socket"]
    raise BadRequest(field="server")


def _answer(key: str, subprotocol: str) -> bytes:
    accept = base64.b64encode(hashlib.sha1((key + _GUID).encode()).digest()).decode()  # noqa: S324 the RFC's
    lines = [
        "HTTP/1.1 101 Switching Protocols",
        "Upgrade: websocket",
        "Connection: Upgrade",
        f"Sec-WebSocket-Accept: {accept}",
    ]
    if subprotocol:
        lines.append(f"Sec-WebSocket-Protocol: {subprotocol}")
    return "\r\n".join((*lines, "", "")).encode()
