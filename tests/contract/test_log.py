"""The promise of the message log, kept by every store: in order, durably, exactly once."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import delete

from fastim.backends.counters import Counters
from fastim.backends.log import MessageLog, Outcome, Receipt, Span, Store
from fastim.backends.log.committer import Committer
from fastim.backends.log.mysql import MysqlStore
from fastim.backends.log.shelved import ShelvedStore
from fastim.backends.log.sqlite import SqliteStore
from fastim.errors import NotFound, Unavailable
from fastim.models import Conversation, Message, db
from fastim.services import log_rows
from tests.conftest import MakeApp
from tests.contract.appending import alive, append, draft, receipts, wait_until_ended
from tests.servers import MariaDb

MakeStore = Callable[[], Store]
MakeLog = Callable[[], MessageLog]


@pytest.fixture(params=["sqlite", "mariadb", "mongodb"])
def app(request: pytest.FixtureRequest, make_app: MakeApp) -> Flask:
    """The app with each kind of store."""
    if request.param != "mongodb":
        return make_app(database_url=request.getfixturevalue(f"{request.param}_url"))
    urls = {name: request.getfixturevalue(f"{name}_url") for name in ("mariadb", "mongodb")}
    return make_app(database_url=urls["mariadb"], log_url=urls["mongodb"])


@pytest.fixture
def make_store(app: Flask) -> MakeStore:
    """A store of the app's kind of database; a second one stands for a restarted process."""
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    shelf = app.extensions["fastim"].shelf

    def make() -> Store:
        if shelf is not None:
            return ShelvedStore(shelf, url)
        if url.startswith("sqlite"):
            return SqliteStore(Path(url.removeprefix("sqlite:///")))
        return MysqlStore(url)

    return make


@pytest.fixture
def make_log(make_store: MakeStore) -> Iterator[MakeLog]:
    """A log over a store of its own; all are closed after the test."""
    made: list[MessageLog] = []

    def make() -> MessageLog:
        made.append(Committer(make_store(), Counters()))
        return made[-1]

    yield make
    for each in made:
        each.close()


@pytest.fixture
def log(make_log: MakeLog) -> MessageLog:
    return make_log()


@pytest.fixture
def conversations(app: Flask) -> Iterator[list[int]]:
    """Two conversations without entries."""
    with app.app_context():
        rows = [Conversation(kind=11, low_id=n, high_id=0, last_seq=0, last_id=0) for n in (1, 2)]
        db.session.add_all(rows)
        db.session.commit()
        yield [row.id for row in rows]


def stored(conversation_id: int) -> list[tuple[int, str, int]]:
    db.session.rollback()
    rows = log_rows.walk(0, Span(conversation_id, 0, 1 << 62), 1000, newest_first=False)
    return [(row.seq, row.body, row.id) for row in rows]


def test_seq_counts_from_one_without_holes_in_each_conversation(
    log: MessageLog, conversations: list[int]
) -> None:
    one, two = conversations
    drafts = [draft(one if n % 3 else two, f"m{n}", f'{{"content":"{n}"}}') for n in range(60)]
    answered = receipts(append(log, drafts))
    for conversation_id in conversations:
        mine = [r for r, d in zip(answered, drafts, strict=True) if d.conversation_id == conversation_id]
        assert [r.seq for r in mine] == list(range(1, len(mine) + 1))
        bodies = [d.body for d in drafts if d.conversation_id == conversation_id]
        assert [row[1] for row in stored(conversation_id)] == bodies
        assert [row[2] for row in stored(conversation_id)] == [r.id for r in mine]
        head = db.session.get(Conversation, conversation_id, populate_existing=True)
        assert head is not None
        assert (head.last_seq, head.last_id) == (mine[-1].seq, mine[-1].id)
    ids = [r.id for r in answered]
    assert ids == sorted(set(ids))
    assert max(ids) < 1 << 53


def test_a_repeated_msgid_gets_the_first_receipt_in_the_same_batch_and_later(
    log: MessageLog, make_log: MakeLog, conversations: list[int]
) -> None:
    one, two = conversations
    first, twin, other = receipts(append(log, [draft(one, "a"), draft(one, "a"), draft(one, "b")]))
    assert (twin.id, twin.seq, twin.time_ms, twin.is_new) == (first.id, first.seq, first.time_ms, False)
    assert other.seq == 2
    again, elsewhere, new = receipts(append(log, [draft(one, "a"), draft(two, "b"), draft(two, "c")]))
    assert (again.id, again.is_new) == (first.id, False)
    assert (elsewhere.id, elsewhere.is_new) == (other.id, False)
    assert (new.seq, new.is_new) == (1, True)
    restarted = make_log()
    (after_restart,) = receipts(append(restarted, [draft(one, "a")]))
    assert (after_restart.id, after_restart.is_new) == (first.id, False)
    assert len(stored(one)) == 2


def test_another_sender_may_use_the_same_msgid(log: MessageLog, conversations: list[int]) -> None:
    one, _ = conversations
    mine, theirs = receipts(append(log, [draft(one, "a"), draft(one, "a", sender_id=2)]))
    assert (mine.is_new, theirs.is_new) == (True, True)


def test_msgids_differ_by_case_and_accent(log: MessageLog, conversations: list[int]) -> None:
    one, _ = conversations
    answered = receipts(append(log, [draft(one, msgid) for msgid in ("a", "A", "á", "é", "e")]))
    assert [r.seq for r in answered] == [1, 2, 3, 4, 5]
    again = receipts(append(log, [draft(one, "A"), draft(one, "á")]))
    assert [r.seq for r in again] == [2, 3]


def test_messages_without_msgid_are_never_taken_for_repeats(
    log: MessageLog, conversations: list[int]
) -> None:
    one, _ = conversations
    answered = receipts(append(log, [draft(one), draft(one)]))
    assert [r.seq for r in answered] == [1, 2]


def test_a_restarted_process_goes_on_counting(
    log: MessageLog, make_log: MakeLog, conversations: list[int]
) -> None:
    one, _ = conversations
    (before,) = receipts(append(log, [draft(one, "a")]))
    (after,) = receipts(append(make_log(), [draft(one, "b")]))
    assert (after.seq, after.id > before.id) == (2, True)


def test_two_writers_do_not_collide(log: MessageLog, make_log: MakeLog, conversations: list[int]) -> None:
    """A second process (on SQLite: a command) moves the heads that the first one remembers."""
    one, _ = conversations
    other = make_log()
    for n in range(5):
        assert receipts(append(log, [draft(one, f"x{n}")]))[0].seq == 2 * n + 1
        assert receipts(append(other, [draft(one, f"y{n}")]))[0].seq == 2 * n + 2


def test_an_unknown_conversation_fails_alone(log: MessageLog, conversations: list[int]) -> None:
    one, _ = conversations
    failed, stored_one = append(log, [draft(999_999, "a"), draft(one, "b")])
    assert isinstance(failed, NotFound)
    assert isinstance(stored_one, Receipt)
    assert stored_one.seq == 1


def test_a_clock_set_back_an_hour_changes_the_shown_time_alone(
    log: MessageLog, conversations: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Order is by numbers, which come from no clock."""
    one, _ = conversations
    (before,) = receipts(append(log, [draft(one, "a")]))
    now = time.time_ns()
    monkeypatch.setattr(time, "time_ns", lambda: now - 3_600_000_000_000)
    (after,) = receipts(append(log, [draft(one, "b")]))
    assert (after.seq, after.id > before.id) == (before.seq + 1, True)
    assert after.time_ms < before.time_ms
    (again,) = receipts(append(log, [draft(one, "a")]))
    assert (again.id, again.time_ms) == (before.id, before.time_ms)


def test_ids_grow_over_a_restart_of_the_process(make_log: MakeLog, conversations: list[int]) -> None:
    """Pages count in doubles: below 2^53 these are whole."""
    ids: list[int] = []
    for start in range(3):
        log = make_log()
        ids += [
            one.id
            for one in receipts(
                append(log, [draft(conversations[n % 2], f"{start}.{n}") for n in range(4)])
            )
        ]
    assert ids == sorted(set(ids))
    assert ids[-1] < 1 << 53


def test_ids_grow_over_a_restart_of_mariadb(mariadb: MariaDb, mariadb_url: str, make_app: MakeApp) -> None:
    """Also where the newest rows were deleted: InnoDB once began again at the highest id that was left."""
    app = make_app(database_url=mariadb_url)
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    with app.app_context():
        row = Conversation(kind=11, low_id=1, high_id=0, last_seq=0, last_id=0)
        db.session.add(row)
        db.session.commit()
        conversation = row.id
        before = Committer(MysqlStore(url), Counters())
        first, *rest = receipts(append(before, [draft(conversation)] * 4))
        before.close()
        db.session.execute(delete(Message).where(Message.id > first.id))
        db.session.commit()
        db.engine.dispose()
    mariadb.stop()
    mariadb.start()
    restarted = Committer(MysqlStore(url), Counters())
    (after,) = receipts(append(restarted, [draft(conversation)]))
    restarted.close()
    assert rest[-1].id < after.id < 1 << 53


def test_any_text_survives(log: MessageLog, conversations: list[int]) -> None:
    one, _ = conversations
    body = '{"content":"你好 😀 \\u0000 \' \\" % _ \\\\ ?"}'
    append(log, [draft(one, "a", body)])
    assert stored(one)[0][1] == body


def test_closing_commits_what_was_accepted_and_refuses_what_comes_later(
    log: MessageLog, make_log: MakeLog, conversations: list[int]
) -> None:
    one, _ = conversations
    before, outcomes = alive(), list[Outcome]()
    for n in range(3):
        log.append(draft(one, f"m{n}"), lambda _, outcome: outcomes.append(outcome))
    assert alive() > before
    log.close()
    log.close()
    assert [receipt.seq for receipt in receipts(outcomes)] == [1, 2, 3]
    log.append(draft(one, "late"), lambda _, outcome: outcomes.append(outcome))
    assert isinstance(outcomes[-1], Unavailable)
    assert outcomes[-1].name == "server_busy"
    assert len(stored(one)) == 3
    wait_until_ended(before)
    (after,) = receipts(append(make_log(), [draft(one, "late")]))
    assert after.seq == 4
