"""Telling in the order of the log, whichever process an event comes from, and once.

Of what it follows a process knows the last seq that it told (`Followed`). What comes twice is dropped; what
comes too early waits, and what is missing before it is read from the log (`gaps`, `fill`): nothing is ever
skipped, and nothing is told late. Of a talk that is told from its middle the log says at once where that is
(`unknown_talks`, `begin_talk`).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import msgspec
import structlog
from gevent.event import Event as Flag

from fastim.backends.bus import E
from fastim.backends.bus.followed import Followed
from fastim.protocol import bus_limits as limits
from fastim.protocol import frames
from fastim.protocol.events import (
    KINDS,
    CommunityArriving,
    CommunityJoined,
    CommunityLeft,
    EntryAdded,
    Event,
    MarkMoved,
)

log = structlog.get_logger(__name__)

Unit = Sequence[Event]
"""The events of one commit."""
_IN_THEIR_TURN = (EntryAdded, CommunityJoined, CommunityLeft, CommunityArriving)
"""Not told when they come late: the log has told of them already."""


class Gap(msgspec.Struct, frozen=True):
    """Entries that were not told and hold others back."""

    conversation_id: int
    after: int
    """The last seq that was told."""
    to: int


class Talk(msgspec.Struct, frozen=True):
    """A conversation of two of which nobody knows how far it was told."""

    conversation_id: int
    one_id: int
    other_id: int
    to: int
    """The seq before what waits."""


class _Waiting(msgspec.Struct):
    """What waits in one conversation."""

    sample: EntryAdded
    """One of its entries."""
    since: float
    units: dict[int, Unit]
    """By the first of their seqs."""
    beyond: int = 0
    """The highest seq that had no room here."""

    @property
    def to(self) -> int:
        """The last seq that may be missing."""
        return min(self.units) - 1 if self.units else self.beyond


class OrderedBus:
    """Listeners, and the order of what they are told. Nothing here lets another greenlet run."""

    def __init__(self) -> None:
        self._listeners: dict[type[Event], list[Callable[..., None]]] = {kind: [] for kind in KINDS}
        self._own_listeners: dict[type[Event], list[Callable[..., None]]] = {kind: [] for kind in KINDS}
        self.followed = Followed()
        self._waiting: dict[int, _Waiting] = {}
        self._waiting_units = 0
        self._unknown: set[int] = set()
        """Conversations where something waits until it is known how far they were told."""
        self.has_unknown = Flag()
        """Set when there is a new one among them."""
        self._marks: dict[tuple[int, int], int] = {}
        """(user_id, conversation_id) to the highest mark that was told."""

    def subscribe(self, listener: Callable[[E], None], *kinds: type[E]) -> None:
        for kind in kinds or KINDS:
            self._listeners[kind].append(listener)

    def subscribe_own(self, listener: Callable[[E], None], *kinds: type[E]) -> None:
        for kind in kinds:
            self._own_listeners[kind].append(listener)

    # What comes

    def take(self, unit: Unit, is_own: bool = False) -> None:
        """Tell what happened in one commit, in its turn."""
        if len(unit) == 1 and type(event := unit[0]) is EntryAdded and self._is_next(event):
            self.followed.count(event)  # the common case
            self.tell_one(event, is_own)
        else:
            self._take_slowly(unit, is_own)

    def _take_slowly(self, unit: Unit, is_own: bool) -> None:
        fresh = list(unit)
        before: dict[int, int] = {}
        for event in unit:
            if type(event) is not EntryAdded or not self.followed.has(event):
                continue
            key = event.conversation_id
            last = before[key] if key in before else self.followed.last(event)
            if last is None or event.seq > last + 1:
                self._hold(event, unit, is_own)
                return
            if event.seq <= last:
                fresh.remove(event)
            else:
                before[key] = event.seq
        if len(fresh) < len(unit) and not before:  # the log was faster
            fresh = [event for event in fresh if not isinstance(event, _IN_THEIR_TURN)]
        self._tell(fresh, is_own)
        if is_own:
            self._tell_own([event for event in unit if event not in fresh])  # the log has told the rest
        for key in before:
            self._go_on(key)

    def _is_next(self, entry: EntryAdded) -> bool:
        """Whether it follows what was told last, and nothing waits for it."""
        return entry.conversation_id not in self._waiting and self.followed.last(entry) == entry.seq - 1

    def _hold(self, missing: EntryAdded, unit: Unit, is_own: bool) -> None:
        if is_own:  # told later, it is nobody's any more
            self._tell_own(unit)
        waiting = self._waiting.get(missing.conversation_id)
        if waiting is None:
            waiting = self._waiting[missing.conversation_id] = _Waiting(missing, time.monotonic(), {})
        if self._waiting_units >= limits.BUS_HELD and not is_own:  # the log would not know its connection
            waiting.beyond = max(waiting.beyond, missing.seq)
        elif missing.seq not in waiting.units:
            waiting.units[missing.seq] = unit
            self._waiting_units += 1
        if self.followed.last(missing) is None:
            self._ask_for(missing.conversation_id)

    def _go_on(self, conversation_id: int) -> None:
        """Tell what waits and has become due."""
        while (waiting := self._waiting.get(conversation_id)) is not None:
            last = self.followed.last(waiting.sample)
            if last is not None and waiting.beyond <= last:
                waiting.beyond = 0
            first = min(waiting.units, default=0)
            if not first or last is None or first > last + 1:
                break
            self._pop(waiting, first)
        if waiting is not None and not waiting.units and not waiting.beyond:
            self._waiting.pop(conversation_id, None)

    def _pop(self, waiting: _Waiting, first: int) -> None:
        unit = waiting.units.pop(first)
        self._waiting_units -= 1
        self.take(unit)

    # Where a talk begins

    def _ask_for(self, conversation_id: int) -> None:
        self._unknown.add(conversation_id)
        self.has_unknown.set()

    def unknown_talks(self) -> list[Talk]:
        """Those where something waits until `begin_talk` says how far they were told. Who is not let in yet
        says so then."""
        found = []
        for key in list(self._unknown):
            waiting = self._waiting.get(key)
            if waiting is None or self.followed.last(waiting.sample) is not None:
                self._unknown.discard(key)
                continue
            people = waiting.sample.dst_id, waiting.sample.sender_id
            if self.followed.is_in(*people):
                found.append(Talk(key, *people, waiting.to))
        return found

    def begin_talk(self, talk: Talk, last_seq: int) -> None:
        """Tell a talk's entries above `last_seq` from now on, unless it has become known meanwhile. Then
        it stays known for who has come since."""
        self._unknown.discard(talk.conversation_id)
        people = talk.one_id, talk.other_id
        if self.followed.follows_user(*people):
            told = self.followed.told(frames.SINGLE, talk.conversation_id, *people)
            self.followed.know_talk(talk.conversation_id, last_seq if told is None else told)
        self._go_on(talk.conversation_id)

    # What is missing

    def gaps(self) -> list[Gap]:
        """What has waited for longer than two commits take to cross each other."""
        before, found = time.monotonic() - limits.BUS_GAP_SECONDS, []
        for key, waiting in list(self._waiting.items()):
            if not self.followed.has(waiting.sample):  # nobody is here any more
                del self._waiting[key]
                self._waiting_units -= len(waiting.units)
            elif waiting.since <= before:
                last = self.followed.last(waiting.sample)
                if last is None:  # the one with whom it became known has gone
                    self._ask_for(key)
                else:
                    found.append(Gap(key, last, waiting.to))
        return found

    def fill(self, gap: Gap, units: Sequence[Unit]) -> None:
        """Tell what the log has of a gap, and what waited for it.

        Args:
            units: in the order of their seqs.
        """
        for unit in units:
            waiting = self._waiting.get(gap.conversation_id)
            first = next((event.seq for event in unit if type(event) is EntryAdded), 0)
            if waiting is not None and first in waiting.units:
                self._pop(waiting, first)  # it also knows which connection it came from
            else:
                self.take(unit)
        waiting = self._waiting.get(gap.conversation_id)
        if waiting is not None:
            waiting.since = time.monotonic()
            self._go_on(gap.conversation_id)

    # Telling

    def _tell(self, unit: Unit, is_own: bool) -> None:
        for event in unit:
            if type(event) is EntryAdded:
                last = self.followed.last(event)
                if last is None or event.seq > last:
                    self.followed.count(event)
            elif type(event) is MarkMoved and not self._is_higher(event):
                continue
            self.tell_one(event, is_own)

    def _is_higher(self, mark: MarkMoved) -> bool:
        """Two devices in two processes may mark at the same moment; what was told never goes back."""
        key = (mark.user_id, mark.conversation_id)
        known = self._marks.get(key, 0)
        if mark.seq <= known:
            return False
        if not known and len(self._marks) >= limits.BUS_CONVERSATIONS:
            del self._marks[next(iter(self._marks))]
        self._marks[key] = mark.seq
        return True

    def tell_one(self, event: Event, is_own: bool = False) -> None:
        for listener in self._listeners[type(event)]:
            self._call(listener, event)
        if is_own:
            self._tell_own((event,))

    def _tell_own(self, unit: Unit) -> None:
        for event in unit:
            for listener in self._own_listeners[type(event)]:
                self._call(listener, event)

    def _call(self, listener: Callable[..., None], event: Event) -> None:
        try:
            listener(event)
        except Exception:  # a listener's fault must not fail the request that is committed
            log.exception("bus_listener_failed", event_type=type(event).__name__)
