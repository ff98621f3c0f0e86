"""Two buses in one program that is patched by gevent: `python -m tests.contract.between URL PORT`."""

from gevent import monkey

monkey.patch_all()

import socket
import sys
from collections.abc import Callable

import gevent

from fastim.backends.bus import wire
from fastim.backends.bus.redis import RedisBus
from fastim.backends.bus.where import Where
from fastim.backends.counters import Counters
from fastim.protocol.events import EntryAdded, Event, SessionsEnded


def wait_for(condition: Callable[[], bool]) -> None:
    with gevent.Timeout(20):
        while not condition():
            gevent.sleep(0.02)


def main() -> None:
    url, port = sys.argv[1], int(sys.argv[2])
    here, there = (RedisBus(Where(url), Counters()) for _ in range(2))
    told: list[Event] = []
    there.subscribe(told.append)
    for bus in (here, there):
        bus.start()
        gevent.spawn(beat, bus)
    there.follow_user(7)
    assert there.hear([wire.user_channel(7)], 5)
    there.follow_group(3, 0)
    assert there.hear([wire.group_channel(3)], 5)
    wait_for(lambda: here.is_sound() and there.is_sound())
    for bus in (here, there):
        bus.trust()
    said = [
        EntryAdded(1, 10, 8, 7, 1, 1, b"{}"),
        EntryAdded(2, 11, 8, 3, 1, 1, b"{}"),
        SessionsEnded(7, (1, 2)),
    ]
    for event in said:
        here.publish(event)
    try:
        wait_for(lambda: sorted(map(repr, told)) == sorted(map(repr, said)))
    except gevent.Timeout:
        sys.exit(f"told {told} of {said}; sound: {here.is_sound()}, {there.is_sound()}")
    with socket.create_connection(("127.0.0.1", port)) as link:
        link.sendall(b"CLIENT KILL TYPE pubsub\r\n")
        link.recv(100)
    wait_for(lambda: there.is_doubtful)
    wait_for(there.is_sound)
    there.trust()
    here.publish(EntryAdded(1, 10, 8, 7, 2, 1, b"{}"))
    wait_for(lambda: len(told) == len(said) + 1)
    for bus in (here, there):
        bus.stop()
    print("heard, doubted, trusted")


def beat(bus: RedisBus) -> None:
    while True:
        bus.pulse()
        gevent.sleep(0.1)


if __name__ == "__main__":
    main()
