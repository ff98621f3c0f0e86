"""Who is online where a process dies: its users' friends at another process are told."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from fastim.protocol import bus_limits
from tests.conftest import inherited_variables, variables
from tests.faults.world import AlteredServer
from tests.people import Person
from tests.servers import Redis, free_port, wait_for

LIMITS = {"PRESENCE_DEAD_SECONDS": 2.0, "PRESENCE_LOOK_SECONDS": 0.25, "PRESENCE_BURIAL_SECONDS": 1}


@pytest.fixture
def two(
    request: pytest.FixtureRequest, tmp_path: Path, mariadb_url: str, redis: Redis
) -> Iterator[list[AlteredServer]]:
    """Two processes with the limits of the test's parameter."""
    environ = inherited_variables() | variables(
        tmp_path, database_url=mariadb_url, bus_url=f"{redis.url}?prefix=presence"
    )
    environ["FAULTS_LIMITS"] = json.dumps(request.param)
    servers = [AlteredServer(tmp_path / name, environ, free_port()) for name in ("one", "two")]
    yield servers
    for server in servers:
        if server.child.poll() is None:
            server.stop()


def kill(server: AlteredServer) -> None:
    """kill -9 of the master and its worker."""
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text()
    for pid in (server.pid, *map(int, children.split())):
        os.kill(pid, signal.SIGKILL)
    server.stop()


@pytest.mark.parametrize("two", [LIMITS], indirect=True, ids=["impatient"])
def test_who_was_at_a_process_that_died_is_told_to_be_gone(two: list[AlteredServer]) -> None:
    """Their friends elsewhere hear it, and when they were last seen is written."""
    lost, other = two
    ann, bob = Person(other.url), Person(lost.url)
    ann.befriend(bob)
    with ann.chat() as here, bob.chat():
        assert here.expect(lambda frame: frame["cmd"] == 16)["online"] == 1
        before = seen_at(ann)
        kill(lost)
        gone = here.expect(lambda frame: frame["cmd"] == 16)
        assert (gone["userid"], gone["online"]) == (bob.id, 0)
        wait_for(lambda: seen_at(ann) > before, "when Bob was last seen was not written", 5)
        (friend,) = ann.post("/contact/loadfriend")["rows"]
        assert not friend["online"]


@pytest.mark.parametrize("two", [{}], indirect=True, ids=["as in production"])
def test_who_was_at_a_process_that_is_stopped_is_gone_at_once(two: list[AlteredServer]) -> None:
    """Nobody waits for its silence, which would take a minute."""
    stopped, other = two
    ann, bob = Person(other.url), Person(stopped.url)
    ann.befriend(bob)
    with ann.chat() as here, bob.chat():
        assert here.expect(lambda frame: frame["cmd"] == 16)["online"] == 1
        stopped.child.terminate()
        assert here.expect(lambda frame: frame["cmd"] == 16)["online"] == 0


def test_those_of_a_dead_process_are_gone_within_90_seconds() -> None:
    """Also where the first process that looks after it dies of that."""
    looks = 2 * bus_limits.PRESENCE_LOOK_SECONDS
    longest = bus_limits.PRESENCE_DEAD_SECONDS + bus_limits.PRESENCE_BURIAL_SECONDS + looks
    assert longest + bus_limits.BUS_PULSE_SECONDS <= 90


def seen_at(ann: Person) -> str:
    (friend,) = ann.post("/contact/loadfriend")["rows"]
    return str(friend["lastseen"])
