"""What the generator asks of a server, whichever it is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from fastim.loadtest.speaker import Speaker

MARKER = b"@t="
"""Stands before the stamp: once in every delivered message, and in nothing else that a server sends."""
STAMP_DIGITS = 16
"""Hexadecimal digits after the marker: `time.monotonic_ns()` at the send."""

SCENES = (
    "single",
    "ping-pong",
    "room-4",
    "room-64",
    "room-10k",
    "idle",
    "idle-30k",
    "connecting",
    "half-load",
    "sync",
)
"""In the order in which they run. `half-load` needs the figures of `single` and `room-64`."""
ONE = frozenset(SCENES) - {"idle-30k"}
"""What a server of one process can take part in: more connections than descriptors need two."""
CHAT = ONE - {"sync"}
"""What every server that relays messages can take part in."""


class Missing(Exception):
    """A program that a row needs is not installed; the text names what to install."""


@dataclass(frozen=True)
class Plan:
    """Who is there. Room n has the first `rooms[n]` people; person 2k is a friend of person 2k + 1."""

    people: int
    rooms: tuple[int, ...]


class Row(Speaker, Protocol):
    """One server of the comparison. People and rooms are numbered from 0, as in the plan."""

    name: str
    title: str
    """For tables and charts."""
    stores: bool
    """Every message is on the disk before its sender is told so."""
    path: str
    """Of the WebSocket, such as `/chat`."""
    scenes: frozenset[str]
    echoes: bool
    """A room's writer is sent its own message too."""
    ack_marker: bytes
    """Stands once in each ack and in nothing else; empty where the server sends none."""

    def start(self, folder: Path, port: int, cpu: int, plan: Plan) -> None:
        """Start it on this port of 127.0.0.1 with all of its processes on one CPU; return when it listens.

        Args:
            folder: empty, and the row's own.

        Raises:
            Missing: something is not installed.
        """

    def pids(self) -> list[int]:
        """Every process whose CPU and memory count, a database's too."""

    def stop(self) -> None:
        """End what `start` started, by its pids."""

    def single(self, sender: int, receiver: int, number: int, content: str) -> str:
        """The text of one message to a person; `number` is unique within the run."""

    def room(self, sender: int, room: int, number: int, content: str) -> str:
        """The text of one message to a room."""
