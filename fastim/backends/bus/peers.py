"""The other processes of a bus, as their signs of life show them."""

from __future__ import annotations

import time

from fastim.backends.bus import wire
from fastim.protocol import bus_limits as limits


class _Peer:
    __slots__ = ("doubts", "heard_at", "missed")

    def __init__(self) -> None:
        self.heard_at = time.monotonic()
        self.doubts = 0
        self.missed = 0


class Peers:
    """Those that were heard and said no goodbye, by their names."""

    def __init__(self) -> None:
        self._known: dict[str, _Peer] = {}
        self._buried: set[str] = set()

    def meet(self, process: str) -> None:
        """It is there, whether or not a sign of life came yet."""
        if process not in self._known:
            self._known[process] = _Peer()

    def hear(self, process: str, pulse: wire.Pulse) -> tuple[bool, bool]:
        """A sign of life; whether some of its news may have been lost since the one before, and whether it
        may have missed some."""
        self.meet(process)
        self._buried.discard(process)
        peer = self._known[process]
        changed = pulse.doubts != peer.doubts, pulse.missed != peer.missed
        peer.heard_at, peer.doubts, peer.missed = time.monotonic(), pulse.doubts, pulse.missed
        return changed

    def leave(self, process: str) -> None:
        """It said goodbye."""
        self._known.pop(process, None)

    def forget_missed(self) -> None:
        """Whoever fell silent so long ago commits nothing any more."""
        before = time.monotonic() - limits.BUS_MISSED_SECONDS
        for process in [name for name, peer in self._known.items() if peer.heard_at < before]:
            del self._known[process]
            self._buried.discard(process)

    def living(self, seconds: float) -> set[str]:
        """Who was heard within so long."""
        before = time.monotonic() - seconds
        return {name for name, peer in self._known.items() if peer.heard_at >= before}

    def silent(self, seconds: float) -> list[str]:
        """Who has said nothing for so long, until they are buried."""
        return [name for name in self._known.keys() - self.living(seconds) if name not in self._buried]

    def are_heard(self, seconds: float) -> bool:
        """Whether each of them was within so long."""
        return len(self.living(seconds)) == len(self._known)

    def note_buried(self, process: str) -> None:
        """Nobody has to look after what this one has left."""
        self._buried.add(process)
