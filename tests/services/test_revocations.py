"""Access that ends while messages are on their way: nothing reaches who has gone, nothing comes from them.

What takes turns by chance elsewhere happens here in a chosen order: something is done between the commit
of a transaction and its news, or while it holds its locks.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from gevent.event import AsyncResult
from sqlalchemy.exc import OperationalError

from fastim.backends.bus import Bus
from fastim.backends.log import Receipt
from fastim.errors import Refused
from fastim.models import db
from fastim.protocol.events import DoorClosed
from fastim.services import transaction as transaction_module
from fastim.services.transaction import Transaction
from tests.api.test_sync import texts
from tests.client import Answer
from tests.services.friends import ENDS, Connected, settle
from tests.wire import Line, connect

Step = Callable[[], object]


@pytest.fixture
def around_commit(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Do something around the next commit that warns somebody: just before, under its locks, or after it,
    before its news."""
    commit = transaction_module._commit

    def arrange(before: Step = lambda: None, after: Step = lambda: None) -> None:
        def arranged(bus: Bus, tx: Transaction) -> None:
            if not tx.early:
                commit(bus, tx)
                return
            monkeypatch.setattr(transaction_module, "_commit", commit)
            before()
            commit(bus, tx)
            after()

        monkeypatch.setattr(transaction_module, "_commit", arranged)

    return arrange


@pytest.fixture
def scene(app: Flask) -> Connected:
    return Connected(app)


@pytest.mark.parametrize("way", ["leave", "remove"])
def test_what_is_said_after_a_leaving_does_not_reach_who_left(
    scene: Connected, around_commit: Callable[..., None], way: str
) -> None:
    """Also where its commit, which waited for the leaving's, is told first."""
    scene.say("before")
    around_commit(after=lambda: scene.say("after"))
    assert scene.end(way).code == 0
    settle()
    assert b"before" in scene.line.written
    assert b"after" not in scene.line.written


def test_a_connection_made_while_its_user_leaves_is_not_let_in(
    scene: Connected, around_commit: Callable[..., None]
) -> None:
    """The database may still say that the user is a member."""
    late: list[Line] = []

    def come() -> None:
        node, line = connect(scene.app, scene.bob)
        scene.services.client_map.enter_groups(node, [scene.group])
        late.append(line)

    def warned() -> None:
        scene.services.bus.subscribe(lambda event: come(), DoorClosed)

    around_commit(before=warned, after=lambda: scene.say("after"))
    assert scene.end("leave").code == 0
    settle()
    assert len(late) == 1
    assert b"after" not in late[0].written


def test_what_is_said_right_after_a_joining_reaches_who_joined_once(
    scene: Connected, around_commit: Callable[..., None]
) -> None:
    assert scene.end("leave").code == 0
    scene.say("while away")
    around_commit(after=lambda: scene.say("overtaken"))
    assert scene.join().code == 0
    scene.say("later")
    settle()
    assert b"while away" not in scene.line.written
    assert scene.line.written.count(b"overtaken") == 1
    assert scene.line.written.count(b"later") == 1
    assert scene.line.written.count(b'"content":"joined"') == 1
    assert not scene.services.client_map.arriving


@pytest.mark.parametrize("end", ENDS)
def test_a_message_that_waits_is_not_numbered_after_its_senders_going(
    scene: Connected, around_commit: Callable[..., None], end: str
) -> None:
    """It had been let in, and is refused under the lock."""
    kind, error = ENDS[end]
    waiting: list[AsyncResult] = []
    around_commit(before=lambda: waiting.append(scene.start_saying(kind)))
    assert scene.end(end).code == 0
    outcome = waiting[0].get(timeout=10)
    assert isinstance(outcome, Refused), outcome
    assert outcome.name == error
    assert "on its way" not in texts(scene.ann.post("/message/sync").data)


def test_a_mute_holds_for_what_comes_after_it(scene: Connected, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was let in before, and waits for its commit, may still be numbered just above it."""
    commit, waiting = transaction_module._commit, list[AsyncResult]()

    def arranged(bus: Bus, tx: Transaction) -> None:
        monkeypatch.setattr(transaction_module, "_commit", commit)
        waiting.append(scene.start_saying(11))
        commit(bus, tx)

    monkeypatch.setattr(transaction_module, "_commit", arranged)
    assert scene.mute().code == 0
    said = waiting[0].get(timeout=10)
    assert isinstance(said, Receipt)
    with scene.app.app_context(), pytest.raises(Refused, match="muted"):
        scene.services.floor.check(scene.bob.id, scene.group)
    (entries,) = [
        state["entries"]
        for state in scene.ann.post("/message/sync").data["conversations"]
        if state["cmd"] == 11
    ]
    assert [entry["content"] for entry in entries[-2:]] == ["muted", "on its way"]


def test_who_is_let_in_again_may_write_again(scene: Connected) -> None:
    ann, bob = scene.ann, scene.bob
    again: dict[str, Callable[[], Answer]] = {
        "leave": scene.join,
        "deletefriend": lambda: ann.post("/contact/addfriend", dstid=bob.id),
        "block": lambda: ann.post("/contact/block", dstid=bob.id, blocked=False),
    }
    for end, let_in in again.items():
        kind, _ = ENDS[end]
        assert scene.end(end).code == 0
        with pytest.raises(Refused):
            scene.start_saying(kind)
        assert let_in().code == 0
        assert isinstance(scene.start_saying(kind).get(timeout=10), Receipt)


def test_a_leaving_whose_commit_fails_makes_its_user_come_back(
    scene: Connected, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Perhaps only the answer was lost: the connection is made anew, and the database asked."""
    commit = db.session.commit

    def fail() -> None:
        monkeypatch.setattr(db.session, "commit", commit)
        raise OperationalError("COMMIT", None, Exception("the server is gone"))

    monkeypatch.setattr(db.session, "commit", fail)
    assert scene.end("leave").code == -1
    assert scene.node.close_code == 4010
    assert isinstance(scene.start_saying(11).get(timeout=10), Receipt)
    node, line = connect(scene.app, scene.bob)
    with scene.app.app_context():
        groups = scene.services.access.communities_of(scene.bob.id)
    scene.services.client_map.enter_groups(node, groups)
    scene.say("welcome back")
    settle()
    assert b"welcome back" in line.written
