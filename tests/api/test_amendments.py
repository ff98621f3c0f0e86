"""Recall, edit and react: who may, what stays, and that history tells what is true now."""

from __future__ import annotations

import itertools
import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fastim.backends.log import Receipt
from fastim.models import Message, Reaction, Revision, db
from fastim.protocol import frames, limits
from fastim.protocol.events import EntryAdded
from fastim.services.amendments import is_emoji
from tests.client import Client
from tests.talk import Talk

_numbers = itertools.count(1)


def test_a_recalled_message_says_nothing_to_anybody_any_more(talk: Talk) -> None:
    """Not its text, nor what it said before, nor the edits, nor the reactions."""
    seq = talk.say(talk.other, "secret one")
    assert isinstance(talk.amend(talk.other, "edit", seq, content="secret two"), Receipt)
    assert isinstance(talk.amend(talk.one, "react", seq, emoji="👍"), Receipt)
    receipt = talk.amend(talk.other, "recall", seq)
    assert isinstance(receipt, Receipt)
    for who in (talk.one, talk.other):
        rows = talk.history(who)
        assert rows[seq]["recalled"] == talk.other.id
        assert rows[seq]["rev"] == receipt.seq
        assert (rows[receipt.seq]["media"], rows[receipt.seq]["target"]) == (frames.RECALLED, seq)
        assert "secret" not in str(rows)
        assert "secret" not in str(who.post("/message/sync").data)
        assert "reactions" not in rows[seq]
    with talk.app.app_context():
        assert not [m.body for m in db.session.query(Message) if "secret" in m.body]
        assert not db.session.query(Revision).count()
        assert not db.session.query(Reaction).count()


def test_nothing_more_becomes_of_a_recalled_message(talk: Talk) -> None:
    seq = talk.say(talk.one)
    assert isinstance(talk.amend(talk.one, "recall", seq), Receipt)
    for what, fields in (("recall", {}), ("edit", {"content": "x"}), ("react", {"emoji": "👍"})):
        assert talk.amend(talk.one, what, seq, **fields) == "no_such_message"


def test_a_message_may_be_recalled_for_two_minutes(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    seq = talk.say(talk.other)
    now = time.time_ns()
    monkeypatch.setattr(time, "time_ns", lambda: now + 121_000_000_000)
    assert talk.amend(talk.other, "recall", seq) == "too_late"
    monkeypatch.setattr(time, "time_ns", lambda: now + 100_000_000_000)
    assert isinstance(talk.amend(talk.other, "recall", seq), Receipt)


def test_only_a_groups_owner_recalls_what_another_said(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    """At any time; a member does not, and in a talk of two nobody does."""
    theirs, mine = talk.say(talk.other), talk.say(talk.one)
    now = time.time_ns()
    monkeypatch.setattr(time, "time_ns", lambda: now + 86_400_000_000_000)
    assert talk.amend(talk.other, "recall", mine) == "not_yours"
    outcome = talk.amend(talk.one, "recall", theirs)
    assert isinstance(outcome, Receipt) if talk.kind == frames.GROUP else outcome == "not_yours"


def test_an_edit_changes_what_history_says_and_keeps_what_was_said(talk: Talk) -> None:
    seq = talk.say(talk.one, "first")
    before = time.time_ns() // 1_000_000
    receipts = [talk.amend(talk.one, "edit", seq, content=text) for text in ("second", "third")]
    assert [r.seq for r in receipts if isinstance(r, Receipt)] == [seq + 1, seq + 2]
    row = talk.history(talk.other)[seq]
    assert (row["content"], row["rev"]) == ("third", seq + 2)
    assert row["edited"] >= before
    assert talk.history(talk.other)[seq + 1]["content"] == "second"
    with talk.app.app_context():
        kept = db.session.query(Revision).order_by(Revision.seq).all()
        assert [(r.seq, "first" in r.body, "second" in r.body) for r in kept] == [
            (seq + 1, True, False),
            (seq + 2, False, True),
        ]


def test_what_may_not_be_edited(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    text = talk.say(talk.one, "text")
    sticker = talk.say(talk.one, "", media=frames.PICTURE, url="/asset/stickers/pip/wave.gif")
    assert talk.amend(talk.other, "edit", text, content="x") == "not_yours"
    assert talk.amend(talk.one, "edit", text, content="") == "empty_message"
    assert talk.amend(talk.one, "edit", text, content="text") == "nothing_changed"
    assert talk.amend(talk.one, "edit", sticker, content="x") == "unsupported_media"
    assert talk.amend(talk.one, "edit", text + 100, content="x") == "no_such_message"
    now = time.time_ns()
    monkeypatch.setattr(time, "time_ns", lambda: now + (limits.EDIT_SECONDS + 1) * 1_000_000_000)
    assert talk.amend(talk.one, "edit", text, content="x") == "too_late"


def test_reactions_are_counted_and_each_reader_sees_the_own(talk: Talk) -> None:
    seq = talk.say(talk.one)
    for who, emoji in ((talk.one, "👍"), (talk.other, "👍"), (talk.other, "❤️")):
        assert isinstance(talk.amend(who, "react", seq, emoji=emoji), Receipt)
    assert talk.amend(talk.one, "react", seq, emoji="👍") == "nothing_changed"
    assert talk.history(talk.one)[seq]["reactions"] == [
        {"emoji": "👍", "count": 2, "mine": True},
        {"emoji": "❤️", "count": 1, "mine": False},
    ]
    assert isinstance(talk.amend(talk.one, "react", seq, emoji="👍", on=False), Receipt)
    assert talk.amend(talk.one, "react", seq, emoji="👍", on=False) == "nothing_changed"
    state = next(c for c in talk.one.post("/message/sync").data["conversations"] if c["cmd"] == talk.kind)
    row = next(entry for entry in state["entries"] if entry["seq"] == seq)
    assert [(r["emoji"], r["mine"]) for r in row["reactions"]] == [("❤️", False), ("👍", False)]


def test_a_message_has_so_many_different_emoji_at_most(talk: Talk) -> None:
    seq = talk.say(talk.one)
    for place in range(limits.REACTIONS):
        assert isinstance(talk.amend(talk.one, "react", seq, emoji=chr(0x1F600 + place)), Receipt)
    assert talk.amend(talk.one, "react", seq, emoji="👍") == "too_many_reactions"
    assert isinstance(talk.amend(talk.other, "react", seq, emoji=chr(0x1F600)), Receipt)


@pytest.mark.parametrize("emoji", ["👍", "👍🏽", "❤️", "👨‍👩‍👧‍👦", "🇨🇳", "1️⃣", "#️⃣", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "©️"])
def test_an_emoji_is_one(emoji: str) -> None:
    assert is_emoji(emoji)


@pytest.mark.parametrize(
    "text", ["", "a", "1", "👍a", "好", " 👍", "\u200d", "\ufe0f", "<b>", "👍\n", "12️⃣a"]
)
def test_what_could_be_read_is_no_emoji(text: str) -> None:
    assert not is_emoji(text)


@given(st.text(max_size=8))
def test_no_text_breaks_the_question(text: str) -> None:
    """Letters of any script are never an emoji."""
    assert not is_emoji(text) or not any(char.isalpha() for char in text)


def test_the_same_msgid_amends_once(talk: Talk) -> None:
    """Also when it comes again after the amendment was undone."""
    seq = talk.say(talk.one)
    first = talk.amend(talk.one, "react", seq, emoji="👍", msgid="r1")
    assert isinstance(first, Receipt)
    assert isinstance(talk.amend(talk.one, "react", seq, emoji="👍", on=False, msgid="r2"), Receipt)
    again = talk.amend(talk.one, "react", seq, emoji="👍", msgid="r1")
    assert isinstance(again, Receipt)
    assert (again.id, again.seq, again.is_new) == (first.id, first.seq, False)
    assert "reactions" not in talk.history(talk.one)[seq]


def test_an_outsider_amends_nothing(talk: Talk) -> None:
    seq = talk.say(talk.one)
    outsider = talk.one.register()
    for what, fields in (("recall", {}), ("edit", {"content": "x"}), ("react", {"emoji": "👍"})):
        refusal = talk.amend(outsider, what, seq, **fields)
        assert refusal in ("not_found", "not_friends", "not_member")


def test_who_joined_later_amends_nothing_that_was_before(client: Client) -> None:
    one, late = client.register(), client.register()
    group = one.post("/contact/createcommunity", name=f"early {next(_numbers)}").data["id"]
    talk = Talk(client.app, one, late, frames.GROUP, group)
    seq = talk.say(one, "before")
    assert late.post("/contact/joincommunity", dstid=group).code == 0
    assert talk.amend(late, "react", seq, emoji="👍") == "no_such_message"
    assert seq not in talk.history(late)


def test_notices_themselves_cannot_be_amended(client: Client) -> None:
    one = client.register()
    group = one.post("/contact/createcommunity", name=f"noticed {next(_numbers)}").data["id"]
    talk = Talk(client.app, one, one, frames.GROUP, group)
    assert talk.history(one)[1]["content"] == "joined"
    assert talk.amend(one, "recall", 1) == "no_such_message"


def test_amendments_do_not_count_as_unread(talk: Talk) -> None:
    seq = talk.say(talk.one)

    def state() -> dict[str, Any]:
        found = talk.other.post("/message/sync").data["conversations"]
        return dict(next(c for c in found if c["cmd"] == talk.kind))

    assert state()["unread"] == 1
    talk.amend(talk.one, "react", seq, emoji="👍")
    talk.amend(talk.one, "edit", seq, content="other")
    assert (state()["unread"], state()["last_seq"]) == (1, seq + 2)
    talk.say(talk.one)
    assert state()["unread"] == 2


def test_numbers_stay_dense_between_messages_and_amendments(talk: Talk) -> None:
    """Both writers number the same log: the committer keeps its heads in memory, the other moves them."""
    seqs = []
    for place in range(6):
        seqs.append(talk.say(talk.one, f"text {place}"))
        receipt = talk.amend(talk.other, "react", seqs[-1], emoji="👍")
        assert isinstance(receipt, Receipt)
        seqs.append(receipt.seq)
    assert seqs == list(range(seqs[0], seqs[0] + 12))
    ids = [row["id"] for _, row in sorted(talk.history(talk.one).items())]
    assert ids == sorted(set(ids))


def test_the_event_says_what_history_says(talk: Talk) -> None:
    """A live entry and the same entry of history are one."""
    seen: list[EntryAdded] = []
    talk.app.extensions["fastim"].bus.subscribe(seen.append, EntryAdded)
    seq = talk.say(talk.one)
    talk.amend(talk.one, "edit", seq, content="other", msgid="e1")
    live = json.loads(seen[-1].frame)
    assert live == talk.history(talk.one)[seq + 1]
