"""What the peers that store nothing have in common: one process, people and rooms in the address."""

from __future__ import annotations

import os
import sys
from abc import ABC, abstractmethod
from pathlib import Path

from bench import measure
from bench.peer import CHAT, Missing, Plan
from bench.started import Started, program

SERVERS = Path(__file__).resolve().parent.parent / "servers"
_CONNECTIONS = 20_000


class Relay(ABC):
    """A server of `bench/servers`, started without anything but its port."""

    stores = False
    scenes = CHAT
    echoes = False
    ack_marker = b""
    path = "/chat"

    def __init__(self) -> None:
        self._server: Started | None = None
        self._plan = Plan(0, ())

    @abstractmethod
    def command(self, port: int) -> list[str]:
        """The command that serves on this port of 127.0.0.1."""

    def start(self, folder: Path, port: int, cpu: int, plan: Plan) -> None:
        self._plan = plan
        self._server = Started(self.command(port), folder, cpu, dict(os.environ), SERVERS)
        self._server.wait_for_port(port)

    def pids(self) -> list[int]:
        assert self._server is not None
        return measure.family(self._server.pid)

    def stop(self) -> None:
        if self._server is not None:
            self._server.stop()
        self._server = None

    def query(self, user: int) -> str:
        """Who a person is, and in which rooms."""
        rooms = ",".join(str(room) for room, size in enumerate(self._plan.rooms) if user < size)
        return f"id={user}&rooms={rooms}"

    def handshake(self, user: int) -> bytes:
        mark = "&" if "?" in self.path else "?"
        return (
            f"GET {self.path}{mark}{self.query(user)} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
        ).encode()

    def answer(self, text: str) -> str | None:
        return None


def gunicorn(app: str, port: int) -> list[str]:
    """One gevent worker, as FastIM has."""
    return [
        *(sys.executable, "-m", "gunicorn", "-k", "gevent", "-w", "1", "-b", f"127.0.0.1:{port}"),
        *("--worker-connections", str(_CONNECTIONS), "--backlog", "2048", "--no-control-socket", app),
    ]


def node(script: str, port: int) -> list[str]:
    """A script of `bench/servers` under Node.

    Raises:
        Missing: Node, or a package of npm's, is not installed.
    """
    if not (SERVERS / "node_modules").is_dir():
        raise Missing("run `npm ci` in bench/servers")
    return [program("node", "Node"), script, str(port)]
