"""Connections to Redis for the bus: one that publishes and one that listens, to each node of a cluster.

redis-py makes them (URL, TLS, passwords, the nodes of a cluster); commands are packed and answers read
here, many
at a time: its own pipeline costs 30 us a message, more than everything else on a message's way.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import redis
import structlog
from gevent import spawn
from gevent.event import Event
from gevent.lock import BoundedSemaphore
from redis.exceptions import MovedError

from fastim.backends.bus.listening import Listening
from fastim.backends.bus.where import FAILURES, Where, command, write

log = structlog.get_logger(__name__)

_LOOK_SECONDS = 1.0
"""Between two looks for a cluster's nodes while one of them is away, of 20 ms each."""

Packet = tuple[str, bytes]
"""A channel by its whole name, and what goes out on it."""


class Publishing:
    """The connection to one node that publishes."""

    def __init__(self, where: Where, node: str) -> None:
        self._where = where
        self._node = node
        self._connection: Any = None
        word = b"SPUBLISH" if where.is_cluster else b"PUBLISH"
        # Composed in one step: `command` takes four times as long, more than anything else here.
        self._form = b"*3\r\n$%d\r\n%b\r\n" % (len(word), word) + b"$%d\r\n%b\r\n$%d\r\n%b\r\n"

    def send(self, packets: Sequence[Packet]) -> list[Packet]:
        """Publish all of these in one write; those that the node refused, as their channels have moved.

        Raises:
            FAILURES: some of them may not have been published.
        """
        refused = []
        named = [(channel.encode(), payload) for channel, payload in packets]
        form = self._form
        commands = [form % (len(name), name, len(payload), payload) for name, payload in named]
        try:
            if self._connection is None:
                self._connection = self._where.connect(self._node)
                if not self._where.is_cluster:  # whoever listens hears its own: no need to be told
                    write(self._connection, command(b"CLIENT", b"REPLY", b"OFF"))
            write(self._connection, b"".join(commands))
            if self._where.is_cluster:  # only an answer tells that a channel has moved
                for packet in packets:
                    try:
                        self._connection.read_response()
                    except MovedError:
                        refused.append(packet)
        except BaseException:
            self.close()
            raise
        return refused

    def close(self) -> None:
        if self._connection is not None:
            self._connection.disconnect()
            self._connection = None


class Lines:
    """All connections of a process to the bus."""

    def __init__(
        self, where: Where, heard: Callable[[bytes, bytes], None], broken: Callable[[], None]
    ) -> None:
        self.where = where
        self._prefix = len(where.prefix.encode())
        self._heard = heard
        self._broken = broken
        self._publishing: dict[str, Publishing] = {}
        self._listening: dict[str, Listening] = {}
        self._unplaced: dict[str, None] = {}
        """Wanted, but on which node nobody knew: no node of the cluster answered."""
        self._settling = BoundedSemaphore()

    def send(self, packets: Mapping[str, bytes]) -> None:
        """Publish payloads by channel.

        Raises:
            FAILURES: some of them may not have been published.
        """
        wanted = [(self.where.prefix + channel, payload) for channel, payload in packets.items()]
        refused = self._send(wanted)
        if refused:
            self.where.look_again()
            refused = self._send(refused)
        if refused:
            raise redis.ConnectionError("channels move to and fro")

    def renew(self) -> None:
        """Publish on new connections: nothing comes back from what is written to these."""
        for publishing in self._publishing.values():
            publishing.close()

    def _send(self, packets: Iterable[Packet]) -> list[Packet]:
        by_node: dict[str, list[Packet]] = {}
        refused: list[Packet] = []
        failure: BaseException | None = None
        for packet in packets:
            try:
                by_node.setdefault(self.where.node_of(packet[0]), []).append(packet)
            except FAILURES as error:
                failure = error
                break
        for node, some in by_node.items():
            if node not in self._publishing:
                self._publishing[node] = Publishing(self.where, node)
            try:
                refused += self._publishing[node].send(some)
            except FAILURES as error:  # the other nodes' channels have no part in it
                failure = error
        if failure is not None:
            self.where.look_again(_LOOK_SECONDS)
            raise failure
        return refused

    def hear(self, channels: Iterable[str], seconds: float) -> bool:
        """Listen to these as well; whether they were heard within `seconds`.

        A channel whose node nobody knows is asked for again by `settle`.

        Raises:
            FAILURES: no node answers.
        """
        waits = self._place([self.where.prefix + channel for channel in channels])
        deadline = time.monotonic() + seconds
        return all(waiting.wait(max(0.0, deadline - time.monotonic())) for waiting in waits)

    def _place(self, names: Iterable[str]) -> list[Event]:
        """Listen to these where they are now; what is set when they are heard."""
        by_node: dict[str, list[str]] = {}
        self._unplaced.update(dict.fromkeys(names))
        for name in names:
            by_node.setdefault(self.where.node_of(name), []).append(name)
        waits = []
        for node, some in by_node.items():
            if (waiting := self._line(node).add(some)) is not None:
                waits.append(waiting)
            for name in some:
                self._unplaced.pop(name, None)
        return waits

    def _line(self, node: str) -> Listening:
        if node not in self._listening:
            self._listening[node] = Listening(self.where, node, self._hear, self._lost)
        return self._listening[node]

    def _hear(self, channel: bytes, payload: bytes) -> None:
        self._heard(channel[self._prefix :], payload)

    def _lost(self) -> None:
        self._broken()
        if self.where.is_cluster:  # perhaps because a channel is another node's now
            self.where.look_again(_LOOK_SECONDS)
            spawn(self._settle_soon)

    def _settle_soon(self) -> None:
        try:
            self.settle()
        except FAILURES as error:
            log.warning("bus_unreachable", error=str(error))

    def unhear(self, channels: Iterable[str]) -> None:
        names = [self.where.prefix + channel for channel in channels]
        for name in names:
            self._unplaced.pop(name, None)
        for line in self._listening.values():
            line.remove(name for name in names if name in line.channels)

    def settle(self) -> None:
        """Listen to each channel where it is now: nodes of a cluster come and go.

        Raises:
            FAILURES: no node answers.
        """
        if not self.where.is_cluster:
            return
        with self._settling:
            self._place(list(self._unplaced))
            for node, line in list(self._listening.items()):
                moved = [name for name in list(line.channels) if self.where.node_of(name) != node]
                if moved:
                    self._broken()  # what is said between the two is heard on neither
                    line.remove(moved)
                    self._place(moved)
                if not line.channels:
                    line.close()
                    del self._listening[node]

    @property
    def is_whole(self) -> bool:
        """Whether every channel is heard."""
        return not self._unplaced and all(line.is_whole for line in self._listening.values())

    def close(self) -> None:
        self.renew()
        for line in self._listening.values():
            line.close()
