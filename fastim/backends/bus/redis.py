"""The bus of several processes, through Redis' channels.

What happens here is told here at once, and published once to whom it concerns; a process hears the channels
of its connections' users and groups, and one for all. Redis keeps nothing: what it loses is read from the
log, or told again (`unlogged`). So all that counts is to know when something may have been lost
(`is_doubtful`): a line broke, one's own sign of life did not come back, another process fell silent, or had
to drop something.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterable, Sequence

import structlog
from gevent import Greenlet, spawn
from gevent.event import Event as Flag

from fastim.backends.bus import wire
from fastim.backends.bus.lines import Lines
from fastim.backends.bus.ordered import OrderedBus, Unit
from fastim.backends.bus.peers import Peers
from fastim.backends.bus.unlogged import Unlogged
from fastim.backends.bus.where import FAILURES, Where
from fastim.backends.counters import Counters
from fastim.protocol import bus_limits as limits
from fastim.protocol.events import DevicesChanged, DoorDoubted, Event

log = structlog.get_logger(__name__)

_ALL = wire.ALL.encode()


class RedisBus(OrderedBus):
    """`Bus` between processes.

    Args:
        where: the Redis or its cluster.
    """

    def __init__(self, where: Where, counters: Counters) -> None:
        super().__init__()
        self._counters = counters
        self.process = secrets.token_hex(wire.NAME_BYTES // 2)
        """This process's name on the bus."""
        self._name = self.process.encode()
        self._lines = Lines(where, self._heard, self.doubt)
        self._outgoing: list[Unit] = []
        self._pulse: bytes | None = None
        self._wake = Flag()
        self._sender: Greenlet | None = None
        self._peers = Peers()
        self._number = 0
        self._began_at = 0.0
        self._echoed_at = 0.0
        self._renewed_at = 0.0
        self._doubts = 0
        """How often something that this process published may have been lost."""
        self.unlogged = Unlogged()
        self._doubted_at = time.monotonic()
        self.is_doubtful = True
        """Whether something may have been lost: the log is looked at often."""
        self.subscribe(self._meet, DevicesChanged)

    # What the services do

    def note_head(self, conversation_id: int, seq: int) -> None:
        """Nothing: what is followed is known from the log."""

    def publish(self, event: Event) -> None:
        self.publish_together((event,))

    def publish_together(self, events: Sequence[Event]) -> None:
        self._send(events)
        self.unlogged.note(events)
        self.take(events, is_own=True)
        for event in events:
            if type(event) is DoorDoubted:
                self.lose()

    def publish_again(self, event: Event) -> None:
        """Tell the other processes once more."""
        self._send((event,))

    def release_overdue(self) -> None:
        """Nothing is told before its turn: what is missing is read from the log (`gaps`)."""

    def _send(self, unit: Unit) -> None:
        if self._sender is None:
            self._send_now(unit)
            return
        if len(self._outgoing) >= limits.BUS_OUTGOING:
            self._counters.bus_dropped += 1
            self._doubts += 1
            return
        self._outgoing.append(unit)
        self._wake.set()

    def _send_now(self, unit: Unit) -> None:
        """Of a program that does not stay: a command, or a server that has not begun to hear yet."""
        try:
            self._publish(wire.pack([unit]))
        except FAILURES as error:
            self._counters.bus_dropped += 1
            log.warning("bus_unreachable", error=str(error), units=1)

    # What its care does

    def start(self) -> None:
        """Begin to hear and to be heard."""
        if self._sender is None:
            self._began_at = time.monotonic()
            self._sender = spawn(self._send_on)
            spawn(self.hear, [wire.ALL], limits.BUS_WAIT_SECONDS)

    def hear(self, channels: Iterable[str], seconds: float = 0.0) -> bool:
        """Listen to these as well; whether they were heard within `seconds`."""
        try:
            return self._lines.hear(channels, seconds)
        except FAILURES as error:
            log.warning("bus_unreachable", error=str(error))
            self.doubt()
            return False

    def unhear(self, channels: Iterable[str]) -> None:
        self._lines.unhear(channels)

    def pulse(self) -> None:
        """Give a sign of life. Called every BUS_PULSE_SECONDS."""
        now = time.monotonic()
        if now - max(self._echoed_at, self._began_at) > limits.BUS_SILENCE_SECONDS:
            self.lose()  # said with this very sign: who hears it trusts this process at once
        elif not self._echoed_at:
            self._doubts += 1
            self._doubt()
        self._number += 1
        self._pulse = wire.encode(wire.Pulse(self._number, self._doubts, self.unlogged.missed))
        self._wake.set()
        self._peers.forget_missed()

    def settle(self) -> None:
        """Follow a cluster's nodes. Called every now and then."""
        try:
            self._lines.settle()
        except FAILURES as error:
            log.warning("bus_unreachable", error=str(error))

    def living(self, seconds: float) -> set[str]:
        """The processes that were heard within so long, this one included."""
        return {self.process} | self._peers.living(seconds)

    def silent(self, seconds: float) -> list[str]:
        """The processes that have said nothing for so long, nor goodbye, until they are buried."""
        return self._peers.silent(seconds)

    def note_buried(self, process: str) -> None:
        """Nobody has to look after what this one has left."""
        self._peers.note_buried(process)

    def stop(self) -> None:
        """Let everything out, and say goodbye."""
        if self._sender is None:
            return
        self._sender.kill()
        try:
            if self._outgoing:
                self._publish(wire.pack(self._outgoing))
            self._publish({wire.ALL: wire.encode(wire.Bye())})
        except FAILURES:
            log.warning("bus_left_silently")
        self._sender = None
        self._lines.close()

    # Doubt

    def doubt(self) -> None:
        """Something may have been lost on its way to this process."""
        self.unlogged.lose()
        self._doubt()

    def _doubt(self) -> None:
        self._counters.bus_doubtful = 1
        self._doubted_at = time.monotonic()
        self.is_doubtful = True

    def lose(self) -> None:
        """Something of this process may not have reached the others, nor theirs this one."""
        self._doubts += 1
        self.doubt()

    @property
    def doubted_at(self) -> float:
        """When something may have been lost last, by `time.monotonic()`: a look at the log that began later
        has it."""
        return self._doubted_at

    def is_sound(self) -> bool:
        """Whether news comes and goes now, as far as can be known."""
        before = time.monotonic() - limits.BUS_SILENCE_SECONDS
        return (
            self._echoed_at >= before
            and self._lines.is_whole
            and self._peers.are_heard(limits.BUS_SILENCE_SECONDS)
        )

    def trust(self) -> None:
        """A look at the log that began after the last doubt has found everything."""
        self.is_doubtful = False
        self.unlogged.trust()
        self._counters.bus_doubtful = 0
        log.info("bus_trusted", process=self.process)

    def read_units(self, count: int) -> None:
        """So many were read from the log."""
        self._counters.bus_read += count

    # Going out

    def _send_on(self) -> None:
        while True:
            self._wake.wait()
            self._wake.clear()
            self._renew_lines()
            units, self._outgoing = self._outgoing, []
            pulse, self._pulse = self._pulse, None
            packets = wire.pack(units)
            try:
                self._publish(packets)
                if pulse is not None:
                    self._publish({wire.ALL: pulse})
            except FAILURES as error:
                self._counters.bus_dropped += len(units)
                log.warning("bus_unreachable", error=str(error), units=len(units))
                self.lose()

    def _renew_lines(self) -> None:
        now = time.monotonic()
        if now - max(self._echoed_at, self._renewed_at) > limits.BUS_RENEWED_SECONDS:
            self._renewed_at = now
            self._lines.renew()

    def _publish(self, packets: dict[str, bytes]) -> None:
        if packets:
            self._lines.send({channel: self._name + packet for channel, packet in packets.items()})
            self._counters.bus_published += len(packets)

    # Coming in

    def _heard(self, channel: bytes, payload: bytes) -> None:
        is_own = payload.startswith(self._name)
        if is_own and channel != _ALL:
            return
        process = payload[: wire.NAME_BYTES].decode(errors="replace")
        try:
            packet = wire.decode(payload[wire.NAME_BYTES :])
        except ValueError as error:  # a newer version's, perhaps
            log.warning("bus_not_understood", error=str(error), process=process)
            self.doubt()
            return
        if is_own:
            if isinstance(packet, wire.Pulse):
                self._echoed_at = time.monotonic()
            return
        self._counters.bus_received += 1
        if isinstance(packet, wire.Units):
            for unit in packet.units:
                self.take(unit)
        elif isinstance(packet, wire.Pulse):
            self._hear_pulse(process, packet)
        else:
            self._peers.leave(process)

    def _meet(self, event: DevicesChanged) -> None:
        """It has users: should it die before its first sign of life came, they are to be missed."""
        if event.process != self.process:
            self._peers.meet(event.process)

    def _hear_pulse(self, process: str, pulse: wire.Pulse) -> None:
        has_lost, has_missed = self._peers.hear(process, pulse)
        if has_lost:
            self._doubt()  # what is in no log the peer tells again by itself
        if has_missed:
            self.unlogged.ask()
