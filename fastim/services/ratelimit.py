"""How often something may be tried, by account and by address."""

from __future__ import annotations

import time
from collections import deque

import limits as library

from fastim.errors import TooOften

Key = tuple[str, ...]


class RateLimit:
    """Counts attempts in a moving window, by a clock that nobody can set. Switched off, it lets everything
    through."""

    def __init__(self, enabled: bool) -> None:
        self._enabled = enabled
        self._windows: dict[str, Window] = {}

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
        window = self._windows.get(rate)
        if window is None:
            item = library.parse(rate)
            window = self._windows[rate] = Window(item.amount, item.get_expiry())
        wait = window.take(key, time.monotonic())
        if wait:
            raise TooOften(wait)


class Window:
    """The attempts of the last `seconds`: at most `most` for each key."""

    def __init__(self, most: int, seconds: float) -> None:
        self._most = most
        self._seconds = seconds
        self._times: dict[Key, deque[float]] = {}
        """The key that was counted last stands last."""

    def take(self, key: Key, now: float) -> float:
        """Count one; 0, or the seconds until it would be counted."""
        began = now - self._seconds
        self._forget(began)
        times = self._times.get(key) or deque[float]()
        while times and times[0] <= began:
            times.popleft()
        if len(times) >= self._most:
            return times[0] - began if times else self._seconds
        times.append(now)
        self._times.pop(key, None)
        self._times[key] = times
        return 0.0

    def _forget(self, began: float) -> None:
        """Keep nothing of those who have not tried since."""
        while self._times:
            oldest = next(iter(self._times))
            if self._times[oldest][-1] > began:
                return
            del self._times[oldest]

    def __len__(self) -> int:
        return len(self._times)
