"""Whatever breaks, an acknowledged message is stored once, in order, and reaches everybody."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import pytest

from tests.conftest import inherited_variables
from tests.faults.conftest import MakeWorld
from tests.servers import ROOT, MariaDb, wait_for

KILLS = 20


@pytest.mark.timeout(400)  # twenty starts beside other tests
def test_kill_9_at_random_moments_loses_and_doubles_nothing(make_world: MakeWorld) -> None:
    world = make_world()
    world.populate(people=12, pause=0.02)
    chance = random.Random(7)
    for _ in range(KILLS):
        world.wait_for_acks(40)
        time.sleep(chance.uniform(0, 0.05))  # the moment is to be random, within a commit or without
        world.kill()
        world.restart()
    world.wait_for_acks(40)
    world.finish()
    assert len(world.history.acked) > KILLS * 40
    assert all(member.connections > KILLS / 2 for member in world.members)


def test_mariadb_killed_and_started_again_loses_and_doubles_nothing(
    make_world: MakeWorld, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The server stays up; who sends meanwhile waits, or is told to come back."""
    mariadb = MariaDb(tmp_path_factory.mktemp("durable"), durable=True)
    try:
        mariadb.create("fastim")
        url = mariadb.url("fastim")
        upgrade = [sys.executable, "-m", "flask", "--app", "wsgi", "db", "upgrade"]
        environ = inherited_variables() | {"FASTIM_DATABASE_URL": url}
        subprocess.run(upgrade, cwd=ROOT, env=environ, check=True, capture_output=True)
        world = make_world(database_url=url)
        world.populate(people=12, pause=0.02)
        for _ in range(4):
            world.wait_for_acks(60)
            mariadb.kill()
            mariadb.start()
        world.wait_for_acks(60)
        world.finish()
        world.server.stop()
    finally:
        mariadb.stop()


def test_a_restart_under_load_is_orderly(make_world: MakeWorld) -> None:
    """SIGTERM ends within its five seconds, everybody comes back, nothing is missing."""
    world = make_world()
    world.populate(people=12, pause=0.01)
    for _ in range(3):
        world.wait_for_acks(100)
        assert world.server.stop() == 0
        world.restart()
    world.wait_for_acks(100)
    world.finish()


def count_messages(url: str) -> int:
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
        (count,) = connection.execute("SELECT COUNT(*) FROM message").fetchone()
        return int(count)


def test_a_full_disk_is_an_error_and_never_an_ack(make_world: MakeWorld, sqlite_url: str) -> None:
    """Nothing is acknowledged while nothing can be written; afterwards everything is, once."""
    world = make_world()
    world.populate(people=12, pause=0.02)
    world.wait_for_acks(100)
    world.limit_files(4096)
    wait_for(lambda: world.refusals("storage_full") > 10, "refusals", 30)
    stored = count_messages(sqlite_url)
    refused = world.refusals("storage_full")
    wait_for(lambda: world.refusals("storage_full") > refused + 10, "more refusals", 30)
    assert count_messages(sqlite_url) == stored
    assert len(world.history.acked) <= stored
    world.limit_files(-1)
    world.wait_for_acks(100)
    world.finish()
