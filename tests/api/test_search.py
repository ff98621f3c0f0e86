"""Search over HTTP: what one may read, as it is now, and nothing else."""

from __future__ import annotations

import itertools
import re
from typing import Any

import gevent
import pytest
from flask import Flask
from gevent.event import Event

from fastim.commands import commands
from fastim.protocol import frames
from tests.client import Client

_numbers = itertools.count(1)


class World:
    """Friends Ann and Bob, and a group of Ann's."""

    def __init__(self, app: Flask, client: Client) -> None:
        self.app = app
        self.parts = app.extensions["fastim"]
        self.ann, self.bob = client.register(nickname="Ann 安"), client.register(nickname="博文")
        self.ann.befriend(self.bob)
        self.name = f"Hikers 爬山 {next(_numbers)}"
        self.group: int = self.ann.post("/contact/createcommunity", name=self.name).data["id"]

    def join(self, who: Client) -> None:
        assert who.post("/contact/joincommunity", dstid=self.group, dstname=self.name).code == 0

    def say(self, who: Client, content: str, to: Client | None = None, **fields: Any) -> int:
        """Store a message, to a person or the group; its seq."""
        services = self.parts.realtime.services
        kind = frames.SINGLE if to else frames.GROUP
        make = frames.SendSingle if to else frames.SendGroup
        frame = make(dstid=to.id if to else self.group, content=content, **fields)
        with self.app.app_context():
            door = services.access.door(who.id, kind, frame.dstid)
        stored, outcomes = Event(), list[Any]()
        services.messages.send(
            frame, kind, who.id, door, lambda _, outcome: (outcomes.append(outcome), stored.set())
        )
        with gevent.Timeout(10):
            stored.wait()
        return int(outcomes[0].seq)

    def find(self, who: Client, text: str = "", **fields: Any) -> list[str]:
        """What was found, the newest first, with the index up to date."""
        self.parts.indexer.catch_up()
        answer = who.post("/search/messages", text=text, **fields)
        assert answer.code == 0, answer
        return [hit["entry"].get("content") or hit["entry"].get("memo", "") for hit in answer.rows]


@pytest.fixture
def world(app: Flask, client: Client) -> World:
    return World(app, client)


def test_messages_are_found_in_ones_own_conversations_and_shown_where_they_match(world: World) -> None:
    ann, bob = world.ann, world.bob
    stranger = world.ann.register()
    seq = world.say(bob, "今晚吃饭吗? Meeting at 7", to=ann)
    world.say(ann, "吃饭!")
    world.say(ann, "吃 米饭")
    assert world.find(ann, "吃饭") == ["吃饭!", "今晚吃饭吗? Meeting at 7"]
    assert world.find(bob, "吃饭 meet") == ["今晚吃饭吗? Meeting at 7"]
    assert world.find(ann, "饭") == ["吃 米饭", "吃饭!", "今晚吃饭吗? Meeting at 7"]
    assert world.find(stranger, "吃饭") == []
    (hit,) = ann.post("/search/messages", text="吃饭 meet").rows
    assert hit["ranges"] == [[2, 4], [7, 11]]
    entry = hit["entry"]
    assert (entry["cmd"], entry["userid"], entry["dstid"], entry["seq"]) == (10, bob.id, ann.id, seq)


def test_nothing_is_found_from_before_joining_or_after_leaving(world: World) -> None:
    ann, bob = world.ann, world.bob
    world.say(ann, "secret before")
    world.join(bob)
    world.say(ann, "secret during")
    assert world.find(bob, "secret") == ["secret during"]
    assert bob.post("/contact/leavecommunity", dstid=world.group).code == 0
    world.say(ann, "secret after")
    assert world.find(bob, "secret") == []
    assert bob.post("/search/messages", text="secret", cmd=11, dstid=world.group).status == 404
    world.join(bob)
    world.say(ann, "secret again")
    assert world.find(bob, "secret") == ["secret again"]
    assert world.find(ann, "secret")[0] == "secret again"
    assert len(world.find(ann, "secret")) == 4


def test_recalled_messages_are_gone_and_edited_ones_are_found_by_what_they_say_now(world: World) -> None:
    ann, bob = world.ann, world.bob
    amendments = world.parts.realtime.services.amendments
    gone, changed = world.say(ann, "alpha one", to=bob), world.say(ann, "alpha two", to=bob)
    assert len(world.find(bob, "alpha")) == 2
    with world.app.app_context():
        amendments.recall(ann.id, frames.Recall(10, bob.id, gone))
        amendments.edit(ann.id, frames.Edit(10, bob.id, changed, content="beta two"))
    behind = bob.post("/search/messages", text="alpha")  # the index has not heard of it
    assert behind.rows == []
    assert world.find(bob, "alpha") == []
    assert world.find(bob, "beta") == ["beta two"]
    assert world.find(bob, sender=ann.id) == ["beta two"]


def test_what_one_erased_for_oneself_is_found_by_the_others_alone(world: World) -> None:
    seq = world.say(world.ann, "embarrassing", to=world.bob)
    erased = {"cmd": 10, "dstid": world.bob.id, "seqs": [seq]}
    assert world.ann.post_json("/message/erase", erased).code == 0
    assert world.find(world.ann, "embarrassing") == []
    assert world.find(world.bob, "embarrassing") == ["embarrassing"]


def test_filters_narrow_by_conversation_sender_kind_and_time(world: World) -> None:
    ann, bob = world.ann, world.bob
    world.join(bob)
    file = {"media": 5, "url": "/asset/x.pdf", "memo": "Quarterly 报告.pdf"}
    world.say(ann, "report in the group")
    world.say(bob, "report by Bob")
    world.say(bob, "", **file)
    world.say(bob, "report for Ann, see https://example.org/report", to=ann)
    world.say(ann, "", to=bob, media=4, url="/asset/x.png", memo="10x10")
    with world.app.app_context():
        times = [row["time"] for row in ann.post("/message/history", cmd=11, dstid=world.group).rows]
    assert len(world.find(ann, "report")) == 3
    assert world.find(ann, "report", cmd=11, dstid=world.group) == ["report by Bob", "report in the group"]
    assert world.find(ann, "report", cmd=10, dstid=bob.id) == [
        "report for Ann, see https://example.org/report"
    ]
    assert world.find(ann, "report", sender=ann.id) == ["report in the group"]
    assert world.find(ann, "报告", media="file") == ["Quarterly 报告.pdf"]
    assert world.find(ann, media="file", cmd=11, dstid=world.group) == ["Quarterly 报告.pdf"]
    assert world.find(ann, "report", media="link") == ["report for Ann, see https://example.org/report"]
    assert world.find(ann, media="picture") == ["10x10"]
    assert world.find(ann, "10x10") == [], "a picture's size is no text"
    assert world.find(ann, "report", until=times[0]) == []
    assert len(world.find(ann, "report", since=times[0])) == 3
    assert world.find(ann, "report", since=times[-1] + 3_600_000) == []


def test_a_conversation_a_time_or_a_kind_alone_is_enough(world: World) -> None:
    """Read from the logs themselves: no index has to know of it; what holds for words holds here."""
    ann, bob = world.ann, world.bob
    amendments = world.parts.realtime.services.amendments
    world.say(ann, "before Bob came")
    world.join(bob)
    world.say(ann, "to the group")
    gone, hidden = world.say(ann, "taken back"), world.say(ann, "not for Bob")
    world.say(bob, "", media=5, url="/asset/x.pdf", memo="x.pdf")
    world.say(bob, "to Ann", to=ann)
    with world.app.app_context():
        amendments.recall(ann.id, frames.Recall(11, world.group, gone))
    erased = {"cmd": 11, "dstid": world.group, "seqs": [hidden]}
    assert bob.post_json("/message/erase", erased).code == 0

    def found(who: Client, **fields: Any) -> list[str]:
        answer = who.post("/search/messages", **fields)
        assert (answer.code, answer.json["behind"]) == (0, False), answer
        return [hit["text"] for hit in answer.rows]

    group = {"cmd": 11, "dstid": world.group}
    assert found(bob, **group) == ["x.pdf", "to the group"]
    assert found(ann, **group) == ["x.pdf", "not for Bob", "to the group", "before Bob came"]
    assert found(bob, since=1) == ["to Ann", "x.pdf", "to the group"]
    assert found(bob, media="text") == ["to Ann", "to the group"]
    assert found(bob, media="text", **group) == ["to the group"]
    times = [row["time"] for row in bob.post("/message/history", **group).rows]
    assert found(bob, until=min(times)) == found(bob, since=max(times) + 3_600_000) == []
    assert found(bob, since=min(times), until=max(times) + 3_600_000, **group) == ["x.pdf", "to the group"]
    assert bob.post("/contact/leavecommunity", dstid=world.group).code == 0
    assert found(bob, since=1) == ["to Ann"]
    assert bob.post("/search/messages", **group).status == 404


def test_pages_without_words_go_on_through_all_conversations(world: World) -> None:
    ann, bob = world.ann, world.bob
    world.join(bob)
    for number in range(12):
        world.say(ann, f"{number} a", to=bob)
        world.say(bob, f"{number} b")
    seen: list[str] = []
    before = 0
    for _ in range(4):
        answer = bob.post("/search/messages", since=1, limit=9, before=before)
        seen += [hit["text"] for hit in answer.rows]
        before = answer.json["before"]
        if not before:
            break
    assert seen == [f"{number} {end}" for number in range(11, -1, -1) for end in "ba"]
    assert before == 0


def test_an_answer_says_when_the_index_is_behind_what_the_asker_may_find(world: World) -> None:
    ann, bob = world.ann, world.bob
    world.say(ann, "just said", to=bob)
    early = bob.post("/search/messages", text="just")
    assert (early.rows, early.json["behind"]) == ([], True)
    world.parts.indexer.catch_up()
    world.say(ann, "just said where Bob is not")
    late = bob.post("/search/messages", text="just")
    assert (len(late.rows), late.json["behind"]) == (1, False)


def test_pages_go_on_where_the_last_one_ended(world: World) -> None:
    for number in range(25):
        world.say(world.ann, f"page {number}" if number % 2 else f"pager {number}, a page", to=world.bob)
    assert len(world.find(world.bob, "page", limit=50)) == 25
    seen: list[str] = []
    before = 0
    for _ in range(4):
        answer = world.bob.post("/search/messages", text="page", limit=10, before=before)
        seen += [hit["entry"]["content"] for hit in answer.rows]
        before = answer.json["before"]
        if not before:
            break
    assert [int(text.split(",")[0].split()[1]) for text in seen] == list(range(24, -1, -1))
    assert before == 0


def test_a_search_for_nothing_or_of_the_wrong_shape_is_refused(sqlite_client: Client) -> None:
    me = sqlite_client.register()
    for fields in ({}, {"text": "..."}, {"text": "...", "since": 1}):
        answer = me.post("/search/messages", **fields)  # type: ignore[arg-type]
        assert (answer.status, answer.error, answer.json["field"]) == (400, "nothing_sought", "text")
    for fields, field in (
        ({"text": "x" * 101}, "text"),
        ({"text": "x", "media": "notice"}, "media"),
        ({"text": "x", "limit": 51}, "limit"),
        ({"text": "x", "cmd": 12}, "cmd"),
        ({"text": "x", "before": -1}, "before"),
    ):
        answer = me.post("/search/messages", **fields)  # type: ignore[arg-type]
        assert (answer.status, answer.error, answer.json["field"]) == (400, "bad_request", field)


def test_what_looks_like_syntax_is_text(world: World) -> None:
    """A text is found by itself; by signs alone nothing is looked for."""
    texts = ('a" OR "b', "+a -b", "a*b", "NEAR(a b)", "'; DROP TABLE message", "a@b", "{x}", "%a\\")
    for text in texts:
        world.say(world.ann, f"begin {text} end", to=world.bob)
    world.say(world.ann, "a b", to=world.bob)
    for text in texts:
        assert f"begin {text} end" in world.find(world.bob, text)
    for text in ('"', "(((", "%", "*", "\\"):
        assert world.bob.post("/search/messages", text=text).status == 400


def test_unknown_and_foreign_conversations_answer_alike(world: World) -> None:
    for fields in ({"cmd": 11, "dstid": world.group}, {"cmd": 11, "dstid": 999}, {"cmd": 10, "dstid": 999}):
        answer = world.bob.post("/search/messages", text="x", **fields)
        assert (answer.status, answer.error) == (404, "not_found")
    assert world.ann.app.test_client().post("/search/messages", json={"text": "x"}).status_code == 401


def test_people_and_groups_are_found_among_ones_own(world: World) -> None:
    ann, bob = world.ann, world.bob
    other = ann.register(nickname="博文 too")
    assert [row["id"] for row in ann.post("/search/people", text="博文").rows] == [bob.id]
    assert ann.post("/contact/remark", dstid=bob.id, remark="Boss ＢＩＧ").code == 0
    for text in ("博文", "boss", "big", bob.mobile[-6:]):
        assert [row["id"] for row in ann.post("/search/people", text=text).rows] == [bob.id], text
    assert other.post("/search/people", text="博文").rows == []
    assert [row["id"] for row in ann.post("/search/groups", text="爬山").rows] == [world.group]
    assert bob.post("/search/groups", text="爬山").rows == []
    assert ann.post("/search/people", text="...").rows == []


def test_reindex_makes_the_same_index_again(world: World) -> None:
    world.say(world.ann, "still there", to=world.bob)
    assert world.find(world.bob, "still") == ["still there"]
    shown = world.app.test_cli_runner().invoke(commands, ["reindex"])
    assert shown.exit_code == 0, shown.output
    (entries,) = re.findall(r"the index is made of (\d+) entries", shown.output)
    assert int(entries) > 0
    assert world.find(world.bob, "still") == ["still there"]


def test_an_operator_may_do_without(make_app: Any) -> None:
    app = make_app(search="off")
    me = Client(app).register()
    assert me.post("/search/messages", text="x").error == "search_off"
    assert me.post("/search/messages", since=1).error == "search_off"
    assert app.extensions["fastim"].indexer.catch_up() == 0


def test_searching_too_often_is_refused(make_app: Any) -> None:
    me = Client(make_app(rate_limits="on", search_rate="2/minute")).register()
    statuses = [me.post("/search/groups", text="x").status for _ in range(3)]
    assert statuses == [200, 200, 429]
