"""Messages given to a log, and what became of them."""

from __future__ import annotations

import gc
import threading
from pathlib import Path

import gevent
from gevent.event import Event

from fastim.backends.log import Draft, MessageLog, Outcome, Receipt
from fastim.backends.log.committer import Committer


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


def alive() -> set[object]:
    """The greenlets that commit and the native threads of this process; the drivers' own have names."""
    committing = {
        each
        for each in gc.get_objects()
        if issubclass(type(each), gevent.Greenlet)  # isinstance would ask weak proxies of what is gone
        and not each.dead
        and isinstance(getattr(each._run, "__self__", None), Committer)
    }
    named = {str(thread.native_id) for thread in threading.enumerate()}
    return committing | {task.name for task in Path("/proc/self/task").iterdir()} - named


def wait_until_ended(before: set[object]) -> None:
    """Until all has ended that lives now and did not `before`; the end of a thread tells nobody."""
    with gevent.Timeout(10):
        while alive() - before:
            gevent.sleep(0.001)
