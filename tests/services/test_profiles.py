"""What is remembered of people and groups: never older than what a process has heard."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask

from fastim.backends.bus import Bus
from fastim.backends.bus.memory import MemoryBus
from fastim.backends.questions import Question, Questions, Rows
from fastim.parts import Parts
from fastim.protocol.events import CommunityChanged, ProfileChanged
from fastim.realtime.neighbours import Memory
from fastim.services import group_names, kept_rows, profiles
from fastim.services.group_names import GroupNames
from fastim.services.kept_rows import KeptRows
from fastim.services.profiles import Profiles
from tests.client import Client
from tests.conftest import MakeApp
from tests.servers import free_port

_numbers = itertools.count(1)


class Asked(Questions):
    """Counts the questions, and lets something happen between an answer and its use."""

    def __init__(self, app: Flask) -> None:
        self.count = 0
        self.then: Callable[[], object] = lambda: None
        self._real: Questions = app.extensions["fastim"].questions

    def ask(self, question: Question, **values: int | str) -> Rows:
        self.count += 1
        rows = self._real.ask(question, **values)
        self.then()
        return rows


class People:
    """What is remembered of people, and what becomes of one of them."""

    make: Callable[[Bus, Questions], KeptRows[Any]] = Profiles

    def __init__(self, app: Flask) -> None:
        self.bus, self.asked = MemoryBus(), Asked(app)
        self.rows = self.make(self.bus, self.asked)
        self.ann = Client(app).register()
        self.id = self.new("of before")

    def new(self, name: str) -> int:
        self.one = Client(self.ann.app).register(nickname=name)
        return self.one.id

    def change(self) -> None:
        """As another process does: this one is not told yet."""
        assert self.one.post("/user/update", nickname="of now").code == 0

    def tell(self) -> None:
        self.bus.publish(ProfileChanged(self.id))

    def name(self) -> str:
        return str(self.rows.of(self.id).nickname)  # type: ignore[union-attr]


class Groups(People):
    """The same of groups, whose names are unique."""

    make = GroupNames

    def new(self, name: str) -> int:
        group = self.ann.post("/contact/createcommunity", name=f"{name} #{next(_numbers)}")
        return int(group.data["id"])

    def change(self) -> None:
        name = f"of now #{next(_numbers)}"
        assert self.ann.post("/contact/updatecommunity", dstid=self.id, name=name).code == 0

    def tell(self) -> None:
        self.bus.publish(CommunityChanged(self.id))

    def name(self) -> str:
        return str(self.rows.of(self.id)).split(" #")[0]


@pytest.fixture(params=[People, Groups])
def kind(request: pytest.FixtureRequest, app: Flask) -> People:
    kind: People = request.param(app)
    return kind


def test_it_is_asked_once_and_again_when_it_has_changed(kind: People) -> None:
    assert [kind.name() for _ in range(3)] == ["of before"] * 3
    assert kind.asked.count == 1
    kind.change()
    kind.tell()
    assert [kind.name() for _ in range(3)] == ["of now"] * 3
    assert kind.asked.count == 2


def test_what_changes_while_it_is_read_is_used_and_not_kept(kind: People) -> None:
    def change() -> None:
        kind.asked.then = lambda: None
        kind.change()
        kind.tell()

    kind.asked.then = change
    assert kind.name() == "of before"  # the reader began before the change
    assert kind.name() == "of now"


def test_lost_news_are_made_good_by_forgetting(kind: People) -> None:
    def forget() -> None:
        kind.asked.then = lambda: None
        kind.change()
        kind.rows.forget()

    kind.name()
    kind.change()
    assert kind.name() == "of before"  # nobody told
    kind.rows.forget()
    assert kind.name() == "of now"
    kind.rows.forget()
    kind.asked.then = forget
    kind.name()
    count = kind.asked.count
    kind.name()
    assert kind.asked.count == count + 1  # what was read when all was forgotten is not kept


def test_what_no_event_tells_is_seen_within_ten_minutes(
    kind: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = SimpleNamespace(now=1000.0)
    monkeypatch.setattr(kept_rows, "time", SimpleNamespace(monotonic=lambda: clock.now))
    kind.name()
    kind.change()
    clock.now += 599
    assert kind.name() == "of before"
    clock.now += 2
    assert kind.name() == "of now"


def test_many_are_asked_for_in_one_question_and_only_who_is_not_known(kind: People) -> None:
    ids = [kind.id, *(kind.new("one more") for _ in range(4))]
    missing = max(ids) + 1000
    kind.name()
    assert kind.rows.of_many([*ids, *ids, missing]).keys() == set(ids)
    assert kind.asked.count == 2
    assert kind.rows.of_many(ids).keys() == set(ids)
    assert kind.asked.count == 2
    assert kind.rows.of_many([]) == {}


def test_there_are_no_more_than_so_many(kind: People, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (profiles, group_names):
        monkeypatch.setattr(module, "_KEPT", 3)
    rows = kind.make(kind.bus, kind.asked)
    ids = [kind.new("one more") for _ in range(4)]
    before = kind.asked.count
    for one in ids:
        rows.of(one)
    assert len(rows._kept._items) == 3
    rows.of_many(ids[1:])
    assert kind.asked.count == before + 4  # the oldest made room
    rows.of(ids[0])
    assert kind.asked.count == before + 5


def test_who_is_no_user_may_become_one(app: Flask) -> None:
    """Nobody tells of a new account, so it is not kept that there was none."""
    ann = Client(app).register()
    bob = Client(app).register()
    next_id = bob.id + 1
    for _ in range(2):
        assert ann.post("/user/find", id=next_id).error == "no_such_user"
    eve = Client(app).register(nickname="Eve")
    assert eve.id == next_id
    assert ann.post("/user/find", id=next_id).data["nickname"] == "Eve"


def test_a_stranger_is_shown_as_they_are_and_nothing_besides(app: Flask) -> None:
    """Every change of oneself is seen with the next look; what is for friends is not among it."""
    ann, eve = (Client(app).register(nickname=name) for name in ("Ann", "Eve"))
    assert eve.post("/user/find", id=ann.id).data["nickname"] == "Ann"
    avatar = "/asset/images/person.svg"
    for field, value in {"nickname": "Annie", "sex": "W", "memo": "吃饭 😀", "avatar": avatar}.items():
        assert ann.post("/user/update", **{field: value}).data[field] == value
        found = eve.post("/user/find", id=ann.id).data
        assert found[field] == value
    mine = ann.post("/user/find", id=ann.id).data
    shown = ("id", "nickname", "avatar", "sex", "memo", "createat")
    assert [found[name] for name in shown] == [mine[name] for name in shown]
    hidden = {"mobile": "", "online": 0, "devices": [], "lastseen": "", "token": ""}
    assert found.items() >= hidden.items()
    ann.befriend(eve)
    assert eve.post("/user/find", id=ann.id).data["mobile"] == ann.mobile
    ann.post("/contact/deletefriend", dstid=eve.id)
    assert eve.post("/user/find", id=ann.id).data == found


class Elsewhere:
    """Two processes on one database that do not hear each other: what one remembers is old at once."""

    def __init__(self, make_app: MakeApp, mariadb_url: str) -> None:
        url = f"redis://127.0.0.1:{free_port()}"
        self.here, self.there = (make_app(database_url=mariadb_url, bus_url=url) for _ in range(2))
        self.ann, self.bob, self.eve = (
            Client(self.here).register(nickname=name) for name in ("Ann", "Bob", "Eve")
        )
        self.ann.befriend(self.bob)

    @property
    def parts(self) -> Parts:
        parts: Parts = self.there.extensions["fastim"]
        return parts

    def seen_by(self, person: Client) -> dict[str, Any]:
        """Ann, at the other process."""
        there = Client(self.there)
        there.http.set_cookie("fastim", person.token)
        found: dict[str, Any] = there.post("/user/find", id=self.ann.id).data
        return found


@pytest.fixture
def elsewhere(make_app: MakeApp, mariadb_url: str) -> Elsewhere:
    return Elsewhere(make_app, mariadb_url)


def test_oneself_and_ones_friends_are_never_old(elsewhere: Elsewhere) -> None:
    """Though what a stranger is shown is, as long as the news has not come."""
    ann, bob, eve = elsewhere.ann, elsewhere.bob, elsewhere.eve
    assert [elsewhere.seen_by(one)["nickname"] for one in (ann, bob, eve)] == ["Ann"] * 3
    ann.post("/user/update", nickname="Annie")
    assert [elsewhere.seen_by(one)["nickname"] for one in (ann, bob)] == ["Annie"] * 2
    assert elsewhere.seen_by(eve)["nickname"] == "Ann"
    elsewhere.parts.bus.publish(ProfileChanged(ann.id))  # the news
    assert elsewhere.seen_by(eve)["nickname"] == "Annie"


def test_who_ends_a_friendship_elsewhere_shows_their_number_no_more(elsewhere: Elsewhere) -> None:
    assert elsewhere.seen_by(elsewhere.bob)["mobile"] == elsewhere.ann.mobile
    elsewhere.ann.post("/contact/deletefriend", dstid=elsewhere.bob.id)
    assert elsewhere.seen_by(elsewhere.bob)["mobile"] == ""


def test_a_process_in_doubt_forgets_both(elsewhere: Elsewhere) -> None:
    memory: Memory = elsewhere.parts.realtime._neighbours._memory  # type: ignore[attr-defined]
    group = elsewhere.ann.post("/contact/createcommunity", name=f"of {elsewhere.ann.id}").data["id"]
    assert memory.group_names.of(group) == f"of {elsewhere.ann.id}"
    assert elsewhere.seen_by(elsewhere.eve)["nickname"] == "Ann"
    elsewhere.ann.post("/user/update", nickname="Annie")
    elsewhere.ann.post("/contact/updatecommunity", dstid=group, name=f"now {elsewhere.ann.id}")
    memory.forget()
    assert elsewhere.seen_by(elsewhere.eve)["nickname"] == "Annie"
    assert memory.group_names.of(group) == f"now {elsewhere.ann.id}"
