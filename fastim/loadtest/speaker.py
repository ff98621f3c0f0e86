"""What a connection of the generator says, to FastIM or, in the bench, to another server."""

from __future__ import annotations

import time
from collections.abc import Generator, Sequence
from typing import NamedTuple, Protocol

_HELLO = '{"cmd":18'


class Where(NamedTuple):
    """A server's address."""

    host: str
    port: int
    is_tls: bool = False


def local(port: int) -> Where:
    """A server on this machine."""
    return Where("127.0.0.1", port)


class Speaker(Protocol):
    """How people of one server open their connections."""

    def handshake(self, user: int) -> bytes:
        """The whole upgrade request of a person."""

    def opening(self, user: int) -> Generator[str | None, str, None]:
        """After the upgrade: yields what to send (None: only wait), is sent each text that comes.

        It ends when the person is ready to chat.
        """

    def answer(self, text: str) -> str | None:
        """What a keep-alive text is answered with; None for every other text."""


class FastImSpeaker:
    """People of FastIM.

    Args:
        people: (user id, token) of each.
        host: for the Host header, with its port.
    """

    def __init__(self, people: Sequence[tuple[int, str]], host: str, path: str = "/chat") -> None:
        self._people = people
        self._host = host
        self._path = path

    def handshake(self, user: int) -> bytes:
        return (
            f"GET {self._path} HTTP/1.1\r\nHost: {self._host}\r\nUpgrade: websocket\r\n"
            "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: fastim.v2\r\n"
            f"Authorization: Bearer {self._people[user][1]}\r\n\r\n"
        ).encode()

    def opening(self, user: int) -> Generator[str | None, str, None]:
        while not (yield None).startswith(_HELLO):
            pass

    def answer(self, text: str) -> str | None:
        return None


def message(cmd: int, dstid: int, number: int, content: str) -> str:
    """A text message with a msgid that begins with its time, as the pages make them; `content` is ASCII."""
    msgid = f"{time.time_ns() // 1_000_000:012x}-{number:x}"
    return f'{{"cmd":{cmd},"dstid":{dstid},"media":1,"content":"{content}","msgid":"{msgid}"}}'
