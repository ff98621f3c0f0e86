"""What a person makes of conversations for themself, and that every own device comes to know it."""

from __future__ import annotations

import time
from typing import Any

import msgspec
import pytest

from fastim.protocol import limits
from fastim.protocol.events import Signal
from tests.client import Client
from tests.talk import Talk

Told = list[tuple[tuple[int, ...], dict[str, Any]]]


@pytest.fixture
def told(client: Client) -> Told:
    """To whom which frames went."""
    frames: Told = []
    client.app.extensions["fastim"].bus.subscribe(
        lambda event: frames.append((event.user_ids, msgspec.json.decode(event.frame))), Signal
    )
    return frames


def put(talk: Talk, who: Client, **wanted: Any) -> dict[str, Any]:
    body = {"cmd": talk.kind, "dstid": talk.dst(who), **wanted}
    return dict(who.post_json("/message/settings", body).data)


def since(who: Client, revision: int | None = None) -> dict[str, Any]:
    body = {} if revision is None else {"revision": revision}
    return dict(who.post_json("/message/sync", body).data)


def test_what_is_set_at_one_device_is_known_at_the_others(talk: Talk, told: Told) -> None:
    """Live by a frame, later by sync; the other person learns nothing of it."""
    talk.say(talk.one)
    first = put(talk, talk.one, pinned=True, muted=True, draft="half a sent", reply=1)
    second = put(talk, talk.one, muted=False, unread=True)
    assert second["revision"] == first["revision"] + 1
    assert (second["pinned"], second["draft"]) == (first["pinned"], "half a sent")
    assert [(users, frame["cmd"]) for users, frame in told] == [((talk.one.id,), 22)] * 2
    assert told[-1][1]["settings"] == second
    answer = since(talk.one)
    assert (answer["settings"], answer["revision"]) == ([second], second["revision"])
    assert since(talk.one, second["revision"])["settings"] == []
    assert since(talk.other)["settings"] == []


def test_what_changes_nothing_takes_no_revision(talk: Talk, told: Told) -> None:
    now = put(talk, talk.one, archived=True)
    told.clear()
    assert put(talk, talk.one, archived=True, draft="") == now
    assert told == []


def test_of_two_drafts_the_one_that_was_written_last_counts(talk: Talk, told: Told) -> None:
    """Whichever comes first: one that a bad line held back is answered with what was written since."""
    talk.say(talk.one)
    now = time.time_ns() // 1_000_000
    put(talk, talk.one, draft="hello", written=now - 10, reply=1)
    sent = put(talk, talk.one, draft="", written=now - 5, reply=0)
    told.clear()
    late = put(talk, talk.one, draft="hello", written=now - 10, reply=1)
    assert late == sent == since(talk.one)["settings"][0]
    assert ("draft" in late, late["written"], told) == (False, now - 5, [])
    again = put(talk, talk.one, draft="", written=now)
    assert (again["written"], again["revision"]) == (now, sent["revision"] + 1)
    assert put(talk, talk.one, draft="late", written=now - 1, muted=True).get("muted")


def test_a_draft_without_a_time_is_written_now(talk: Talk) -> None:
    """Whoever tells none replaces what was there, and is replaced by what is written after it."""
    soon = time.time_ns() // 1_000_000 + 5_000
    put(talk, talk.one, draft="ahead", written=soon)
    assert put(talk, talk.one, draft="old page")["written"] == soon
    assert put(talk, talk.one, draft="new page", written=soon + 1)["draft"] == "new page"
    far = put(talk, talk.one, draft="from next year", written=soon * 2)["written"]
    assert far <= time.time_ns() // 1_000_000 + limits.CLOCK_LEEWAY_MS


def test_hidden_is_up_to_the_last_number(talk: Talk) -> None:
    """So the next message brings the conversation back, whoever sees it first."""
    seq = talk.say(talk.other)
    assert put(talk, talk.one, hidden=True)["hidden"] == seq
    talk.say(talk.other)
    assert since(talk.one)["settings"][0]["hidden"] == seq
    assert "hidden" not in put(talk, talk.one, hidden=False)


def test_a_conversation_of_others_has_no_settings(talk: Talk) -> None:
    stranger = talk.one.register()
    body = {"cmd": talk.kind, "dstid": talk.dst(talk.one), "pinned": True}
    assert stranger.post_json("/message/settings", body).status == 404
    erase = {"cmd": talk.kind, "dstid": talk.dst(talk.one), "seqs": [1]}
    assert stranger.post_json("/message/erase", erase).status == 404
    too_long = {"cmd": talk.kind, "dstid": talk.dst(talk.one), "draft": "x" * (limits.TEXT_CHARS + 1)}
    assert talk.one.post_json("/message/settings", too_long).status == 400


def test_so_many_are_pinned_at_most(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "TALKS_PINNED", 0)
    body = {"cmd": talk.kind, "dstid": talk.dst(talk.one), "pinned": True}
    assert talk.one.post_json("/message/settings", body).error == "too_many_pinned"


def test_a_message_deleted_for_oneself_is_gone_from_every_own_answer(talk: Talk, told: Told) -> None:
    """The other person keeps it; devices that were away learn of it by the revision."""
    gone, kept = talk.say(talk.other, "gone"), talk.say(talk.other, "kept")
    before = put(talk, talk.one, muted=True)["revision"]
    body = {"cmd": talk.kind, "dstid": talk.dst(talk.one), "seqs": [gone, gone, kept + 100]}
    assert talk.one.post_json("/message/erase", body).data == {"count": 1}
    frame = {"cmd": 23, "kind": talk.kind, "dstid": talk.dst(talk.one), "seqs": [gone]}
    assert told[-1] == ((talk.one.id,), {**frame, "revision": before + 1})
    assert talk.one.post_json("/message/erase", body).data == {"count": 0}
    assert gone not in talk.history(talk.one)
    assert kept in talk.history(talk.one)
    assert gone in talk.history(talk.other)
    answer = since(talk.one, before)
    assert "gone" not in str(answer["conversations"])
    assert [one["seqs"] for one in answer["erased"]] == [[gone]]
    assert [one["seqs"] for one in since(talk.one, 0)["erased"]] == [[gone]]
    assert since(talk.one)["erased"] == []  # who knows nothing yet is not told what not to know


def test_a_page_stays_full_where_much_was_deleted(talk: Talk) -> None:
    seqs = [talk.say(talk.one, f"text {place}") for place in range(8)]
    body = {"cmd": talk.kind, "dstid": talk.dst(talk.one), "seqs": seqs[2:6]}
    assert talk.one.post_json("/message/erase", body).data["count"] == 4
    page = talk.one.post(
        "/message/history", cmd=talk.kind, dstid=talk.dst(talk.one), before=seqs[7], limit=3
    )
    assert [row["seq"] for row in page.rows] == [seqs[0], seqs[1], seqs[6]]


def test_more_changes_than_an_answer_takes_come_in_order(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Settings and erasures share the count, so neither may run ahead of the other."""
    monkeypatch.setattr(limits, "SYNC_SETTINGS", 2)
    put(talk, talk.one, muted=True)
    address = {"cmd": talk.kind, "dstid": talk.dst(talk.one)}
    seqs = [talk.say(talk.one, f"text {place}") for place in range(4)]
    for seq in seqs:
        talk.one.post_json("/message/erase", {**address, "seqs": [seq]})
    put(talk, talk.one, pinned=True)
    seen: list[int] = []
    revision, more, rounds = 1, True, 0
    while more:
        answer = since(talk.one, revision)
        seen += [seq for one in answer["erased"] for seq in one["seqs"]]
        revision, more, rounds = answer["revision"], answer["more"], rounds + 1
    assert (seen, rounds) == (seqs, 2)
    assert [one.get("muted") for one in answer["settings"]] == [True]
