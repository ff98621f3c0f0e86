"""What people said in MongoDB comes along: into a backup and back, and from one database into another."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select

from fastim.backends.log import Stored
from fastim.backends.log.mongo import MongoShelf
from fastim.commands import commands
from fastim.errors import Unavailable
from fastim.models import Amended, Conversation, Message, db
from fastim.services import consistency
from fastim.services.seeding import seed
from tests.client import Client
from tests.commands.test_migrate_db import release
from tests.conftest import MakeApp
from tests.servers import MariaDb
from tests.talk import Talk, group_talk

TOP = 1 << 62


def run(app: Flask, *words: object) -> Result:
    return app.test_cli_runner().invoke(commands, [str(word) for word in words])


@pytest.fixture
def talk(make_app: MakeApp, mariadb_url: str, mongodb_url: str, monkeypatch: pytest.MonkeyPatch) -> Talk:
    """Messages in a group: one recalled; one whose edit waits in the database; one that lost its number to
    an entry; and one above the end, whose commit nobody has seen."""
    app = make_app(database_url=mariadb_url, log_url=mongodb_url)
    made, seqs = group_talk(app, "on mongodb", 14)
    one, other = made.one, made.other
    made.amend(one, "recall", seqs[0])
    made.amend(other, "react", seqs[2], emoji="👍")
    with monkeypatch.context() as away:
        away.setattr(MongoShelf, "rewrite", lambda *_: (_ for _ in ()).throw(Unavailable))
        made.amend(other, "edit", seqs[1], content="edited, and not there yet")
    shelf = app.extensions["fastim"].shelf
    (first,) = shelf.follow(0, TOP, 1)
    with app.app_context():
        entry = db.session.scalar(select(func.min(Message.seq)))
        assert db.session.scalar(select(func.count()).select_from(Amended)) == 1
    for seq, msgid in ((entry, "lost"), (900, "unseen")):
        body = '{"content":"nobody sees this"}'
        shelf.add([Stored(shelf.next_ids(1), first.conversation_id, seq, one.id, msgid, 1, body, 1)])
    return made


def seen(talk: Talk, app: Flask) -> dict[int, dict[str, Any]]:
    """What the first of the two sees of the talk on a server."""
    person = Client(app)
    person.http.set_cookie("fastim", talk.one.token)
    answer = person.post("/message/history", cmd=talk.kind, dstid=talk.dst(talk.one), limit=200)
    return {row["seq"]: row for row in answer.rows}


def check_same(talk: Talk, before: dict[int, dict[str, Any]], app: Flask) -> None:
    """People see what they saw, find it, and go on; all of it is in the database."""
    assert seen(talk, app) == before
    with app.app_context():
        assert consistency.problems() == []
        assert db.session.scalar(select(func.count()).select_from(Message)) == max(before)
    there = Talk(app, Client(app), Client(app), talk.kind, talk.dst(talk.one))
    there.one.me, there.other.me = talk.one.me, talk.other.me
    assert there.say(there.one, "and on", msgid="fresh") == max(before) + 1
    assert there.say(there.one, "message 4", msgid="m4") in before, "said before"


def an_empty_database(mariadb: MariaDb) -> str:
    mariadb.create("fastim_moved")
    return mariadb.url("fastim_moved")


def test_a_backup_brings_it_back_into_either_kind(
    talk: Talk, make_app: MakeApp, mariadb: MariaDb, mongodb_url: str, tmp_path: Path
) -> None:
    """Without MongoDB, and beside an empty one; never beside one that has messages."""
    before = talk.history(talk.one)
    file = tmp_path / "mongo.tar"
    done = run(talk.app, "backup", file)
    assert done.exit_code == 0, done.output
    assert f"message: {max(before)}" in done.output
    release(talk.app)
    refused = run(make_app(database_url=an_empty_database(mariadb), log_url=mongodb_url), "restore", file)
    assert "shelf_not_empty" in refused.output
    alone = make_app(database_url=f"sqlite:///{tmp_path / 'alone.db'}")
    beside = make_app(database_url=an_empty_database(mariadb), log_url=f"{mongodb_url}_other")
    for app in (alone, beside):
        back = run(app, "restore", file)
        assert back.exit_code == 0, back.output
        check_same(talk, before, app)
        (hit,) = run_search(talk, app)
        assert "message 7" in str(hit)
    assert [row.msgid for row in beside.extensions["fastim"].shelf.follow(0, TOP, 9)] == ["fresh"]


def run_search(talk: Talk, app: Flask) -> list[Any]:
    person = Client(app)
    person.http.set_cookie("fastim", talk.one.token)
    return person.post("/search/messages", text="message 7").rows


@pytest.mark.parametrize("kind", ["sqlite", "mariadb"])
def test_a_copy_has_it_in_the_database(
    talk: Talk, make_app: MakeApp, mariadb: MariaDb, mariadb_url: str, tmp_path: Path, kind: str
) -> None:
    """Row by row equal, and told so; the copy needs no MongoDB."""
    before = talk.history(talk.one)
    target = f"sqlite:///{tmp_path / 'other.db'}" if kind == "sqlite" else an_empty_database(mariadb)
    release(talk.app)
    done = run(talk.app, "migrate-db", mariadb_url, target, "--live", "--batch", "3")
    assert done.exit_code == 0, done.output
    assert "FASTIM_LOG_URL must be empty" in done.output
    check_same(talk, before, make_app(database_url=target))


def test_a_copy_may_leave_it_there(
    talk: Talk, make_app: MakeApp, mariadb: MariaDb, mariadb_url: str, mongodb_url: str
) -> None:
    """Between two databases of one kind, with years of messages in MongoDB."""
    before = talk.history(talk.one)
    target = an_empty_database(mariadb)
    release(talk.app)
    done = run(talk.app, "migrate-db", mariadb_url, target, "--live", "--leave-log")
    assert done.exit_code == 0, done.output
    moved = make_app(database_url=target, log_url=mongodb_url)
    assert seen(talk, moved) == before


def test_a_source_that_it_does_not_belong_to_is_refused(talk: Talk, tmp_path: Path) -> None:
    """Its messages would be taken for another server's."""
    done = run(talk.app, "migrate-db", "mysql://root@127.0.0.1:1/x", f"sqlite:///{tmp_path / 'x.db'}")
    assert "FASTIM_LOG_URL belongs to FASTIM_DATABASE_URL" in done.output


def test_a_backup_without_its_mongodb_is_none(make_app: MakeApp, mariadb_url: str, tmp_path: Path) -> None:
    """Half of what people said would be missing, so nothing is left that looks like a backup."""
    app = make_app(database_url=mariadb_url, log_url="mongodb://127.0.0.1:1/fastim")
    done = run(app, "backup", tmp_path / "b.tar")
    assert (done.exit_code, list(tmp_path.glob("b.tar*"))) == (1, []), done.output


def test_conversations_are_counted_some_at_a_time(
    make_app: MakeApp, mariadb_url: str, mongodb_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In bounded memory, and no question so large that its answer comes too late; a hole is seen, and what
    is of no conversation."""
    app = make_app(database_url=mariadb_url, log_url=mongodb_url)
    shelf = app.extensions["fastim"].shelf
    real, held = MongoShelf.counts, list[int]()

    def counts(self: MongoShelf, *words: Any) -> Any:
        found = real(self, *words)
        held.append(len(found))
        return found

    monkeypatch.setattr(MongoShelf, "counts", counts)
    monkeypatch.setattr(consistency, "AT_ONCE", 3)
    with app.app_context():
        seed(app.extensions["fastim"].bus, 20, [])
        talks = list(db.session.scalars(select(Conversation.id).order_by(Conversation.id)))
        nowhere = talks[-1] + 5
        places = [*((talk, 1) for talk in talks), (talks[4], 3), (nowhere, 1)]
        said = [Stored(id_, *place, 1, None, 1, "{}", 1) for id_, place in enumerate(places, 1)]
        shelf.add(said)
        found = consistency.problems()
    assert found == [
        f"conversation {talks[4]}: last_seq is 0, but it has 2 messages numbered 1 to 3",
        f"conversation {nowhere}: 1 messages, but no such conversation",
    ]
    assert (max(held), sum(held), shelf.messages()) == (3, 11, 12)
