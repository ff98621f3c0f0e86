"""What people see of a cluster: nothing."""

from __future__ import annotations

import itertools
import json
import time
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from tests.cluster.world import Cluster
from tests.people import Person
from tests.servers import wait_for

Lines = dict[str, ClientConnection]


class Talk:
    """Two friends, each with a connection to every chat server."""

    def __init__(self, cluster: Cluster, stack: ExitStack) -> None:
        url = cluster.servers["api"].url
        self.cluster = cluster
        self._stack = stack
        self.ann, self.bob = Person(url), Person(url)
        self.ann.befriend(self.bob)

    def lines(self, person: Person) -> Lines:
        return {name: self.line(person, name) for name in self.cluster.chat}

    def line(self, person: Person, name: str) -> ClientConnection:
        url = self.cluster.servers[name].url.replace("http", "ws", 1)
        line = self._stack.enter_context(
            connect(
                f"{url}/chat",
                subprotocols=["fastim.v2"],  # type: ignore[list-item]
                additional_headers={"Authorization": f"Bearer {person.me['token']}"},
                compression=None,
            )
        )
        hear(line, lambda frame: frame["cmd"] == 18)
        return line

    def say(self, line: ClientConnection, text: str) -> None:
        """Say it to Bob, and wait for the ack."""
        line.send(json.dumps({"cmd": 10, "dstid": self.bob.id, "media": 1, "content": text, "msgid": text}))
        hear(line, lambda frame: frame["cmd"] == 12 and frame["msgid"] == text)


def hear(line: ClientConnection, wanted: Any, seconds: float = 10) -> dict[str, Any]:
    """The first frame that is wanted."""
    deadline = time.monotonic() + seconds
    while True:
        frame: dict[str, Any] = json.loads(line.recv(timeout=max(0.01, deadline - time.monotonic())))
        if wanted(frame):
            return frame


@pytest.fixture
def talk(cluster: Cluster) -> Iterator[Talk]:
    with ExitStack() as stack:
        yield Talk(cluster, stack)


def test_a_message_reaches_every_process_and_each_device_once(talk: Talk) -> None:
    """Also the sender's other devices; read marks and typing go the same way."""
    anns, bobs = talk.lines(talk.ann), talk.lines(talk.bob)
    for name in talk.cluster.chat:
        talk.say(anns[name], f"from {name}")
    for line in bobs.values():
        said = [hear(line, lambda frame: frame["cmd"] == 10)["content"] for _ in talk.cluster.chat]
        assert said == [f"from {name}" for name in talk.cluster.chat]
    bobs["chat1"].send(json.dumps({"cmd": 14, "kind": 10, "dstid": talk.ann.id, "seq": 3}))
    for line in anns.values():
        assert hear(line, lambda frame: frame["cmd"] == 14)["seq"] == 3
    bobs["chat2"].send(json.dumps({"cmd": 15, "kind": 10, "dstid": talk.ann.id}))
    for line in anns.values():
        assert hear(line, lambda frame: frame["cmd"] == 15)["userid"] == talk.bob.id


def test_a_session_that_is_ended_closes_its_sockets_everywhere_within_two_seconds(talk: Talk) -> None:
    lines = talk.lines(talk.bob)
    began = time.monotonic()
    talk.bob.post("/user/logout")
    for line in lines.values():
        with pytest.raises(ConnectionClosed) as closed:
            hear(line, lambda frame: False)
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 4501
    assert time.monotonic() - began < 2


def test_without_redis_a_message_comes_from_the_log_and_a_session_ends_all_the_same(talk: Talk) -> None:
    ann, bob = talk.line(talk.ann, "chat1"), talk.line(talk.bob, "chat2")
    talk.cluster.redis.kill()
    try:
        talk.say(ann, "no news of this")
        began = time.monotonic()
        assert hear(bob, lambda frame: frame["cmd"] == 10)["content"] == "no news of this"
        assert time.monotonic() - began < 5
        late = talk.line(talk.bob, "chat3")
        talk.say(ann, "nor of this")
        assert hear(late, lambda frame: frame.get("content") == "nor of this")["userid"] == talk.ann.id
        talk.bob.post("/user/logout")
        with pytest.raises(ConnectionClosed):
            hear(bob, lambda frame: False, seconds=5)
    finally:
        talk.cluster.redis.start()


def test_what_is_in_no_log_is_told_again_when_redis_is_back(talk: Talk) -> None:
    """Who came while it was away, what was read, and that a list has changed: nobody comes back for it."""
    ann = talk.line(talk.ann, "chat1")
    talk.say(ann, "to be read")
    cas = Person(talk.ann.base)
    talk.cluster.redis.kill()
    try:
        bob = talk.line(talk.bob, "chat2")
        bob.send(json.dumps({"cmd": 14, "kind": 10, "dstid": talk.ann.id, "seq": 1}))
        cas.befriend(talk.ann)
    finally:
        talk.cluster.redis.start()
    wanted = {(14, 1), (16, 1), (17, "friends")}
    while wanted:
        frame = hear(ann, lambda frame: frame["cmd"] in (14, 16, 17), seconds=30)
        wanted.discard((frame["cmd"], frame.get("seq") or frame.get("online") or frame.get("what")))


def test_friends_see_who_is_online_wherever_they_are(talk: Talk) -> None:
    """Coming is told from another process, and one connection of two going is not."""

    def is_online() -> bool:
        (friend,) = talk.ann.post("/contact/loadfriend")["rows"]
        return bool(friend["online"])

    ann = talk.line(talk.ann, "chat1")
    assert not is_online()
    first, second = talk.line(talk.bob, "chat2"), talk.line(talk.bob, "chat3")
    assert hear(ann, lambda frame: frame["cmd"] == 16)["online"] == 1
    wait_for(is_online)
    first.close()
    talk.say(ann, "are you there?")
    assert hear(second, lambda frame: frame["cmd"] == 10)["content"] == "are you there?"
    assert is_online()
    second.close()
    assert hear(ann, lambda frame: frame["cmd"] == 16 and not frame["online"])["userid"] == talk.bob.id
    wait_for(lambda: not is_online())


def test_a_record_names_people_as_they_are_called_now_whichever_machine_changed_that(talk: Talk) -> None:
    """Each chat server remembers names, and hears of another one from the machine that took it. Who doubts
    what they hear remembers nothing, and is waited for."""
    for name in talk.cluster.chat:
        wait_for(talk.cluster.servers[name].hears, f"{name} trusts nothing that it hears")
    lines = talk.lines(talk.ann)
    talk.say(lines["chat1"], "to be quoted")
    place = {"kind": 10, "dstid": talk.bob.id, "from_kind": 10, "from_id": talk.bob.id}
    numbers = itertools.count(1)

    def quotes(name: str, called: str) -> bool:
        """Whether a record that this server makes is of her who is called so."""
        msgid = f"record {next(numbers)}"
        wanted = {"cmd": 25, **place, "seqs": [1], "merged": True, "msgid": msgid}
        lines[name].send(json.dumps(wanted))
        said = hear(lines[name], lambda frame: frame["cmd"] == 10 and frame.get("msgid") == msgid)
        (item,) = said["record"]
        return bool(item["name"] == called)

    for called in ("Ann", "Annie"):
        assert talk.ann.post("/user/update", nickname=called)["code"] == 0
        for name in talk.cluster.chat:
            wait_for(partial(quotes, name, called), f"{name} goes on with an old name")


def test_a_machine_says_what_it_does_not_do(cluster: Cluster) -> None:
    chat, api = cluster.servers["chat1"], cluster.servers["api"]
    assert [chat.get(path) for path in ("/login.shtml", "/healthz", "/nowhere")] == [421, 200, 404]
    assert [api.get(path) for path in ("/login.shtml", "/resource/x.png", "/nowhere")] == [200, 421, 404]
    with pytest.raises(InvalidStatus) as refused, connect(api.url.replace("http", "ws", 1) + "/chat"):
        pass
    assert refused.value.response.status_code == 421
