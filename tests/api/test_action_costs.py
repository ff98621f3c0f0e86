"""How many statements each action costs the database: exact, so that whoever adds one has to say so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pymysql
import pytest
from flask import Flask

from fastim.backends.log import Draft, Receipt
from fastim.backends.log.mysql import MysqlStore
from fastim.backends.questions import Questions
from fastim.models import Conversation, db
from fastim.protocol import frames
from tests.client import PASSWORD, Client
from tests.conftest import MakeApp
from tests.queries import statements
from tests.talk import Talk

Cost = Callable[[Talk], None]


@contextmanager
def asked(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What the session and the short questions ask, in their order; not what the log's own line writes."""
    real = Questions.ask
    with statements(app) as ran, monkeypatch.context() as patch:

        def ask(self: Questions, question: object, **values: int | str) -> object:
            ran.append(f"short: {question}")
            return real(self, question, **values)  # type: ignore[arg-type]

        patch.setattr(Questions, "ask", ask)
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


def own_profile(talk: Talk) -> None:
    assert talk.one.post("/user/me").code == 0


def log_in(talk: Talk) -> None:
    one = talk.one
    assert Client(talk.app).post("/user/login", mobile=one.mobile, passwd=PASSWORD).code == 0


def join(talk: Talk) -> None:
    assert talk.other.post("/contact/joincommunity", dstname="costs").code == 0


@pytest.mark.parametrize(
    ("action", "count"),
    [
        (send, 0),
        (history, 2),
        (sync, 6),
        (friends, 2),
        (groups, 3),
        (search, 2),
        (open_group, 5),
        (profile, 4),
        (own_profile, 2),
        (react, 10),
        (log_in, 6),
        (join, 14),
    ],
)
def test_an_action_costs_so_many_statements(
    client: Client, monkeypatch: pytest.MonkeyPatch, action: Cost, count: int
) -> None:
    """On both kinds of database alike, in a talk of ten messages."""
    one, other = client.register(), client.register()
    one.befriend(other)
    one.post("/contact/createcommunity", name="costs")
    talk = Talk(client.app, one, other, frames.SINGLE, 0)
    for _ in range(10):
        talk.say(one)
    client.app.extensions["fastim"].indexer.catch_up()
    with asked(client.app, monkeypatch) as ran:
        action(talk)
    own = [one for one in ran if "max(message.id)" not in one]  # asked once a second, whoever syncs
    assert len(own) == count, "\n".join(own)


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
