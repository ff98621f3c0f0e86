"""Telling in the order of the log, whichever process an event comes from, and once.

Of what it follows a process knows the last seq that it told. What comes twice is dropped; what comes
too early
waits, and what is missing before it is read from the log (`gaps`, `fill`): nothing is ever skipped.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import msgspec
import structlog

from fastim.backends.bus import E
from fastim.backends.bus.crossings import Crossings
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
_NEVER = 1 << 62


class Gap(msgspec.Struct, frozen=True):
    """Entries that were not told and hold others back."""

    conversation_id: int
    after: int | None
    """The last seq that was told; None where nobody knows whether anything is missing."""
    to: int


class _Waiting(msgspec.Struct):
    """What waits in one conversation."""

    sample: EntryAdded
    """One of its entries."""
    since: float
    units: dict[int, Unit]
    """By the first of their seqs."""
    beyond: int = 0
    """The highest seq that had no room here."""


class OrderedBus:
    """Listeners, and the order of what they are told. Nothing here lets another greenlet run."""

    def __init__(self) -> None:
        self._listeners: dict[type[Event], list[Callable[..., None]]] = {kind: [] for kind in KINDS}
        self._own_listeners: dict[type[Event], list[Callable[..., None]]] = {kind: [] for kind in KINDS}
        self._groups: dict[int, int] = {}
        """Followed groups to the last seq that was told."""
        self._users: dict[int, int] = {}
        """Followed users to the turn in which they were first followed."""
        self._turn = 0
        self._talks: dict[int, tuple[int, int]] = {}
        """Conversations of two to the last seq that was told, and the turn in which it was."""
        self._crossings = Crossings()
        self._waiting: dict[int, _Waiting] = {}
        self._waiting_units = 0
        self._marks: dict[tuple[int, int], int] = {}
        """(user_id, conversation_id) to the highest mark that was told."""
        self.is_doubtful = False
        """Whether something may have been lost: then also of a talk that is not known yet the log is
        asked."""

    def subscribe(self, listener: Callable[[E], None], *kinds: type[E]) -> None:
        for kind in kinds or KINDS:
            self._listeners[kind].append(listener)

    def subscribe_own(self, listener: Callable[[E], None], *kinds: type[E]) -> None:
        for kind in kinds:
            self._own_listeners[kind].append(listener)

    # What is followed

    def follow_group(self, group_id: int, last_seq: int) -> None:
        """Its entries above `last_seq` are told in their order from now on, if it is not followed yet."""
        self._groups.setdefault(group_id, last_seq)

    def follow_user(self, user_id: int) -> None:
        """The same for this user's talks, from the next entry on."""
        if user_id not in self._users:
            self._turn += 1
            self._users[user_id] = self._turn

    def unfollow_group(self, group_id: int) -> None:
        self._groups.pop(group_id, None)

    def unfollow_user(self, user_id: int) -> None:
        self._users.pop(user_id, None)

    def follows_group(self, group_id: int) -> bool:
        return group_id in self._groups

    def follows_user(self, *user_ids: int) -> bool:
        """Whether one of these is followed."""
        return any(user_id in self._users for user_id in user_ids)

    def followed_groups(self) -> list[int]:
        return list(self._groups)

    def followed_users(self) -> list[int]:
        return list(self._users)

    def told(self, kind: int, conversation_id: int, one_id: int, other_id: int) -> int | None:
        """The last seq that was told of a conversation; None if it is not known.

        Args:
            one_id: the group, or one of the two people; `other_id` is the other.
        """
        if kind == frames.GROUP:
            return self._groups.get(one_id)
        first = min(self._users.get(one_id, _NEVER), self._users.get(other_id, _NEVER))
        known = self._talks.get(conversation_id)
        return known[0] if known is not None and known[1] >= first else None

    def _last(self, event: EntryAdded) -> int | None:
        return self.told(event.kind, event.conversation_id, event.dst_id, event.sender_id)

    def _is_followed(self, event: EntryAdded) -> bool:
        if event.kind == frames.GROUP:
            return event.dst_id in self._groups
        return event.dst_id in self._users or event.sender_id in self._users

    def _count(self, event: EntryAdded) -> None:
        if event.kind == frames.GROUP:
            if event.seq > self._groups.get(event.dst_id, _NEVER):
                self._groups[event.dst_id] = event.seq
            return
        if len(self._talks) >= limits.BUS_CONVERSATIONS and event.conversation_id not in self._talks:
            del self._talks[next(iter(self._talks))]
        self._talks[event.conversation_id] = (event.seq, self._turn)

    # What comes

    def take(self, unit: Unit, is_own: bool = False) -> None:
        """Tell what happened in one commit, in its turn."""
        if len(unit) == 1 and type(event := unit[0]) is EntryAdded and self._is_next(event):
            self._count(event)  # the common case
            self.tell_one(event, is_own)
        else:
            self._take_slowly(unit, is_own)

    def _take_slowly(self, unit: Unit, is_own: bool) -> None:
        fresh = list(unit)
        before: dict[int, int | None] = {}
        for event in unit:
            if type(event) is not EntryAdded or not self._is_followed(event):
                continue
            key = event.conversation_id
            last = before[key] if key in before else self._last(event)
            if self.is_doubtful if last is None else event.seq > last + 1:
                self._hold(event, unit, is_own)
                return
            if last is None:
                self._crossings.begin(event)
            elif event.seq <= last:
                if not self._crossings.is_news(event):
                    fresh.remove(event)
                continue
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
        return entry.conversation_id not in self._waiting and self._last(entry) == entry.seq - 1

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

    def _go_on(self, conversation_id: int) -> None:
        """Tell what waits and has become due."""
        while (waiting := self._waiting.get(conversation_id)) is not None:
            last = self._last(waiting.sample)
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

    # What is missing

    def gaps(self) -> list[Gap]:
        """What has waited for longer than two commits take to cross each other."""
        before, found = time.monotonic() - limits.BUS_GAP_SECONDS, []
        for key, waiting in list(self._waiting.items()):
            if not self._is_followed(waiting.sample):  # nobody is here any more
                del self._waiting[key]
                self._waiting_units -= len(waiting.units)
            elif waiting.since <= before:
                to = min(waiting.units) - 1 if waiting.units else waiting.beyond
                found.append(Gap(key, self._last(waiting.sample), to))
        return found

    def fill(self, gap: Gap, units: Sequence[Unit]) -> None:
        """Tell what the log has of a gap, and what waited for it.

        Args:
            units: in the order of their seqs.
        """
        was_doubtful, self.is_doubtful = self.is_doubtful, False
        try:
            waiting = self._waiting.get(gap.conversation_id)
            for unit in units:
                first = next((event.seq for event in unit if type(event) is EntryAdded), 0)
                if waiting is not None and first in waiting.units:
                    self._pop(waiting, first)  # it also knows which connection it came from
                else:
                    self.take(unit)
            waiting = self._waiting.get(gap.conversation_id)
            if waiting is not None:
                waiting.since = time.monotonic()
                if waiting.units and self._last(waiting.sample) is None:
                    self._pop(waiting, min(waiting.units))  # nothing was missing before it
                self._go_on(gap.conversation_id)
        finally:
            self.is_doubtful = was_doubtful
            self._crossings.end(gap.conversation_id)  # the log has told what was before

    # Telling

    def _tell(self, unit: Unit, is_own: bool) -> None:
        for event in unit:
            if type(event) is EntryAdded:
                last = self._last(event)
                if last is None or event.seq > last:
                    self._count(event)
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
