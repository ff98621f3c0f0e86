"""What processes share in Redis beside the bus: who is online, and how often something was tried."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
import redis as library
from redis.backoff import NoBackoff
from redis.retry import Retry

from fastim.backends.bus import wire
from fastim.backends.bus.memory import MemoryBus
from fastim.backends.bus.redis import RedisBus
from fastim.backends.bus.where import Where
from fastim.backends.counters import Counters
from fastim.backends.presence import Presence
from fastim.errors import TooOften
from fastim.protocol.events import DevicesChanged, SessionsEnded
from fastim.realtime import cluster as cluster_module
from fastim.realtime.client_map import ClientMap
from fastim.realtime.cluster import Cluster
from fastim.services.ratelimit import RateLimit
from tests.certificates import CERT_NAME, KEY_NAME, self_signed
from tests.servers import Redis, free_port, wait_for

ANN, BOB, EVE = 7, 8, 9


def test_a_user_is_online_until_the_process_says_otherwise_or_dies(
    client: library.Redis, prefix: str
) -> None:
    """Each asks Redis once, news keep the answer true; the users of a dead process are taken away once."""
    bus, living = MemoryBus(), {"one", "two"}
    one, two, three = (
        Presence(lambda: client, prefix, name, bus, lambda seconds: living)
        for name in ("one", "two", "three")
    )
    one.tell(ANN, ("phone",))
    two.tell(ANN, ("desktop", "phone"))
    for each in (one, two):
        each.flush()
        assert each.is_kept()
    assert three.elsewhere(ANN) == ("desktop", "phone")
    assert two.elsewhere(ANN) == ("phone",)
    two.tell(ANN, ())
    assert three.elsewhere(ANN) == ("phone",)
    two.flush()
    three.forget()
    assert three.elsewhere(ANN) == ("phone",)
    living.discard("one")
    assert three.elsewhere(ANN) == ()
    assert three.bury("one") == [ANN]
    assert two.bury("one") is None
    client.delete(f"{prefix}buried:one")  # as it expires where the other one died of it
    assert two.bury("one") == [ANN]
    client.delete(f"{prefix}buried:one")
    assert Presence(lambda: client, prefix, "four", MemoryBus(), lambda seconds: living).bury("one") == []
    client.delete(*client.keys(f"{prefix}*"))
    assert not one.is_kept()


class Interrupted:
    """Redis, where something happens between what it is asked and its answer."""

    def __init__(self, client: library.Redis, meanwhile: Callable[[], None]) -> None:
        self._client = client
        self._meanwhile = meanwhile

    def pipeline(self, transaction: bool) -> Any:
        pipeline: Any = self._client.pipeline(transaction)
        execute = pipeline.execute

        def answer() -> Any:
            answers = execute()
            self._meanwhile()
            return answers

        pipeline.execute = answer
        return pipeline


def test_who_asks_between_the_news_and_its_writing_learns_of_it(client: library.Redis, prefix: str) -> None:
    """News goes out before Redis has it: who has no other answer yet must not take Redis' for newer."""
    bus, living = MemoryBus(), {"one", "two"}
    one, two = (Presence(lambda: client, prefix, name, bus, lambda seconds: living) for name in living)
    one.tell(ANN, ("phone",))
    assert two.elsewhere(ANN) == ("phone",)
    one.flush()
    assert two.elsewhere(ANN) == ("phone",)
    one.tell(ANN, ())
    assert two.elsewhere(ANN) == ()


def test_news_that_comes_while_redis_is_asked_is_newer_than_its_answer(
    client: library.Redis, prefix: str
) -> None:
    """News of somebody else takes nothing from it."""
    bus, living = MemoryBus(), {"one", "three"}
    one, two = (
        Presence(lambda: client, prefix, name, bus, lambda seconds: living) for name in ("one", "two")
    )
    one.tell(ANN, ("phone",))
    one.flush()
    changes = iter([(ANN + 1, ("phone",)), (ANN, ("desktop",)), (ANN, ())])
    interrupted = Interrupted(client, lambda: one.tell(*next(changes)))
    for seen in (("phone",), ("desktop",), ()):
        three = Presence(lambda: interrupted, prefix, "three", bus, lambda seconds: living)
        assert three.elsewhere(ANN) == three.elsewhere(ANN) == seen
        one.flush()
    assert two.elsewhere(ANN) == ()


def test_who_is_with_fewer_devices_elsewhere_is_said(client: library.Redis, prefix: str) -> None:
    """Not of a device more, nor again; and of whom nobody knew what they had, they may be."""
    bus, lessened = MemoryBus(), list[int]()
    two = Presence(lambda: client, prefix, "two", bus, lambda seconds: {"one"})
    assert two.elsewhere(ANN) == ()
    two.lessened = lessened.append
    for process, user_id, devices, is_said in (
        ("one", ANN, ("phone",), False),
        ("one", ANN, ("desktop", "phone"), False),
        ("two", ANN, (), False),
        ("one", ANN, ("desktop",), True),
        ("one", ANN, (), True),
        ("one", ANN, (), False),
        ("one", BOB, ("phone",), True),
    ):
        lessened.clear()
        bus.publish(DevicesChanged(user_id, process, devices))
        assert lessened == ([user_id] if is_said else [])


def test_who_comes_while_another_process_tells_that_they_are_gone_is_told_of(
    prefix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who comes is not told of where they are known to be; the last word must not be that they are away.
    Who is not here either may be somewhere else: that news is waited for."""
    bus, told = RedisBus(Where("redis://nobody"), Counters()), list[int]()
    client_map, slept = ClientMap(), list[float]()
    monkeypatch.setattr(client_map, "is_online", lambda user_id: user_id == ANN)
    monkeypatch.setattr(cluster_module, "sleep", slept.append)
    monkeypatch.setattr(bus, "start", Mock())
    monkeypatch.setattr(bus, "_send", Mock())
    presence = Presence(Mock(), prefix, bus.process, bus, bus.living)
    cluster = Cluster(bus, client_map, presence, Mock(), Mock())
    monkeypatch.setattr(cluster_module, "spawn", lambda call, *of: call(*of) if of else Mock())
    cluster.start(told.append)
    for user_id in (ANN, BOB):
        cluster.tell_devices(user_id)
    for user_id, waits in ((ANN, 0), (BOB, 1), (EVE, 1)):
        bus.take((DevicesChanged(user_id, "another", ()),))
        assert len(slept) == waits
    assert told == [ANN, BOB]


def test_what_redis_did_not_take_is_written_later(client: library.Redis, prefix: str) -> None:
    """What was told since then is newer. A Redis that is full, or stood still, has lost nothing else."""
    one = Presence(lambda: client, prefix, "one", MemoryBus(), lambda seconds: {"one"})
    two = Presence(lambda: client, prefix, "two", MemoryBus(), lambda seconds: {"one"})
    one.tell(ANN, ("phone",))
    one.flush()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(client, "pipeline", Mock(side_effect=library.OutOfMemoryError))
        for user_id in (ANN, BOB, EVE):
            one.tell(user_id, ("phone",))
        one.tell(ANN, ())
        one.flush()
        one.tell(EVE, ("desktop",))
        one.flush()
    assert one.is_kept()
    one.write_again()
    one.flush()
    assert [two.elsewhere(user_id) for user_id in (ANN, BOB, EVE)] == [(), ("phone",), ("desktop",)]


def test_presence_without_redis_says_that_others_are_away(prefix: str) -> None:
    with library.Redis(port=free_port(), retry=Retry(NoBackoff(), 0)) as nobody:
        alone = Presence(lambda: nobody, prefix, "one", MemoryBus(), lambda seconds: {"one"})
        alone.tell(ANN, ("phone",))
        alone.flush()
        assert alone.elsewhere(ANN) == ()
        assert alone.claim("chores", 60)


def test_something_is_claimed_by_one(client: library.Redis, prefix: str) -> None:
    one, two = (Presence(lambda: client, prefix, name, MemoryBus(), lambda seconds: set()) for name in "ab")
    assert [one.claim("chores", 60), two.claim("chores", 60)] == [True, False]


def test_attempts_are_counted_together(redis: Redis, prefix: str) -> None:
    one, two = (RateLimit(True, redis.url, prefix) for _ in range(2))
    one.hit("2/minute", "log-in", "+4917")
    two.hit("2/minute", "log-in", "+4917")
    with pytest.raises(TooOften):
        one.hit("2/minute", "log-in", "+4917")
    two.hit("2/minute", "log-in", "+4918")


@pytest.mark.parametrize("kind", ["rediss", "rediss+cluster"])
def test_attempts_are_counted_together_behind_tls_and_a_password(kind: str, tmp_path: Path) -> None:
    """Whoever could not connect would count alone."""
    self_signed(tmp_path)
    files = [f"--tls-{what}-file" for what in ("cert", "key", "ca-cert")]
    names = [str(tmp_path / name) for name in (CERT_NAME, KEY_NAME, CERT_NAME)]
    port = free_port()
    options = [word for pair in zip(files, names, strict=True) for word in pair]
    options += ["--tls-port", str(port), "--tls-auth-clients", "no"]
    if "cluster" in kind:
        options += ["--cluster-enabled", "yes", "--tls-cluster", "yes", "--cluster-port", str(free_port())]
    server = Redis(tmp_path, *options)
    try:
        if "cluster" in kind:
            server.execute("CLUSTER", "ADDSLOTSRANGE", "0", "16383")
            wait_for(lambda: b"cluster_state:ok" in server.execute("CLUSTER", "INFO"), "no cluster")
        server.execute("ACL", "SETUSER", "default", ">let-me-in")
        where = Where(f"{kind}://:let-me-in@127.0.0.1:{port}?ssl_ca_certs={tmp_path / CERT_NAME}")
        url, known = where.storage
        one, two = (RateLimit(True, url, where.prefix, known) for _ in range(2))
        one.hit("2/minute", "log-in", "+4917")
        two.hit("2/minute", "log-in", "+4917")
        with pytest.raises(TooOften):
            one.hit("2/minute", "log-in", "+4917")
        assert where.client().ping()
        assert where.connect(where.node_of("a channel"))
    finally:
        server.stop()


def test_attempts_are_counted_by_each_process_while_redis_is_away(prefix: str) -> None:
    alone = RateLimit(True, f"redis://127.0.0.1:{free_port()}", prefix)
    alone.hit("1/minute", "log-in", "+4917")
    with pytest.raises(TooOften):
        alone.hit("1/minute", "log-in", "+4917")


def test_a_process_that_dies_before_its_first_sign_of_life_is_missed(redis: Redis) -> None:
    """It has users: who was told of them has to tell that they are gone."""
    bus = RedisBus(Where(redis.url), Counters())
    bus.take((SessionsEnded(ANN, (1,)),))
    assert bus.silent(-1) == []
    bus.take((DevicesChanged(ANN, "other", ("phone",)),))
    bus.take((DevicesChanged(ANN, bus.process, ("phone",)),))
    assert bus.living(60) == {bus.process, "other"}
    assert bus.silent(-1) == ["other"]


def test_a_program_that_does_not_stay_is_heard_by_the_others(client: library.Redis, prefix: str) -> None:
    """A command ends a session: what it tells is out before it goes on."""
    with client.pubsub() as listener:
        listener.subscribe(f"{prefix}{wire.ALL}")
        assert listener.get_message(timeout=5)
        url = f"redis://127.0.0.1:{client.connection_pool.connection_kwargs['port']}"
        bus = RedisBus(Where(f"{url}?prefix={prefix.removesuffix(':')}"), Counters())
        bus.publish(SessionsEnded(ANN, (1, 2)))
        message = listener.get_message(timeout=5)
        bus.stop()
    packet = wire.decode(message["data"][wire.NAME_BYTES :])
    assert isinstance(packet, wire.Units)
    assert list(packet.units[0]) == [SessionsEnded(ANN, (1, 2))]


def test_a_program_that_does_not_stay_goes_on_without_redis() -> None:
    bus = RedisBus(Where(f"redis://127.0.0.1:{free_port()}"), Counters())
    told: list[SessionsEnded] = []
    bus.subscribe(told.append, SessionsEnded)
    bus.publish(SessionsEnded(ANN, (1, 2)))
    assert told == [SessionsEnded(ANN, (1, 2))]
