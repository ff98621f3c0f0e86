"""What docs/protocol.md promises of a connection, and no other test holds."""

from __future__ import annotations

import re
import time

import pytest

from fastim.protocol.close import Close
from tests.conftest import StartServer
from tests.people import Person
from tests.servers import ROOT, Server

PROTOCOL = (ROOT / "docs" / "protocol.md").read_text("utf-8")


@pytest.fixture
def bob(server: Server, ann: Person) -> Person:
    person = Person(server.url, "Bob")
    ann.befriend(person)
    return person


def test_hello_tells_the_connection_the_time_and_the_limits(start_server: StartServer) -> None:
    server = start_server(recall_seconds=77, picture_bytes="3M")
    ann = Person(server.url)
    with ann.chat() as one, ann.chat() as other:
        hello = one.hello
        assert hello["connection"] != other.hello["connection"]
    assert (hello["cmd"], hello["userid"]) == (18, ann.id)
    assert abs(hello["time"] - time.time() * 1000) < 60_000
    told = {name: hello["limits"][name] for name in ("recall_seconds", "picture_bytes", "msgid_chars")}
    assert told == {"recall_seconds": 77, "picture_bytes": 3 << 20, "msgid_chars": 64}
    assert (hello["limits"]["history_page"], hello["limits"]["history_max"]) == (50, 200)


def test_a_page_of_history_has_fifty_entries_if_nobody_says_otherwise(ann: Person, bob: Person) -> None:
    with ann.chat() as a:
        for n in range(60):
            a.send(cmd=10, dstid=bob.id, media=1, content=f"{n}", msgid=f"page {ann.id} {n}")
        for _ in range(60):
            assert a.expect(lambda f: f["cmd"] in (12, 13))["cmd"] == 12
    newest = bob.post("/message/history", cmd=10, dstid=ann.id)
    assert ([row["seq"] for row in newest["rows"]], newest["gap"]) == (list(range(11, 61)), True)
    older = bob.post("/message/history", cmd=10, dstid=ann.id, before=11)
    assert ([row["seq"] for row in older["rows"]], older["gap"]) == (list(range(1, 11)), False)


@pytest.mark.parametrize("cmd", [10, 11])
def test_a_repeated_msgid_gets_the_first_ack_also_where_writing_is_over(
    ann: Person, bob: Person, cmd: int
) -> None:
    """On any connection: the line broke before the ack, and then the sender was sent away."""
    group = ann.create_group(f"left {ann.id}", bob)
    dst = ann.id if cmd == 10 else group
    with bob.chat() as b:
        first = b.say(dst, "once", cmd=cmd, msgid=f"once {bob.id}")
        seq = first["seq"]
        b.send(cmd=21, kind=cmd, dstid=dst, seq=seq, emoji="👍", msgid=f"react {bob.id}")
        reacted = b.expect(lambda f: f["cmd"] == 12)
    if cmd == 10:
        assert ann.post("/contact/deletefriend", dstid=bob.id)["code"] == 0
    else:
        assert bob.post("/contact/leavecommunity", dstid=group)["code"] == 0
    before = len(ann.history(cmd, bob.id if cmd == 10 else group))
    with bob.chat() as b:
        assert b.say(dst, "once", cmd=cmd, msgid=f"once {bob.id}") == first
        b.send(cmd=21, kind=cmd, dstid=dst, seq=seq, emoji="👍", msgid=f"react {bob.id}")
        assert b.expect(lambda f: f["cmd"] in (12, 13)) == reacted
        assert b.say(dst, "another", cmd=cmd)["cmd"] == 13
    assert len(ann.history(cmd, bob.id if cmd == 10 else group)) == before


def test_typing_that_is_said_with_every_key_is_told_once(ann: Person, bob: Person) -> None:
    """And again after a message, which ends it for those who see it."""

    def typed() -> int:
        return len([frame for frame in a.drain_until_pulse() if frame["cmd"] == 15])

    with ann.chat() as a, bob.chat() as b:
        for _ in range(10):
            b.send(cmd=15, kind=10, dstid=ann.id)
        b.drain_until_pulse()
        assert typed() == 1
        b.say(ann.id, "typed")
        b.send(cmd=15, kind=10, dstid=ann.id)
        b.drain_until_pulse()
        assert typed() == 1


def test_one_connection_too_many_ends_the_oldest_for_good(ann: Person) -> None:
    chats = [ann.chat() for _ in range(33)]
    try:
        assert chats[0].close_code() == Close.REPLACED == 4502
        chats[1].drain_until_pulse()
    finally:
        for chat in chats:
            chat.close()


def test_close_codes_say_whether_to_come_back() -> None:
    """4000 to 4499: come back; 4500 to 4999: stay away; the document has them all."""
    rows = re.findall(r"^\| (\d{4}) \| [^|]+ \| (yes|no)", PROTOCOL, re.MULTILINE)
    told = {int(code): answer for code, answer in rows if int(code) >= 4000}
    assert told == {code.value: "yes" if code < 4500 else "no" for code in Close if code >= 4000}
