"""How many statements each action costs the database: exact, so that whoever adds one has to say so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pymysql
import pytest
from flask import Flask

from fastim.backends.log import Draft, Receipt
from fastim.backends.log.mysql import MysqlStore
from fastim.backends.questions import Questions
from fastim.models import Conversation, db
from fastim.protocol import frames, limits
from fastim.realtime.handlers import receipts
from fastim.realtime.node import Node
from tests.client import PASSWORD, Client
from tests.conftest import MakeApp
from tests.queries import statements
from tests.talk import Talk, group_talk
from tests.wire import Line

Cost = Callable[[Talk], None]


@contextmanager
def asked(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What the session and the short questions ask, in their order; not what the log's own line writes."""
    real = Questions._ask  # who asks holds the method itself, `ask`
    with statements(app) as ran, monkeypatch.context() as patch:

        def ask(self: Questions, connection: Any, text: str, given: list[object]) -> object:
            ran.append(f"short: {text}")
            return real(self, connection, text, given)

        patch.setattr(Questions, "_ask", ask)
        yield ran


def history(talk: Talk) -> None:
    assert talk.history(talk.one)


def sync(talk: Talk) -> None:
    assert talk.one.post("/message/sync").code == 0


def friends(talk: Talk) -> None:
    assert talk.one.post("/contact/loadfriend").code == 0


def groups(talk: Talk) -> None:
    assert talk.one.post("/contact/loadcommunity").code == 0


def send(talk: Talk) -> None:
    talk.say(talk.one)


def react(talk: Talk) -> None:
    assert isinstance(talk.amend(talk.one, "react", 2, emoji="👍"), Receipt)


def search(talk: Talk) -> None:
    assert talk.one.post("/search/messages", text="hello").code == 0


def open_group(talk: Talk) -> None:
    """The list, and then its members."""
    (group,) = talk.one.post("/contact/loadcommunity").rows
    assert talk.one.post("/contact/members", dstid=group["id"]).code == 0


def profile(talk: Talk) -> None:
    assert talk.one.post("/user/find", id=talk.other.id).code == 0


def stranger(talk: Talk) -> None:
    """Who registered just before."""
    assert talk.one.post("/user/find", id=talk.one.id - 1).code == 0


def forward(talk: Talk) -> None:
    """A record of what both said."""
    wanted = frames.Forward(talk.kind, talk.other.id, talk.kind, talk.other.id, (9, 10), True, "r")
    with talk.app.app_context():
        _, record = talk.services.forwarding.gather(talk.one.id, wanted)
    assert [one.name for one in record] == [talk.one.me["nickname"]] * 2


def own_profile(talk: Talk) -> None:
    assert talk.one.post("/user/me").code == 0


def log_in(talk: Talk) -> None:
    one = talk.one
    assert Client(talk.app).post("/user/login", mobile=one.mobile, passwd=PASSWORD).code == 0


def join(talk: Talk) -> None:
    assert talk.other.post("/contact/joincommunity", dstname="costs").code == 0


def mark(talk: Talk) -> None:
    """The other one has read the talk: told, and noted to be written."""
    read(talk, talk.other, 10)


def read(talk: Talk, who: Client, seq: int) -> None:
    node = Node("n", who.id, 1, Line(), talk.app.extensions["fastim"].realtime._outbox)  # type: ignore[arg-type]
    receipts.mark_read(talk.services, node, frames.MarkRead(talk.kind, talk.dst(who), seq))


def write_marks(talk: Talk) -> None:
    """Done once a second, however many there are."""
    talk.app.extensions["fastim"].realtime.write_behind()


def sync_nothing(talk: Talk) -> None:
    """Of a device that has everything."""
    known = {"cursor": talk.one.me["cursor"], "revision": talk.one.me["revision"]}
    assert talk.one.post("/message/sync", **known).data["conversations"] == []


def cost(talk: Talk, action: Cost, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    with asked(talk.app, monkeypatch) as ran:
        action(talk)
    return [one for one in ran if "max(message.id)" not in one]  # asked once a second, whoever syncs


def ten_messages(app: Flask) -> Talk:
    """Found by the search; nobody has read more than the first, and nothing waits to be written."""
    _, one, other = (Client(app).register() for _ in range(3))
    one.befriend(other)
    one.post("/contact/createcommunity", name="costs")
    talk = Talk(app, one, other, frames.SINGLE, 0)
    for _ in range(10):
        talk.say(one)
    parts = app.extensions["fastim"]
    parts.indexer.catch_up()
    read(talk, other, 1)
    parts.realtime.write_behind()
    return talk


@pytest.mark.parametrize(("action", "count"), [(react, 10), (log_in, 6), (join, 15)])
def test_an_action_costs_so_many_statements(
    client: Client, monkeypatch: pytest.MonkeyPatch, action: Cost, count: int
) -> None:
    """What is written, on both kinds of database alike, in a talk of ten messages."""
    ran = cost(ten_messages(client.app), action, monkeypatch)
    assert len(ran) == count, "\n".join(ran)


COLD_AND_WARM: dict[Cost, tuple[int, int]] = {
    send: (1, 0),
    mark: (4, 0),
    sync: (7, 7),
    sync_nothing: (4, 4),
    history: (3, 3),
    friends: (3, 3),
    groups: (4, 4),
    search: (3, 3),
    open_group: (7, 7),
    profile: (3, 3),
    stranger: (3, 2),
    forward: (4, 2),
    own_profile: (3, 3),
}
"""Each request asks whose session it is."""


def test_what_a_process_remembers_it_does_not_ask_again(
    make_app: MakeApp, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Statements of each action in a process that has just started, and then of the same once more."""
    monkeypatch.setattr(limits, "SETTLED_SECONDS", 0)  # else a sync is told again what is younger
    first = ten_messages(make_app(database_url=database_url))
    found = {}
    for action in COLD_AND_WARM:
        device = first.one.post("/message/sync").data
        app = make_app(database_url=database_url)
        there = Talk(app, elsewhere(app, first.one), elsewhere(app, first.other), first.kind, 0)
        there.one.me |= {"cursor": device["cursor"], "revision": device["revision"]}
        found[action] = [cost(there, action, monkeypatch) for _ in ("cold", "warm")]
    counts = {action: tuple(map(len, both)) for action, both in found.items()}
    assert {action.__name__: count for action, count in counts.items()} == {
        action.__name__: count for action, count in COLD_AND_WARM.items()
    }


def test_the_entries_of_a_group_are_read_for_one_of_its_members(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And for nobody else, nor again; what is said in between is known, what changes a message is not."""
    talk, seqs = group_talk(app, "costs", 10)
    others = Talk(app, talk.other, talk.one, talk.kind, talk.dst(talk.one))
    counts = [len(cost(one, sync, monkeypatch)) for one in (talk, talk, others)]
    talk.say(talk.other)
    counts.append(len(cost(talk, sync, monkeypatch)))
    talk.amend(talk.one, "edit", seqs[0], content="otherwise")
    counts += [len(cost(one, sync, monkeypatch)) for one in (talk, others)]
    assert counts == [7, 6, 6, 6, 7, 6]


def elsewhere(app: Flask, person: Client) -> Client:
    """The same person's session at another process."""
    there = Client(app)
    there.me, there.token = dict(person.me), person.token
    there.http.set_cookie("fastim", person.token)
    return there


def test_marks_are_written_with_as_many_statements_as_one(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The clock moves, is read, and one statement for all of them; nothing where none waits."""
    talk = ten_messages(client.app)
    assert cost(talk, write_marks, monkeypatch) == []
    read(talk, talk.other, 5)
    assert len(cost(talk, write_marks, monkeypatch)) == 3
    read(talk, talk.one, 7)
    read(talk, talk.other, 9)
    assert len(cost(talk, write_marks, monkeypatch)) == 3


def test_a_batch_over_five_hundred_conversations_is_three_statements(
    make_app: MakeApp, mariadb_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The locks, the rows, the heads; and one for each other table that it has rows in."""
    app = make_app(database_url=mariadb_url)
    with app.app_context():
        rows = [Conversation(kind=10, low_id=n, high_id=9000, last_seq=0, last_id=0) for n in range(500)]
        db.session.add_all(rows)
        db.session.commit()
        ids = [row.id for row in rows]
    store = MysqlStore(app.config["SQLALCHEMY_DATABASE_URI"])
    store.commit([Draft(ids[0], 1, "first", 1, "{}", (), ())])  # opens the line
    ran: list[str] = []
    real = pymysql.connections.Connection.query

    def query(self: pymysql.connections.Connection, sql: str | bytes, unbuffered: bool = False) -> int:
        ran.append((sql if isinstance(sql, str) else bytes(sql).decode("utf-8", "replace")).split()[0])
        return int(real(self, sql, unbuffered))

    monkeypatch.setattr(pymysql.connections.Connection, "query", query)
    store.commit([Draft(key, 1, f"plain {key}", 1, "{}", (), ()) for key in ids])
    assert ran == ["SELECT", "INSERT", "UPDATE"]
    ran.clear()
    store.commit([Draft(key, 1, f"with {key}", 1, "{}", (f"{key}.png",), (7,)) for key in ids])
    assert ran == ["SELECT", "INSERT", "INSERT", "INSERT", "UPDATE"]
