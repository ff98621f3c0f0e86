"""Two processes of one server that are nearly full, full, and full no more."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.conftest import StartServer
from tests.live.test_handshake import check_refused, shake
from tests.live.test_metrics import read
from tests.people import Person
from tests.servers import Redis, Server
from tests.ws import Chat

EACH = 20
BOTH = 2 * EACH


@pytest.fixture
def pair(start_server: StartServer, mariadb_url: str, redis: Redis) -> Server:
    """Two processes with room for twenty connections each."""
    server = start_server(database_url=mariadb_url, bus_url=redis.url, workers=2, connections=EACH)
    server.wait_for_processes(2)
    return server


@pytest.fixture
def crowd(pair: Server) -> Iterator[list[Chat]]:
    """As many connections as both have room for, of two people, one after the other."""
    people = [Person(pair.url, name) for name in ("Ann", "Bob")]
    with ExitStack() as opened:
        yield [opened.enter_context(people[n % 2].chat()) for n in range(BOTH)]


def test_all_places_are_taken_before_anybody_is_refused(pair: Server, crowd: list[Chat]) -> None:
    """However the kernel spreads connections; and then the refusal says why, and requests are answered."""
    eve = Person(pair.url, "Eve")
    check_refused(shake(pair, Cookie=f"fastim={eve.token}"), 503, "server_full")
    for _ in range(EACH):
        assert pair.get("/readyz") == 200
    assert eve.post("/user/me")["code"] == 0

    for chat in crowd[:5]:
        chat.close()
    pair.wait_until(lambda: pair.log().count("event=disconnected") == 5)
    with ExitStack() as opened:
        for _ in range(5):
            opened.enter_context(eve.chat())
        assert read(pair.url)["fastim_connections"] == EACH
        check_refused(shake(pair, Cookie=f"fastim={eve.token}"), 503, "server_full")
