"""A connection's first moments, when it is put into its user's groups."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from fastim.protocol import limits
from fastim.realtime import framing
from tests.services.friends import Connected, settle
from tests.wire import Line


@pytest.fixture
def scene(app: Flask) -> Connected:
    return Connected(app)


class Plug(Line):
    """A socket that is upgraded already, and ends when it has been read once."""

    window_bits = 0

    def __init__(self, at_reading: Callable[[bytes], None]) -> None:
        super().__init__()
        self.parser = framing.Parser(limits.FRAME_BYTES)
        self._at_reading = at_reading

    def take_over(self) -> bool:
        return False

    def read(self) -> bytes:
        settle()
        self._at_reading(self.written)
        return b""

    def end(self) -> None:
        pass

    def dispose(self) -> None:
        pass


def test_the_first_frame_comes_when_the_connection_is_in_its_groups(
    scene: Connected, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever syncs after it misses nothing: what was said before is stored, what comes later is sent."""
    seen: list[bytes] = []
    plug = Plug(seen.append)
    original = scene.services.access.communities_of

    def communities_of(user_id: int) -> list[int]:
        groups = list(original(user_id))
        scene.say("while the groups were read")
        settle()
        assert plug.written == b""
        return groups

    monkeypatch.setattr(scene.services.access, "communities_of", communities_of)
    with scene.app.app_context():
        actor = scene.app.extensions["fastim"].sessions.find(scene.bob.token)
    realtime = scene.app.extensions["fastim"].realtime
    monkeypatch.setattr(realtime, "_care", "there is one")
    realtime.attach(plug, actor, "en", "program")
    assert len(seen) == 1
    assert seen[0].index(b'{"cmd":18,') < 8


def test_a_connection_whose_groups_cannot_be_read_leaves_nothing_behind(
    scene: Connected, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is let in while its request still runs; a fault there must not leave it among the living."""

    def fail(user_id: int) -> list[int]:
        raise OSError("the database is away")

    monkeypatch.setattr(scene.services.access, "communities_of", fail)
    with scene.app.app_context():
        actor = scene.app.extensions["fastim"].sessions.find(scene.bob.token)
    realtime = scene.app.extensions["fastim"].realtime
    monkeypatch.setattr(realtime, "_care", "there is one")
    before = scene.services.client_map.of_user(scene.bob.id)
    seen: list[bytes] = []
    realtime.attach(Plug(seen.append), actor, "en", "program")
    assert scene.services.client_map.of_user(scene.bob.id) == before
    assert seen == []
