"""What a real server logs: enough to see what happens, nothing that must stay secret."""

from __future__ import annotations

import json
import urllib.error
import urllib.request

import pytest

from tests.client import PASSWORD
from tests.conftest import StartServer
from tests.people import Person


@pytest.mark.parametrize("log_format", ["text", "json"])
def test_no_token_password_or_text_is_logged(start_server: StartServer, log_format: str) -> None:
    """At the most talkative level, through every way in which a token is sent."""
    server = start_server(log_level="debug", log_format=log_format)
    ann, bob = Person(server.url, "Ann"), Person(server.url, "Bob")
    ann.befriend(bob)
    ann.post("/user/login", mobile=ann.mobile, passwd="not-her-password")
    ann.post("/user/password", old="not-her-old-one", new="x")
    with ann.chat(query=True, v2=False) as old, bob.chat() as new:
        old.send(cmd=10, dstid=bob.id, media=1, content="a-secret-text")
        new.message("a-secret-text")
        new.socket.send('{"cmd":10,"dstid":1,"content":"a-broken-secret')
        new.expect(lambda frame: frame["cmd"] == 13)
    query = f"{server.url}/no-such-page?id={ann.id}&token={ann.token}"
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(query, timeout=5)
    refused.value.close()
    server.check_stop()

    log = server.log()
    for event in ("request", "connected", "disconnected", "drained"):
        assert event in log
    assert "/no-such-page" in log
    secrets = [ann.token, bob.token, PASSWORD, "not-her", "a-secret-text", "a-broken-secret"]
    assert [secret for secret in secrets if secret in log] == []


def test_json_logs_are_one_object_a_line(start_server: StartServer) -> None:
    """For collectors: only the greeting at the start is for people."""
    server = start_server(log_format="json")
    Person(server.url)
    server.check_stop()
    lines = [line for line in server.log().splitlines() if line.startswith("{")]
    events = [json.loads(line) for line in lines]
    assert {"request", "drained"} <= {event["event"] for event in events}
    assert all(event["timestamp"] and event["level"] for event in events)
