"""Messages in MongoDB, numbers in the database: what holds when a process dies between the two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from flask import Flask

from fastim.backends.log import Draft, Receipt, Span, Stored, Taken
from fastim.backends.log.heads import contiguous
from fastim.backends.log.mongo import MongoShelf
from fastim.backends.log.shelved import ShelvedStore
from fastim.config import ConfigError
from fastim.errors import Unavailable
from fastim.models import Attachment, Conversation, Mention, Message, db
from fastim.protocol import frames
from fastim.protocol.events import EntryAdded
from fastim.services import consistency, conversations, log_rows
from fastim.services.missed import Missed
from tests.conftest import MakeApp, MakeSettings


@pytest.fixture
def app(make_app: MakeApp, mariadb_url: str, mongodb_url: str) -> Flask:
    return make_app(database_url=mariadb_url, log_url=mongodb_url)


@pytest.fixture
def shelf(app: Flask) -> MongoShelf:
    found = app.extensions["fastim"].shelf
    assert isinstance(found, MongoShelf)
    found.next_ids(10)  # those below are of messages that these tests leave there
    return found


@pytest.fixture
def store(app: Flask, shelf: MongoShelf) -> ShelvedStore:
    return ShelvedStore(shelf, app.config["SQLALCHEMY_DATABASE_URI"])


@pytest.fixture
def talk(app: Flask) -> Iterator[int]:
    """A conversation without entries."""
    with app.app_context():
        row = Conversation(kind=11, low_id=1, high_id=0, last_seq=0, last_id=0)
        db.session.add(row)
        db.session.commit()
        yield row.id


def draft(talk: int, msgid: str) -> Draft:
    return Draft(talk, 1, msgid, 1, '{"content":"x"}', (), ())


def shelved(talk: int, seq: int, message_id: int, msgid: str = "", **fields: Any) -> Stored:
    return Stored(message_id, talk, seq, 1, msgid or None, 1, '{"content":"x"}', 1, **fields)


def head(talk: int) -> Conversation:
    db.session.rollback()
    found = db.session.get(Conversation, talk, populate_existing=True)
    assert found is not None
    return found


def seqs(talk: int) -> list[int]:
    db.session.rollback()
    return [row.seq for row in log_rows.walk(0, Span(talk, 0, 1000), 1000, newest_first=False)]


def said(outcomes: Sequence[object]) -> list[tuple[int, bool]]:
    return [(one.seq, one.is_new) for one in outcomes if isinstance(one, Receipt)]


def test_what_a_dead_process_left_above_the_head_is_true_and_its_number_is_not_given_twice(
    store: ShelvedStore, shelf: MongoShelf, talk: int
) -> None:
    """With its files and mentions; a sync sees the conversation as changed."""
    shelf.add([shelved(talk, 1, 7, "left", uploads=("a.png",), mentions=(2, 0))])
    assert said(store.commit([draft(talk, "new")])) == [(2, True)]
    assert seqs(talk) == [1, 2]
    assert head(talk).last_seq == 2
    assert db.session.get(Attachment, ("a.png", 7)) is not None
    assert db.session.query(Mention).filter_by(conversation_id=talk, seq=1).count() == 2
    assert consistency.problems() == []


def test_who_says_again_what_was_left_gets_its_number(
    store: ShelvedStore, shelf: MongoShelf, talk: int
) -> None:
    shelf.add([shelved(talk, 1, 7, "left")])
    assert said(store.commit([draft(talk, "left"), draft(talk, "left")])) == [(1, False), (1, False)]
    assert (head(talk).last_seq, head(talk).last_id > 7) == (1, True)


def test_an_entry_of_the_database_stands_above_what_was_left(
    app: Flask, shelf: MongoShelf, talk: int
) -> None:
    shelf.add([shelved(talk, 1, 7, "left")])
    assert conversations.locked(talk).last_seq == 1
    db.session.commit()
    assert head(talk).last_seq == 1


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_line_that_breaks_within_a_batch_neither_loses_nor_doubles_a_message(
    store: ShelvedStore, shelf: MongoShelf, talk: int, moment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """MongoDB's answer is lost, before or after it stored the batch; those without a msgid count too."""
    real, calls = MongoShelf.add, list[int]()

    def add(self: MongoShelf, rows: Sequence[Stored]) -> None:
        calls.append(len(rows))
        if len(calls) == 1 and moment == "before":
            raise Taken
        real(self, rows)
        if len(calls) == 1:
            raise Taken

    monkeypatch.setattr(MongoShelf, "add", add)
    outcomes = store.commit([draft(talk, "a"), draft(talk, ""), draft(talk, "a"), draft(talk, "")])
    assert said(outcomes) == [(1, True), (2, True), (1, False), (3, True)]
    assert seqs(talk) == [1, 2, 3]
    assert calls == ([3, 3] if moment == "before" else [3])
    assert head(talk).last_seq == 3


def test_a_commit_that_fails_after_mongodb_has_the_batch_is_made_up_for(
    store: ShelvedStore, talk: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, failures = ShelvedStore._put, [True]

    def put(self: ShelvedStore, *args: Any) -> int:
        first = real(self, *args)
        if failures.pop() if failures else False:
            raise OSError("the database's line breaks")
        return first

    monkeypatch.setattr(ShelvedStore, "_put", put)
    assert said(store.commit([draft(talk, "a"), draft(talk, "")])) == [(1, True), (2, True)]
    assert (seqs(talk), head(talk).last_seq) == ([1, 2], 2)


def test_a_message_whose_number_an_entry_has_taken_gets_another(
    store: ShelvedStore, shelf: MongoShelf, talk: int
) -> None:
    """Its process had lost the lock, and did not know it when it wrote."""
    row = head(talk)
    db.session.add(Message(id=5, conversation_id=talk, seq=1, sender_id=9, media=100, body="{}", time_ms=1))
    row.last_seq, row.last_id = 1, 5
    db.session.commit()
    shelf.add([shelved(talk, 1, 7, "late")])
    assert [row.sender_id for row in log_rows.at(talk, [1])] == [9]
    assert said(store.commit([draft(talk, "late")])) == [(2, True)]
    assert [one.id for one in shelf.by_ids([7])] == []
    assert seqs(talk) == [1, 2]
    assert consistency.problems() == []


def test_ids_go_on_above_those_that_the_database_has_given(app: Flask, talk: int) -> None:
    """Who turns MongoDB on keeps what was said before; both are one log."""
    row = head(talk)
    db.session.add(
        Message(
            id=5000, conversation_id=talk, seq=1, sender_id=1, msgid="old", media=1, body="{}", time_ms=1
        )
    )
    row.last_seq, row.last_id = 1, 5000
    db.session.commit()
    store = ShelvedStore(app.extensions["fastim"].shelf, app.config["SQLALCHEMY_DATABASE_URI"])
    old, new = store.commit([draft(talk, "old"), draft(talk, "new")])
    assert isinstance(old, Receipt)
    assert isinstance(new, Receipt)
    assert (old.id, old.seq, old.is_new) == (5000, 1, False)
    assert (new.id > 5000, new.seq, new.is_new) == (True, 2, True)
    assert seqs(talk) == [1, 2]
    assert (log_rows.newest_id(), log_rows.following(4999).id) == (new.id, 5000)


def test_a_change_waits_in_the_database_until_it_is_on_the_shelf(
    app: Flask, shelf: MongoShelf, talk: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Readers see it from the commit on; an older change never overwrites a newer one."""
    shelf.add([shelved(talk, 1, 7)])
    row = head(talk)
    row.last_seq, row.last_id = 1, 7
    changed = log_rows.entry(talk, 1)
    assert isinstance(changed, Stored)
    changed.body = '{"content":"new"}'
    log_rows.rewrite(changed, 2)
    db.session.commit()
    with monkeypatch.context() as patch:
        patch.setattr(MongoShelf, "rewrite", away)
        assert log_rows.put_on_shelf() == 0
    for found in (log_rows.at(talk, [1]), list(log_rows.by_ids([7]).values()), [log_rows.entry(talk, 1)]):
        assert [one.body for one in found if one] == ['{"content":"new"}']
    assert log_rows.put_on_shelf() == 1
    assert log_rows.put_on_shelf() == 0
    shelf.rewrite(7, 1, "older")
    assert [(one.body, one.rev) for one in shelf.by_ids([7])] == [('{"content":"new"}', 2)]


def test_a_process_that_heard_too_late_reads_both_places(
    app: Flask, store: ShelvedStore, talk: int
) -> None:
    """Messages from the shelf, entries from the database, in the order of their numbers."""
    parts = app.extensions["fastim"]
    missed = Missed(parts.questions, parts.shelf)
    store.commit([draft(talk, "a")])
    row = head(talk)
    entry = {"sender_id": 9, "media": frames.EDITED, "body": "{}", "time_ms": 1}
    db.session.add(Message(id=parts.shelf.next_ids(1), conversation_id=talk, seq=2, **entry))
    row.last_seq = 2
    db.session.commit()
    store.commit([draft(talk, "b")])
    told = [event for events in missed.entries(talk, 0, 3) for event in events]
    assert [event.seq for event in told if isinstance(event, EntryAdded)] == [1, 2, 3]
    newest = missed.newest_id()
    assert newest == log_rows.newest_id()
    assert [(one.conversation_id, one.last_seq) for one in missed.moved(0, newest)] == [(talk, 3)]
    ids = [row.id for row in log_rows.at(talk, [1, 2, 3])]
    assert [missed.last_seq(talk, 3, to_id) for to_id in (ids[0] - 1, *ids)] == [0, 1, 2, 3]
    assert [missed.last_seq(talk, to, ids[2]) for to in (0, 1, 2)] == [0, 1, 2]


def away(*args: object) -> None:
    raise Unavailable


def test_a_mongodb_that_is_away_refuses_in_seconds_and_numbers_nothing(
    app: Flask, talk: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fastim.backends.log.mongo._WAIT_MS", 50)
    nobody = MongoShelf("mongodb://127.0.0.1:1/fastim", lambda: 0)
    with pytest.raises(Unavailable):
        ShelvedStore(nobody, app.config["SQLALCHEMY_DATABASE_URI"]).commit([draft(talk, "a")])
    client = nobody._client
    with pytest.raises(Unavailable):
        nobody.newest_id()
    assert nobody._client is client, "each try would leave its watchers behind"
    nobody.close()
    assert head(talk).last_seq == 0


def test_only_what_follows_a_head_without_a_hole_is_moved_over() -> None:
    rows = [shelved(1, 3, 1), shelved(1, 4, 2), shelved(1, 6, 3), shelved(2, 2, 4)]
    assert [(row.conversation_id, row.seq) for row in contiguous({1: 2, 2: 0}, rows)] == [(1, 3), (1, 4)]


def test_mongodb_needs_a_database_that_gives_numbers_to_many(settings: MakeSettings) -> None:
    with pytest.raises(ConfigError, match="FASTIM_LOG_URL: needs MySQL"):
        settings(log_url="mongodb://127.0.0.1/fastim")
    with pytest.raises(ConfigError, match="FASTIM_LOG_URL: bad value: use a URL that begins with mongodb"):
        settings(log_url="redis://127.0.0.1")
