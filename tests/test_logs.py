"""What a real server logs: enough to see what happens, nothing that must stay secret."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.error
import urllib.request

import pytest

from tests.client import PASSWORD
from tests.conftest import StartServer
from tests.people import Person
from tests.servers import ROOT


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


CROWD = """
from gevent import monkey
monkey.patch_all()
import logging
import gevent, structlog
from gevent.threadpool import ThreadPool
from fastim import logs
from fastim.config import Settings

logs.set_up(Settings.from_env({}))

def say(number):
    for line in range(500):
        structlog.get_logger("crowd").warning("said", by=number, line=line)
        logging.getLogger("crowd").warning("by=%s line=%s", number, line)
        if number != "native":
            gevent.sleep(0)

pool = ThreadPool(1)
native = pool.spawn(say, "native")
gevent.joinall([gevent.spawn(say, number) for number in range(4)])
native.get()
"""


def test_native_threads_and_greenlets_log_beside_each_other() -> None:
    """Nobody waits for ever, and every line stays in one piece."""
    done = subprocess.run(
        [sys.executable, "-c", CROWD], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    lines = done.stderr.splitlines()
    assert len(lines) == 5 * 500 * 2
    for number in ("native", *range(4)):
        said = [line for line in lines if f" by={number} " in f"{line} "]
        assert [line.endswith(f" line={place // 2}") for place, line in enumerate(said)] == [True] * 1000
