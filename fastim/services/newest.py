"""The newest entries of conversations, which a sync shows; a group's are read once for all its members.

What is kept here is never believed by itself. Whatever changes what a group shows (a message, an edit, a
recall, a reaction) adds an entry to its log, in the same commit and under the conversation's lock. So what
was kept of a group that ended at seq n is what the log has for as long as the group ends there, and where
it ends every sync has just read. Events keep it in step: an entry that only follows is put behind the
others, one that changes an older entry drops them all. An event that is lost, or late, costs a reading.

A database may go back, where another primary lacks the last commits, and give their numbers once more: so
an end below what is kept, or news of another entry with a number that is, drops what is kept.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from operator import attrgetter
from typing import NamedTuple

import msgspec

from fastim.backends.bus import Bus
from fastim.backends.counters import Counters
from fastim.backends.log import Span
from fastim.models import Conversation
from fastim.protocol import codec, frames, limits
from fastim.protocol.events import EntryAdded
from fastim.services import log_rows
from fastim.services.conversations import GROUP, address
from fastim.services.kept import Weighed
from fastim.services.log_rows import Row
from fastim.services.rows import as_frames, reactions_to

Entries = list[frames.Entry]

_KEPT_BYTES = 16 << 20
"""About 2,500 groups with twenty short texts each."""
_TAIL_BYTES = 250
"""What a tail takes besides its items; of a group in which nothing was said yet it is the most."""
_ITEM_BYTES = 80
"""What an item takes besides its frame."""
_WITH_REACTIONS = b'"reactions":['
"""Within a text every quotation mark is escaped, so only the field itself looks like this."""
_decode = msgspec.json.Decoder(Entries).decode
_seq = attrgetter("seq")


class _Tail(NamedTuple):
    """The last entries of a group up to `last_seq`, in the order of seq."""

    last_seq: int
    items: tuple[bytes | int, ...]
    """Entries as they are delivered. Of one with reactions the id: every reader is shown their own."""
    weight: int
    """In bytes."""

    @property
    def frames(self) -> Entries:
        return _decode(b"[%b]" % b",".join(item for item in self.items if isinstance(item, bytes)))

    @property
    def reacted(self) -> list[int]:
        return [item for item in self.items if isinstance(item, int)]


class NewestEntries:
    """Keeps those of the groups that were asked for last."""

    def __init__(self, bus: Bus, counters: Counters) -> None:
        self._kept: Weighed[int, _Tail] = Weighed(_KEPT_BYTES)
        self._counters = counters
        bus.subscribe(self._on_entry, EntryAdded)

    def of(
        self, actor_id: int, conversations: Sequence[Conversation], thinned: Collection[int]
    ) -> dict[int, Entries]:
        """conversation_id to its newest entries, in the order of seq, without what the actor deleted.

        Needs an app context.

        Args:
            conversations: as this request has read them.
            thinned: the ids of those where the actor deleted some of the newest.
        """
        shared = [one for one in conversations if one.kind == GROUP and one.id not in thinned]
        tails = self._tails(shared)
        read = _read(actor_id, conversations, tails)
        for one in shared:
            if one.id not in tails:
                self._keep(one, read[one.id])
        self._counters.newest_kept += len(tails)
        self._counters.newest_read += len(conversations) - len(tails)
        return read

    def _tails(self, conversations: Iterable[Conversation]) -> dict[int, _Tail]:
        """conversation_id to what is kept, where that is what the log has."""
        found = {}
        for one in conversations:
            tail = self._kept.get(one.id)
            if tail is None:
                continue
            if tail.last_seq == one.last_seq:
                found[one.id] = tail
            elif tail.last_seq > one.last_seq:  # it was quicker, or the database went back
                self._kept.drop(one.id)
        return found

    def _keep(self, conversation: Conversation, entries: Entries) -> None:
        """Unless a later end is kept already, which came while this one was read; or one is missing, which
        its reader deleted meanwhile: the others did not."""
        kept = self._kept.peek(conversation.id)
        is_whole = len(entries) == min(limits.SYNC_ENTRIES, conversation.last_seq)
        if is_whole and (kept is None or kept.last_seq < conversation.last_seq):
            items = tuple(entry.id if entry.reactions else codec.encode(entry) for entry in entries)
            weight = sum(map(_weight, items), _TAIL_BYTES)
            self._kept.put(conversation.id, _Tail(conversation.last_seq, items, weight), weight)

    def _on_entry(self, event: EntryAdded) -> None:
        """On the path of every message: where nothing is kept, a look into a dict."""
        tail = self._kept.peek(event.conversation_id)
        if tail is None:
            return
        if event.seq <= tail.last_seq and event.frame in tail.items:
            return  # it was read before its news came
        only_follows = event.media <= frames.NOTICE and _WITH_REACTIONS not in event.frame
        if event.seq == tail.last_seq + 1 and only_follows:
            longer = _longer(tail, event.frame)
            self._kept.put(event.conversation_id, longer, longer.weight)
        else:
            self._kept.drop(event.conversation_id)


def _longer(tail: _Tail, frame: bytes) -> _Tail:
    """With the next entry; without the first one, where there are enough."""
    items, weight = tail.items, tail.weight + _weight(frame)
    if len(items) == limits.SYNC_ENTRIES:
        weight -= _weight(items[0])
        items = items[1:]
    return _Tail(tail.last_seq + 1, (*items, frame), weight)


def _weight(item: bytes | int) -> int:
    return _ITEM_BYTES + (len(item) if isinstance(item, bytes) else 0)


def _read(
    actor_id: int, conversations: Sequence[Conversation], tails: Mapping[int, _Tail]
) -> dict[int, Entries]:
    """conversation_id to what is shown: what is kept, and what only the log has."""
    reacted = [message_id for tail in tails.values() for message_id in tail.reacted]
    spans = [_span(one) for one in conversations if one.last_seq and one.id not in tails]
    rows = [*log_rows.by_ids(reacted).values(), *log_rows.between(actor_id, spans)]
    reactions = reactions_to(actor_id, rows)
    by_conversation: dict[int, list[Row]] = {}
    for row in rows:
        by_conversation.setdefault(row.conversation_id, []).append(row)
    found = {}
    for one in conversations:
        its = by_conversation.get(one.id, [])
        shown = as_frames(its, one.kind, actor_id, address(one, actor_id), reactions)
        tail = tails.get(one.id)
        found[one.id] = shown if tail is None else sorted([*tail.frames, *shown], key=_seq)
    return found


def _span(conversation: Conversation) -> Span:
    last = conversation.last_seq
    return Span(conversation.id, last - limits.SYNC_ENTRIES, last + 1)
