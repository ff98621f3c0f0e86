"""A world for each test, with a database of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import inherited_variables, variables
from tests.faults.proxy import Proxy
from tests.faults.world import World

MakeWorld = Callable[..., World]


@pytest.fixture
def make_world(tmp_path: Path, sqlite_url: str) -> Iterator[MakeWorld]:
    """Make worlds: what the server's code is to have otherwise, and settings as `settings` takes them."""
    worlds: list[World] = []

    def make(
        limits: dict[str, float] | None = None, clock: Path | None = None, **overrides: object
    ) -> World:
        environ = variables(tmp_path, **{"database_url": sqlite_url, "log_level": "warning", **overrides})
        world = World(tmp_path, inherited_variables() | environ, limits, clock)
        worlds.append(world)
        return world

    yield make
    for world in worlds:
        if world.server.child.poll() is None:
            world.server.stop()


@pytest.fixture
def world(make_world: MakeWorld) -> World:
    """A world with the plain server."""
    return make_world()


@pytest.fixture
def proxy(world: World) -> Iterator[Proxy]:
    """What carries the lines of the people in `world` that are made from now on."""
    carrier = Proxy(world.port)
    world.base = carrier.url
    yield carrier
    carrier.close()
