"""Pure arithmetic of a batch: which drafts are repeated, and which number each of the others gets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from fastim.backends.log import NOBODY, Closed, Draft, Outcome, Receipt
from fastim.errors import NotFound, Refused

Key = tuple[int, str]
"""(sender_id, msgid)"""


class Beside(NamedTuple):
    """Rows of other tables that belong to new messages."""

    uploads: list[tuple[str, int]]
    """(upload_name, message_id)"""
    mentions: list[tuple[int, int, int]]
    """(conversation_id, user_id, seq)"""


@dataclass
class Plan:
    """What a transaction writes, and what it answers."""

    new: list[tuple[Draft, int]] = field(default_factory=list)
    """Drafts to insert with their seq, in the order of their ids."""
    heads: dict[int, int] = field(default_factory=dict)
    """conversation_id to its new last seq."""
    with_beside: list[int] = field(default_factory=list)
    """The places in `new` of those that have rows in other tables too."""
    refused: list[Draft] = field(default_factory=list)
    """Drafts whose sender may not write any more, unless they are repeated."""
    _slots: list[Outcome | int] = field(default_factory=list)
    """For each draft its outcome, or its place in `new`."""

    def beside(self, first_id: int, step: int) -> Beside:
        """What the new messages have in other tables; ids follow the first one by `step`."""
        uploads, mentions = [], []
        for place in self.with_beside:
            draft, seq = self.new[place]
            uploads += [(name, first_id + place * step) for name in draft.uploads]
            mentions += [(draft.conversation_id, user_id, seq) for user_id in draft.mentions]
        return Beside(uploads, mentions)

    def outcomes(self, first_id: int, step: int, time_ms: int) -> list[Outcome]:
        """The answers once the first new row's id is known; further ids follow by `step`."""
        receipts = [
            Receipt(first_id + place * step, seq, time_ms, True) for place, (_, seq) in enumerate(self.new)
        ]
        if len(receipts) == len(self._slots):  # nothing was repeated or refused: each slot is its own place
            return list(receipts)
        answered: set[int] = set()
        outcomes: list[Outcome] = []
        for slot in self._slots:
            if not isinstance(slot, int):
                outcomes.append(slot)
            elif slot in answered:
                first = receipts[slot]
                outcomes.append(Receipt(first.id, first.seq, first.time_ms, False))
            else:
                answered.add(slot)
                outcomes.append(receipts[slot])
        return outcomes


def _refusal(draft: Draft, closed: Closed) -> str | Refused | None:
    return closed.get((draft.conversation_id, draft.sender_id)) or closed.get((draft.conversation_id, 0))


def plan(
    drafts: Sequence[Draft],
    heads: Mapping[int, int],
    stored: Mapping[Key, Receipt],
    closed: Closed = NOBODY,
) -> Plan:
    """Number the drafts.

    Args:
        heads: conversation_id to its last seq; a conversation that is missing does not exist.
        stored: receipts of those (sender, msgid) that are in the log already.
    """
    result = Plan()
    new, slots, moved = result.new, result._slots, result.heads
    places: dict[Key, int] = {}
    for draft in drafts:
        conversation_id, place = draft.conversation_id, len(new)
        key = (draft.sender_id, draft.msgid)
        if draft.msgid:
            if stored and key in stored:
                slots.append(stored[key])
                continue
            if key in places:
                slots.append(places[key])
                continue
        head = moved.get(conversation_id) or heads.get(conversation_id)
        if head is None:
            slots.append(NotFound())
            continue
        if closed and (refusal := _refusal(draft, closed)):
            result.refused.append(draft)
            slots.append(Refused(refusal) if isinstance(refusal, str) else refusal)
            continue
        places[key] = place
        moved[conversation_id] = seq = head + 1
        new.append((draft, seq))
        slots.append(place)
        if draft.uploads or draft.mentions:
            result.with_beside.append(place)
    return result
