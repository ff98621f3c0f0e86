"""A wall clock that is set back or forward in the middle of it all: order never depends on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.client import PASSWORD
from tests.faults.conftest import MakeWorld
from tests.faults.world import World
from tests.people import Person
from tests.servers import wait_for

HOUR = 3600


@pytest.fixture
def clock(tmp_path: Path) -> Path:
    """The file that says by how many seconds the server's clock is off."""
    path = tmp_path / "clock"
    path.write_text("0")
    return path


def set_clock(clock: Path, world: World, seconds: int) -> None:
    """Let the server's clock be off by `seconds`, and wait until it is."""
    person = Person(world.server.url)
    with person.chat() as chat:

        def hour() -> int:
            chat.send(cmd=0)
            return int(chat.expect(lambda frame: frame["cmd"] == 0)["time"]) // 1000

        wanted = hour() - int(clock.read_text()) + seconds
        fresh = clock.with_suffix(".new")
        fresh.write_text(str(seconds))
        fresh.replace(clock)  # never half written
        wait_for(lambda: abs(hour() - wanted) < HOUR // 2, "the new time")


def test_a_clock_that_is_set_back_and_forward_changes_no_order(make_world: MakeWorld, clock: Path) -> None:
    """Numbers go on growing, whether the server lives through it or starts with the other time."""
    world = make_world(clock=clock)
    world.populate(people=8, pause=0.02)
    world.wait_for_acks(60)
    for seconds in (-HOUR, 0, HOUR, -HOUR):
        set_clock(clock, world, seconds)
        world.wait_for_acks(60)
    assert world.server.stop() == 0
    clock.write_text(str(-2 * HOUR))
    world.restart()
    world.wait_for_acks(60)
    world.finish()
    for entries in world.history.log.values():
        ordered = [entries[seq] for seq in sorted(entries)]
        times = [entry["time"] for entry in ordered]
        assert [entry["id"] for entry in ordered] == sorted(entry["id"] for entry in ordered)
        if len(ordered) > 50:
            assert times != sorted(times), "the clock was never set back"


def test_the_rate_of_messages_does_not_depend_on_the_clock(make_world: MakeWorld, clock: Path) -> None:
    """Who has used up the burst waits for seconds, and not for an hour."""
    world = make_world(clock=clock, rate_limits="on", message_rate="10/second")
    ann, bob = Person(world.server.url), Person(world.server.url)
    ann.befriend(bob)
    with ann.chat() as a:

        def is_refused() -> bool:
            return bool(a.say(bob.id, "again")["cmd"] == 13)

        wait_for(is_refused, "the end of the burst")
        set_clock(clock, world, -HOUR)
        wait_for(lambda: not is_refused(), "the next message", 5)


def test_who_tried_too_often_waits_no_longer_when_the_clock_is_set_back(
    make_world: MakeWorld, clock: Path
) -> None:
    """Ten attempts to log in are allowed in five minutes."""
    world = make_world(clock=clock, rate_limits="on")
    ann = Person(world.server.url)

    def retry_after() -> float:
        answer = ann.post("/user/login", mobile=ann.mobile, passwd=f"not {PASSWORD}")
        return float(answer.get("retry_after", 0))

    assert 0 < wait_for(retry_after, "a refusal") <= 300
    set_clock(clock, world, -HOUR)
    assert retry_after() <= 300
