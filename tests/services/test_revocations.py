"""Access that ends while messages are on their way: nothing reaches who has gone, nothing comes from them.

What takes turns by chance elsewhere happens here in a chosen order: something is done between the commit
of a transaction and its news, or while it holds its locks.
"""

from __future__ import annotations

from collections.abc import Callable

import gevent
import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from fastim.backends.bus import Bus
from fastim.backends.log import Outcome, Receipt
from fastim.errors import Refused
from fastim.models import db
from fastim.protocol import frames, limits
from fastim.protocol.events import DoorClosed
from fastim.realtime import framing
from fastim.services import transaction as transaction_module
from fastim.services.transaction import Transaction
from tests.api.test_sync import say_to_group, texts
from tests.client import Answer, Client
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


class Scene:
    """A group of Ann's with Bob in it, who is connected; both are friends."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        client = Client(app)
        self.ann, self.bob = client.register(), client.register()
        self.ann.befriend(self.bob)
        self.group = self.ann.post("/contact/createcommunity", name=f"group of {self.ann.id}").data["id"]
        assert self.join().code == 0
        self.node, self.line = connect(app, self.bob)
        self.services = app.extensions["fastim"].realtime.services
        with app.app_context():
            self.services.client_map.enter_groups(
                self.node, self.services.access.communities_of(self.bob.id)
            )

    def join(self) -> Answer:
        return self.bob.post("/contact/joincommunity", dstid=self.group)

    def leave(self) -> Answer:
        return self.bob.post("/contact/leavecommunity", dstid=self.group)

    def remove(self) -> Answer:
        return self.ann.post("/community/remove", dstid=self.group, memberid=self.bob.id)

    def say(self, text: str) -> None:
        """Ann says something in the group."""
        say_to_group(self.app, self.ann, self.group, text)

    def start_saying(self, kind: int, dst_id: int) -> list[Outcome]:
        """Bob's message is let in and waits for its commit; what becomes of it."""
        with self.app.app_context():
            door = self.services.access.door(self.bob.id, kind, dst_id)
        frame = frames.SendSingle(dstid=dst_id, content="on its way")
        outcomes: list[Outcome] = []
        self.services.messages.send(
            frame, kind, self.bob.id, door, lambda _, outcome: outcomes.append(outcome)
        )
        return outcomes


@pytest.fixture
def scene(app: Flask) -> Scene:
    return Scene(app)


def wait_for_one(outcomes: list[Outcome]) -> Outcome:
    with gevent.Timeout(10):
        while not outcomes:
            gevent.sleep(0.001)
    return outcomes[0]


def settle() -> None:
    """Let what is ready be written."""
    for _ in range(3):
        gevent.sleep(0)


@pytest.mark.parametrize("way", ["leave", "remove"])
def test_what_is_said_after_a_leaving_does_not_reach_who_left(
    scene: Scene, around_commit: Callable[..., None], way: str
) -> None:
    """Also where its commit, which waited for the leaving's, is told first."""
    scene.say("before")
    around_commit(after=lambda: scene.say("after"))
    assert getattr(scene, way)().code == 0
    settle()
    assert b"before" in scene.line.written
    assert b"after" not in scene.line.written


def test_a_connection_made_while_its_user_leaves_is_not_let_in(
    scene: Scene, around_commit: Callable[..., None]
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
    assert scene.leave().code == 0
    settle()
    assert len(late) == 1
    assert b"after" not in late[0].written


def test_what_is_said_right_after_a_joining_reaches_who_joined_once(
    scene: Scene, around_commit: Callable[..., None]
) -> None:
    assert scene.leave().code == 0
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


@pytest.mark.parametrize("end", ["leave", "remove", "dissolve", "deletefriend", "block"])
def test_a_message_that_waits_is_not_numbered_after_its_senders_going(
    scene: Scene, around_commit: Callable[..., None], end: str
) -> None:
    """It had been let in, and is refused under the lock."""
    is_group = end in ("leave", "remove", "dissolve")
    kind, dst_id = (11, scene.group) if is_group else (10, scene.ann.id)
    ends: dict[str, tuple[Callable[[], Answer], str]] = {
        "leave": (scene.leave, "not_member"),
        "remove": (scene.remove, "not_member"),
        "dissolve": (lambda: scene.ann.post("/community/dissolve", dstid=scene.group), "group_dissolved"),
        "deletefriend": (
            lambda: scene.ann.post("/contact/deletefriend", dstid=scene.bob.id),
            "not_friends",
        ),
        "block": (lambda: scene.ann.post("/contact/block", dstid=scene.bob.id), "blocked"),
    }
    waiting: list[list[Outcome]] = []
    around_commit(before=lambda: waiting.append(scene.start_saying(kind, dst_id)))
    go, error = ends[end]
    assert go().code == 0
    outcome = wait_for_one(waiting[0])
    assert isinstance(outcome, Refused), outcome
    assert outcome.name == error
    assert "on its way" not in texts(scene.ann.post("/message/sync").data)


def test_a_mute_holds_for_what_comes_after_it(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was let in before, and waits for its commit, may still be numbered just above it."""
    commit, waiting = transaction_module._commit, list[list[Outcome]]()

    def arranged(bus: Bus, tx: Transaction) -> None:
        monkeypatch.setattr(transaction_module, "_commit", commit)
        waiting.append(scene.start_saying(11, scene.group))
        commit(bus, tx)

    monkeypatch.setattr(transaction_module, "_commit", arranged)
    muted = scene.ann.post("/community/mute", dstid=scene.group, memberid=scene.bob.id, seconds=600)
    assert muted.code == 0
    said = wait_for_one(waiting[0])
    assert isinstance(said, Receipt)
    with scene.app.app_context(), pytest.raises(Refused, match="muted"):
        scene.services.floor.check(scene.bob.id, scene.group)
    (entries,) = [
        state["entries"]
        for state in scene.ann.post("/message/sync").data["conversations"]
        if state["cmd"] == 11
    ]
    assert [entry["content"] for entry in entries[-2:]] == ["muted", "on its way"]


def test_who_is_let_in_again_may_write_again(scene: Scene) -> None:
    for go, again, kind, dst_id in (
        (scene.leave, scene.join, 11, scene.group),
        (
            lambda: scene.bob.post("/contact/deletefriend", dstid=scene.ann.id),
            lambda: scene.ann.post("/contact/addfriend", dstid=scene.bob.id),
            10,
            scene.ann.id,
        ),
        (
            lambda: scene.ann.post("/contact/block", dstid=scene.bob.id, blocked=True),
            lambda: scene.ann.post("/contact/block", dstid=scene.bob.id, blocked=False),
            10,
            scene.ann.id,
        ),
    ):
        assert go().code == 0
        with pytest.raises(Refused):
            scene.start_saying(kind, dst_id)
        assert again().code == 0
        assert isinstance(wait_for_one(scene.start_saying(kind, dst_id)), Receipt)


def test_a_leaving_whose_commit_fails_makes_its_user_come_back(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Perhaps only the answer was lost: the connection is made anew, and the database asked."""
    commit = db.session.commit

    def fail() -> None:
        monkeypatch.setattr(db.session, "commit", commit)
        raise OperationalError("COMMIT", None, Exception("the server is gone"))

    monkeypatch.setattr(db.session, "commit", fail)
    assert scene.leave().code == -1
    assert scene.node.close_code == 4010
    assert isinstance(wait_for_one(scene.start_saying(11, scene.group)), Receipt)
    node, line = connect(scene.app, scene.bob)
    with scene.app.app_context():
        groups = scene.services.access.communities_of(scene.bob.id)
    scene.services.client_map.enter_groups(node, groups)
    scene.say("welcome back")
    settle()
    assert b"welcome back" in line.written


class Plug(Line):
    """A socket that is upgraded already, and ends when it has been read once."""

    window_bits = 0

    def __init__(self, at_reading: Callable[[bytes], None]) -> None:
        super().__init__()
        self.parser = framing.Parser(limits.FRAME_BYTES)
        self._at_reading = at_reading

    def take_over(self) -> bool:
        return False

    def reader(self) -> Callable[[], bytes]:
        def read() -> bytes:
            settle()
            self._at_reading(self.written)
            return b""

        return read

    def end(self) -> None:
        pass

    def dispose(self) -> None:
        pass


def test_the_first_frame_comes_when_the_connection_is_in_its_groups(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever syncs after it misses nothing: what was said before is stored, what comes later is sent."""
    seen: list[bytes] = []
    plug = Plug(seen.append)
    original = scene.services.access.communities_of

    def communities_of(user_id: int) -> list[int]:
        groups = list(original(user_id))
        scene.say("while the groups were read")
        settle()
        assert plug.written == b""
        return groups

    monkeypatch.setattr(scene.services.access, "communities_of", communities_of)
    with scene.app.app_context():
        actor = scene.app.extensions["fastim"].sessions.find(scene.bob.token)
    realtime = scene.app.extensions["fastim"].realtime
    monkeypatch.setattr(realtime, "_care", "there is one")
    realtime.attach(plug, actor, "en", "program")
    assert len(seen) == 1
    assert seen[0].index(b'{"cmd":18,') < 8


def test_a_connection_whose_groups_cannot_be_read_leaves_nothing_behind(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is let in while its request still runs; a fault there must not leave it among the living."""

    def fail(user_id: int) -> list[int]:
        raise OSError("the database is away")

    monkeypatch.setattr(scene.services.access, "communities_of", fail)
    with scene.app.app_context():
        actor = scene.app.extensions["fastim"].sessions.find(scene.bob.token)
    realtime = scene.app.extensions["fastim"].realtime
    monkeypatch.setattr(realtime, "_care", "there is one")
    before = scene.services.client_map.of_user(scene.bob.id)
    seen: list[bytes] = []
    realtime.attach(Plug(seen.append), actor, "en", "program")
    assert scene.services.client_map.of_user(scene.bob.id) == before
    assert seen == []
