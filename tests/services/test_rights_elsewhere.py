"""Rights that another process has just taken away, whose news has not come: the database is asked under the
conversation's lock.

Two apps on one database, whose buses are not started, so that neither ever hears of the other.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from gevent.event import AsyncResult

from fastim.backends.log import Outcome
from fastim.errors import AppError
from fastim.protocol import frames
from tests.api.test_sync import say, say_to_group
from tests.client import Answer, Client
from tests.conftest import MakeApp
from tests.servers import free_port

_CHANGES = ("recall", "edit", "pin", "react")


class Scene:
    """Ann's group with Bob, an admin, and Cid; all are friends. Ann's requests go to one process, what Bob
    says to the other, which has just seen that he may."""

    def __init__(self, make_app: MakeApp, mariadb_url: str) -> None:
        url = f"redis://127.0.0.1:{free_port()}"
        self.here, self.there = (make_app(database_url=mariadb_url, bus_url=url) for _ in range(2))
        client = Client(self.here)
        self.ann, self.bob, self.cid = (client.register() for _ in range(3))
        for friend in (self.bob, self.cid):
            self.ann.befriend(friend)
        self.group = self.ann.post("/contact/createcommunity", name=f"group of {self.ann.id}").data["id"]
        for one in (self.bob, self.cid):
            assert one.post("/contact/joincommunity", dstid=self.group).code == 0
        assert self.lead(self.bob).code == 0
        say(self.there, self.bob, self.ann, "said")
        for who in (self.bob, self.cid, self.ann):
            say_to_group(self.there, who, self.group, f"of {who.id}")
        self.seqs = self.said()
        with self.there.app_context():
            for who in (self.bob, self.cid, self.ann):
                self.services.access.role_of(who.id, self.group)
                self.services.floor.check(who.id, self.group)

    @property
    def services(self):  # type: ignore[no-untyped-def]
        return self.there.extensions["fastim"].realtime.services

    def said(self) -> dict[str, int]:
        """What was said in the group, to its seq."""
        rows = self.ann.post("/message/history", cmd=11, dstid=self.group).rows
        return {row["content"]: row["seq"] for row in rows if row["media"] == frames.TEXT}

    def lead(self, who: Client, on: bool = True) -> Answer:
        return self.ann.post("/community/admin", dstid=self.group, memberid=who.id, admin=int(on))

    def remove(self, who: Client) -> Answer:
        return self.ann.post("/community/remove", dstid=self.group, memberid=who.id)

    def mute(self, who: Client) -> Answer:
        return self.ann.post("/community/mute", dstid=self.group, memberid=who.id, seconds=600)

    def mute_all(self) -> Answer:
        return self.ann.post("/community/muteall", dstid=self.group, seconds=600)

    def dissolve(self) -> Answer:
        return self.ann.post("/community/dissolve", dstid=self.group)

    def refusal(self, act: Callable[[], object]) -> str:
        """What something is refused with at the other process; "" if it is done."""
        with self.there.app_context():
            try:
                act()
            except AppError as error:
                return error.name
        return ""

    def amend(self, what: str, who: Client, text: str) -> str:
        place = {"kind": 11, "dstid": self.group, "seq": self.seqs[text]}
        frame = {
            "recall": lambda: frames.Recall(**place),
            "edit": lambda: frames.Edit(**place, content="otherwise"),
            "pin": lambda: frames.Pin(**place, on=True),
            "react": lambda: frames.React(**place, emoji="👍", on=True),
        }[what]()
        return self.refusal(lambda: getattr(self.services.amendments, what)(who.id, frame))

    def send(self, who: Client, kind: int, dst_id: int) -> str:
        """What it is refused with at the other process to say something; "" if it is done."""
        outcome = self.outcome(who, kind, dst_id)
        return outcome.name if isinstance(outcome, AppError) else ""

    def outcome(self, who: Client, kind: int, dst_id: int) -> Outcome:
        """Say something at the other process, as that let in whoever speaks there."""
        known = self.services.access.known_door((who.id, kind, dst_id))
        assert known is not None
        frame = frames.SendSingle(dstid=dst_id, content="late")
        told = AsyncResult()
        self.services.messages.send(frame, kind, who.id, known, lambda _, outcome: told.set(outcome))
        outcome: Outcome = told.get(timeout=10)
        return outcome


@pytest.fixture
def scene(make_app: MakeApp, mariadb_url: str) -> Scene:
    return Scene(make_app, mariadb_url)


def test_who_was_an_admin_a_moment_ago_takes_back_and_pins_nothing_of_others(scene: Scene) -> None:
    assert scene.lead(scene.bob, on=False).code == 0
    assert scene.amend("recall", scene.bob, f"of {scene.cid.id}") == "not_yours"
    assert scene.amend("pin", scene.bob, f"of {scene.cid.id}") == "not_admin"
    assert scene.amend("recall", scene.bob, f"of {scene.bob.id}") == ""


def test_who_has_just_become_an_admin_may_at_once(scene: Scene) -> None:
    assert scene.lead(scene.cid).code == 0
    assert scene.amend("recall", scene.cid, f"of {scene.ann.id}") == ""


def test_who_was_sent_away_elsewhere_changes_nothing_more(scene: Scene) -> None:
    assert scene.remove(scene.bob).code == 0
    refusals = [scene.amend(what, scene.bob, f"of {scene.bob.id}") for what in _CHANGES]
    assert refusals == ["not_found", "not_member", "not_member", "not_member"]


def test_of_a_group_that_was_dissolved_elsewhere_nothing_is_changed(scene: Scene) -> None:
    assert scene.dissolve().code == 0
    for what in _CHANGES:
        assert scene.amend(what, scene.bob, f"of {scene.bob.id}") == "group_dissolved"


@pytest.mark.parametrize("how", ["mute", "mute_all"])
def test_who_was_muted_elsewhere_edits_nothing_but_may_take_back(scene: Scene, how: str) -> None:
    done = scene.mute(scene.cid) if how == "mute" else scene.mute_all()
    assert done.code == 0
    assert scene.amend("edit", scene.cid, f"of {scene.cid.id}") == "muted"
    assert scene.amend("recall", scene.cid, f"of {scene.cid.id}") == ""


@pytest.mark.parametrize(
    ("end", "refusal"),
    [
        (lambda s: s.remove(s.cid), "not_member"),
        (lambda s: s.dissolve(), "group_dissolved"),
        (lambda s: s.mute(s.cid), "muted"),
        (lambda s: s.mute_all(), "muted"),
    ],
    ids=["remove", "dissolve", "mute", "mute all"],
)
def test_a_message_to_a_group_whose_door_was_closed_elsewhere_is_not_numbered(
    scene: Scene, end: Callable[[Scene], Answer], refusal: str
) -> None:
    """Though the process that takes it has not heard yet; others go on as they may."""
    assert end(scene).code == 0
    assert scene.send(scene.cid, 11, scene.group) == refusal
    assert "late" not in scene.said()
    if refusal != "group_dissolved":
        assert scene.send(scene.ann, 11, scene.group) == ""


@pytest.mark.parametrize("how", ["mute", "mute_all", "both"])
def test_who_was_muted_elsewhere_is_told_for_how_long(scene: Scene, how: str) -> None:
    """By the log's refusal as by any other: the longer of both, in whole seconds."""
    if how != "mute_all":
        assert scene.mute(scene.cid).code == 0
    if how != "mute":
        assert scene.ann.post("/community/muteall", dstid=scene.group, seconds=900).code == 0
    most = 600 if how == "mute" else 900
    by_log = scene.outcome(scene.cid, 11, scene.group)
    assert isinstance(by_log, AppError)
    assert by_log.name == "muted"
    assert isinstance(by_log.details["retry_after"], int)
    scene.services.floor.forget()
    with scene.there.app_context(), pytest.raises(AppError, match="muted") as by_floor:
        scene.services.floor.check(scene.cid.id, scene.group)
    for error in (by_log, by_floor.value):
        assert most - 300 < error.details["retry_after"] <= most


def test_a_muted_member_who_is_let_speak_again_is_heard(scene: Scene) -> None:
    assert scene.mute(scene.cid).code == 0
    assert scene.send(scene.cid, 11, scene.group) == "muted"
    on_again = scene.ann.post("/community/mute", dstid=scene.group, memberid=scene.cid.id, seconds=0)
    assert on_again.code == 0
    assert scene.send(scene.cid, 11, scene.group) == ""


def test_an_admin_who_is_one_no_more_falls_silent_where_all_are_muted(scene: Scene) -> None:
    assert scene.mute_all().code == 0
    assert scene.send(scene.bob, 11, scene.group) == ""
    assert scene.lead(scene.bob, on=False).code == 0
    assert scene.send(scene.bob, 11, scene.group) == "muted"


@pytest.mark.parametrize(("how", "refusal"), [("deletefriend", "not_friends"), ("block", "blocked")])
def test_a_message_to_who_has_closed_the_door_elsewhere_is_not_numbered(
    scene: Scene, how: str, refusal: str
) -> None:
    assert scene.ann.post(f"/contact/{how}", dstid=scene.bob.id).code == 0
    assert scene.send(scene.bob, 10, scene.ann.id) == refusal


def test_who_hid_while_news_was_in_doubt_is_hidden_from_then_on(scene: Scene) -> None:
    """Also where they are not connected now: what is remembered of them would be told when they come."""
    privacy, cluster = scene.services.privacy, scene.there.extensions["fastim"].realtime._neighbours
    assert privacy.shown(scene.bob.id).online
    assert scene.bob.post_json("/settings/privacy", {"online": False}).code == 0
    cluster._check_groups()  # as a process in doubt does
    assert not privacy.shown(scene.bob.id).online
    privacy.forget_others({scene.bob.id})
    assert privacy.known(scene.bob.id) == privacy.shown(scene.bob.id)
