"""`check` finds each fault that is planted, and repairs what other rows say better."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Connection, Engine, create_engine, event, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from fastim.backends import mysql_line
from fastim.backends.search import Doc
from fastim.commands import commands
from fastim.models import Conversation, Message, Position, db
from fastim.operations import schema
from fastim.operations.checks import links, rule
from tests.commands.planted import (
    FAULTS,
    UNREPAIRABLE,
    World,
    check,
    healthy,
    last_seq,
    many_orphans,
    mark,
    plant,
    reference,
    stranger,
    wrong,
)
from tests.conftest import MakeApp


@pytest.fixture
def world(sqlite_app: Flask) -> World:
    """Where one kind of database is enough."""
    return healthy(sqlite_app)


def test_a_healthy_server_is_whole(app: Flask) -> None:
    """Every rule is told of, with what it promises."""
    world = healthy(app)
    done = check(world, "--deep")
    assert (done.exit_code, wrong(done)) == (0, set()), done.output
    assert done.output.endswith("everything is whole\n")
    assert done.output.count("ok ") == len(FAULTS | UNREPAIRABLE | {"search": None})


@pytest.mark.parametrize("rule", FAULTS)
def test_a_fault_is_found_and_repaired(world: World, rule: str) -> None:
    """Looking changes nothing; after the repair all is whole, and people's messages are as before."""
    with world.app.app_context():
        before = db.session.execute(select(Message.seq, Message.body).order_by(Message.id)).all()
    plant(world, FAULTS[rule])
    found = check(world)
    assert (found.exit_code, rule in wrong(found)) == (1, True), found.output
    repaired = check(world, "--repair")
    assert (repaired.exit_code, repaired.output[-20:]) == (0, "everything is whole\n"), repaired.output
    with world.app.app_context():
        after = db.session.execute(select(Message.seq, Message.body).order_by(Message.id)).all()
    assert after[: len(before)] == before


def test_links_are_put_right_some_at_a_time(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each step is a transaction of its own, however many there are."""
    monkeypatch.setattr(rule, "AT_ONCE", 1)
    for name in ("friends", "groups", "members"):
        plant(world, FAULTS[name])
    broken = [line for line in check(world).output.splitlines() if line.startswith("      ")]
    with world.app.app_context():
        engine, steps = db.engine, []
    event.listen(engine, "commit", steps.append)
    repaired = check(world, "--repair")
    assert (repaired.exit_code, repaired.output[-20:]) == (0, "everything is whole\n"), repaired.output
    assert len(steps) >= len(broken) > 3


def test_a_database_that_is_not_there_or_not_ours_is_said_to_be(
    make_app: MakeApp, mariadb_url: str, tmp_path: Path
) -> None:
    """To look makes none, and no rule is blamed for what the database says."""
    nowhere = tmp_path / "none" / "fastim.db"
    behind = tmp_path / "behind.db"
    behind.touch()
    unknown = f"{mariadb_url}_nowhere"
    for url, said in (
        (f"sqlite:///{nowhere}", f"there is no {nowhere}: set FASTIM_DATABASE_URL"),
        (f"sqlite:///{behind}", "run `flask db upgrade`"),
        (unknown, "Unknown database"),
    ):
        runner = make_app(database_url=url).test_cli_runner()
        for words in (["check"], ["backup", str(tmp_path / "backup.tar")]):
            done = runner.invoke(commands, words)
            assert (done.exit_code, said in done.output) == (1, True), done.output
    assert not nowhere.exists()


@pytest.mark.parametrize("rule", UNREPAIRABLE)
def test_what_nothing_else_says_is_only_told(world: World, rule: str) -> None:
    """No repair makes up what people wrote."""
    plant(world, UNREPAIRABLE[rule])
    repaired = check(world, "--repair")
    assert (repaired.exit_code, rule in wrong(repaired)) == (1, True)


def writing_between(engine: Engine) -> list[object]:
    """Grows: from the first repair on somebody else, who waits for nobody, writes before each step."""
    is_sqlite = engine.dialect.name == "sqlite"
    impatient = {"timeout": 0} if is_sqlite else {"init_command": "SET innodb_lock_wait_timeout=1"}
    other = create_engine(engine.url, poolclass=NullPool, connect_args=impatient)
    repairs: list[Connection] = []
    writes: list[object] = []

    def write(connection: object, *rest: object) -> None:
        if repairs:
            with other.begin() as theirs:
                theirs.execute(update(Conversation).values(doors=Conversation.doors + 1))
                theirs.execute(update(Position).values(mark_revision=Position.mark_revision + 1))
            writes.append(connection)

    event.listen(engine, "commit", repairs.append)
    event.listen(engine, "checkout", write)  # when it begins, a step has SQLite
    return writes


def test_many_faults_at_once_are_found_on_both_databases(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And repaired together, but for what nothing else says: a row in each transaction, so that nobody
    waits until the last is done."""
    world = healthy(app)
    monkeypatch.setattr(rule, "AT_ONCE", 1)
    planted = [*FAULTS.values(), stranger, reference, many_orphans]
    planted.remove(last_seq)  # it would hide what is wrong with last_id
    for fault in planted:
        plant(world, fault)
    with app.app_context():
        writes = writing_between(db.engine)
    repaired = check(world, "--repair")
    assert wrong(repaired) == FAULTS.keys() - {"numbers"} | {"strangers", "references"}, repaired.output
    assert len(writes) > 100
    assert wrong(check(world)) == {"strangers", "references"}


def test_who_writes_to_sqlite_within_a_step_waits_for_its_end(world: World) -> None:
    """What the step has read holds until it writes; else SQLite lets it write no more."""
    for fault in FAULTS.values():
        plant(world, fault)
    with world.app.app_context():
        engine = db.engine
    other = create_engine(engine.url, poolclass=NullPool, connect_args={"timeout": 0})
    refused = []

    def write(connection: Connection, cursor: object, statement: str, *rest: object) -> None:
        if statement.startswith(("UPDATE", "INSERT", "DELETE")):
            with pytest.raises(OperationalError, match="locked"), other.begin() as theirs:
                theirs.execute(update(Conversation).values(doors=Conversation.doors + 1))
            refused.append(statement)

    event.listen(engine, "before_cursor_execute", write)
    repaired = check(world, "--repair")
    assert (repaired.exit_code, len(refused) > len(FAULTS)) == (0, True), repaired.output


def test_nothing_is_repaired_while_somebody_has_the_database_open(
    make_app: MakeApp, mariadb_url: str
) -> None:
    """Looking is allowed."""
    world = healthy(make_app(database_url=mariadb_url))
    plant(world, mark)
    other = mysql_line.connect(mariadb_url)
    try:
        refused = check(world, "--repair")
        assert (refused.exit_code, "the database is in use" in refused.output) == (1, True), refused.output
        assert wrong(check(world)) == {"marks"}
    finally:
        other.close()
    assert check(world, "--repair").exit_code == 0


def test_every_reference_of_every_table_is_looked_at() -> None:
    """By the database, by a rule, or named as one that leads nowhere: a new table brings its own."""
    known = {f"{one.class_.__tablename__}.{one.key}" for one in (*links.LOOSE, *links.NOT_LOOSE)}
    found = set()
    for table in schema.stored_tables():
        for column in table.columns:
            is_own = column.primary_key and len(table.primary_key.columns) == 1 and column.name == "id"
            refers = column.name.endswith(("_id", "_sha")) or column.name in ("dstobj", "upload_name")
            if refers and not is_own and not column.foreign_keys:
                found.add(f"{table.name}.{column.name}")
    assert found == known


def test_only_a_deep_look_sees_changed_content(world: World) -> None:
    """As long as before, and another content: a disk's fault."""
    folder = world.app.extensions["fastim"].settings.storage_folder
    path = next(iter(folder.glob("??/??/*")))
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    assert wrong(check(world)) == set()
    deep = check(world, "--deep")
    assert wrong(deep) == {"files"}
    assert f"file {path.name}: its content has changed" in deep.output


def test_an_index_that_lost_messages_is_made_anew(world: World) -> None:
    """It says that it has read everything, and does not find it."""
    index = world.app.extensions["fastim"].indexer._index
    with world.app.app_context():
        position = index.run(index.position)
        ids = list(db.session.scalars(select(Message.id).where(Message.seq < 5)))
        lost = [Doc(id_, world.talk(), frozenset()) for id_ in ids]
        index.run(lambda: index.write(lost, position, position))
    done = check(world)
    assert wrong(done) == {"search"}
    assert done.output.count("is not found by its own words") == 4
    assert check(world, "--repair").exit_code == 0
