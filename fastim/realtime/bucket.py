"""How fast one connection may speak: a token bucket."""

from __future__ import annotations

import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Rate:
    """A token bucket: `per_second` messages over time, `burst` at once. Zero is no limit."""

    per_second: float
    burst: float


class Bucket:
    """One connection's tokens of a rate."""

    __slots__ = ("_at", "_tokens")

    def __init__(self) -> None:
        self._tokens = 0.0
        self._at = 0.0

    def take(self, rate: Rate) -> float:
        """Count one; 0, or the seconds until the next may come."""
        if not rate.per_second:
            return 0.0
        now = time.monotonic()
        tokens = min(rate.burst, self._tokens + (now - self._at) * rate.per_second)
        self._at = now
        if tokens < 1:
            self._tokens = tokens
            return (1 - tokens) / rate.per_second
        self._tokens = tokens - 1
        return 0.0
