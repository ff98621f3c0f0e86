"""Recalls, edits, reactions, new names, readers and devices, as people at a running server see them."""

from __future__ import annotations

import itertools
from typing import Any

from tests.people import Person
from tests.servers import Server, wait_for
from tests.ws import Chat

_numbers = itertools.count(1)
PHONE = {"User-Agent": "Mozilla/5.0 (Linux; Android 14; Pixel 8) Chrome/130 Mobile Safari/537.36"}
DESKTOP = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Chrome/130 Safari/537.36"}


def amend(chat: Chat, cmd: int, dst: int, seq: int, kind: int = 10, **fields: Any) -> dict[str, Any]:
    """The ack or the refusal."""
    msgid = fields.pop("msgid", f"a{next(_numbers)}")
    chat.send(cmd=cmd, kind=kind, dstid=dst, seq=seq, msgid=msgid, **fields)
    return chat.expect(lambda f: f["cmd"] in (12, 13) and f.get("msgid") == msgid)


def entry(chat: Chat, media: int) -> dict[str, Any]:
    return chat.expect(lambda f: f["cmd"] in (10, 11) and f["media"] == media)


def test_amendments_reach_both_people_and_the_own_devices(ann: Person, bob: Person) -> None:
    with ann.chat() as a, ann.chat() as second, bob.chat() as b:
        seq = a.say(bob.id, "hello")["seq"]
        ack = amend(b, 21, ann.id, seq, emoji="👍")
        for chat in (a, second, b):
            seen = entry(chat, 23)
            assert (seen["seq"], seen["target"], seen["content"]) == (ack["seq"], seq, "👍")
            assert (seen["userid"], seen["dstid"], seen["amount"]) == (bob.id, ann.id, 1)
        amend(a, 20, bob.id, seq, content="hello there")
        assert {entry(chat, 22)["content"] for chat in (a, second, b)} == {"hello there"}
        amend(second, 19, bob.id, seq)
        assert {entry(chat, 21)["target"] for chat in (a, second, b)} == {seq}
        assert amend(b, 21, ann.id, seq, emoji="👍")["error"] == "no_such_message"


def test_an_old_page_sees_no_amendment(ann: Person, bob: Person) -> None:
    with ann.chat() as a, bob.chat(v2=False) as old:
        seq = a.say(bob.id, "hello")["seq"]
        old.message("hello")
        amend(a, 20, bob.id, seq, content="changed")
        a.say(bob.id, "after")
        old.message("after")
        assert old.inbox == []


def test_messages_and_reactions_of_many_moments_are_numbered_without_a_hole(
    server: Server, ann: Person, bob: Person
) -> None:
    """Two writers of one log: the committer of messages, and the transactions of the amendments."""
    with ann.chat() as a, bob.chat() as b:
        target = a.say(bob.id, "target")["seq"]
        for place in range(20):
            a.send(cmd=10, dstid=bob.id, content=f"text {place}", msgid=f"m{place}-{target}")
            b.send(
                cmd=21,
                kind=10,
                dstid=ann.id,
                seq=target,
                emoji=chr(0x1F600 + place),
                msgid=f"r{place}-{target}",
            )
        acks = [c.expect(lambda f: f["cmd"] in (12, 13)) for c in (a, b) for _ in range(20)]
        assert sorted(ack["seq"] for ack in acks) == list(range(target + 1, target + 41))
    rows = {row["seq"]: row for row in ann.history(10, bob.id, limit=200)}
    assert sorted(rows) == list(range(1, target + 41))
    assert len(rows[target]["reactions"]) == 20


def test_a_new_name_is_an_entry(ann: Person, bob: Person) -> None:
    name = f"old {ann.id}"
    group = ann.create_group(name, bob)
    with bob.chat() as b:
        answer = bob.post("/contact/updatecommunity", dstid=group, name="taken over")
        assert answer["error"] == "not_admin"
        answer = ann.post("/contact/updatecommunity", dstid=group, name=f"new {ann.id}", memo="what for")
        assert (answer["data"]["name"], answer["data"]["memo"]) == (f"new {ann.id}", "what for")
        seen = b.expect(lambda f: f.get("media") == 20)
        assert (seen["content"], seen["memo"], seen["userid"]) == ("renamed", f"new {ann.id}", ann.id)
        assert b.expect(lambda f: f["cmd"] == 17)["what"] == "communities"
    assert ann.post("/contact/updatecommunity", dstid=group, memo="")["data"]["name"] == f"new {ann.id}"
    told = ann.history(11, group)[2:4]
    assert [(row["seq"], row["content"]) for row in told] == [
        (seen["seq"], "renamed"),
        (seen["seq"] + 1, "described"),
    ]


def test_a_name_that_another_group_has_is_refused_and_nothing_is_told(ann: Person, bob: Person) -> None:
    group = ann.create_group(f"first {ann.id}", bob)
    ann.create_group(f"second {ann.id}")
    before = ann.history(11, group)
    answer = ann.post("/contact/updatecommunity", dstid=group, name=f"second {ann.id}")
    assert answer["error"] == "group_name_taken"
    assert ann.history(11, group) == before


def test_joining_and_leaving_are_entries_written_with_the_membership(ann: Person, bob: Person) -> None:
    group = ann.create_group(f"doors {ann.id}")
    with ann.chat() as a, bob.chat() as b:
        bob.post("/contact/joincommunity", dstid=group)
        for chat in (a, b):  # who joins sees it too
            assert chat.expect(lambda f: f.get("media") == 20)["content"] == "joined"
        bob.post("/contact/leavecommunity", dstid=group)
        assert a.expect(lambda f: f.get("media") == 20)["content"] == "left"
        assert all(f.get("media") != 20 for f in b.drain_until_pulse())
    rows = ann.history(11, group)
    assert [(row["content"], row["userid"]) for row in rows] == [
        ("joined", ann.id), ("joined", bob.id), ("left", bob.id),
    ]  # fmt: skip


def test_who_has_read_a_groups_message_and_who_has_not(server: Server, ann: Person, bob: Person) -> None:
    """Whoever joined later is asked of neither way; an outsider is told nothing."""
    third, late = Person(server.url, "Third"), Person(server.url, "Late")
    group = ann.create_group(f"readers {ann.id}", bob, third)
    with ann.chat() as a, bob.chat() as b:
        seq = a.say(group, "read me", cmd=11)["seq"]
        assert late.post("/contact/joincommunity", dstid=group)["code"] == 0
        b.send(cmd=14, kind=11, dstid=group, seq=seq)
        a.expect(lambda f: f["cmd"] == 14 and f["userid"] == bob.id)
        answer = ann.post("/message/readers", cmd=11, dstid=group, seq=seq)["data"]
        assert answer == {"read": [bob.id], "unread": [third.id], "hidden": 0}
    stranger = Person(server.url, "Stranger")
    assert stranger.post("/message/readers", cmd=11, dstid=group, seq=seq)["error"] == "not_found"
    single = ann.post("/message/readers", cmd=10, dstid=bob.id, seq=1)["data"]
    assert single == {"read": [], "unread": [bob.id], "hidden": 0}


def test_friends_see_with_what_somebody_is_here_and_since_when_not(ann: Person, bob: Person) -> None:
    def friend() -> dict[str, Any]:
        return dict(ann.post("/contact/loadfriend")["rows"][0])

    def presence(chat: Chat) -> tuple[int, list[str]]:
        frame = chat.expect(lambda f: f["cmd"] == 16)
        return frame["online"], frame["devices"]

    assert (friend()["online"], friend()["lastseen"]) == (0, "")
    with ann.chat() as a:
        with bob.chat(headers=DESKTOP):
            assert presence(a) == (1, ["desktop"])
            with bob.chat(headers=PHONE), bob.chat(headers=PHONE):
                assert presence(a) == (1, ["desktop", "phone"])
                assert (friend()["online"], friend()["devices"]) == (1, ["desktop", "phone"])
            assert presence(a) == (1, ["desktop"])
        assert presence(a) == (0, [])
    wait_for(lambda: friend()["lastseen"], "last seen is written behind")
    assert friend()["devices"] == []
    assert bob.post("/contact/block", dstid=ann.id)["code"] == 0
    assert friend()["lastseen"] == ""
