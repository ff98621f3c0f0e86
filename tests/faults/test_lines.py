"""Whatever lines and their ends do: nothing is lost or doubled, and nobody else notices."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

from tests.faults.conftest import MakeWorld
from tests.faults.people import Doubter, Flitter, Sleeper
from tests.faults.proxy import Proxy
from tests.faults.world import World
from tests.people import Person
from tests.servers import wait_for


def test_lines_that_are_cut_and_stand_still_lose_and_double_nothing(world: World, proxy: Proxy) -> None:
    """What arrived although its sender never heard so is sent again, and is there once."""
    world.populate(people=12, pause=0.01)
    for _ in range(6):
        world.wait_for_acks(60)
        proxy.cut()
        world.wait_for_acks(60)
        proxy.stall()
        time.sleep(0.3)  # the fault's length, not a wait for something
        proxy.cut()
        proxy.flow()
    world.wait_for_acks(60)
    world.finish()
    assert all(member.connections > 6 for member in world.members)
    assert world.history.refused > 0


def test_a_line_that_ends_on_one_side_only_is_given_up_by_the_other(make_world: MakeWorld) -> None:
    """Whose client vanished without a word is forgotten; whose server did comes back by itself."""
    world = make_world(limits={"PING_SECONDS": 0.5, "DEAD_SECONDS": 2})
    proxy = Proxy(world.port)
    try:
        world.base = proxy.url
        world.populate(people=8, pause=0.02)
        world.wait_for_acks(50)
        assert proxy.lose_clients() >= len(world.members)
        world.wait_for_acks(50)
        assert world.metric("connections") > len(world.members), "the server knows already"
        lost = len(world.members)
        wait_for(lambda: world.closes(4009) >= lost, "the vanished were closed for their silence", 15)
        assert proxy.lose_server() >= len(world.members)
        world.wait_for_acks(100)
        world.finish()
        wait_for(lambda: world.metric("connections") == 0, "nobody is left in the client map")
    finally:
        proxy.close()


def test_one_who_stops_reading_is_closed_and_delays_nobody(world: World) -> None:
    """What waits for it is bounded; the others' acks keep coming; later it reads the log."""
    world.populate(people=6, pause=0.01, padding="x" * 4000)
    person, group = world.persons[0], world.groups[0]
    sleeper = world.add(Sleeper, person, [(11, group)], 0.01, device=3)
    assert isinstance(sleeper, Sleeper)
    sleeper.start()
    world.wait_for_acks(50)
    before = world.memory_bytes()
    sleeper.is_awake.clear()
    assert sleeper.is_asleep.wait(10)
    slowest = most_queued = most_memory = 0.0
    closed = world.closes(4008)
    while world.closes(4008) == closed:
        started = time.monotonic()
        world.wait_for_acks(20)
        slowest = max(slowest, time.monotonic() - started)
        most_queued = max(most_queued, world.metric("queued_bytes"))
        most_memory = max(most_memory, world.memory_bytes())
    assert slowest < 3
    assert most_queued < 2 << 20
    assert most_memory - before < 64 << 20
    world.wait_for_acks(50)
    connections = sleeper.connections
    sleeper.is_awake.set()
    wait_for(lambda: sleeper.connections > connections, "it came back")
    world.finish()


def test_messages_repeated_in_any_order_over_two_lines_are_stored_once(world: World, proxy: Proxy) -> None:
    """Every repetition gets the first ack again, wherever it was sent."""
    Doubter.repeated = 0
    world.populate(people=12, pause=0.005, kind=Doubter)
    for _ in range(10):
        world.wait_for_acks(60)
        proxy.cut()
    world.wait_for_acks(60)
    world.finish()
    assert Doubter.repeated > 50


def test_fifty_who_come_and_go_all_the_time_disturb_nobody(world: World) -> None:
    """They lose nothing either, and leave nothing behind."""
    with ThreadPoolExecutor(4) as threads:  # before anybody talks, as all of them have to read what is said
        persons = list(threads.map(Person, [world.server.url] * 50))
    world.populate(people=8, pause=0.2)
    steady, group = world.members[0], world.groups[0]
    steady.patience_seconds = 30  # sixty threads of this process share a core: its own slowness is no fault
    flitters = []
    for person in persons:
        assert person.post("/contact/joincommunity", dstid=group)["code"] == 0
        # Each says little: all of them hear it, and this process has to read it.
        flitters.append(world.add(Flitter, person, [(11, group)], 0.2))
    wait_for(lambda: steady.connections, "one who stays")
    connections = steady.connections
    for flitter in flitters:
        flitter.start()
    wait_for(lambda: all(each.connections > 4 for each in flitters), "coming and going", 60)
    world.wait_for_acks(100)
    assert steady.connections == connections, f"somebody who stays lost a line: {steady.lost}"
    world.finish()
    assert world.metric("connections") == world.metric("users_online") == 0
