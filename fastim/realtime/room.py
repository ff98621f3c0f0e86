"""How many connections a process takes, and when it leaves new ones to the others of its server.

Processes of one gunicorn share its listening socket, and the kernel gives a connection to any of them. One
that is full would refuse while another has room, so it takes none as long as a `Board` says that.
"""

from __future__ import annotations

import mmap
import struct
import time
from collections.abc import Callable

_SLOT = struct.Struct("d")
_FRESH_SECONDS = 3.0
"""A process whose loop stands still for longer is not waited for."""


class Board:
    """Shared memory in which each process of a gunicorn says that it has room; made before they are.

    Args:
        places: how many processes there may be at once.
    """

    def __init__(self, places: int) -> None:
        self.places = places
        self._memory = mmap.mmap(-1, places * _SLOT.size)

    def note(self, place: int, has_room: bool) -> None:
        """Whether whoever has this place takes connections at this moment."""
        _SLOT.pack_into(self._memory, place * _SLOT.size, time.monotonic() if has_room else 0.0)

    def has_room(self, besides: int) -> bool:
        """Whether any other said so within the last seconds."""
        oldest = time.monotonic() - _FRESH_SECONDS
        slots = _SLOT.iter_unpack(self._memory)
        return any(at > oldest for place, (at,) in enumerate(slots) if place != besides)


class Room:
    """The connections of this process, against the most that it may have.

    Args:
        most: connections.
        taken: asks how many there are.
    """

    def __init__(self, most: int, taken: Callable[[], int]) -> None:
        self._most = most
        self._taken = taken
        self._board: Board | None = None
        self._place = 0
        self._is_closed = False

    @property
    def most(self) -> int:
        return self._most

    @property
    def is_full(self) -> bool:
        return self._taken() >= self._most

    def share(self, board: Board, place: int) -> None:
        """Tell the others of this server, and listen to them, from now on."""
        self._board, self._place = board, place
        self.note()

    def note(self) -> None:
        """Say how it is: whenever a connection ends, and every second at least."""
        if self._board is not None:
            self._board.note(self._place, not (self._is_closed or self.is_full))

    def close(self) -> None:
        """This process takes no more, whatever goes."""
        self._is_closed = True
        self.note()

    def is_elsewhere(self) -> bool:
        """Whether new connections are for another process: this one is full, and some other is not."""
        if self._board is None or not self.is_full:
            return False
        self.note()
        return self._board.has_room(self._place)
