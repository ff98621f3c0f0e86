"""Reads from replicas, with two real servers: never older than the primary, whatever the replica does."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import exc, text

from fastim import app as app_module
from fastim.app import close_app
from fastim.backends.counters import Counters
from fastim.config import ConfigError, Settings
from fastim.models import db
from fastim.operations.doctor import replicas as doctor
from fastim.protocol import frames, replica_limits
from tests.client import Client
from tests.conftest import MakeApp, MakeSettings
from tests.databases import MARIADB_SCHEMA, create_tables
from tests.environment import variables
from tests.servers import MariaDb, wait_for
from tests.talk import Talk

URL = MARIADB_SCHEMA


class Pair:
    """A primary and its replica."""

    def __init__(self, make_folder: Callable[[str], Any]) -> None:
        self.primary = MariaDb(make_folder("primary"), options=("--log-bin", "--server-id=1"))
        self.replica = MariaDb(make_folder("replica"), durable=True, options=("--server-id=2",))

    def urls(self) -> dict[str, str]:
        return {"database_url": self.primary.url(URL), "database_read_url": self.replica.url(URL)}

    def is_level(self) -> bool:
        (position,) = self.primary.execute("SELECT @@global.gtid_binlog_pos")[0]
        return self.replica.execute(f"SELECT MASTER_GTID_WAIT('{position}', 5)") == [(0,)]


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    pair = Pair(tmp_path_factory.mktemp)
    try:
        pair.replica.follow(pair.primary)
        pair.primary.create(URL)
        folder = tmp_path_factory.mktemp("replica-app")
        app = app_module.create_app(
            Settings.from_env(variables(folder, database_url=pair.primary.url(URL)))
        )
        create_tables(app)
        close_app(app)
        yield pair
    finally:
        pair.replica.stop()
        pair.primary.stop()


@pytest.fixture
def pair(servers: Pair, monkeypatch: pytest.MonkeyPatch) -> Pair:
    """Both up and level; a replica that was left is tried again soon. Others may use the disk: it is
    waited for longer."""
    monkeypatch.setattr(replica_limits, "REST_SECONDS", 0.1)
    monkeypatch.setattr(replica_limits, "WAIT_SECONDS", 1.5)
    servers.replica.execute("START SLAVE")
    assert servers.is_level()
    return servers


@pytest.fixture
def talk(pair: Pair, make_app: MakeApp) -> Talk:
    """Two friends at a process that reads from the replica."""
    app = make_app(**pair.urls())
    one, other = Client(app).register(), Client(app).register()
    one.befriend(other)
    return Talk(app, one, other, frames.SINGLE, 0)


def counters(app: Flask) -> Counters:
    found: Counters = app.extensions["fastim"].counters
    return found


def heads(who: Client) -> list[int]:
    """The newest seq of each conversation that a fresh sync has, and of its entries."""
    found = who.post("/message/sync").data["conversations"]
    return [seq for state in found for seq in (state["last_seq"], state["entries"][-1]["seq"])]


def is_read_from_replica(talk: Talk) -> bool:
    before = counters(talk.app).replica_reads
    talk.history(talk.one)
    return counters(talk.app).replica_reads > before


def test_lists_history_sync_and_search_are_read_from_the_replica(talk: Talk, pair: Pair) -> None:
    one, app = talk.one, talk.app
    group = one.post("/contact/createcommunity", name="replicated").data["id"]
    talk.say(one, "hello")
    app.extensions["fastim"].indexer.catch_up()
    asked = {
        "/message/history": {"cmd": 10, "dstid": talk.other.id},
        "/message/entries": {"cmd": 10, "dstid": talk.other.id, "seqs": [1]},
        "/message/pins": {"cmd": 10, "dstid": talk.other.id},
        "/message/sync": {},
        "/contact/loadfriend": {},
        "/contact/loadcommunity": {},
        "/contact/members": {"dstid": group},
        "/search/messages": {"text": "hello"},
    }
    for path, fields in asked.items():
        before = counters(app).replica_reads
        assert one.post_json(path, fields).code == 0, path
        assert counters(app).replica_reads == before + 1, path
    assert counters(app).replica_fallbacks == 0
    assert pair.is_level()
    pair.replica.execute("SET sql_log_bin = 0", "UPDATE message SET sender_id = 77", database=URL)
    assert {row["userid"] for row in talk.history(one).values()} == {77}  # it really is asked


def test_whoever_reads_in_any_process_sees_what_was_acknowledged(
    talk: Talk, make_app: MakeApp, pair: Pair
) -> None:
    """No wait between the ack and the read, which another process answers."""
    elsewhere = make_app(**pair.urls())
    other = Client(elsewhere).login(talk.other.mobile)
    for n in range(30):
        seq = talk.say(talk.one, f"number {n}")
        rows = other.post("/message/history", cmd=10, dstid=talk.one.id, limit=1).rows
        assert [row["seq"] for row in rows] == [seq]
        assert heads(other) == [seq, seq]
    assert counters(elsewhere).replica_reads > 30


def test_a_stopped_replica_shows_nobody_what_is_old(
    talk: Talk, pair: Pair, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level("INFO")
    assert is_read_from_replica(talk)
    monkeypatch.setattr(replica_limits, "WAIT_SECONDS", 0.05)
    pair.replica.execute("STOP SLAVE SQL_THREAD")
    for n in range(5):
        seq = talk.say(talk.one, f"new {n}")
        for who in (talk.one, talk.other):
            assert max(talk.history(who)) == seq
            assert heads(who) == [seq, seq]
    assert talk.one.post("/contact/remark", dstid=talk.other.id, remark="new name").code == 0
    assert [row["remark"] for row in talk.one.post("/contact/loadfriend").rows] == ["new name"]
    assert counters(talk.app).replicas_left == 1
    left = [record for record in caplog.messages if "replica_left" in record]
    assert len(left) == 1  # said once
    assert "behind" in left[0]
    pair.replica.execute("START SLAVE SQL_THREAD")
    wait_for(lambda: is_read_from_replica(talk), "the replica is not asked again")
    assert counters(talk.app).replicas_left == 0
    assert "replica_back" in caplog.text


def test_a_killed_replica_costs_nobody_an_answer(talk: Talk, pair: Pair) -> None:
    assert is_read_from_replica(talk)
    pair.replica.kill()
    try:
        seq = talk.say(talk.one)
        assert max(talk.history(talk.other)) == seq
        assert heads(talk.other) == [seq, seq]
        assert counters(talk.app).replicas_left == 1
    finally:
        pair.replica.start()
    wait_for(lambda: is_read_from_replica(talk), "the replica is not asked again")


def test_a_replica_that_hangs_is_given_up(talk: Talk, pair: Pair) -> None:
    assert is_read_from_replica(talk)
    pair.replica.signal(signal.SIGSTOP)
    try:
        seq = talk.say(talk.one)
        assert max(talk.history(talk.other)) == seq
    finally:
        pair.replica.signal(signal.SIGCONT)
    wait_for(lambda: is_read_from_replica(talk), "the replica is not asked again")


def test_a_line_that_breaks_within_a_read_is_made_good_by_the_primary(talk: Talk) -> None:
    asked: list[int] = []

    def look() -> int:
        asked.append(db.session.scalar(text("SELECT @@server_id")) or 0)
        if asked == [2]:
            db.session.execute(text("KILL CONNECTION CONNECTION_ID()"))
        return asked[-1]

    with talk.app.app_context():
        assert talk.app.extensions["fastim"].reading(look) == 1
    assert asked == [2, 1]


def test_nothing_can_be_written_through_a_read(talk: Talk) -> None:
    def look() -> str:
        with pytest.raises(exc.DBAPIError, match="READ ONLY"):
            db.session.execute(text("DELETE FROM user"))
        return "tried"

    with talk.app.app_context():
        assert talk.app.extensions["fastim"].reading(look) == "tried"


def test_without_a_binary_log_the_primary_is_asked(mariadb_url: str, pair: Pair, make_app: MakeApp) -> None:
    """Then nobody can say what a replica is behind."""
    app = make_app(database_url=mariadb_url, database_read_url=pair.replica.url(URL))
    one = Client(app).register()
    assert one.post("/contact/loadfriend").rows == []
    assert (counters(app).replica_reads, counters(app).replica_fallbacks) == (0, 1)


def test_replicas_need_a_server(settings: MakeSettings) -> None:
    with pytest.raises(ConfigError, match="FASTIM_DATABASE_READ_URL: SQLite has no replicas"):
        settings(database_read_url="mysql://a@b/c")
    with pytest.raises(ConfigError, match="FASTIM_DATABASE_READ_URL: bad value: use a URL"):
        settings(database_url="mysql://a@b/c", database_read_url="mysql://a@b/c,sqlite:///x")
    found = settings(database_url="mysql://a@b/c", database_read_url="mysql://a@b/c, mariadb://d/e")
    assert found.database_read_url == ("mysql+pymysql://a@b/c", "mysql+pymysql://d/e")


def test_the_doctor_says_how_far_a_replica_is_behind(pair: Pair, settings: MakeSettings) -> None:
    made = settings(**pair.urls())
    (level,) = doctor.examine(made, 0.2)
    assert (level.state, "has all" in level.said) == ("ok", True)
    pair.replica.execute("STOP SLAVE SQL_THREAD")
    pair.primary.execute("CREATE TABLE late (n INT)", "DROP TABLE late", database=URL)
    (behind,) = doctor.examine(made, 0.2)
    assert (behind.state, "behind" in behind.said) == ("warn", True)
    (away,) = doctor.examine(
        settings(**pair.urls() | {"database_read_url": "mysql://a@127.0.0.1:1/c"}), 0.2
    )
    assert away.state == "warn"
    assert list(doctor.examine(settings(), 0.2)) == []
