"""A connection to Redis that listens to channels, made again for as long as there is something to hear."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any

import hiredis
import redis
import structlog
from gevent import Greenlet, sleep, spawn
from gevent.event import Event
from gevent.lock import BoundedSemaphore

from fastim.backends.bus.where import FAILURES, Where, command, write

log = structlog.get_logger(__name__)

_SILENCE_SECONDS = 3.0
"""A listening connection hears at least the answer to its pings."""
_PING_SECONDS = 1.0
_LEAST_PAUSE, _MOST_PAUSE = 0.05, 1.0
_AT_ONCE = 1000
"""Channels of one SUBSCRIBE."""
_READ_BYTES = 32_768
"""Read at once: a hundred messages or so, before the loop may do something else."""


class Listening:
    """The connection to one node that listens, made again for as long as there is something to hear.

    Args:
        heard: is called with each message's channel and payload. redis-py's own way to read costs 15 us
            for each, most of it also with hiredis, which here reads alone.
        broken: is called when something may have been missed.
    """

    def __init__(
        self, where: Where, node: str, heard: Callable[[bytes, bytes], None], broken: Callable[[], None]
    ) -> None:
        self._where = where
        self._node = node
        self._heard = heard
        self._broken = broken
        self._connection: Any = None
        self._wanted: dict[str, None] = {}
        self._confirmed: set[str] = set()
        self._waiters: list[tuple[set[str], Event]] = []
        self._writing = BoundedSemaphore()
        letter = "S" if where.is_cluster else ""
        self._subscribe = f"{letter}SUBSCRIBE".encode()
        self._unsubscribe = f"{letter}UNSUBSCRIBE".encode()
        self._answers = {
            f"{letter}subscribe".lower().encode(): self._confirm,
            f"{letter}unsubscribe".lower().encode(): self._lose,
        }
        self._message = f"{letter}message".lower().encode()
        self._greenlet: Greenlet = spawn(self._run)
        self._pinging: Greenlet = spawn(self._ping)

    @property
    def channels(self) -> Collection[str]:
        return self._wanted

    @property
    def is_whole(self) -> bool:
        """Whether all that is wanted is heard."""
        return self._connection is not None and len(self._confirmed) >= len(self._wanted)

    def add(self, channels: Iterable[str]) -> Event | None:
        """Hear these; what is set when they are heard, None if they are already."""
        new = [channel for channel in channels if channel not in self._wanted]
        missing = {channel for channel in channels if channel not in self._confirmed}
        self._wanted.update(dict.fromkeys(new))
        if not missing:
            return None
        done = Event()
        self._waiters.append((missing, done))
        if new:
            spawn(self._say, self._subscribe, new)
        return done

    def remove(self, channels: Iterable[str]) -> None:
        gone = [channel for channel in channels if self._wanted.pop(channel, 0) is None]
        self._confirmed.difference_update(gone)
        if gone:
            spawn(self._say, self._unsubscribe, gone)

    def close(self) -> None:
        self._greenlet.kill(block=False)
        self._pinging.kill(block=False)

    def _say(self, word: bytes, channels: list[str]) -> None:
        with self._writing:
            connection = self._connection
            if connection is None:
                return  # they are said with the next connection
            try:
                for batch in self._batches(channels):
                    write(connection, command(word, *(channel.encode() for channel in batch)))
            except FAILURES:
                connection.disconnect()  # the reader notices

    def _batches(self, channels: list[str]) -> list[list[str]]:
        if self._where.is_cluster:  # one command names one slot's channels
            return [[channel] for channel in channels]
        return [channels[start : start + _AT_ONCE] for start in range(0, len(channels), _AT_ONCE)]

    def _run(self) -> None:
        pause = _LEAST_PAUSE
        while True:
            try:
                connection = self._where.connect(self._node)
                connection._sock.settimeout(_SILENCE_SECONDS)
                self._connection = connection
                self._say(self._subscribe, list(self._wanted))
                reader = hiredis.Reader(redis.ConnectionError, redis.ResponseError)
                while True:
                    self._read(connection, reader)
                    pause = _LEAST_PAUSE
                    sleep(0)
            except FAILURES as error:
                log.warning("bus_line_lost", node=self._node, error=str(error))
            except Exception:
                log.exception("bus_line_failed", node=self._node)
            finally:
                self._drop()
            self._broken()
            sleep(pause)
            pause = min(_MOST_PAUSE, pause * 2)

    def _read(self, connection: Any, reader: hiredis.Reader) -> None:
        socket = connection._sock
        if socket is None:
            raise redis.ConnectionError("the connection is lost")
        data = socket.recv(_READ_BYTES)
        if not data:
            raise redis.ConnectionError("the server has hung up")
        reader.feed(data)
        while (answer := reader.gets()) is not False:
            self._take(answer)

    def _drop(self) -> None:
        self._confirmed.clear()
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.disconnect()

    def _ping(self) -> None:
        while True:
            sleep(_PING_SECONDS)
            with self._writing:
                try:
                    if self._connection is not None:
                        write(self._connection, command(b"PING"))
                except FAILURES:
                    pass  # the reader notices

    def _take(self, answer: Any) -> None:
        if isinstance(answer, redis.ResponseError):  # such as a slot's that is another node's now
            raise answer
        if not isinstance(answer, list):
            return
        if answer[0] == self._message:
            self._heard(answer[1], answer[2])
        elif answer[0] in self._answers:
            self._answers[answer[0]](answer[1].decode())

    def _confirm(self, channel: str) -> None:
        if channel not in self._wanted:
            return
        self._confirmed.add(channel)
        for place in range(len(self._waiters) - 1, -1, -1):
            missing, done = self._waiters[place]
            missing.discard(channel)
            if not missing:
                done.set()
                del self._waiters[place]

    def _lose(self, channel: str) -> None:
        """Asked for, or the channel went to another node."""
        if channel in self._wanted:
            raise redis.ConnectionError("a channel has moved")
