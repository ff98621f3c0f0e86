"""Redis, alone or as a cluster."""

from __future__ import annotations

import socket
from collections.abc import Sequence
from pathlib import Path

from tests.servers.ports import free_port
from tests.servers.process import Service, program
from tests.servers.waiting import wait_for


class Redis(Service):
    """A private Redis without persistence: killed, it forgets all.

    Args:
        options: of the server, such as ``"--cluster-enabled", "yes"``.
        host: where it listens; `within` is the command that runs it there.
    """

    def __init__(
        self, folder: Path, *options: str, host: str = "127.0.0.1", within: Sequence[str] = ()
    ) -> None:
        self.port = free_port()
        self.host = host
        self.url = f"redis://{host}:{self.port}/0"
        network = ["--port", str(self.port), "--bind", host, "--protected-mode", "no"]
        storage = ["--save", "", "--appendonly", "no", "--dir", str(folder)]
        super().__init__([*within, program("redis-server"), *network, *storage, *options], folder)

    def execute(self, *words: str) -> bytes:
        """The beginning of what a command is answered."""
        with socket.create_connection((self.host, self.port), 5) as link:
            link.sendall(" ".join(words).encode() + b"\r\n")
            return link.recv(65536)

    def _answers(self) -> bool:
        try:
            return self.execute("PING").startswith(b"+PONG")
        except OSError:
            return False


class RedisCluster:
    """Three of them that share the slots, without replicas: channels lie on each."""

    SLOTS = ((0, 5460), (5461, 10922), (10923, 16383))

    def __init__(self, folder: Path) -> None:
        self.nodes: list[Redis] = []
        try:
            ports = [self._start(folder / str(number)) for number in range(len(self.SLOTS))]
            for number, (node, slots) in enumerate(zip(self.nodes, self.SLOTS, strict=True)):
                node.execute("CLUSTER", "SET-CONFIG-EPOCH", str(number + 1))
                node.execute("CLUSTER", "ADDSLOTSRANGE", *map(str, slots))
            for node, port in zip(self.nodes[1:], ports[1:], strict=True):
                self.nodes[0].execute("CLUSTER", "MEET", "127.0.0.1", str(node.port), str(port))
            self.wait()
        except BaseException:
            self.stop()
            raise

    def _start(self, folder: Path) -> int:
        folder.mkdir(parents=True)
        port = free_port()
        options = ["--cluster-enabled", "yes", "--cluster-port", str(port)]
        self.nodes.append(Redis(folder, *options, "--cluster-node-timeout", "1000"))
        return port

    @property
    def url(self) -> str:
        return f"redis+cluster://127.0.0.1:{self.nodes[0].port}"

    @property
    def whole_url(self) -> str:
        """With each of them named."""
        return "redis+cluster://" + ",".join(f"127.0.0.1:{node.port}" for node in self.nodes)

    def wait(self) -> None:
        """Until each node knows all of them, and all is well."""
        known = f"cluster_known_nodes:{len(self.nodes)}".encode()

        def is_whole(node: Redis) -> bool:
            told = node.execute("CLUSTER", "INFO")
            return known in told and b"cluster_state:ok" in told

        wait_for(lambda: all(map(is_whole, self.nodes)), "the cluster did not come together")

    def move(self, slot: int, source: int, target: int) -> None:
        """Give a slot to another node, as when nodes are added: nothing is in it."""
        name = self._name(target)
        self.nodes[target].execute("CLUSTER", "SETSLOT", str(slot), "NODE", name)
        for node in (self.nodes[source], *self.nodes):
            node.execute("CLUSTER", "SETSLOT", str(slot), "NODE", name)

    def bequeath(self, first: int) -> None:
        """Kill a node for good; the next one takes its slots, as a replica that is promoted does."""
        lost, slots = self.nodes[first], self.SLOTS[first]
        name = self._name(first)
        lost.kill()
        self.nodes = [node for node in self.nodes if node is not lost]
        for node in self.nodes:
            node.execute("CLUSTER", "FORGET", name)
        self.nodes[0].execute("CLUSTER", "ADDSLOTSRANGE", *map(str, slots))
        self.wait()

    def _name(self, number: int) -> str:
        return self.nodes[number].execute("CLUSTER", "MYID").split(b"\r\n")[1].decode()

    def stop(self) -> None:
        for node in self.nodes:
            node.stop()
