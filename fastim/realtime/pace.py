"""Bodies of requests: whoever sends too slowly is given up.

gunicorn's timeouts do not count here: its gevent worker gives the head of a request `keepalive` seconds and
its body for ever. One byte a second would hold a greenlet, and a place in the pool, for days.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import BinaryIO

import gevent

from fastim.errors import TooSlow
from fastim.protocol import limits


class PacedBody:
    """A `wsgi.input` that waits no longer than the bytes that it has got are worth.

    Only the waiting counts, not what the server does between two reads.

    Args:
        size: bytes of the whole body, or 0 where nobody knows.
    """

    def __init__(self, body: BinaryIO, size: int) -> None:
        self._body = body
        self._left = size
        self._allowed = float(limits.BODY_WAIT_SECONDS)
        """Seconds that may still be waited."""

    def read(self, size: int = -1) -> bytes:
        """As of a file.

        Raises:
            TooSlow: it took longer than `limits.BODY_LEAST_RATE` allows.
        """
        asked = self._left if size < 0 or (self._left and size > self._left) else size
        worth = asked / limits.BODY_LEAST_RATE
        started = time.monotonic()
        timeout = gevent.Timeout(self._allowed + worth)
        timeout.start()
        try:
            data = self._body.read(size)
        except gevent.Timeout as reached:
            if reached is not timeout:
                raise
            raise TooSlow from None
        finally:
            timeout.close()
        self._allowed += len(data) / limits.BODY_LEAST_RATE - (time.monotonic() - started)
        self._left = max(0, self._left - len(data))
        return data

    def readline(self, size: int = -1) -> bytes:
        """A line, or `size` bytes of it; nobody asks for lines here but WSGI's rules."""
        line = bytearray()
        while len(line) != size and (char := self.read(1)):
            line += char
            if char == b"\n":
                break
        return bytes(line)

    def readlines(self, hint: int = -1) -> list[bytes]:
        return list(self)

    def __iter__(self) -> Iterator[bytes]:
        while line := self.readline():
            yield line
