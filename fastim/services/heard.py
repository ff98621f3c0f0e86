"""Which voice messages a person has listened to: known to all of the own devices, and to nobody else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Row, bindparam, select

from fastim.backends.bus import Bus
from fastim.models import Conversation, Played, db
from fastim.protocol import codec, frames, limits
from fastim.protocol.events import Signal
from fastim.services import log_rows, revisions
from fastim.services.access import Access
from fastim.services.conversations import address
from fastim.services.transaction import transaction

_ROWS = (
    select(Played.revision, Played.seq, Conversation)
    .join(Conversation, Conversation.id == Played.conversation_id)
    .where(Played.user_id == bindparam("actor_id"))
    .limit(bindparam("most"))
)
_NEWEST = _ROWS.order_by(Played.revision.desc(), Played.seq.desc())
_BETWEEN = _ROWS.where(Played.revision > bindparam("after"), Played.revision <= bindparam("to")).order_by(
    Played.revision, Played.seq
)


class Listening:
    """Needs an app context."""

    def __init__(self, bus: Bus, access: Access) -> None:
        self._bus = bus
        self._access = access

    def note(self, actor_id: int, kind: int, dst_id: int, seqs: Sequence[int]) -> int:
        """The actor has heard these; how many of them were voice messages that they had not.

        Raises:
            NotFound: no such conversation for this user.
        """
        standing = self._access.standing(actor_id, kind, dst_id)
        voices = [
            row.seq
            for row in log_rows.at(standing.conversation_id, seqs)
            if row.seq > standing.join_seq and row.media == frames.VOICE
        ]
        with transaction(self._bus) as tx:
            found, revision = revisions.note(Played, actor_id, standing.conversation_id, voices)
            if found:
                tx.emit(Signal((actor_id,), codec.encode(frames.Heard(kind, dst_id, found, revision))))
        return len(found)


Told = list[tuple[int, frames.Heard]]
"""With their revisions."""


def between(actor_id: int, after: int, to: int) -> Told:
    """What the actor has heard above `after`, ascending; one more than an answer takes."""
    most = (limits.SYNC_SETTINGS + 1) * limits.PLAYED_AT_ONCE
    values = {"actor_id": actor_id, "after": after, "to": to, "most": most}
    return _grouped(actor_id, db.session.execute(_BETWEEN, values))[: limits.SYNC_SETTINGS + 1]


def newest(actor_id: int) -> Told:
    """The newest of all, at most `limits.PLAYED_SYNCED` messages, one frame for each conversation."""
    rows = db.session.execute(_NEWEST, {"actor_id": actor_id, "most": limits.PLAYED_SYNCED})
    merged: dict[tuple[int, int], list[int]] = {}
    for revision, one in reversed(_grouped(actor_id, rows)):
        merged.setdefault((one.kind, one.dstid), [revision]).extend(one.seqs)
    return [
        (revision, frames.Heard(kind, dst_id, tuple(sorted(seqs)), revision))
        for (kind, dst_id), (revision, *seqs) in merged.items()
    ][: limits.SYNC_SETTINGS]


def _grouped(actor_id: int, rows: Iterable[Row[int, int, Conversation]]) -> Told:
    """By revision; all of one are of one conversation."""
    found: dict[int, tuple[Conversation, list[int]]] = {}
    for revision, seq, conversation in rows:
        found.setdefault(revision, (conversation, []))[1].append(seq)
    return [
        (revision, frames.Heard(one.kind, address(one, actor_id), tuple(seqs), revision))
        for revision, (one, seqs) in found.items()
    ]
