"""The users of a process that died are taken away, and their friends are told, whatever fails meanwhile."""

from __future__ import annotations

from unittest.mock import Mock

import pytest
import redis as library

from fastim.backends.bus.memory import MemoryBus
from fastim.backends.bus.redis import RedisBus
from fastim.backends.bus.where import Where
from fastim.backends.counters import Counters
from fastim.backends.presence import Presence
from fastim.protocol import bus_limits
from fastim.protocol.events import DevicesChanged
from fastim.realtime import cluster as cluster_module
from fastim.realtime.client_map import ClientMap
from fastim.realtime.cluster import Cluster

ANN, BOB, EVE = 7, 8, 9


def test_who_came_to_a_process_that_died_before_it_wrote_so_is_taken_away_too(
    client: library.Redis, prefix: str
) -> None:
    """Redis never had it; those who heard the news know. It is done once, however long they remember."""
    bus, living = MemoryBus(), {"one", "two"}
    two = Presence(lambda: client, prefix, "two", bus, lambda seconds: living)
    assert two.elsewhere(BOB) == ()
    for user_id, devices in ((ANN, ("phone",)), (BOB, ("phone",)), (EVE, ("phone",)), (EVE, ())):
        bus.publish(DevicesChanged(user_id, "one", devices))
    two.forget()  # as it does while something may have been lost
    assert sorted(two.bury("one") or ()) == [ANN, BOB]
    assert client.ttl(f"{prefix}buried:one") > bus_limits.PRESENCE_BURIAL_SECONDS
    assert two.bury("one") is None

    one = Presence(lambda: client, prefix, "one", bus, lambda seconds: living)
    assert not one.is_kept()
    one.tell(EVE, ("phone",))  # it was only silent for long, and dies now
    one.flush()
    assert EVE in (two.bury("one") or ())


def test_who_was_only_heard_of_is_taken_away_also_where_redis_failed_at_first(
    client: library.Redis, prefix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    bus = MemoryBus()
    two = Presence(lambda: client, prefix, "two", bus, lambda seconds: {"two"})
    bus.publish(DevicesChanged(ANN, "one", ("phone",)))
    with monkeypatch.context() as patch:
        patch.setattr(client, "delete", Mock(side_effect=library.ConnectionError))
        with pytest.raises(library.ConnectionError):
            two.bury("one")
    client.delete(f"{prefix}buried:one")  # as it expires
    assert two.bury("one") == [ANN]
    client.delete(f"{prefix}buried:one")
    assert two.bury("one") == []


class _EnoughRounds(BaseException):
    pass


def test_friends_are_told_once_the_database_is_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody buries the process again, so whoever did has to remember."""
    bus, presence, told = RedisBus(Where("redis://nobody"), Counters()), Mock(), list[int]()
    presence.bury.return_value = [ANN, BOB, EVE]
    failures = [RuntimeError("the database is away")]

    def announce(user_id: int) -> None:
        if user_id == BOB and failures:
            raise failures.pop()
        told.append(user_id)

    monkeypatch.setattr(bus, "start", Mock())
    monkeypatch.setattr(bus, "silent", Mock(side_effect=[["one"], [], []]))
    monkeypatch.setattr(cluster_module, "spawn", Mock())
    monkeypatch.setattr(cluster_module, "sleep", Mock(side_effect=[None, None, None, _EnoughRounds]))
    cluster = Cluster(bus, ClientMap(), presence, Mock(), Mock())
    cluster.start(announce)
    with pytest.raises(_EnoughRounds):
        cluster._keep_presence()
    assert told == [ANN, EVE, BOB]
