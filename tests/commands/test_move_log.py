"""What people said moves from the database into MongoDB, and back: nothing is lost, doubled or changed."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, func, insert, select, text

from fastim.backends import mysql_line
from fastim.backends.log import Stored
from fastim.backends.log.mongo import MongoShelf
from fastim.models import Message, db
from fastim.operations import shelving
from fastim.protocol import frames
from fastim.services import consistency
from tests.client import Client
from tests.commands.test_migrate_db import release
from tests.commands.test_with_mongodb import TOP, an_empty_database, run, seen
from tests.conftest import MakeApp, inherited_variables, variables
from tests.queries import statements
from tests.servers import ROOT, MariaDb
from tests.talk import Talk, group_talk


@pytest.fixture
def talk(make_app: MakeApp, mariadb_url: str) -> Talk:
    """A group whose messages are all in the database: one recalled, one edited, one with a reaction."""
    made, seqs = group_talk(make_app(database_url=mariadb_url), "moves", 14)
    made.amend(made.one, "recall", seqs[0])
    made.amend(made.other, "edit", seqs[1], content="edited")
    made.amend(made.other, "react", seqs[2], emoji="👍")
    return made


def stop(app: Flask) -> None:
    """As a server that goes: what numbers messages has a connection of its own."""
    app.extensions["fastim"].realtime.services.messages.close()
    release(app)


@pytest.fixture
def beside(talk: Talk, make_app: MakeApp, mariadb_url: str, mongodb_url: str) -> Flask:
    """The same database with a MongoDB beside it; nobody else has it open."""
    stop(talk.app)
    return make_app(database_url=mariadb_url, log_url=mongodb_url)


def in_database(app: Flask) -> int:
    with app.app_context():
        said = select(func.count()).select_from(Message).where(Message.media < frames.NOTICE)
        return db.session.scalar(said) or 0


def move(app: Flask) -> Any:
    release(app)
    return run(app, "move-log", "--yes", "--batch", "3")


def check_moved(talk: Talk, before: dict[int, dict[str, Any]], app: Flask) -> None:
    """All is seen as it was, and what is said now stands above it, there too."""
    assert in_database(app) == 0
    assert seen(talk, app) == before
    with app.app_context():
        assert consistency.problems() == []
    there = Talk(app, Client(app), Client(app), talk.kind, talk.dst(talk.one))
    there.one.me, there.other.me = talk.one.me, talk.other.me
    shelf = app.extensions["fastim"].shelf
    moved = shelf.follow(0, TOP, 100)
    assert there.say(there.one, "message 4", msgid="m4") in before, "said before"
    assert there.say(there.one, "and on", msgid="fresh") == max(before) + 1
    (new,) = shelf.follow(moved[-1].id, TOP, 100)
    assert new.msgid == "fresh"


def test_it_moves_there_and_back(
    talk: Talk, beside: Flask, make_app: MakeApp, mariadb: MariaDb, mariadb_url: str
) -> None:
    """Notices stay in the database; a second run finds nothing to do."""
    before = seen(talk, beside)
    done = move(beside)
    assert done.exit_code == 0, done.output
    assert "14 messages are in the database" in done.output
    assert "messages: 14 of 14" in done.output
    assert "0 messages" in move(beside).output
    check_moved(talk, before, beside)
    before = seen(talk, beside)
    release(beside)
    target = an_empty_database(mariadb)
    back = run(beside, "migrate-db", mariadb_url, target, "--live")
    assert back.exit_code == 0, back.output
    app = make_app(database_url=target)
    assert seen(talk, app) == before
    assert in_database(app) == 15


def test_a_run_that_was_cut_goes_on(talk: Talk, beside: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before the shelf had a batch: nothing is lost where the storing itself fails."""
    before, calls = seen(talk, beside), 0
    real = MongoShelf.add

    def cut(shelf: MongoShelf, *words: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == 4:
            raise InterruptedError
        return real(shelf, *words)

    with monkeypatch.context() as patched:
        patched.setattr(MongoShelf, "add", cut)
        assert isinstance(move(beside).exception, InterruptedError)
    assert 0 < in_database(beside) < 14
    assert seen(talk, beside) == before
    assert move(beside).exit_code == 0
    check_moved(talk, before, beside)


DIES = """
import os, signal, sys
from wsgi import app
import gevent
from fastim.backends.log.mongo import MongoShelf
from fastim.commands import commands

written, real, calls = int(sys.argv[1]), MongoShelf.add, 0

def add(shelf, rows):
    global calls
    calls += 1
    if calls == 2:
        if not written:
            gevent.spawn(os.kill, os.getpid(), signal.SIGINT)
        real(shelf, rows[:written or None])
        os.kill(os.getpid(), signal.SIGKILL)
    real(shelf, rows)

MongoShelf.add = add
commands(["move-log", "--yes", "--batch", "3"])
"""


def test_a_run_that_was_killed_goes_on(
    talk: Talk, beside: Flask, mariadb_url: str, mongodb_url: str, tmp_path: Path
) -> None:
    """kill -9 within a bulk write, and then again when a batch is in both places; and Ctrl-C, which ends it
    with a line while it waits for MongoDB."""
    before = seen(talk, beside)
    release(beside)
    environ = variables(tmp_path, database_url=mariadb_url, log_url=mongodb_url)
    shelf, moved = beside.extensions["fastim"].shelf, 0
    for written in (1, 3, 0):
        done = subprocess.run(
            [sys.executable, "-c", DIES, str(written)],
            env=inherited_variables() | environ | {"FLASK_APP": "wsgi"},
            cwd=ROOT,
            check=False,
            capture_output=True,
            text=True,
        )
        if written:
            assert done.returncode == -signal.SIGKILL
        else:
            assert (done.returncode, done.stderr.strip()) == (1, "Aborted!")
            break
        moved += 3
        assert in_database(beside) == 14 - moved
        assert len(shelf.follow(0, TOP, 100)) == moved + written
        assert seen(talk, beside) == before
        release(beside)
    assert move(beside).exit_code == 0
    check_moved(talk, before, beside)
    assert len(shelf.follow(0, TOP, 100)) == 15


def test_what_stays_is_gone_over_once(
    talk: Talk, make_app: MakeApp, mariadb_url: str, mongodb_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not with every batch: a server has as many notices as it will. And where nothing is in the way no
    number is looked for; MariaDB waits for MongoDB as long as it takes."""
    monkeypatch.delattr(MongoShelf, "at")
    notices = 300
    with talk.app.app_context():
        stay = {"conversation_id": 1, "sender_id": 0, "media": frames.NOTICE, "body": "{}", "time_ms": 0}
        db.session.execute(insert(Message), [stay | {"seq": 1000 + place} for place in range(notices)])
        db.session.commit()
    for number in range(30):
        talk.say(talk.one, f"later {number}")
    stop(talk.app)
    app = make_app(database_url=mariadb_url, log_url=mongodb_url)
    shelf = app.extensions["fastim"].shelf
    with app.app_context():
        before = rows_read(db.engine)
        with statements(app) as ran:
            shelving.move(db.engine, shelf, lambda moved: None, 3)
        read = rows_read(db.engine) - before
    assert in_database(app) == 0
    assert read < 6 * notices
    locks = [place for place, statement in enumerate(ran) if "FOR UPDATE" in statement]
    assert {ran[place - 1] for place in locks} == {mysql_line.PAUSING}


def rows_read(engine: Engine) -> int:
    """By the connection that the engine goes on with."""
    asked = text(
        "SELECT SUM(variable_value) FROM information_schema.session_status "
        "WHERE variable_name IN ('Handler_read_next', 'Handler_read_rnd_next')"
    )
    with engine.connect() as connection:
        return int(connection.scalar(asked) or 0)


def test_what_stands_at_a_number_and_is_not_the_databases_gives_way(talk: Talk, beside: Flask) -> None:
    """One that lost its number, and an older text of the same message."""
    before = seen(talk, beside)
    shelf = beside.extensions["fastim"].shelf
    with beside.app_context():
        rows = db.session.scalars(select(Message).where(Message.media == 1).order_by(Message.id)).all()
        lost, old = rows[3], rows[5]
        places = [(shelf.next_ids(1), lost), (old.id, old)]
        for id_, one in places:
            shelf.add([Stored(id_, one.conversation_id, one.seq, one.sender_id, None, 1, "{}", 1)])
        db.session.rollback()
    assert move(beside).exit_code == 0
    check_moved(talk, before, beside)
    assert len(shelf.follow(0, TOP, 100)) == 15


def test_without_mongodb_or_beside_a_server_nothing_moves(
    talk: Talk, beside: Flask, mariadb_url: str
) -> None:
    """Said in a line."""
    assert "FASTIM_LOG_URL" in run(talk.app, "move-log", "--yes").output
    release(talk.app)
    other = mysql_line.connect(mariadb_url)
    try:
        assert "in use" in move(beside).output
    finally:
        other.close()
    assert in_database(beside) == 14
