"""Replies, mentions, forwarding, pins and favourites: what may be referred to, and what becomes of it."""

from __future__ import annotations

from typing import Any

import pytest

from fastim.backends.log import Receipt
from fastim.models import Attachment, Favourite, Mention, db
from fastim.protocol import frames, limits
from tests.client import Client
from tests.talk import Talk
from tests.wire import Wire


def said(talk: Talk, who: Client, wire: Wire, content: str = "hello", **fields: Any) -> dict[str, Any]:
    cmd = talk.kind
    return wire.send(cmd=cmd, dstid=talk.dst(who), media=1, content=content, **fields)


def state(talk: Talk, who: Client) -> dict[str, Any]:
    found = who.post("/message/sync").data["conversations"]
    return dict(next(one for one in found if one["cmd"] == talk.kind))


def of(talk: Talk, who: Client, **fields: Any) -> dict[str, Any]:
    return {"cmd": talk.kind, "dstid": talk.dst(who), **fields}


def test_a_reply_names_a_message_of_the_same_conversation(talk: Talk) -> None:
    """One that its sender can see and that was not recalled."""
    wire = Wire(talk.app, talk.one)
    seq = talk.say(talk.other, "question")
    ack = said(talk, talk.one, wire, "answer", reply=seq)
    assert talk.history(talk.other)[ack["seq"]]["reply"] == seq
    assert said(talk, talk.one, wire, reply=seq + 50)["error"] == "no_such_message"
    recall = talk.amend(talk.other, "recall", seq)
    assert isinstance(recall, Receipt)
    assert said(talk, talk.one, wire, reply=seq)["error"] == "no_such_message"
    assert said(talk, talk.one, wire, reply=recall.seq)["error"] == "no_such_message"
    rows = talk.other.post_json("/message/entries", of(talk, talk.other, seqs=[seq, ack["seq"]])).rows
    assert [(row["seq"], row.get("recalled", 0)) for row in rows] == [(seq, talk.other.id), (ack["seq"], 0)]


def test_a_mention_is_marked_until_it_is_read(talk: Talk) -> None:
    wire = Wire(talk.app, talk.one)
    ack = said(talk, talk.one, wire, "@you", at=[talk.other.id])
    assert talk.history(talk.other)[ack["seq"]]["at"] == [talk.other.id]
    assert state(talk, talk.other)["mentioned"] == ack["seq"]
    assert state(talk, talk.one)["mentioned"] == 0
    services = talk.app.extensions["fastim"].realtime.services
    with talk.app.app_context():
        conversation = services.access.door(talk.other.id, talk.kind, talk.dst(talk.other))
        services.marks.wrote(talk.other.id, conversation, ack["seq"])
    assert state(talk, talk.other)["mentioned"] == 0


def test_a_recalled_message_mentions_nobody(talk: Talk) -> None:
    ack = said(talk, talk.one, Wire(talk.app, talk.one), "@you", at=[talk.other.id])
    assert isinstance(talk.amend(talk.one, "recall", ack["seq"]), Receipt)
    assert state(talk, talk.other)["mentioned"] == 0
    with talk.app.app_context():
        assert not db.session.query(Mention).count()


def test_who_may_be_mentioned_by_whom(talk: Talk) -> None:
    """Members; all of a group by those who lead it; nobody twice."""
    one, other = Wire(talk.app, talk.one), Wire(talk.app, talk.other)
    stranger = talk.one.register()
    assert said(talk, talk.one, one, at=[stranger.id])["error"] == "no_such_member"
    assert said(talk, talk.one, one, at=[talk.other.id, talk.other.id])["error"] == "bad_frame"
    assert said(talk, talk.one, one, at=list(range(1, limits.MENTIONS + 2)))["error"] == "bad_frame"
    if talk.kind == frames.SINGLE:
        assert said(talk, talk.one, one, at=[0])["error"] == "no_such_member"
        return
    assert said(talk, talk.other, other, at=[0])["error"] == "not_admin"
    ack = said(talk, talk.one, one, "@all", at=[0])
    assert state(talk, talk.other)["mentioned"] == ack["seq"]


def test_one_message_is_forwarded_as_it_is(talk: Talk) -> None:
    wire, third = Wire(talk.app, talk.one), talk.one.register()
    talk.one.befriend(third)
    sticker = talk.say(talk.other, "", media=frames.PICTURE, url="/asset/stickers/pip/wave.gif")
    source = {"from_kind": talk.kind, "from_id": talk.dst(talk.one)}
    ack = wire.send(cmd=25, kind=10, dstid=third.id, seqs=[sticker], **source)
    (row,) = third.post("/message/history", cmd=10, dstid=talk.one.id).rows
    assert (row["seq"], row["url"]) == (ack["seq"], "/asset/stickers/pip/wave.gif")
    assert "record" not in row


def test_many_are_forwarded_as_a_record_that_nobody_can_make_up(talk: Talk) -> None:
    """Who said what comes from the log; a record of a record stays one."""
    wire, third = Wire(talk.app, talk.one), talk.one.register()
    talk.one.befriend(third)
    seqs = [talk.say(talk.one, "first"), talk.say(talk.other, "second")]
    source = {"from_kind": talk.kind, "from_id": talk.dst(talk.one)}
    wire.send(cmd=25, kind=10, dstid=third.id, seqs=seqs[::-1], **source)
    (row,) = third.post("/message/history", cmd=10, dstid=talk.one.id).rows
    assert row["media"] == frames.RECORD
    assert [(item["userid"], item["content"]) for item in row["record"]] == [
        (talk.one.id, "first"), (talk.other.id, "second"),
    ]  # fmt: skip
    assert row["record"][0]["name"] == talk.one.me["nickname"]
    assert row["memo"]
    again = {"from_kind": 10, "from_id": third.id, "seqs": [row["seq"]]}
    wire.send(cmd=25, kind=talk.kind, dstid=talk.dst(talk.one), merged=True, **again)
    last = max(talk.history(talk.other).values(), key=lambda one: one["seq"])
    assert [item["content"] for item in last["record"][0]["record"]] == ["first", "second"]
    forged = wire.send(cmd=10, dstid=third.id, media=frames.RECORD, record=row["record"])
    assert forged["error"] == "unsupported_media"


def test_what_cannot_be_forwarded(talk: Talk) -> None:
    wire, third = Wire(talk.app, talk.one), talk.one.register()
    talk.one.befriend(third)
    stranger = talk.one.register()
    seq = talk.say(talk.one, "x" * limits.TEXT_CHARS)
    source = {"from_kind": talk.kind, "from_id": talk.dst(talk.one)}
    to_third = {"cmd": 25, "kind": 10, "dstid": third.id}
    assert wire.send(**to_third, seqs=[seq, seq + 9], **source)["error"] == "no_such_message"
    assert wire.send(**to_third, seqs=[], **source)["error"] == "bad_frame"
    assert wire.send(cmd=25, kind=10, dstid=stranger.id, seqs=[seq], **source)["error"] == "not_friends"
    foreign = Wire(talk.app, third).send(cmd=25, kind=10, dstid=talk.one.id, seqs=[seq], **source)
    assert foreign["error"] in ("not_found", "no_such_message")
    long = [seq, *(talk.say(talk.one, "好" * limits.TEXT_CHARS) for _ in range(4))]
    assert wire.send(**to_third, seqs=long, **source)["error"] == "text_too_long"
    assert isinstance(talk.amend(talk.one, "recall", seq), Receipt)
    assert wire.send(**to_third, seqs=[seq], **source)["error"] == "no_such_message"


def test_a_pinned_message_is_at_hand_until_it_is_taken_off_or_recalled(talk: Talk) -> None:
    first, second = talk.say(talk.one, "first"), talk.say(talk.one, "second")

    def pins(who: Client) -> list[int]:
        return [row["seq"] for row in who.post("/message/pins", **of(talk, who)).rows]

    receipt = talk.amend(talk.one, "pin", first)
    assert isinstance(receipt, Receipt)
    entry = talk.history(talk.other)[receipt.seq]
    assert (entry["media"], entry["target"], entry["amount"]) == (frames.PINNED, first, 1)
    assert talk.history(talk.other)[first]["pinned"] is True
    assert talk.amend(talk.one, "pin", first) == "nothing_changed"
    assert isinstance(talk.amend(talk.one, "pin", second), Receipt)
    assert sorted(pins(talk.other)) == [first, second]
    outcome = talk.amend(talk.other, "pin", first, on=False)
    assert outcome == "not_admin" if talk.kind == frames.GROUP else isinstance(outcome, Receipt)
    assert isinstance(talk.amend(talk.one, "recall", second), Receipt)
    assert second not in pins(talk.other)


def test_so_many_are_pinned_in_a_conversation_at_most(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PINS", 0)
    assert talk.amend(talk.one, "pin", talk.say(talk.one)) == "too_many_pinned"


def test_favourites_are_found_by_text_and_kind_and_go_with_a_recall(talk: Talk) -> None:
    seqs = [talk.say(talk.other, text) for text in ('a "quoted" Word', "吃饭 100%", "third")]
    seqs.append(talk.say(talk.other, "", media=frames.PICTURE, url="/asset/stickers/pip/wave.gif"))
    for seq in [*seqs, seqs[0]]:  # keeping one twice changes nothing
        assert talk.one.post("/message/favourite", **of(talk, talk.one, seq=seq)).code == 0

    def found(**sought: Any) -> list[int]:
        return [row["entry"]["seq"] for row in talk.one.post("/message/favourites", **sought).rows]

    assert found() == seqs[::-1]
    assert found(q='"QUOTED" w') == [seqs[0]]
    assert found(q="吃饭") == found(q="0%") == [seqs[1]]
    assert found(q="content") == []
    assert found(media=frames.PICTURE) == [seqs[3]]
    rows = talk.one.post("/message/favourites").rows
    assert rows[0]["dstid"] == talk.dst(talk.one)
    assert talk.other.post("/message/favourites").rows == []
    assert talk.one.post("/message/unfavourite", id=rows[0]["id"]).code == 0
    assert (
        talk.other.post("/message/unfavourite", id=rows[1]["id"]).code == 0
    )  # not theirs: nothing happens
    assert isinstance(talk.amend(talk.other, "recall", seqs[0]), Receipt)
    assert found() == [seqs[2], seqs[1]]
    stranger = talk.one.register()
    assert stranger.post("/message/favourite", **of(talk, talk.one, seq=seqs[1])).status == 404


def test_the_list_of_favourites_has_bounds(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FAVOURITES_PAGE", 2)
    monkeypatch.setattr(limits, "FAVOURITES", 3)
    seqs = [talk.say(talk.one, f"text {place}") for place in range(4)]
    answers = [talk.one.post("/message/favourite", **of(talk, talk.one, seq=seq)) for seq in seqs]
    assert [answer.error for answer in answers] == ["", "", "", "too_many_favourites"]
    first = talk.one.post("/message/favourites")
    assert (len(first.rows), first.json["gap"]) == (2, True)
    rest = talk.one.post("/message/favourites", before=first.rows[-1]["id"])
    assert (len(rest.rows), rest.json["gap"]) == (1, False)
    with talk.app.app_context():
        assert db.session.query(Favourite).count() == 3
        assert not db.session.query(Attachment).count()


def test_who_reacted_and_what_was_said_before(talk: Talk) -> None:
    """Former texts are for their author and a group's leaders."""
    seq = talk.say(talk.other, "first")
    for who in (talk.one, talk.other):
        assert isinstance(talk.amend(who, "react", seq, emoji="👍"), Receipt)
    assert isinstance(talk.amend(talk.one, "react", seq, emoji="❤️"), Receipt)
    assert isinstance(talk.amend(talk.other, "edit", seq, content="second"), Receipt)
    rows = talk.one.post("/message/reactions", **of(talk, talk.one, seq=seq)).rows
    both = sorted((talk.one.id, talk.other.id))
    assert rows == [{"emoji": "👍", "users": both}, {"emoji": "❤️", "users": [talk.one.id]}]
    versions = talk.other.post("/message/versions", **of(talk, talk.other, seq=seq)).rows
    assert [row["content"] for row in versions] == ["first", "second"]
    assert versions[0]["time"] <= versions[1]["time"]
    leader = talk.one.post("/message/versions", **of(talk, talk.one, seq=seq))
    assert leader.status == (200 if talk.kind == frames.GROUP else 403)
    assert isinstance(talk.amend(talk.other, "recall", seq), Receipt)
    gone = talk.other.post("/message/versions", **of(talk, talk.other, seq=seq))
    assert gone.error == "no_such_message"


def test_marks_of_the_others_and_where_they_joined(talk: Talk) -> None:
    seq = talk.say(talk.one)
    services = talk.app.extensions["fastim"].realtime.services
    with talk.app.app_context():
        door = services.access.door(talk.one.id, talk.kind, talk.dst(talk.one))
    services.marks.wrote(talk.other.id, door, seq)
    (mark,) = talk.one.post("/message/marks", **of(talk, talk.one)).rows
    assert (mark["userid"], mark["read_seq"]) == (talk.other.id, seq)
    assert talk.one.register().post("/message/marks", **of(talk, talk.one)).status == 404
