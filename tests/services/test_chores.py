"""What is to be done once an hour is done by one process, whichever comes first."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import gevent
import pytest
import redis as library

from fastim.backends.bus.memory import MemoryBus
from fastim.backends.presence import Presence
from tests.conftest import MakeApp
from tests.servers import Redis, free_port


def presences(client: Any, prefix: str, count: int) -> list[Presence]:
    bus = MemoryBus()
    return [Presence(lambda: client, prefix, f"p{n}", bus, lambda _: set()) for n in range(count)]


def test_one_of_many_that_ask_at_once_is_let(redis: Redis, tmp_path: Path) -> None:
    """Until its time is over; another thing is another's to claim."""
    prefix = f"{tmp_path.name}:"
    with library.Redis(port=redis.port) as client:
        many = presences(client, prefix, 8)
        asked = [gevent.spawn(one.claim, "chores", 3540) for one in many]
        gevent.joinall(asked, raise_error=True)
        assert sorted(one.value for one in asked) == [False] * 7 + [True]
        assert 3500 < client.ttl(f"{prefix}chores") <= 3540
        assert many[7].claim("others", 3540)
        client.delete(f"{prefix}chores")  # as it expires
        assert [one.claim("chores", 3540) for one in many[:2]] == [True, False]


def test_without_redis_everybody_is_let() -> None:
    """Rather twice than never: every chore may run at two processes at once."""
    with library.Redis(port=free_port()) as nobody:
        assert [one.claim("chores", 3540) for one in presences(nobody, "none:", 2)] == [True, True]


def test_two_processes_do_the_chores_once_between_them(
    make_app: MakeApp, mariadb_url: str, redis: Redis, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is for their own connections each does; one chore that fails keeps no other back."""
    url = f"{redis.url}?prefix={tmp_path.name}"
    runtimes = [make_app(database_url=mariadb_url, bus_url=url).extensions["fastim"].realtime for _ in "ab"]
    done: list[str] = []

    def fail() -> None:
        done.append("failed")
        raise ValueError("a disk is full")

    for name, runtime in zip("ab", runtimes, strict=True):
        monkeypatch.setattr(runtime, "_chores", (fail, lambda: done.append("done")))
        monkeypatch.setattr(runtime, "end_lost_sessions", lambda name=name: done.append(name))
    for runtime in runtimes:
        runtime.do_chores()
    assert done == ["a", "failed", "done", "b"]
