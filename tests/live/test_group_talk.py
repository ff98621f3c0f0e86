"""Speaking in groups: who may, who may not for a time, and what the others are told, over real sockets."""

from __future__ import annotations

import pytest

from tests.people import Person
from tests.servers import Server
from tests.ws import Chat, Frame


@pytest.fixture
def bob(server: Server) -> Person:
    return Person(server.url, "Bob")


@pytest.fixture
def cid(server: Server) -> Person:
    return Person(server.url, "Cid")


@pytest.fixture
def group(ann: Person, bob: Person, cid: Person) -> int:
    return ann.create_group(f"floor {ann.id}", bob, cid)


def notice(chat: Chat, what: str) -> Frame:
    return chat.expect(lambda f: f.get("media") == 20 and f["content"] == what)


def said(chat: Chat, group: int, text: str = "hello") -> str:
    """ "" or the error."""
    return str(chat.say(group, text, cmd=11).get("error", ""))


def test_who_is_muted_is_refused_until_then_and_may_still_read(
    ann: Person, bob: Person, cid: Person, group: int
) -> None:
    with ann.chat() as a, bob.chat() as b, cid.chat() as c:
        mine = b.say(group, "before", cmd=11)["seq"]
        assert ann.post("/community/mute", dstid=group, memberid=bob.id, seconds=3600)["code"] == 0
        told = notice(b, "muted")
        assert (told["userid"], told["amount"]) == (ann.id, bob.id)
        assert int(told["memo"]) == pytest.approx(told["time"] + 3_600_000, abs=5000)
        refusal = b.say(group, "while muted", cmd=11)
        assert refusal["error"] == "muted"
        assert 3590 <= refusal["retry_after"] <= 3600
        for cmd, more in ((20, {"content": "edited"}), (21, {"emoji": "👍"})):
            b.send(cmd=cmd, kind=11, dstid=group, seq=mine, msgid=f"x{cmd}-{group}", **more)
            assert b.expect(lambda f: f["cmd"] == 13)["error"] == "muted"
        b.send(cmd=14, kind=11, dstid=group, seq=told["seq"])  # reading goes on
        assert [said(chat, group) for chat in (a, c)] == ["", ""]
        b.message("hello")
        b.send(cmd=19, kind=11, dstid=group, seq=mine, msgid=f"r{group}")  # and taking back
        assert b.expect(lambda f: f["cmd"] in (12, 13) and f["msgid"] == f"r{group}")["cmd"] == 12
        assert ann.post("/community/mute", dstid=group, memberid=bob.id, seconds=0)["code"] == 0
        assert said(b, group) == ""
        assert ann.post("/community/mute", dstid=group, memberid=bob.id, seconds=1)["code"] == 0
        wait = b.say(group, "soon", cmd=11)["retry_after"]
        assert wait == 1
        while said(b, group):  # ends with its second, by itself
            pass


def test_in_a_quiet_group_those_speak_who_lead_it(
    ann: Person, bob: Person, cid: Person, group: int
) -> None:
    with ann.chat() as a, bob.chat() as b, cid.chat() as c:
        assert ann.post("/community/muteall", dstid=group, seconds=600)["code"] == 0
        assert [said(chat, group) for chat in (a, b, c)] == ["", "muted", "muted"]
        assert ann.post("/community/admin", dstid=group, memberid=bob.id)["code"] == 0
        assert notice(c, "promoted")["amount"] == bob.id
        assert [said(chat, group) for chat in (b, c)] == ["", "muted"]
        b.send(cmd=19, kind=11, dstid=group, seq=a.say(group, "x", cmd=11)["seq"], msgid=f"adm{group}")
        assert b.expect(lambda f: f["cmd"] in (12, 13) and f["msgid"] == f"adm{group}")["cmd"] == 12
        assert ann.post("/community/admin", dstid=group, memberid=bob.id, admin=False)["code"] == 0
        assert [said(chat, group) for chat in (b, c)] == ["muted", "muted"]
        assert ann.post("/community/muteall", dstid=group, seconds=0)["code"] == 0
        assert [said(chat, group) for chat in (b, c)] == ["", ""]


def test_who_was_sent_away_hears_nothing_more_and_who_was_brought_hears_all(
    server: Server, ann: Person, bob: Person, group: int
) -> None:
    dee = Person(server.url, "Dee")
    ann.befriend(dee)
    with ann.chat() as a, bob.chat() as b, dee.chat() as d:
        assert ann.post("/community/invite", dstid=group, friendids=[dee.id])["data"]["joined"] == [dee.id]
        assert notice(d, "invited")["memo"] == str(dee.id)
        assert ann.post("/community/remove", dstid=group, memberid=bob.id)["code"] == 0
        assert b.expect(lambda f: f["cmd"] == 17)["what"] == "communities"
        assert said(a, group, "without Bob") == ""
        d.message("without Bob")
        assert "without Bob" not in b.inbox_contents()
        assert said(b, group) == "not_member"


def test_admins_are_told_at_once_who_waits(server: Server, ann: Person, bob: Person, group: int) -> None:
    assert ann.post("/community/mode", dstid=group, mode="approve")["code"] == 0
    eve = Person(server.url, "Eve")
    with ann.chat() as a, bob.chat() as b:
        b.drain_until_pulse()
        assert eve.post("/community/join", dstid=group)["data"]["state"] == "requested"
        assert a.expect(lambda f: f["cmd"] == 17)["what"] == "communities"
        assert all(f["cmd"] != 17 for f in b.drain_until_pulse())


def test_an_old_page_sees_none_of_it(ann: Person, bob: Person, group: int) -> None:
    with ann.chat() as a, bob.chat(v2=False) as old:
        for what, fields in (
            ("alias", {"alias": "Boss"}),
            ("muteall", {"seconds": 9}),
            ("putnotice", {"text": "x"}),
        ):
            assert ann.post(f"/community/{what}", dstid=group, **fields)["code"] == 0
        said(a, group, "after")
        old.message("after")
        assert old.inbox == []
