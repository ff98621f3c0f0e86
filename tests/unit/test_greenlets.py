"""What the program takes for granted of greenlets that a request starts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import gevent
import pytest
from flask import Flask, has_app_context
from gevent.pool import Pool
from gevent.threadpool import ThreadPool


def _raw(look: Callable[[], bool]) -> bool:
    seen: list[bool] = []
    gevent.spawn_raw(lambda: seen.append(look()))
    while not seen:
        gevent.sleep(0)
    return seen[0]


def _next_turn(look: Callable[[], bool]) -> bool:
    seen: list[bool] = []
    gevent.get_hub().loop.run_callback(lambda: seen.append(look()))
    while not seen:
        gevent.sleep(0)
    return seen[0]


@pytest.mark.parametrize(
    "run",
    [
        lambda look: gevent.spawn(look).get(),
        lambda look: gevent.spawn_later(0, look).get(),
        lambda look: Pool(1).map(lambda _: look(), [0])[0],
        lambda look: ThreadPool(1).apply(look),
        _raw,
        _next_turn,
    ],
    ids=["spawn", "spawn_later", "pool", "thread", "raw", "next turn"],
)
def test_what_a_request_starts_does_not_see_its_app_context(run: Callable[[Any], bool]) -> None:
    """So `db.session` in it is never the request's, which may end before: it needs a scope of its own."""
    with Flask("requests").app_context():
        assert has_app_context()
        assert run(has_app_context) is False
