"""The socket of one connection: handshake, reading, writing, closing.

It takes the place of simple-websocket's `Server` under flask-sock, whose `send` drops what the kernel
does not take at once, whose inbox has no bound, and which always accepts permessage-deflate (100 KiB a
connection). Here the request's own greenlet reads; no greenlet waits to write.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Mapping
from socket import SHUT_RDWR, SHUT_WR
from typing import Any

from gevent import Timeout, get_hub, getcurrent, monkey
from gevent.socket import wait_write
from greenlet import greenlet

from fastim.errors import BadRequest
from fastim.protocol import limits
from fastim.realtime import framing
from fastim.realtime.deflate import inflate, negotiate

V2 = "fastim.v2"
_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"  # RFC 6455 section 1.3

_READABLE = 1  # libev's EV_READ
_PlainSocket = monkey.get_original("socket", "socket")

_switch = greenlet.switch

Environ = dict[str, Any]
_Wait = tuple[Any, Callable[[], object], greenlet]


def check_handshake(environ: Environ) -> None:
    """Refuse what is not a WebSocket handshake, before anything is answered.

    Raises:
        BadRequest: `bad_request`, with the header's name as `field`.
    """
    if environ.get("HTTP_SEC_WEBSOCKET_VERSION") != "13":
        raise BadRequest(field="Sec-WebSocket-Version")
    try:
        key = base64.b64decode(environ.get("HTTP_SEC_WEBSOCKET_KEY", ""), validate=True)
    except ValueError:  # no base64, or not even ASCII
        key = b""
    if len(key) != 16:
        raise BadRequest(field="Sec-WebSocket-Key")


def offered_subprotocols(environ: Environ) -> list[str]:
    return [name.strip() for name in environ.get("HTTP_SEC_WEBSOCKET_PROTOCOL", "").split(",")]


class WebSocket:
    """One upgraded connection.

    Made by flask-sock with the request's environ; `mode` and `close()` are what flask-sock uses of it.

    Args:
        deflate: whether compression is agreed to where the client offers it.
    """

    __slots__ = (
        "_is_ours",
        "_plain",
        "_socket",
        "_wait",
        "closed",
        "is_v2",
        "mode",
        "parser",
        "window_bits",
    )

    def __init__(self, environ: Environ, deflate: bool = False) -> None:
        self.mode, self._socket = _socket_of(environ)
        # A TLS socket cannot be sent to behind gevent's back; a plain one can, at a third of the cost.
        is_tls = hasattr(self._socket, "cipher")
        self._plain = None if is_tls else getattr(self._socket, "_sock", None)
        extension, self.window_bits = _negotiate(environ) if deflate else ("", 0)
        self.parser = framing.Parser(limits.FRAME_BYTES, inflate if self.window_bits else None)
        self.is_v2 = V2 in offered_subprotocols(environ)
        self.closed = False
        self._is_ours = False
        self._wait: _Wait | None = None
        """What wakes whom when there is something to read, and whom to leave the loop to meanwhile."""
        agreed = {"Protocol": V2 if self.is_v2 else "", "Extensions": extension}
        self._socket.sendall(_answer(environ["HTTP_SEC_WEBSOCKET_KEY"], agreed))

    def take_over(self) -> bool:
        """Take the socket out of the server's hands, so that its request may end before the connection.

        The request's greenlet, its stack and its Flask context are half of what an idle connection
        weighs. False where that cannot be: a TLS socket, the development server.
        """
        if self.mode != "gunicorn" or self._plain is None:
            return False
        taken = self._socket
        self._plain = _PlainSocket(taken.family, taken.type, taken.proto, fileno=taken.detach())
        self._plain.setblocking(False)
        self._socket = self._plain
        self._is_ours = True
        return True

    def read(self) -> bytes:
        """Wait for bytes and give some; none when the peer is gone. One greenlet alone may read.

        gevent's own `recv` tries first and waits when there is nothing: a system call and an exception more
        for every message that comes alone. So where the socket is ours we wait first, and with greenlet's
        own switch: gevent's `wait` is four calls deep in C, which an idle greenlet keeps of its stack.
        """
        while not self.closed:
            try:
                if self._is_ours:
                    readable, wake, hub = self._wait or self._listen()
                    readable.start(wake)
                    try:
                        _switch(hub)
                    finally:
                        readable.stop()
                return self._socket.recv(limits.READ_BYTES)  # type: ignore[no-any-return]
            except BlockingIOError:
                continue  # woken for nothing
            except OSError:
                break
        return b""

    def _listen(self) -> _Wait:
        hub = get_hub()
        self._wait = hub.loop.io(self._socket.fileno(), _READABLE), getcurrent().switch, hub
        return self._wait

    def write_now(self, data: bytes | memoryview) -> int:
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
            if not self._is_ours:
                self._socket.sendall(data)
                return
            left = memoryview(data)
            while left := left[self.write_now(left) :]:
                wait_write(self._socket.fileno())

    def discard(self) -> None:
        """Read and drop until the peer is gone, so that our last words are not lost to a reset."""
        while self.read():
            pass

    def abort(self) -> None:
        """End the connection without a word; wakes its reader. Safe to call twice."""
        self.closed = True
        try:
            self._socket.shutdown(SHUT_RDWR)
        except OSError:
            pass  # it was gone already

    def end(self) -> None:
        """Nothing more will be sent; what is out still arrives."""
        try:
            self._socket.shutdown(SHUT_WR)
        except OSError:
            pass  # it was gone already

    def close(self) -> None:
        """What flask-sock calls after the route; a connection that was taken over lives on."""
        if not self._is_ours:
            self.abort()

    def dispose(self) -> None:
        """The connection is over: give its descriptor back."""
        self.abort()
        if self._is_ours:
            self._socket.close()


def _socket_of(environ: Environ) -> tuple[str, Any]:
    for mode in ("gunicorn", "werkzeug"):
        if f"{mode}.socket" in environ:
            return mode, environ[f"{mode}.socket"]
    raise BadRequest(field="server")


def _negotiate(environ: Environ) -> tuple[str, int]:
    return negotiate(environ.get("HTTP_SEC_WEBSOCKET_EXTENSIONS", ""))


def _answer(key: str, agreed: Mapping[str, str]) -> bytes:
    """The answer of section 4.2.2; of what was agreed on, the empty is left out."""
    accept = base64.b64encode(hashlib.sha1((key + _GUID).encode()).digest()).decode()  # noqa: S324 the RFC's
    lines = [
        "HTTP/1.1 101 Switching Protocols",
        "Upgrade: websocket",
        "Connection: Upgrade",
        f"Sec-WebSocket-Accept: {accept}",
    ]
    lines += [f"Sec-WebSocket-{name}: {value}" for name, value in agreed.items() if value]
    return "\r\n".join((*lines, "", "")).encode()
