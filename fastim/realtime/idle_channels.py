"""The end of listening: to what nobody at this process has needed for a while."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager

from gevent import sleep

from fastim.backends.bus.redis import RedisBus
from fastim.backends.bus.wire import group_channel, user_channel
from fastim.protocol import bus_limits as limits
from fastim.realtime.client_map import ClientMap

_CHUNK = 500
"""Users or groups looked at before the loop may do something else."""


class IdleChannels:
    """Unfollows users who are not connected here, and groups that no connection is in."""

    def __init__(self, bus: RedisBus, client_map: ClientMap) -> None:
        self._bus = bus
        self._followed = bus.followed
        self._map = client_map
        self._entering: Counter[int] = Counter()
        """Groups to how many connections are about to be in them."""
        self._since: dict[str, float] = {}
        """Channels to when nobody was found to need them."""

    @contextmanager
    def entering(self, group_ids: Iterable[int]) -> Iterator[None]:
        """Somebody is about to enter these groups: whichever of them is followed stays so meanwhile."""
        groups = tuple(group_ids)
        self._entering.update(groups)
        try:
            yield
        finally:
            for group_id in groups:
                self._entering[group_id] -= 1
                if not self._entering[group_id]:
                    del self._entering[group_id]

    def leave(self) -> None:
        """Unfollow what has been idle for BUS_IDLE_SECONDS. Called every second or so."""
        followed = self._followed
        self._leave(followed.users(), user_channel, self._map.is_online, followed.unfollow_user)
        self._leave(followed.groups(), group_channel, self._has_group, followed.unfollow_group)

    def _has_group(self, group_id: int) -> bool:
        return self._map.has_group(group_id) or group_id in self._entering

    def _leave(
        self,
        ids: Sequence[int],
        channel: Callable[[int], str],
        is_needed: Callable[[int], bool],
        unfollow: Callable[[int], None],
    ) -> None:
        now = time.monotonic()
        for start in range(0, len(ids), _CHUNK):
            some = ids[start : start + _CHUNK]
            idle = [one for one in some if self._is_idle(channel(one), is_needed(one), now)]
            for one in idle:
                unfollow(one)
            self._bus.unhear(map(channel, idle))  # before others may follow them again
            sleep(0)

    def _is_idle(self, channel: str, is_needed: bool, now: float) -> bool:
        if is_needed:
            self._since.pop(channel, None)
            return False
        if now - self._since.setdefault(channel, now) < limits.BUS_IDLE_SECONDS:
            return False
        del self._since[channel]
        return True
