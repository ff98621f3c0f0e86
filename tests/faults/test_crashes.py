"""Whatever breaks, an acknowledged message is stored once, in order, and reaches everybody."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import inherited_variables, variables
from tests.faults.world import World

MakeWorld = Callable[..., World]
KILLS = 20


@pytest.fixture
def make_world(tmp_path: Path, sqlite_url: str) -> Iterator[MakeWorld]:
    worlds: list[World] = []

    def make(**overrides: object) -> World:
        environ = variables(tmp_path, **{"database_url": sqlite_url, "log_level": "warning", **overrides})
        world = World(tmp_path, inherited_variables() | environ)
        worlds.append(world)
        return world

    yield make
    for world in worlds:
        if world.server.child.poll() is None:
            world.server.stop()


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
    assert world.finish() == []
    assert len(world.history.acked) > KILLS * 40
    assert all(member.connections > KILLS / 2 for member in world.members)


def test_a_restart_under_load_is_orderly(make_world: MakeWorld) -> None:
    """SIGTERM ends within its five seconds, everybody comes back, nothing is missing."""
    world = make_world()
    world.populate(people=12, pause=0.01)
    for _ in range(3):
        world.wait_for_acks(100)
        assert world.server.stop() == 0
        world.restart()
    world.wait_for_acks(100)
    assert world.finish() == []
