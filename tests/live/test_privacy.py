"""Receipts, typing and presence on real sockets: who hides them shows nothing and is shown nothing."""

from __future__ import annotations

from typing import Any

from tests.people import Person
from tests.servers import Server, wait_for
from tests.ws import Chat


def set_privacy(person: Person, **fields: Any) -> None:
    assert person.post("/settings/privacy", **fields)["code"] == 0


def signs(chat: Chat) -> list[tuple[int, int]]:
    """The read marks and the typing that came, as (cmd, who)."""
    return [(f["cmd"], f["userid"]) for f in chat.drain_until_pulse() if f["cmd"] in (14, 15)]


def settle(*chats: Chat) -> None:
    """What these sent was taken; what that made others be sent is on its way before their next answer."""
    for chat in chats:
        chat.drain_until_pulse()


def test_receipts_switched_off_are_neither_shown_nor_seen(ann: Person, bob: Person) -> None:
    with ann.chat() as a, ann.chat() as desk, bob.chat() as b:
        seq = a.say(bob.id, "one")["seq"]
        b.say(ann.id, "two")
        set_privacy(ann, receipts=False)
        settle(a, b, desk)
        for chat, peer in ((a, bob), (b, ann)):  # both ways, and none of it comes through
            chat.send(cmd=15, kind=10, dstid=peer.id)
            chat.send(cmd=14, kind=10, dstid=peer.id, seq=seq + 1)
        settle(a, b)
        assert signs(b) == signs(a) == []
        assert signs(desk) == [(14, ann.id)]  # one's own devices know what one has read
        for person in (ann, bob):
            (talk,) = person.sync()["conversations"]
            assert (talk["peer_read_seq"], talk["unread"]) == (0, 0)
        assert ann.post("/message/readers", cmd=10, dstid=bob.id, seq=seq)["error"] == "receipts_off"

        set_privacy(ann, receipts=True)
        a.say(bob.id, "three")
        settle(a, b)
        b.send(cmd=15, kind=10, dstid=ann.id)
        b.send(cmd=14, kind=10, dstid=ann.id, seq=seq + 2)
        settle(b)
        assert signs(a) == [(15, bob.id), (14, bob.id)]
        assert ann.sync()["conversations"][0]["peer_read_seq"] == seq + 2


def test_in_a_group_too_each_member_decides(server: Server, ann: Person, bob: Person) -> None:
    eve = Person(server.url, "Eve")
    group = ann.create_group(f"quiet {ann.id}", bob, eve)
    set_privacy(eve, receipts=False)
    with ann.chat() as a, bob.chat() as b, eve.chat() as e, eve.chat() as desk:
        seq = a.say(group, "read me", cmd=11)["seq"]
        for chat in (b, e):
            chat.message("read me")
            chat.send(cmd=15, kind=11, dstid=group)
            chat.send(cmd=14, kind=11, dstid=group, seq=seq)
            settle(chat)
        assert signs(a) == [(15, bob.id), (14, bob.id)]
        assert signs(e) == []
        assert signs(desk) == [(14, eve.id)]
        answer = ann.post("/message/readers", cmd=11, dstid=group, seq=seq)["data"]
        assert answer == {"read": [bob.id], "unread": [], "hidden": 1}
        assert eve.post("/message/readers", cmd=11, dstid=group, seq=seq)["error"] == "receipts_off"


def test_friends_see_one_come_and_go_as_one_lets_them(ann: Person, bob: Person) -> None:
    def presence(chat: Chat) -> tuple[int, bool]:
        """Whether online, and whether a time was told."""
        frame = chat.expect(lambda f: f["cmd"] == 16)
        return frame["online"], frame["time"] > 0

    def friend() -> tuple[int, bool]:
        row = ann.post("/contact/loadfriend")["rows"][0]
        return row["online"], bool(row["lastseen"])

    with ann.chat() as a:
        with bob.chat():
            assert presence(a) == (1, True)
            set_privacy(bob, online=False)
            assert presence(a) == (0, False)
            assert friend() == (0, False)
            set_privacy(bob, online=True, lastseen=False)
            assert presence(a) == (1, False)
        assert presence(a) == (0, False)
        set_privacy(bob, online=False)
        assert presence(a) == (0, False)
        with bob.chat():
            settle(a)
        settle(a)
        assert all(f["cmd"] != 16 for f in a.inbox)
        assert friend() == (0, False)
        set_privacy(bob, online=True, lastseen=True)
        wait_for(lambda: friend() == (0, True), "last seen is written behind")


def test_settings_reach_ones_other_devices(ann: Person) -> None:
    with ann.chat() as a:
        set_privacy(ann, adding="ask")
        assert a.expect(lambda f: f["cmd"] == 17)["what"] == "me"
        assert ann.post("/settings/notices", quiet=True)["code"] == 0
        assert a.expect(lambda f: f["cmd"] == 17)["what"] == "me"
