"""When senders are told, whatever becomes of the transaction that their messages are in."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import gevent
import pytest
from gevent.event import AsyncResult, Event

from fastim.backends.counters import Counters
from fastim.backends.log import Outcome, Receipt
from fastim.backends.log.committer import Committer
from fastim.errors import AppError, Unavailable
from fastim.protocol import limits
from tests.contract.appending import alive, append, draft, wait_until_ended


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
    store, told = WaitingStore(), AsyncResult()
    waiting = Committer(store, Counters())
    waiting.append(draft(1, "a"), lambda _, outcome: told.set(outcome))
    with gevent.Timeout(10):
        store.began.wait()
        gevent.sleep(0)
        assert not told.ready()
        store.may_end.set()
        assert told.get() == Receipt(1, 1, 0, True)


def test_all_that_wait_are_counted_while_a_commit_lasts() -> None:
    """Also those that came after it began: a database that hangs is seen by them."""
    store, counters, told = WaitingStore(), Counters(), AsyncResult()
    log = Committer(store, counters)
    log.append(draft(1, "a"), lambda *_: None)
    with gevent.Timeout(10):
        store.began.wait()
        log.append(draft(1, "b"), lambda *_: None)
        log.append(draft(1, "c"), lambda *_: told.set(counters.log_waiting))
        assert counters.log_waiting == 3
        store.may_end.set()
        assert told.get() == 0
    log.close()


def test_closing_gives_up_on_a_database_that_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LOG_CLOSE_SECONDS", 0.01)
    before, store, outcomes = alive(), WaitingStore(), list[Outcome]()
    log = Committer(store, Counters())
    log.append(draft(1, "a"), lambda _, outcome: outcomes.append(outcome))
    with gevent.Timeout(10):
        store.began.wait()
        log.close()
    wait_until_ended(before)
    assert (outcomes, store.is_closed) == ([], True)


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
