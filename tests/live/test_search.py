"""The index of a running server: soon after each message, and again after a crash."""

from __future__ import annotations

import signal
import time

import pytest

from tests.conftest import StartServer
from tests.people import Person
from tests.servers import wait_for

FRESH_SECONDS = 2.0


@pytest.mark.parametrize("database", ["sqlite_url", "mariadb_url"])
def test_messages_can_be_found_within_two_seconds_and_none_is_missed_over_a_crash(
    start_server: StartServer, request: pytest.FixtureRequest, database: str
) -> None:
    url = request.getfixturevalue(database)
    server = start_server(database_url=url)
    ann, bob = Person(server.url, "Ann"), Person(server.url, "Bob")
    ann.befriend(bob)

    def found(text: str) -> int:
        answer = bob.post("/search/messages", text=text, limit=50)
        assert answer["code"] == 0, answer
        return len(answer["rows"])

    with ann.chat() as line:
        for number in range(30):
            line.say(bob.id, f"第{number}条 freshly said")
        started = time.monotonic()
        wait_for(lambda: found("fresh") == 30, "not all messages can be found")
        assert time.monotonic() - started < FRESH_SECONDS
        line.say(bob.id, "fresh before the crash")
        server.child.send_signal(signal.SIGKILL)
        server.stop()
    again = start_server(database_url=url)
    ann.base = bob.base = again.url
    with ann.chat() as line:
        line.say(bob.id, "fresh after the crash")
        wait_for(lambda: found("fresh") == 32, "a message is missing")
    assert found("第7条") == 1
