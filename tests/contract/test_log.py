"""The promise of the message log, kept by every store: in order, durably, exactly once."""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import gevent
import pytest
from flask import Flask
from gevent.event import Event
from sqlalchemy import delete

from fastim.backends.counters import Counters
from fastim.backends.log import Draft, MessageLog, Outcome, Receipt, Span, Store
from fastim.backends.log.committer import Committer
from fastim.backends.log.mysql import MysqlStore
from fastim.backends.log.shelved import ShelvedStore
from fastim.backends.log.sqlite import SqliteStore
from fastim.errors import AppError, NotFound, Unavailable
from fastim.models import Conversation, Message, db
from fastim.protocol import limits
from fastim.services import log_rows
from tests.conftest import MakeApp
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


def draft(conversation_id: int, msgid: str = "", body: str = "{}", sender_id: int = 1) -> Draft:
    return Draft(conversation_id, sender_id, msgid, 1, body, (), ())


def append(log: MessageLog, drafts: list[Draft]) -> list[Outcome]:
    """Append all at once and wait; the outcomes in the order in which they were told."""
    outcomes: list[Outcome] = []
    finished = Event()

    def done(_: Draft, outcome: Outcome) -> None:
        outcomes.append(outcome)
        if len(outcomes) == len(drafts):
            finished.set()

    for each in drafts:
        log.append(each, done)
    with gevent.Timeout(20):
        finished.wait()
    return outcomes


def receipts(outcomes: list[Outcome]) -> list[Receipt]:
    assert all(isinstance(outcome, Receipt) for outcome in outcomes), outcomes
    return [outcome for outcome in outcomes if isinstance(outcome, Receipt)]


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
    with gevent.Timeout(10):
        while alive() - before:
            gevent.sleep(0.001)
    (after,) = receipts(append(make_log(), [draft(one, "late")]))
    assert after.seq == 4


def test_closing_gives_up_on_a_database_that_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LOG_CLOSE_SECONDS", 0.01)
    before, store, outcomes = alive(), WaitingStore(), list[Outcome]()
    log = Committer(store, Counters())
    log.append(draft(1, "a"), lambda _, outcome: outcomes.append(outcome))
    with gevent.Timeout(10):
        store.began.wait()
        log.close()
        while alive() - before:
            gevent.sleep(0.001)
    assert (outcomes, store.is_closed) == ([], True)


def alive() -> set[object]:
    """The greenlets that commit and the native threads of this process; the drivers' own have names."""
    committing = {
        each
        for each in gc.get_objects()
        if isinstance(each, gevent.Greenlet)
        and not each.dead
        and isinstance(getattr(each._run, "__self__", None), Committer)
    }
    named = {str(thread.native_id) for thread in threading.enumerate()}
    return committing | {task.name for task in Path("/proc/self/task").iterdir()} - named


class WaitingStore:
    """A store whose transaction lasts until it is told to end."""

    def __init__(self) -> None:
        self.began, self.may_end = Event(), Event()
        self.is_closed = False

    def close(self) -> None:
        self.is_closed = True

    def run(self, job: Callable[[], list[Outcome]]) -> list[Outcome]:
        return job()

    def commit(self, drafts: Sequence[object]) -> list[Outcome]:
        self.began.set()
        self.may_end.wait()
        return [Receipt(place, place, 0, True) for place in range(1, len(drafts) + 1)]


def test_nobody_is_told_before_the_commit_is_through() -> None:
    store, outcomes = WaitingStore(), list[Outcome]()
    waiting = Committer(store, Counters())
    waiting.append(draft(1, "a"), lambda _, outcome: outcomes.append(outcome))
    with gevent.Timeout(10):
        store.began.wait()
        gevent.sleep(0)
        assert outcomes == []
        store.may_end.set()
        while not outcomes:
            gevent.sleep(0)
    assert outcomes == [Receipt(1, 1, 0, True)]


class FailingStore:
    """A store whose transaction fails as a whole."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def run(self, job: Callable[[], list[Outcome]]) -> list[Outcome]:
        return job()

    def commit(self, drafts: object) -> list[Outcome]:
        raise self._error

    def close(self) -> None:
        pass


@pytest.mark.parametrize("error", [Unavailable("storage_full"), RuntimeError("bug")])
def test_a_failed_commit_is_told_to_every_sender(error: Exception) -> None:
    outcomes = append(Committer(FailingStore(error), Counters()), [draft(1, "a"), draft(1, "b")])
    assert [type(outcome) for outcome in outcomes] == [Unavailable, Unavailable]
    assert all(isinstance(outcome, AppError) for outcome in outcomes)
