"""How often something may be tried, by account and by address."""

from __future__ import annotations

import time

import limits as library
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from fastim.errors import TooOften


class RateLimit:
    """Counts attempts in a moving window. Switched off, it lets everything through."""

    def __init__(self, enabled: bool) -> None:
        self._enabled = enabled
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def hit(self, rate: str, *key: str) -> None:
        """Count one attempt.

        Args:
            rate: such as ``10/5minutes``.
            key: what is counted, such as ``"login", mobile``.

        Raises:
            TooOften: with the seconds until the next attempt.
        """
        if not self._enabled:
            return
        item = library.parse(rate)
        if not self._limiter.hit(item, *key):
            reset = self._limiter.get_window_stats(item, *key).reset_time
            raise TooOften(reset - time.time())
