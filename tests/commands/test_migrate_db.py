"""A database goes over into the other kind, whole, whatever stops the copy."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, select, text

from fastim.commands import commands
from fastim.models import Message, db
from fastim.operations import rows, schema
from fastim.operations.migrating import Migration
from fastim.operations.rows import Sum
from fastim.operations.snapshot import snapshot
from fastim.operations.target import Target
from tests.client import Client
from tests.commands.filled import fill
from tests.conftest import MakeApp, inherited_variables, variables
from tests.servers import ROOT, MariaDb

OTHER = "fastim_other"


@pytest.fixture
def other_url(mariadb: MariaDb) -> str:
    """An empty database on the private MariaDB, without tables."""
    mariadb.create(OTHER)
    return mariadb.url(OTHER)


@pytest.fixture
def another_file(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'other' / 'fastim.db'}"


def migrate(app: Flask, source: str, target: str, *words: str) -> Result:
    return app.test_cli_runner().invoke(commands, ["migrate-db", source, target, *words])


def release(app: Flask) -> None:
    """Close what this process has open, as a server that was stopped."""
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    app.extensions["fastim"].questions.close()
    app.extensions["fastim"].indexer.close()


def sums(url: str) -> dict[str, str]:
    engine = schema.engine_of(url)
    try:
        with engine.connect() as connection:
            return {t.name: rows.sum_of(connection, t, 7).text for t in schema.stored_tables()}
    finally:
        engine.dispose()


def test_a_copy_may_wait_for_the_other_side(make_app: MakeApp, mariadb_url: str) -> None:
    """The server ends a transaction that has nothing to do for 5 s, and a slow target takes longer."""
    app = make_app(database_url=mariadb_url)
    idle = text("SELECT @@idle_transaction_timeout")
    with app.app_context():
        assert db.session.scalar(idle) == 5
        with snapshot(db.engine) as read, Target(db.engine, "slow").writing() as written:
            assert (read.scalar(idle), written.scalar(idle)) == (0, 0)
    target = schema.engine_of(_whole(mariadb_url))
    with target.connect() as connection:
        assert connection.scalar(idle) == 0
    target.dispose()


def test_there_and_back_is_the_same(
    make_app: MakeApp, sqlite_url: str, other_url: str, another_file: str
) -> None:
    """SQLite to MariaDB to SQLite: every row of every table, and people find their talks and words."""
    app = make_app()
    seeded = fill(app)
    release(app)
    there = migrate(app, sqlite_url, other_url, "--batch", "50")
    assert there.exit_code == 0, there.output
    assert "message: 50 of " in there.output
    assert "compare message: 240 of 240" in there.output
    assert "search index: 12" in there.output
    back = migrate(app, other_url, another_file)
    assert back.exit_code == 0, back.output
    before = sums(_whole(sqlite_url))
    assert before == sums(_whole(other_url)) == sums(another_file)
    assert all(not one.startswith("0:") for one in before.values())
    for url in (other_url, another_file):
        moved = make_app(database_url=url)
        person = Client(moved)
        person.http.set_cookie("fastim", seeded.people[0][1])
        assert person.post("/user/me").data["nickname"] == "吃饭 ☺"
        (hit,) = person.post("/search/messages", text="message 77").rows
        assert hit["entry"]["seq"] == 77


def _whole(url: str) -> str:
    return url.replace("mysql://", "mysql+pymysql://")


def in_a_shell(tmp_path: Path, *words: str) -> subprocess.Popen[str]:
    environ = inherited_variables() | variables(tmp_path, database_url=f"sqlite:///{tmp_path / 'own.db'}")
    return subprocess.Popen(
        [sys.executable, "-m", "flask", "fastim", "migrate-db", *words],
        env=environ,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@pytest.mark.parametrize("way", ["to mariadb", "to sqlite"])
def test_a_copy_that_was_killed_goes_on(
    make_app: MakeApp,
    sqlite_url: str,
    mariadb_url: str,
    other_url: str,
    another_file: str,
    tmp_path: Path,
    way: str,
) -> None:
    """kill -9 amid the messages: the target says that it is unfinished; the next run ends it."""
    source = sqlite_url if way == "to mariadb" else mariadb_url
    target = other_url if way == "to mariadb" else another_file
    app = make_app(database_url=source)
    fill(app, 2000)
    release(app)
    with in_a_shell(tmp_path, source, target, "--batch", "20", "--live") as child:
        assert child.stdout is not None
        for line in child.stdout:
            if line.startswith("message: 200 "):
                break
        child.send_signal(signal.SIGKILL)
        child.stdout.read()
    engine = schema.engine_of(_whole(target))
    with engine.connect() as connection:
        half = connection.scalar(select(func.count()).select_from(Message)) or 0
        assert 200 <= half < 2000
    engine.dispose()
    unfinished = migrate(app, target, f"sqlite:///{tmp_path / 'x.db'}", "--live")
    assert "unfinished copy" in unfinished.output
    done = migrate(app, source, target, "--live")
    assert done.exit_code == 0, done.output
    assert f"message: {min(half + 1000, 2000)} of 2000" in done.output
    assert sums(_whole(source)) == sums(_whole(target))


def test_a_full_target_is_left_alone(make_app: MakeApp, sqlite_url: str, another_file: str) -> None:
    """Somebody's database is nobody's target, and a database is not copied onto itself."""
    app = make_app()
    fill(app, 10)
    release(app)
    assert migrate(app, sqlite_url, another_file).exit_code == 0
    again = migrate(app, sqlite_url, another_file)
    assert (again.exit_code, "target_not_empty" in again.output) == (1, True)
    assert sums(sqlite_url) == sums(another_file)
    itself = migrate(app, sqlite_url, sqlite_url)
    assert "same_database" in itself.output


def test_a_database_of_another_program_is_left_alone(
    make_app: MakeApp, sqlite_url: str, other_url: str, mariadb: MariaDb
) -> None:
    """The Go version's, named by mistake: none of our tables is made between its own."""
    mariadb.execute("CREATE TABLE contact (id INT)", database=OTHER)
    refused = migrate(make_app(), sqlite_url, other_url)
    assert (refused.exit_code, "target_not_empty" in refused.output) == (1, True)
    assert mariadb.execute("SHOW TABLES", database=OTHER) == [("contact",)]


def test_an_unfinished_copy_of_something_else_is_refused(
    make_app: MakeApp, sqlite_url: str, another_file: str
) -> None:
    engine = schema.engine_of(another_file)
    Target(engine, "0" * 64).begin(False)
    engine.dispose()
    refused = migrate(make_app(), sqlite_url, another_file)
    assert "target_of_another" in refused.output


@pytest.mark.parametrize("kind", ["other_url", "another_file"])
def test_a_copy_that_was_killed_while_it_made_tables_makes_them_anew(
    make_app: MakeApp, sqlite_url: str, request: pytest.FixtureRequest, kind: str
) -> None:
    """MariaDB keeps what a migration had made, and not that it was under way."""
    target = request.getfixturevalue(kind)
    app = make_app()
    fill(app, 10)
    release(app)
    engine = schema.engine_of(_whole(target))
    with pytest.MonkeyPatch.context() as cut:
        cut.setattr(schema, "upgrade", lambda _: exit(9))
        with pytest.raises(SystemExit):
            Target(engine, "0" * 64).begin(False)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE user (id BIGINT PRIMARY KEY)"))
        connection.execute(text("CREATE TABLE session (id BIGINT REFERENCES user (id))"))
    engine.dispose()
    done = migrate(app, sqlite_url, target)
    assert done.exit_code == 0, done.output
    assert sums(sqlite_url) == sums(_whole(target))


def test_a_source_that_changed_is_noticed(make_app: MakeApp, sqlite_url: str, another_file: str) -> None:
    """Between a kill and the next run somebody deleted what was copied already."""
    app = make_app()
    fill(app, 10)
    release(app)
    engine, of = schema.engine_of(another_file), schema.engine_of(sqlite_url)
    Migration(of, engine, lambda *_: None).run()
    engine.dispose()
    of.dispose()
    with app.app_context():
        db.session.execute(delete(Message).where(Message.seq == 3))
        db.session.commit()
    release(app)
    differs = migrate(app, sqlite_url, another_file)
    assert (differs.exit_code, "message" in differs.output, "copy_differs" in differs.output) == (
        1,
        True,
        True,
    )
    assert migrate(app, sqlite_url, another_file, "--restart").exit_code == 0


@pytest.mark.parametrize("kind", ["sqlite", "mariadb"])
def test_it_waits_for_nobody_who_uses_the_source(
    start_server, make_app: MakeApp, request: pytest.FixtureRequest, another_file: str, kind: str
) -> None:
    """A server that runs is told of; --live copies its state of now."""
    source = request.getfixturevalue(f"{kind}_url")
    server = start_server(database_url=source)
    app = make_app(database_url=source)
    refused = migrate(app, source, another_file)
    assert (refused.exit_code, "the source is in use" in refused.output) == (1, True)
    if kind == "sqlite":
        assert f"process {server.pid}" not in refused.output  # its worker has the file open
    assert migrate(app, source, another_file, "--live").exit_code == 0


@pytest.mark.parametrize(
    ("source", "target", "said"),
    [
        ("sqlite:////nowhere/x.db", "sqlite:////tmp/y.db", "there is no /nowhere/x.db"),
        ("postgresql://x/y", "sqlite:///y.db", "begins with sqlite"),
        ("mysql://root@127.0.0.1:1/x", "sqlite:///y.db", "Can't connect"),
    ],
)
def test_what_cannot_be_opened_is_a_line(sqlite_app: Flask, source: str, target: str, said: str) -> None:
    done = migrate(sqlite_app, source, target)
    assert done.exit_code in (1, 2)
    assert said in done.output


some_rows = st.lists(
    st.tuples(st.integers(-(2**63), 2**63 - 1), st.text(), st.none() | st.booleans()), max_size=20
)


@settings(max_examples=40)
@given(found=some_rows, chance=st.randoms())
def test_a_sum_knows_rows_and_not_their_order(found: list[tuple[object, ...]], chance) -> None:
    """Another order is the same sum; a row more, a row twice or a changed row is another."""
    first, second, third = Sum(), Sum(), Sum()
    first.add(found)
    shuffled = list(found)
    chance.shuffle(shuffled)
    second.add(shuffled)
    assert first.text == second.text
    third.add([*found, (0, "", None)])
    assert third.text != first.text


def test_batches_give_every_row_once(app: Flask) -> None:
    """Of any size, from any key on, also where the key has several columns or is a text."""
    fill(app, 30)
    with app.app_context(), db.engine.connect() as connection:
        for table in schema.stored_tables():
            whole = [row for batch in rows.batches(connection, table, 1000) for row in batch]
            for size in (1, 3):
                some = [row for batch in rows.batches(connection, table, size) for row in batch]
                assert some == whole
            middle = rows.key_of(table, whole[len(whole) // 2])
            rest = [row for batch in rows.batches(connection, table, 4, middle) for row in batch]
            assert rest == whole[len(whole) // 2 + 1 :]
