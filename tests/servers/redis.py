"""Redis, alone or as a cluster."""

from __future__ import annotations

import socket
from collections.abc import Sequence
from pathlib import Path

from tests.servers.ports import free_port
from tests.servers.process import Process, program
from tests.servers.waiting import wait_for


class Redis:
    """A private Redis without persistence.

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
        self._folder = folder
        network = ["--port", str(self.port), "--bind", host, "--protected-mode", "no"]
        storage = ["--save", "", "--appendonly", "no", "--dir", str(folder)]
        self._command = [*within, program("redis-server"), *network, *storage, *options]
        self.start()

    def start(self) -> None:
        """Start it, for the first time or again."""
        self._process = Process(self._command, self._folder)
        self._process.wait_until(self._answers)

    def kill(self) -> None:
        """kill -9; `start` brings it back, empty."""
        self._process.child.kill()
        self._process.stop()

    def signal(self, number: int) -> None:
        """SIGSTOP pauses it, SIGCONT lets it go on."""
        self._process.child.send_signal(number)

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

    def stop(self) -> None:
        self._process.stop()


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

    def _name(self, number: int) -> str:
        return self.nodes[number].execute("CLUSTER", "MYID").split(b"\r\n")[1].decode()

    def stop(self) -> None:
        for node in self.nodes:
            node.stop()
