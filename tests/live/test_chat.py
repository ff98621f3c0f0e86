"""Messages between real sockets: who gets what, who is refused, what is stored."""

from __future__ import annotations

import contextlib
import json

import pytest
from websockets.exceptions import ConnectionClosed

from tests.conftest import StartServer
from tests.people import Person
from tests.servers import Server


@pytest.fixture
def bob(server: Server, ann: Person) -> Person:
    person = Person(server.url, "Bob")
    ann.befriend(person)
    return person


def test_a_message_reaches_the_friend_and_is_acknowledged_after_it_is_stored(
    ann: Person, bob: Person
) -> None:
    with ann.chat() as a, bob.chat() as b:
        ack = a.say(bob.id, "你好 👋")
        (row,) = ann.history(10, bob.id)
        message = b.message("你好 👋")
    assert (ack["cmd"], ack["seq"], ack["dstid"]) == (12, 1, bob.id)
    assert message == row
    assert (message["userid"], message["dstid"], message["id"]) == (ann.id, bob.id, ack["id"])


def test_the_sender_is_never_believed(ann: Person, bob: Person) -> None:
    """A frame that names somebody else as its sender is refused, and nobody gets it."""
    with ann.chat() as a, bob.chat() as b:
        refusal = a.say(bob.id, "forged", userid=bob.id)
        assert (refusal["cmd"], refusal["error"]) == (13, "not_you")
        a.say(bob.id, "true", userid=ann.id)
        assert b.message("true")["userid"] == ann.id
        assert b.inbox_contents() == []


def test_all_devices_of_both_get_the_message_but_the_one_that_sent_it(ann: Person, bob: Person) -> None:
    with ann.chat() as desk, ann.chat() as phone, bob.chat() as b1, bob.chat(v2=False) as b2:
        desk.say(bob.id, "to all")
        assert phone.message("to all")["userid"] == ann.id
        b1.message("to all")
        b2.message("to all")
        assert [f["cmd"] for f in desk.drain_until_pulse() if f["cmd"] in (10, 11)] == []


def test_a_second_connection_does_not_replace_the_first(ann: Person, bob: Person) -> None:
    with bob.chat() as first, bob.chat(), ann.chat() as a:
        a.say(bob.id, "still there?")
        first.message("still there?")


def test_an_old_page_sees_chat_frames_only(ann: Person, bob: Person) -> None:
    """No hello, no ack, no presence, no typing, no read mark, no refusal, no notice of the server."""
    with bob.chat(v2=False, query=True) as old, ann.chat() as a:
        assert old.hello == "welcome!"
        old.send(cmd=10, userid=bob.id, dstid=ann.id, media=1, content="from an old page")
        seq = a.message("from an old page")["seq"]
        a.send(cmd=15, kind=10, dstid=bob.id)
        a.send(cmd=14, kind=10, dstid=bob.id, seq=seq)
        old.send(cmd=10, dstid=999, media=1, content="to nobody")
        old.send(cmd=0)
        group = ann.create_group("Old pages", bob)
        a.say(group, "group", cmd=11)
        assert old.message("group")["dstid"] == group
        a.say(bob.id, "last")
        old.message("last")
        assert old.inbox == []


def test_resending_a_msgid_gives_the_first_ack_and_no_second_message(ann: Person, bob: Person) -> None:
    with ann.chat() as a, ann.chat() as again, bob.chat() as b:
        first = a.say(bob.id, "once", msgid="same")
        assert again.say(bob.id, "once", msgid="same") == first
        a.say(bob.id, "next")
        b.message("once")
        b.message("next")
        assert b.inbox_contents() == []
    assert [row["content"] for row in bob.history(10, ann.id)] == ["once", "next"]


def test_strangers_the_blocked_and_outsiders_are_refused(server: Server, ann: Person, bob: Person) -> None:
    stranger = Person(server.url)
    group = ann.create_group("Insiders")
    with stranger.chat() as s, bob.chat() as b, ann.chat() as a:
        assert s.say(ann.id, "hi")["error"] == "not_friends"
        assert s.say(group, "hi", cmd=11)["error"] == "not_member"
        assert s.say(10**9, "hi")["error"] == "not_friends"
        assert b.say(ann.id, "hello")["cmd"] == 12
        ann.post("/contact/block", dstid=bob.id, blocked=True)
        assert b.say(ann.id, "blocked?")["error"] == "blocked"
        ann.post("/contact/block", dstid=bob.id, blocked=False)
        assert b.say(ann.id, "again")["cmd"] == 12
        ann.post("/contact/deletefriend", dstid=bob.id)
        assert b.say(ann.id, "deleted?")["error"] == "not_friends"
        a.message("again")
        assert a.inbox_contents() == ["hello"]


def test_a_group_message_reaches_every_member_and_nobody_else(server: Server, ann: Person) -> None:
    carl, dora = Person(server.url), Person(server.url)
    group = ann.create_group("Three", carl)
    with ann.chat() as a, carl.chat() as c, dora.chat() as d:
        a.say(group, "members only", cmd=11)
        assert c.message("members only")["cmd"] == 11
        assert [f for f in d.drain_until_pulse() if f["cmd"] == 11] == []


def test_joining_and_leaving_take_effect_on_live_connections_at_once(server: Server, ann: Person) -> None:
    carl = Person(server.url)
    group = ann.create_group("Doors")
    with ann.chat() as a, carl.chat() as c:
        a.say(group, "before", cmd=11)
        carl.post("/contact/joincommunity", dstname="Doors")
        a.say(group, "during", cmd=11)
        c.message("during")
        carl.post("/contact/leavecommunity", dstid=group)
        a.say(group, "after", cmd=11)
        assert c.say(group, "may I?", cmd=11)["error"] == "not_member"
        seen = [f.get("content") for f in c.drain_until_pulse() if f["cmd"] == 11]
        assert "before" not in seen
        assert "after" not in seen
    assert carl.post("/message/history", cmd=11, dstid=group)["error"] == "not_found"


def test_history_begins_where_one_joined(server: Server, ann: Person) -> None:
    carl = Person(server.url)
    group = ann.create_group("Late")
    with ann.chat() as a:
        a.say(group, "before", cmd=11)
        carl.post("/contact/joincommunity", dstname="Late")
        a.say(group, "after", cmd=11)
    contents = [row["content"] for row in carl.history(11, group)]
    assert "before" not in contents
    assert "after" in contents


@pytest.mark.parametrize(
    ("frame", "error"),
    [
        ({"media": 1, "content": "x" * 5001}, "text_too_long"),
        ({"media": 1, "content": ""}, "empty_message"),
        ({"media": 4, "url": "https://elsewhere.example/a.png"}, "bad_url"),
        ({"media": 4, "url": "/resource/../etc/passwd"}, "bad_url"),
        ({"media": 4, "url": "//elsewhere.example/a.png"}, "bad_url"),
        ({"media": 4, "url": "javascript:alert(1)"}, "bad_url"),
        ({"media": 4, "url": "/resource/never-uploaded.png"}, "bad_url"),
        ({"media": 20, "content": "joined"}, "unsupported_media"),
        ({"media": 1, "content": 5}, "bad_frame"),
        ({"media": "1", "content": "a"}, "bad_frame"),
    ],
)
def test_what_may_not_be_said_is_refused_with_its_msgid(
    ann: Person, bob: Person, frame: dict[str, object], error: str
) -> None:
    with ann.chat() as a:
        a.send(cmd=10, dstid=bob.id, msgid="odd", **frame)
        refusal = a.expect(lambda f: f["cmd"] == 13)
        assert (refusal["error"], refusal["msgid"]) == (error, "odd")
        assert refusal["msg"]
        assert a.say(bob.id, "still alive")["seq"] == 1


def test_malformed_frames_are_refused_and_too_many_close_the_connection(ann: Person, bob: Person) -> None:
    with ann.chat() as a:
        for text in ("garbage", "[]", "{", '{"cmd":99}', '{"cmd":"10"}', "null"):
            a.socket.send(text)
            assert a.expect(lambda f: f["cmd"] == 13)["error"] == "bad_frame"
        with contextlib.suppress(ConnectionClosed):  # the last ones may find it closed
            for _ in range(20):
                a.socket.send("{}")
        assert a.close_code() == 1008


@pytest.mark.parametrize(
    ("data", "code"),
    [("x" * 65537, 1009), (b"binary", 1003)],
    ids=["too big", "binary"],
)
def test_a_frame_that_cannot_be_answered_closes_with_the_right_code(
    ann: Person, data: str | bytes, code: int
) -> None:
    with ann.chat() as a:
        a.socket.send(data)
        assert a.close_code() == code


def test_refusals_speak_the_connections_language(ann: Person) -> None:
    for language, text in (("en", "You are not friends"), ("zh-CN", "你们还不是好友")):
        with ann.chat(headers={"Accept-Language": language}) as a:
            assert a.say(10**9, "hi")["msg"] == text


def test_read_marks_reach_the_peer_and_the_readers_other_devices(ann: Person, bob: Person) -> None:
    with ann.chat() as a, bob.chat() as desk, bob.chat() as phone:
        seq = a.say(bob.id, "read me")["seq"]
        desk.send(cmd=14, kind=10, dstid=ann.id, seq=seq)
        assert a.expect(lambda f: f["cmd"] == 14) == {
            "cmd": 14, "kind": 10, "userid": bob.id, "dstid": bob.id, "seq": seq,
        }  # fmt: skip
        assert phone.expect(lambda f: f["cmd"] == 14)["dstid"] == ann.id
        (state,) = bob.sync()["conversations"]
        assert (state["unread"], state["read_seq"]) == (0, seq)
        (state,) = ann.sync()["conversations"]
        assert (state["unread"], state["peer_read_seq"]) == (0, seq)


def test_presence_and_typing_are_shown_to_friends(server: Server, ann: Person, bob: Person) -> None:
    stranger = Person(server.url)
    with ann.chat() as a, stranger.chat() as s:
        with bob.chat() as b:
            assert a.expect(lambda f: f["cmd"] == 16)["online"] == 1
            assert ann.post("/contact/loadfriend")["rows"][0]["online"] == 1
            b.send(cmd=15, kind=10, dstid=ann.id)
            assert a.expect(lambda f: f["cmd"] == 15) == {
                "cmd": 15, "kind": 10, "userid": bob.id, "dstid": bob.id,
            }  # fmt: skip
        assert a.expect(lambda f: f["cmd"] == 16)["online"] == 0
        assert ann.post("/contact/loadfriend")["rows"][0]["online"] == 0
        assert s.drain_until_pulse() == []


def test_sync_gives_what_was_missed_and_then_only_what_changed(ann: Person, bob: Person) -> None:
    with ann.chat() as a:
        for n in range(30):
            a.say(bob.id, f"missed {n}")
    answer = bob.sync()
    (state,) = answer["conversations"]
    assert (state["last_seq"], state["unread"], state["gap"]) == (30, 30, True)
    assert [e["seq"] for e in state["entries"]] == list(range(11, 31))
    older = bob.history(10, ann.id, before=11)
    assert [e["seq"] for e in older] == list(range(1, 11))
    page = bob.post("/message/history", cmd=10, dstid=ann.id, after=5, limit=10)
    assert ([e["seq"] for e in page["rows"]], page["gap"]) == (list(range(6, 16)), True)
    assert json.dumps(older) not in ("", "[]")


def test_history_of_others_is_not_found(server: Server, ann: Person, bob: Person) -> None:
    stranger = Person(server.url)
    with ann.chat() as a:
        a.say(bob.id, "private")
    for cmd, dstid in ((10, ann.id), (10, bob.id), (11, 1), (12, 1)):
        assert stranger.post("/message/history", cmd=cmd, dstid=dstid)["error"] == "not_found"
    assert stranger.sync()["conversations"] == []


def test_too_fast_is_refused_with_a_wait_and_slows_an_old_page(start_server: StartServer) -> None:
    """A client that takes refusals is told when to go on; an old page is read more slowly, unharmed."""
    server = start_server(rate_limits="on", message_rate="5/second", register_rate="100/second")
    ann, bob = Person(server.url), Person(server.url)
    ann.befriend(bob)
    with ann.chat() as a, bob.chat(v2=False) as old:
        answers = [a.say(bob.id, f"fast {n}") for n in range(20)]
        refused = [f for f in answers if f["cmd"] == 13]
        assert {f["error"] for f in refused} == {"rate_limited"}
        assert all(0 < f["retry_after"] <= 1 for f in refused)
        for n in range(15):
            old.send(cmd=10, dstid=ann.id, media=1, content=f"slow {n}")
        for n in range(15):
            a.message(f"slow {n}")
