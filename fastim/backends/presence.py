"""Who is connected to other processes, in Redis: what nobody says about themselves any more expires.

Each process writes what its own users are connected with, behind, many in one go. It asks for others' only
when somebody wants to know, keeps the answer, and news keeps that true. Without Redis everybody else seems
away.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any

import structlog
from gevent import Greenlet, spawn

from fastim.backends.bus import Bus
from fastim.backends.bus.where import FAILURES
from fastim.protocol import bus_limits as limits
from fastim.protocol.events import DevicesChanged

log = structlog.get_logger(__name__)

Devices = tuple[str, ...]

_KEPT = 100_000
"""Users whose presence elsewhere is remembered, or waits to be written here."""
_NEWS_KEPT = 10_000
"""Users of whom only news came; more than change within the moment that Redis takes to have it."""
_ARRIVALS_KEPT = 500
"""Users who came to one process last; as many."""
_PROCESSES_KEPT = 1000
"""Processes of which that is remembered."""
_SECONDS = 7200
"""How long Redis keeps what nobody renews; it is renewed every hour."""
_AT_ONCE = 500
_AWAY_SECONDS = 2.0
"""How long nobody asks again who was not answered: whoever connects meanwhile is not to wait for it."""


class Presence:
    """What users are connected with elsewhere.

    Args:
        connect: makes redis-py's client.
        process: this process's name on the bus.
        living: the processes that are alive.
    """

    def __init__(
        self,
        connect: Callable[[], Any],
        prefix: str,
        process: str,
        bus: Bus,
        living: Callable[[float], set[str]],
    ) -> None:
        self._connect = connect
        self._made: Any = None
        self._away_until = 0.0
        self._prefix = prefix
        self._process = process
        self._bus = bus
        self._living = living
        self._known: dict[int, dict[str, Devices]] = {}
        self._news: dict[int, dict[str, Devices]] = {}
        """What was told of users who are not known: it comes before Redis has it, so it counts more."""
        self._arrived: dict[str, dict[int, None]] = {}
        """Who came to which process last, by its news: they go out before Redis has it, and it may die
        between. Not forgotten: they are wanted just when news may have been lost."""
        self._times_forgotten = 0
        self._waiting: dict[int, Devices] = {}
        self._writer: Greenlet | None = None
        self.lessened: Callable[[int], None] = lambda user_id: None
        """Is called where another process says that a user has fewer kinds of devices there than before."""
        bus.subscribe(self._changed, DevicesChanged)

    @property
    def _client(self) -> Any:
        if self._made is None:
            self._made = self._connect()
        return self._made

    def elsewhere(self, user_id: int) -> Devices:
        """What a user is connected with at other processes, in the order of the names."""
        known = self._known.get(user_id)
        if known is None:
            self.ask((user_id,))
            known = self._known.get(user_id, {})
        living = self._living(limits.PRESENCE_DEAD_SECONDS)
        return tuple(
            sorted({one for process, devices in known.items() if process in living for one in devices})
        )

    def ask(self, user_ids: Iterable[int]) -> None:
        """Learn of many at once; without Redis nothing is learnt."""
        unknown = [user_id for user_id in user_ids if user_id not in self._known]
        if time.monotonic() < self._away_until:
            return
        for start in range(0, len(unknown), _AT_ONCE):
            some, times_forgotten = unknown[start : start + _AT_ONCE], self._times_forgotten
            try:
                pipeline = self._client.pipeline(transaction=False)
                for user_id in some:
                    pipeline.hgetall(self._user_key(user_id))
                answers = pipeline.execute()
            except FAILURES as error:
                self._away_until = time.monotonic() + _AWAY_SECONDS
                log.warning("presence_unknown", error=str(error))
                return
            if times_forgotten == self._times_forgotten:  # else news of it may have been lost
                for user_id, answer in zip(some, answers, strict=True):
                    self._keep(user_id, answer)

    def _keep(self, user_id: int, answer: dict[bytes, bytes]) -> None:
        if len(self._known) >= _KEPT:
            del self._known[next(iter(self._known))]
        known = {
            process.decode(): tuple(devices.decode().split(",")) for process, devices in answer.items()
        }
        known |= self._news.pop(user_id, {})
        known.pop(self._process, None)
        self._known[user_id] = known

    def forget(self) -> None:
        """News may have been lost."""
        self._times_forgotten += 1
        self._known.clear()
        self._news.clear()

    def tell(self, user_id: int, devices: Devices) -> None:
        """What a user is connected with here, from now on."""
        self._bus.publish(DevicesChanged(user_id, self._process, devices))
        self._waiting.pop(user_id, None)
        self._waiting[user_id] = devices
        self.write_again()

    def write_again(self) -> None:
        """Write what Redis did not take when it was told. Called every PRESENCE_LOOK_SECONDS."""
        if self._waiting and self._writer is None:
            self._writer = spawn(self._write)

    def flush(self) -> None:
        """Wait until what was told is written."""
        if self._writer is not None:
            self._writer.join(timeout=1)

    def is_kept(self) -> bool:
        """Whether Redis still has what this process wrote: it may have been emptied.

        Raises:
            FAILURES: it is away.
        """
        return bool(self._client.exists(self._process_key(self._process)))

    def bury(self, process: str) -> list[int] | None:
        """Take a dead process's users away; who they were. None where another process is at it, or was: who
        dies of it is followed by the next after PRESENCE_BURIAL_SECONDS.

        Raises:
            FAILURES: Redis is away.
        """
        lock = self._burial_key(process)
        if not self._client.set(lock, self._process, nx=True, ex=limits.PRESENCE_BURIAL_SECONDS):
            return None
        key = self._process_key(process)
        user_ids = dict.fromkeys(self._arrived.get(process, ()))  # a scan may give one twice
        found = self._client.sscan_iter(key, count=_AT_ONCE)
        while some := [int(user_id) for user_id in islice(found, _AT_ONCE)]:
            pipeline = self._client.pipeline(transaction=False)
            for user_id in some:
                pipeline.hdel(self._user_key(user_id), process)
            pipeline.execute()
            user_ids |= dict.fromkeys(some)
        self._client.delete(key)
        self._client.set(lock, self._process, ex=int(limits.BUS_MISSED_SECONDS))
        self._arrived.pop(process, None)  # only now: where Redis failed, this process may try again
        return list(user_ids)

    def claim(self, what: str, seconds: int) -> bool:
        """Whether this process is to do what is to be done once in so many seconds; without Redis all
        do."""
        try:
            return bool(self._client.set(f"{self._prefix}{what}", self._process, nx=True, ex=seconds))
        except FAILURES:
            return True

    def _write(self) -> None:
        some: dict[int, Devices] = {}
        try:
            while self._waiting:
                some = dict(islice(self._waiting.items(), _AT_ONCE))
                for user_id in some:
                    del self._waiting[user_id]
                self._write_some(some)
        except FAILURES as error:
            if len(self._waiting) < _KEPT:
                self._waiting = some | self._waiting
            log.warning("presence_not_written", error=str(error))
        finally:
            self._writer = None

    def _write_some(self, some: dict[int, Devices]) -> None:
        own = self._process_key(self._process)
        pipeline = self._client.pipeline(transaction=False)
        for user_id, devices in some.items():
            key = self._user_key(user_id)
            if devices:
                pipeline.hset(key, self._process, ",".join(devices))
                pipeline.expire(key, _SECONDS)
                pipeline.sadd(own, user_id)
            else:
                pipeline.hdel(key, self._process)
                pipeline.srem(own, user_id)
        pipeline.expire(own, _SECONDS)
        pipeline.delete(self._burial_key(self._process))  # it was only silent for long
        pipeline.execute()

    def _changed(self, event: DevicesChanged) -> None:
        if event.process == self._process:
            return
        self._note_arrival(event)
        known = self._known.get(event.user_id)
        if known is None:
            self._keep_news(event)
            self.lessened(event.user_id)  # perhaps
            return
        before = known.pop(event.process, ())
        if event.devices:
            known[event.process] = event.devices
        if not set(before) <= set(event.devices):
            self.lessened(event.user_id)

    def _note_arrival(self, event: DevicesChanged) -> None:
        if event.process not in self._arrived and len(self._arrived) >= _PROCESSES_KEPT:
            del self._arrived[next(iter(self._arrived))]
        arrived = self._arrived.setdefault(event.process, {})
        arrived.pop(event.user_id, None)
        if event.devices:
            arrived[event.user_id] = None
        if len(arrived) > _ARRIVALS_KEPT:
            del arrived[next(iter(arrived))]

    def _keep_news(self, event: DevicesChanged) -> None:
        news = self._news.pop(event.user_id, {})
        news[event.process] = event.devices  # none too: Redis may still have some
        if len(self._news) >= _NEWS_KEPT:
            del self._news[next(iter(self._news))]
        self._news[event.user_id] = news

    def _user_key(self, user_id: int) -> str:
        return f"{self._prefix}at:{user_id}"

    def _burial_key(self, process: str) -> str:
        return f"{self._prefix}buried:{process}"

    def _process_key(self, process: str) -> str:
        return f"{self._prefix}users:{process}"
