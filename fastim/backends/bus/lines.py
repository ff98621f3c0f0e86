"""Connections to Redis for the bus: one that publishes and one that listens, to each node of a cluster.

redis-py makes them (URL, TLS, passwords, the nodes of a cluster); commands are packed and answers read
here, many
at a time: its own pipeline costs 30 us a message, more than everything else on a message's way.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from fastim.backends.bus.listening import Listening
from fastim.backends.bus.where import FAILURES, Where, command, write


class Publishing:
    """The connection to one node that publishes."""

    def __init__(self, where: Where, node: str) -> None:
        self._where = where
        self._node = node
        self._connection: Any = None
        self._word = b"SPUBLISH" if where.is_cluster else b"PUBLISH"

    def send(self, packets: Iterable[tuple[str, bytes]]) -> None:
        """Publish all of these in one write.

        Raises:
            FAILURES: some of them may not have been published.
        """
        commands = [command(self._word, channel.encode(), payload) for channel, payload in packets]
        try:
            if self._connection is None:
                self._connection = self._where.connect(self._node)
                if not self._where.is_cluster:  # whoever listens hears its own: no need to be told
                    write(self._connection, command(b"CLIENT", b"REPLY", b"OFF"))
            write(self._connection, b"".join(commands))
            if self._where.is_cluster:  # only an answer tells that a channel has moved
                for _ in commands:
                    self._connection.read_response()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        if self._connection is not None:
            self._connection.disconnect()
            self._connection = None


class Lines:
    """All connections of a process to the bus."""

    def __init__(
        self, where: Where, heard: Callable[[str, bytes], None], broken: Callable[[], None]
    ) -> None:
        self.where = where
        self._heard = heard
        self._broken = broken
        self._publishing: dict[str, Publishing] = {}
        self._listening: dict[str, Listening] = {}

    def send(self, packets: Mapping[str, bytes]) -> None:
        """Publish payloads by channel.

        Raises:
            FAILURES: some of them may not have been published.
        """
        by_node: dict[str, list[tuple[str, bytes]]] = {}
        try:
            for channel, payload in packets.items():
                name = self.where.prefix + channel
                by_node.setdefault(self.where.node_of(name), []).append((name, payload))
            for node, some in by_node.items():
                if node not in self._publishing:
                    self._publishing[node] = Publishing(self.where, node)
                self._publishing[node].send(some)
        except FAILURES:
            self.where.look_again()
            raise

    def hear(self, channels: Iterable[str], seconds: float) -> bool:
        """Listen to these as well; whether they were heard within `seconds`.

        A channel whose node is not known is asked for again by `look_after`.
        """
        waits = [
            waiting
            for node, names in self._by_node(channels).items()
            if (waiting := self._line(node).add(names)) is not None
        ]
        deadline = time.monotonic() + seconds
        return all(waiting.wait(max(0.0, deadline - time.monotonic())) for waiting in waits)

    def _by_node(self, channels: Iterable[str]) -> dict[str, list[str]]:
        by_node: dict[str, list[str]] = {}
        for channel in channels:
            name = self.where.prefix + channel
            by_node.setdefault(self.where.node_of(name), []).append(name)
        return by_node

    def _line(self, node: str) -> Listening:
        if node not in self._listening:
            self._listening[node] = Listening(self.where, node, self._hear, self._lost)
        return self._listening[node]

    def _hear(self, channel: str, payload: bytes) -> None:
        self._heard(channel.removeprefix(self.where.prefix), payload)

    def _lost(self) -> None:
        self.where.look_again()
        self._broken()

    def unhear(self, channels: Iterable[str]) -> None:
        names = [self.where.prefix + channel for channel in channels]
        for line in self._listening.values():
            line.remove(name for name in names if name in line.channels)

    def settle(self) -> None:
        """Listen to each channel where it is now: nodes of a cluster come and go.

        Raises:
            FAILURES: no node answers.
        """
        if not self.where.is_cluster:
            return
        for node, line in list(self._listening.items()):
            moved = [name for name in list(line.channels) if self.where.node_of(name) != node]
            line.remove(moved)
            for name in moved:
                self._line(self.where.node_of(name)).add([name])
            if not line.channels:
                line.close()
                del self._listening[node]

    @property
    def is_whole(self) -> bool:
        """Whether every channel is heard."""
        return all(line.is_whole for line in self._listening.values())

    def close(self) -> None:
        for publishing in self._publishing.values():
            publishing.close()
        for line in self._listening.values():
            line.close()
