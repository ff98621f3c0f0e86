"""What becomes of a message while something else happens: in a chosen order, as in test_revocations.py."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import gevent
import pytest
from flask import Flask
from sqlalchemy import event

from fastim.backends.bus import Bus
from fastim.errors import AppError
from fastim.models import db
from fastim.protocol import frames
from fastim.services import amendments as amendments_module
from fastim.services.transaction import transaction
from tests.api.test_sync import say, say_to_group
from tests.client import Answer
from tests.conftest import MakeApp
from tests.faults.amendments import Entry, shown
from tests.services.friends import ENDS, Friends
from tests.wire import connect


class Scene(Friends):
    """Bob has said something in the group, and to Ann."""

    def __init__(self, app: Flask) -> None:
        super().__init__(app)
        say(app, self.bob, self.ann, "said")
        say_to_group(app, self.bob, self.group, "said")

    def place(self, kind: int) -> tuple[int, int]:
        """How Bob addresses the conversation, and the seq of what he said in it."""
        return self.address(kind), (3 if kind == 11 else 1)

    def amend(self, what: str, kind: int) -> str:
        """Bob's edit, reaction, pin or recall of what he said; the name of its refusal."""
        dst_id, seq = self.place(kind)
        frame: Any = {
            "edit": lambda: frames.Edit(kind=kind, dstid=dst_id, seq=seq, content="otherwise"),
            "react": lambda: frames.React(kind=kind, dstid=dst_id, seq=seq, emoji="👍", on=True),
            "pin": lambda: frames.Pin(kind=kind, dstid=dst_id, seq=seq, on=True),
            "recall": lambda: frames.Recall(kind=kind, dstid=dst_id, seq=seq),
        }[what]()
        with self.app.app_context():
            try:
                getattr(self.services.amendments, what)(self.bob.id, frame)
            except AppError as error:
                return error.name
        return ""


@pytest.fixture
def scene(app: Flask) -> Scene:
    return Scene(app)


@pytest.fixture
def before_the_lock(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], Answer]], None]:
    """Do something while the next change, which was let in, waits for the lock of its conversation."""

    def arrange(step: Callable[[], Answer]) -> None:
        def waiting(bus: Bus) -> Any:
            monkeypatch.setattr(amendments_module, "transaction", transaction)
            assert step().code == 0
            return transaction(bus)

        monkeypatch.setattr(amendments_module, "transaction", waiting)

    return arrange


@pytest.mark.parametrize("what", ["edit", "react", "pin"])
@pytest.mark.parametrize("how", ENDS)
def test_a_change_that_waits_while_its_authors_access_ends_is_refused(
    scene: Scene, before_the_lock: Callable[..., None], how: str, what: str
) -> None:
    """It is asked again under the lock; the door before it was open."""
    kind, refusal = ENDS[how]
    if what == "pin" and kind == 11:
        assert scene.ann.post("/community/admin", dstid=scene.group, memberid=scene.bob.id).code == 0
    dst_id, seq = scene.place(kind)
    before_the_lock(lambda: scene.end(how))
    assert scene.amend(what, kind) == refusal
    said = scene.ann.post("/message/history", cmd=kind, dstid=scene.bob.id if kind == 10 else dst_id).rows
    (message,) = [entry for entry in said if entry["seq"] == seq]
    assert message["content"] == "said"
    assert not {"rev", "reactions", "pinned", "edited"} & message.keys()


def test_who_may_not_write_any_more_may_still_take_back(
    scene: Scene, before_the_lock: Callable[..., None]
) -> None:
    before_the_lock(lambda: scene.end("block"))
    assert scene.amend("recall", 10) == ""


def test_a_reaction_that_comes_while_history_is_read_is_shown_once(scene: Scene) -> None:
    """What a message shows is one moment: its `rev` says which, and later entries are added to it."""
    dst_id, seq = scene.place(11)
    calls: list[Callable[[], Answer]] = [
        lambda: scene.ann.post("/message/history", cmd=11, dstid=dst_id),
        lambda: scene.ann.post_json("/message/entries", {"cmd": 11, "dstid": dst_id, "seqs": [seq]}),
        lambda: scene.ann.post("/message/sync"),
    ]
    assert scene.amend("react", 11) == ""
    for call, emoji in zip(calls, ("🎉", "🌹", "🍀"), strict=True):
        with reacting_between_reads(scene, emoji):
            answer = call()
        rows = answer.rows if "rows" in answer.json else entries_of(answer, dst_id)
        then = {row["seq"]: row for row in rows if row["seq"] == seq}
        now = {row["seq"]: row for row in scene.ann.post("/message/history", cmd=11, dstid=dst_id).rows}
        later = {number: row for number, row in now.items() if number > seq}
        assert shown(then | later, scene.ann.id)[seq] == now[seq]


def entries_of(answer: Answer, dst_id: int) -> list[Entry]:
    states = [
        state for state in answer.data["conversations"] if (state["cmd"], state["dstid"]) == (11, dst_id)
    ]
    return list(states[0]["entries"])


@contextmanager
def reacting_between_reads(scene: Scene, emoji: str) -> Iterator[None]:
    """Bob reacts after the rows of messages were read, and before those of reactions are."""
    dst_id, seq = scene.place(11)
    frame = frames.React(kind=11, dstid=dst_id, seq=seq, emoji=emoji, on=True)
    reacted: list[object] = []

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        if not reacted and "reaction" in statement and statement.startswith("SELECT"):
            reacted.append(statement)
            with scene.app.app_context():
                scene.app.extensions["fastim"].realtime.services.amendments.react(scene.bob.id, frame)

    with scene.app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", note)
    assert reacted


def test_the_first_entries_after_a_start_are_told_in_their_order(
    make_app: MakeApp, mariadb_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where a change is told before the message above which it was numbered: on MySQL two write."""
    app = make_app(database_url=mariadb_url)
    scene = Scene(app)
    realtime = app.extensions["fastim"].realtime
    _, line = connect(app, scene.ann)
    store = realtime.services.messages._log._store
    commit = store.commit

    def committed(drafts: Any) -> Any:
        outcomes = commit(drafts)
        monkeypatch.setattr(store, "commit", commit)
        assert scene.amend("react", 10) == ""
        return outcomes

    monkeypatch.setattr(store, "commit", committed)
    realtime.services.bus._told.clear()  # as in a process that has just started
    say(app, scene.bob, scene.ann, "overtaken")
    for _ in range(3):
        gevent.sleep(0)
    assert [int(seq) for seq in re.findall(rb'"seq":(\d+)', line.written)] == [2, 3]
