"""How often something may be tried, by account and by address."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import limits as library
import structlog
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter

from fastim.errors import TooOften

log = structlog.get_logger(__name__)

_SHARED_SECONDS = 1
"""How long one attempt waits for the common count."""
_ALONE_SECONDS = 5.0
"""How long a process counts for itself when nobody answered."""

Key = tuple[str, ...]


class RateLimit:
    """Counts attempts in a moving window, by a clock that nobody can set. Switched off, it lets everything
    through.

    Args:
        shared_url: of the Redis where all processes count; while it is away each counts for itself.
        prefix: of the keys there.
        options: of the connections to it, as redis-py names them.
    """

    def __init__(
        self,
        enabled: bool,
        shared_url: str = "",
        prefix: str = "",
        options: Mapping[str, Any] = MappingProxyType({}),
    ) -> None:
        self._enabled = enabled
        self._windows: dict[str, Window] = {}
        self._shared_url = shared_url
        self._prefix = prefix
        self._options = options
        self._alone_until = 0.0
        self._shared: MovingWindowRateLimiter | None = None

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
        if self._shared_url:
            wait = self._take_shared(rate, key)
            if wait is not None:
                if wait:
                    raise TooOften(wait)
                return
        window = self._windows.get(rate)
        if window is None:
            item = library.parse(rate)
            window = self._windows[rate] = Window(item.amount, item.get_expiry())
        wait = window.take(key, time.monotonic())
        if wait:
            raise TooOften(wait)

    def _take_shared(self, rate: str, key: Key) -> float | None:
        """As `Window.take`; None while the storage is away."""
        if time.monotonic() < self._alone_until:
            return None
        item = library.parse(rate)
        try:
            if self._shared is None:
                storage = storage_from_string(
                    self._shared_url,
                    key_prefix=f"{self._prefix}rates",
                    socket_timeout=_SHARED_SECONDS,
                    socket_connect_timeout=_SHARED_SECONDS,
                    **self._options,
                )
                self._shared = MovingWindowRateLimiter(storage)
            if self._shared.hit(item, *key):
                return 0.0
            return max(1.0, self._shared.get_window_stats(item, *key).reset_time - time.time())
        except Exception as error:  # noqa: BLE001 as many kinds as there are ways to be away
            self._alone_until = time.monotonic() + _ALONE_SECONDS
            log.warning("rates_not_shared", error=str(error))
            return None


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
