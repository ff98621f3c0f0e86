"""The newest entries of groups from memory: always what the database has, whatever was or was not heard."""

from __future__ import annotations

import itertools
from typing import Any

import gevent
import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, select, update

from fastim.models import Conversation, Message, db
from fastim.protocol import codec, frames, limits
from fastim.protocol.events import EntryAdded
from fastim.services import newest as newest_module
from fastim.services.newest import NewestEntries
from tests.client import Client
from tests.conftest import MakeApp
from tests.queries import selects
from tests.talk import Talk, group_talk

_names = itertools.count(1)
_FEW = 4
"""Entries of a sync, so that a short story goes beyond them."""


@pytest.fixture(autouse=True)
def few_entries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SYNC_ENTRIES", _FEW)


def a_group(app: Flask, messages: int) -> Talk:
    return group_talk(app, f"newest {next(_names)}", messages)[0]


def synced(who: Client) -> list[dict[str, Any]]:
    """What a sync shows of one's only conversation."""
    (state,) = who.post("/message/sync").data["conversations"]
    entries: list[dict[str, Any]] = state["entries"]
    return entries


def stored(talk: Talk, who: Client) -> list[dict[str, Any]]:
    """The same by history, which asks the database."""
    (state,) = who.post("/message/sync").data["conversations"]
    rows = talk.history(who)
    return [rows[seq] for seq in sorted(rows) if seq > state["last_seq"] - _FEW]


def kept(app: Flask) -> NewestEntries:
    found: NewestEntries = app.extensions["fastim"].history._newest
    return found


def conversation_of(app: Flask, talk: Talk) -> int:
    with app.app_context():
        return talk.services.access.standing(talk.one.id, 11, talk.dst(talk.one)).conversation_id


def is_from_memory(app: Flask, who: Client) -> bool:
    """Whether a sync reads no message."""
    with selects(app) as ran:
        synced(who)
    return not any("message.sender_id" in statement for statement in ran)


def test_the_second_member_is_shown_what_the_first_one_read(app: Flask) -> None:
    talk = a_group(app, 6)
    assert not is_from_memory(app, talk.one)
    for who in (talk.one, talk.other):
        assert is_from_memory(app, who)
        assert synced(who) == stored(talk, who)


def test_a_message_is_put_behind_the_others_without_a_reading(app: Flask) -> None:
    talk = a_group(app, 6)
    synced(talk.one)
    for n in range(_FEW + 2):
        talk.say(talk.other, f"and {n}", msgid=f"and{n}")
        assert is_from_memory(app, talk.one)
        assert synced(talk.one) == stored(talk, talk.one)


@pytest.mark.parametrize("what", ["edit", "recall", "react", "pin"])
def test_what_changes_an_older_message_is_read(app: Flask, what: str) -> None:
    fields = {"edit": {"content": "otherwise"}, "react": {"emoji": "👍", "on": True}, "pin": {"on": True}}
    talk = a_group(app, 6)
    before = synced(talk.one)
    talk.amend(talk.one, what, before[-2]["seq"], **fields.get(what, {}))
    for who in (talk.one, talk.other):
        assert synced(who) == stored(talk, who) != before


def test_everybody_is_shown_their_own_reactions(app: Flask) -> None:
    """Also from memory: what differs between readers is never kept."""
    talk = a_group(app, 6)
    seq = synced(talk.one)[-1]["seq"]
    talk.amend(talk.one, "react", seq, emoji="👍", on=True)
    mine = [
        next(entry for entry in synced(who) if entry["seq"] == seq)["reactions"][0]["mine"]
        for who in (talk.one, talk.other, talk.one)
    ]
    assert mine == [True, False, True]


def test_what_one_deleted_for_oneself_is_shown_to_the_others(app: Flask) -> None:
    talk = a_group(app, 6)
    seq = synced(talk.one)[-2]["seq"]
    body = {"cmd": 11, "dstid": talk.dst(talk.one), "seqs": [seq]}
    assert talk.one.post_json("/message/erase", body).data == {"count": 1}
    for _ in range(2):
        assert seq not in [entry["seq"] for entry in synced(talk.one)]
        assert seq in [entry["seq"] for entry in synced(talk.other)]


def test_who_came_later_is_shown_nothing_from_before(app: Flask) -> None:
    talk = a_group(app, 6)
    synced(talk.one)
    late = Client(app).register()
    assert late.post("/contact/joincommunity", dstid=talk.dst(talk.one)).code == 0
    assert is_from_memory(app, talk.one)
    assert [entry["content"] for entry in synced(late)] == ["joined"]


def test_what_is_said_while_somebody_reads_is_not_lost(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reader has seen where the group ended; what it reads must not stand for what came after that."""
    talk = a_group(app, 6)
    read = newest_module._read

    def slowly(*args: Any) -> Any:
        monkeypatch.setattr(newest_module, "_read", read)
        found = read(*args)
        talk.say(talk.one, "meanwhile")
        gevent.spawn(synced, talk.other).get()
        return found

    monkeypatch.setattr(newest_module, "_read", slowly)
    synced(talk.one)
    assert is_from_memory(app, talk.other)
    assert synced(talk.one)[-1]["content"] == "meanwhile"


def test_what_one_deletes_while_one_reads_is_shown_to_the_others(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One's own device deletes it after this reader asked what was deleted; what it reads lacks it."""
    talk = a_group(app, 6)
    seq = stored(talk, talk.other)[-2]["seq"]
    kept(app)._kept.drop(conversation_of(app, talk))
    body = {"cmd": 11, "dstid": talk.dst(talk.one), "seqs": [seq]}
    read = newest_module._read

    def slowly(*args: Any) -> Any:
        monkeypatch.setattr(newest_module, "_read", read)
        assert gevent.spawn(talk.one.post_json, "/message/erase", body).get().data == {"count": 1}
        return read(*args)

    monkeypatch.setattr(newest_module, "_read", slowly)
    synced(talk.one)
    assert seq in [entry["seq"] for entry in synced(talk.other)]
    assert synced(talk.other) == stored(talk, talk.other)


def test_late_news_of_what_was_read_costs_no_reading(app: Flask) -> None:
    """An entry that is read says to the letter what its news says."""
    news: list[EntryAdded] = []
    app.extensions["fastim"].bus.subscribe(news.append, EntryAdded)
    talk = a_group(app, 1)
    talk.say(talk.other, '"reactions":[] 吃', msgid="said", at=(talk.one.id,))
    synced(talk.one)
    assert len(news) == _FEW
    for event in news:
        kept(app)._on_entry(event)
    assert is_from_memory(app, talk.other)


@pytest.mark.parametrize("is_seen", [False, True])
def test_what_a_database_lost_is_not_shown(make_app: MakeApp, mariadb_url: str, is_seen: bool) -> None:
    """A new primary may lack the last commits of the one before, and gives their numbers once more; whether
    or not somebody syncs meanwhile."""
    app = make_app(database_url=mariadb_url)
    talk = a_group(app, 6)
    last = synced(talk.one)[-1]["seq"]
    with app.app_context():
        those = Message.conversation_id == conversation_of(app, talk)
        db.session.execute(delete(Message).where(those, Message.seq > last - 2))
        id_ = db.session.scalar(select(func.max(Message.id)).where(those))
        head = update(Conversation).where(Conversation.id == conversation_of(app, talk))
        db.session.execute(head.values(last_seq=last - 2, last_id=id_))
        db.session.commit()
    if is_seen:
        assert synced(talk.other) == stored(talk, talk.other)
        assert is_from_memory(app, talk.one)
    for n in range(2):
        talk.say(talk.one, f"instead {n}")
    assert synced(talk.other) == stored(talk, talk.other)


@pytest.mark.parametrize(("further", "reactions"), [(2, ()), (1, (frames.Reaction("👍", 1, False),))])
def test_only_what_follows_and_is_the_same_to_all_is_put_behind_the_others(
    app: Flask, further: int, reactions: tuple[frames.Reaction, ...]
) -> None:
    """An entry that the process missed before it, or one that was read from the log with what became of it,
    ends what is kept."""
    talk = a_group(app, 6)
    last = synced(talk.one)[-1]
    group, seq = talk.dst(talk.one), last["seq"] + further
    entry = frames.Entry(
        id=last["id"] + 9, seq=seq, time=1, userid=1, cmd=11, dstid=group, media=1, reactions=reactions
    )
    event = EntryAdded(
        conversation_of(app, talk), 11, talk.other.id, group, seq, frames.TEXT, codec.encode(entry)
    )
    kept(app)._on_entry(event)
    assert not is_from_memory(app, talk.one)
    assert is_from_memory(app, talk.one)


def test_it_has_a_bound(make_app: MakeApp, monkeypatch: pytest.MonkeyPatch) -> None:
    """The groups that were asked for last are kept."""
    monkeypatch.setattr(newest_module, "_KEPT_BYTES", 2500)
    app = make_app()
    talks = [a_group(app, 6) for _ in range(3)]
    for talk in talks:
        synced(talk.one)
    assert [is_from_memory(app, talk.one) for talk in reversed(talks)] == [True, True, False]
    weighed = kept(app)._kept
    for n in range(30):
        talks[0].say(talks[0].one, "long " * 20 + str(n))
        assert weighed.weight <= 2500
    assert weighed.weight == sum(weight for _, weight in weighed._items.values())


Step = tuple[str, int, int]
"""What, by whom, and which of the newest messages."""
STORIES = st.lists(
    st.tuples(
        st.sampled_from(["say", "sync", "edit", "recall", "react", "unreact", "pin", "unpin", "erase"]),
        st.integers(0, 1),
        st.integers(1, _FEW + 1),
    ),
    max_size=25,
)


def act(talk: Talk, step: Step) -> None:
    """Refusals are fine: there is nothing to be changed then."""
    what, by, back = step
    who = (talk.one, talk.other)[by]
    if what == "say":
        talk.say(who, f"said {next(_names)}")
        return
    seq = max(talk.history(who), default=back) - back + 1
    changes: dict[str, tuple[str, dict[str, Any]]] = {
        "edit": ("edit", {"content": f"edited {next(_names)}"}),
        "recall": ("recall", {}),
        "react": ("react", {"emoji": "👍", "on": True}),
        "unreact": ("react", {"emoji": "👍", "on": False}),
        "pin": ("pin", {"on": True}),
        "unpin": ("pin", {"on": False}),
    }
    if what in changes:
        name, fields = changes[what]
        talk.amend(who, name, max(seq, 1), **fields)
    elif what == "erase":
        body = {"cmd": 11, "dstid": talk.dst(who), "seqs": [max(seq, 1)]}
        assert who.post_json("/message/erase", body).code == 0


PLACES = (("database", "mariadb"), ("log", "mongodb"))


@pytest.fixture(params=["the same process", "one that hears nothing", "messages in MongoDB"])
def processes(request: pytest.FixtureRequest, make_app: MakeApp) -> tuple[Flask, Flask]:
    """One that writes, and one that reads, of the same database."""
    if request.param == "messages in MongoDB":
        urls = {f"{name}_url": request.getfixturevalue(f"{fixture}_url") for name, fixture in PLACES}
        app = make_app(**urls)
        return app, app
    app = make_app()
    if request.param == "the same process":
        return app, app
    return app, make_app(database_url=app.config["SQLALCHEMY_DATABASE_URI"])


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(story=STORIES)
def test_whatever_happens_a_sync_shows_what_is_stored(
    processes: tuple[Flask, Flask], story: list[Step]
) -> None:
    """Events make it quick; that it is true comes from the numbers alone."""
    writes, reads = processes
    talk = a_group(writes, 2)
    people = (talk.one, talk.other)
    readers = people if reads is writes else [Client(reads).login(who.mobile) for who in people]
    for step in story:
        act(talk, step)
        if step[0] == "sync":
            assert synced(readers[step[1]]) == stored(talk, people[step[1]])
    for reader, who in zip(readers, people, strict=True):
        assert synced(reader) == stored(talk, who)
