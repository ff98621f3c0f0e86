"""Two buses in one program that is patched by gevent: `python -m tests.contract.between URL PORT,PORT`.

It prints a word when it has gone so far, and waits for a line before it goes on.
"""

from gevent import monkey

monkey.patch_all()

import socket
import sys
import time
from collections.abc import Callable, Sequence

import gevent
import gevent.event

from fastim.backends.bus import wire
from fastim.backends.bus.redis import RedisBus
from fastim.backends.bus.where import Where
from fastim.backends.counters import Counters
from fastim.protocol import bus_limits
from fastim.protocol.events import EntryAdded, Event, SessionsEnded

USERS = (7, 9, 12)
"""Their channels lie on each of the nodes of a cluster of three."""
PULSE_SECONDS = 0.1
bus_limits.BUS_RENEWED_SECONDS = 3.0


class Pair:
    """Two buses; what `here` publishes is told `there`."""

    def __init__(self, url: str) -> None:
        self.here, self.there = (RedisBus(Where(url), Counters()) for _ in range(2))
        self.told: list[Event] = []
        self._changed = gevent.event.Event()
        self.there.subscribe(self._note)
        self._seq = 0
        for bus in (self.here, self.there):
            bus.start()
            gevent.spawn(self._care, bus)
        for user_id in USERS:
            self.there.followed.follow_user(user_id)
        self.there.followed.follow_group(3, 0)
        channels = [*map(wire.user_channel, USERS), wire.group_channel(3)]
        assert self.there.hear(channels, 5)

    def _note(self, event: Event) -> None:
        self.told.append(event)
        self._changed.set()

    def _care(self, bus: RedisBus) -> None:
        """As the server cares for its bus, with a log that has nothing."""
        while True:
            bus.pulse()
            began = time.monotonic()
            gevent.sleep(PULSE_SECONDS)
            bus.settle()
            for gap in bus.gaps():
                bus.fill(gap, [])
            if bus.is_doubtful and bus.is_sound() and bus.doubted_at < began:
                bus.trust()
            self._changed.set()

    def _wait_for(self, condition: Callable[[], bool]) -> None:
        """It comes true with something that is told, or that is cared for."""
        with gevent.Timeout(20):
            while not condition():
                self._changed.clear()
                self._changed.wait()

    def trust(self, since: float = 0.0) -> None:
        """Wait until both trust the bus, what happened `since` then having been noticed."""
        self._wait_for(lambda: self.there.doubted_at > since)
        self._wait_for(lambda: not self.here.is_doubtful and not self.there.is_doubtful)

    def talk(self) -> None:
        """Say something to everybody, and see it told."""
        self._seq += 1
        said: list[Event] = [EntryAdded(n, 10, 8, n, self._seq, 1, b"{}") for n in USERS]
        said += [EntryAdded(2, 11, 8, 3, self._seq, 1, b"{}"), SessionsEnded(7, (1, 2))]
        self.told.clear()
        for event in said:
            self.here.publish(event)
        try:
            self._wait_for(lambda: sorted(map(repr, self.told)) == sorted(map(repr, said)))
        except gevent.Timeout:
            sys.exit(f"told {self.told} of {said}; sound: {self.here.is_sound()}, {self.there.is_sound()}")


def hang_up(ports: Sequence[int]) -> None:
    for port in ports:
        with socket.create_connection(("127.0.0.1", port)) as link:
            link.sendall(b"CLIENT KILL TYPE pubsub\r\n")
            link.recv(100)


def main() -> None:
    url, ports = sys.argv[1], list(map(int, sys.argv[2].split(",")))
    pair = Pair(url)
    pair.trust()
    pair.talk()
    broken_at = time.monotonic()
    hang_up(ports)
    pair.trust(broken_at)
    pair.talk()
    print("heard", flush=True)
    for line in sys.stdin:  # each says when something was done to a node
        pair.trust(float(line))
        pair.talk()
        print("heard", flush=True)
    for bus in (pair.here, pair.there):
        bus.stop()


if __name__ == "__main__":
    main()
