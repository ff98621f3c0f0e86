"""Reading the log: pages of a conversation, and what changed since a device was here last."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import and_, bindparam, func, select

from fastim.backends.log import Span
from fastim.models import Aside, Conversation, Mention, db
from fastim.protocol import limits
from fastim.protocol.entry import Entry
from fastim.protocol.sync import EVERYBODY, ConversationState, HistoryPage, MemberMark, Readers, SyncAnswer
from fastim.protocol.views import Card
from fastim.services import cards, log_rows
from fastim.services.access import Access
from fastim.services.any_of import AnyOf
from fastim.services.changed import changed
from fastim.services.conversations import SINGLE
from fastim.services.cursor import Cursor
from fastim.services.horizon import Horizon
from fastim.services.log_rows import Row
from fastim.services.marks import Deliveries, Marks
from fastim.services.newest import NewestEntries
from fastim.services.readers import member_marks, readers
from fastim.services.reading import Reading
from fastim.services.rows import as_frames, reactions_to
from fastim.services.talk_settings import Since, TalkSettings

_ASIDES = AnyOf(
    lambda conversation, read: and_(Aside.conversation_id == conversation, Aside.seq > read),
    lambda above: select(Aside.conversation_id, func.count()).where(above).group_by(Aside.conversation_id),
)
_MENTIONS = AnyOf(
    lambda conversation, read: and_(
        Mention.conversation_id == conversation,
        Mention.user_id.in_((bindparam("actor_id"), EVERYBODY)),
        Mention.seq > read,
    ),
    lambda above: (
        select(Mention.conversation_id, func.max(Mention.seq))
        .where(above)
        .group_by(Mention.conversation_id)
    ),
)


class _Stand(NamedTuple):
    """A conversation, and how far its reader and the other person have come."""

    conversation: Conversation
    peer_id: int
    """The other person; 0 in groups."""
    join_seq: int
    read_seq: int
    peer_read_seq: int
    delivered_seq: int
    peer_delivered_seq: int
    is_thinned: bool
    """The reader deleted some of the newest entries."""


class _Beside(NamedTuple):
    """What the conversations alone do not say, by conversation id."""

    entries: dict[int, list[Entry]]
    asides: dict[int, int]
    mentions: dict[int, int]


class History:
    """Answers from the database; needs an app context."""

    def __init__(
        self,
        access: Access,
        marks: Marks,
        deliveries: Deliveries,
        talk_settings: TalkSettings,
        horizon: Horizon,
        newest: NewestEntries,
        reading: Reading,
    ) -> None:
        self._access = access
        self._horizon = horizon
        self._marks = marks
        self._deliveries = deliveries
        self._talk_settings = talk_settings
        self._newest = newest
        self._reading = reading

    def page(
        self, actor_id: int, kind: int, dst_id: int, before: int, after: int, limit: int
    ) -> HistoryPage:
        """Entries of a conversation in the order of their seq.

        Args:
            before: entries below this seq, the newest of them; 0 for the end of the conversation.
            after: entries above this seq, the oldest of them; wins over `before`.
            limit: at most `limits.HISTORY_MOST`.

        Raises:
            NotFound: no such conversation for this user.
        """
        standing = self._access.standing(actor_id, kind, dst_id)
        limit = max(1, min(limit, limits.HISTORY_MOST))
        above = max(after, standing.join_seq)
        end = standing.last_seq + 1
        below = end if after else min(before or end, end)
        span = Span(standing.conversation_id, above, below)

        def look() -> HistoryPage:
            rows = log_rows.walk(actor_id, span, limit + 1, newest_first=not after)
            gap, rows = len(rows) > limit, rows[:limit]
            if not after:
                rows.reverse()
            return HistoryPage(as_frames(rows, kind, actor_id, dst_id, reactions_to(actor_id, rows)), gap)

        return self._reading(look)

    def readers(self, actor_id: int, kind: int, dst_id: int, seq: int) -> Readers:
        """Who else has read entry `seq`, and who has not.

        Raises:
            NotFound: no such conversation for this user.
        """
        return readers(self._access, self._marks, actor_id, kind, dst_id, seq)

    def member_marks(self, actor_id: int, kind: int, dst_id: int) -> list[MemberMark]:
        """How far everybody else has read who shows it; see `readers.member_marks`."""
        return member_marks(self._access, self._marks, actor_id, kind, dst_id)

    def card(self, actor_id: int, kind: int, dst_id: int, seq: int) -> Card:
        """Whom or what the card shows that is entry `seq`.

        Raises:
            NotFound: no such card for this user.
        """
        return cards.look_at(self._access, actor_id, kind, dst_id, seq)

    def sync(self, actor_id: int, cursor: str, revision: int | None = None) -> SyncAnswer:
        """The conversations that changed since `cursor`, each with its newest entries, and what the actor
        made of them since `revision`.

        Call it after the chat socket is open: then nothing falls between the two.
        """
        since = Cursor.read(cursor)
        marks_revision, settled = self._marks.revision(), self._horizon.settled()
        touched = self._marks.touched(actor_id) | self._deliveries.touched(actor_id)
        found = changed(actor_id, since, touched)
        more, found = len(found) > limits.SYNC_CONVERSATIONS, found[: limits.SYNC_CONVERSATIONS]
        stands = [self._stand(actor_id, row) for row in found]

        def look() -> tuple[_Beside, Since]:
            return self._beside(actor_id, stands), self._talk_settings.since(actor_id, revision)

        beside, own = self._reading(look)
        states = [_state(stand, beside) for stand in stands]
        following = since.following(_heads(stands, settled), marks_revision, more)
        return SyncAnswer(
            states, str(following), more or own.more, own.revision, own.settings, own.erased, own.heard
        )

    def _stand(self, actor_id: int, row: Row) -> _Stand:
        conversation, join_seq, read_seq, delivered_seq, peer_read_seq, peer_delivered_seq, thinned = row
        peer_id = peer_read = peer_delivered = 0
        if conversation.kind == SINGLE:
            peer_id = conversation.low_id + conversation.high_id - actor_id
            if peer_read_seq is not None:
                peer_read, peer_delivered = self._marks_of(
                    peer_id, conversation.id, peer_read_seq, peer_delivered_seq
                )
        read, delivered = self._marks_of(actor_id, conversation.id, max(read_seq, join_seq), delivered_seq)
        return _Stand(
            conversation, peer_id, join_seq, read, peer_read, delivered, peer_delivered, bool(thinned)
        )

    def _beside(self, actor_id: int, stands: Sequence[_Stand]) -> _Beside:
        thinned = {stand.conversation.id for stand in stands if stand.is_thinned}
        return _Beside(
            entries=self._newest.of(actor_id, [stand.conversation for stand in stands], thinned),
            asides=_asides(stands),
            mentions=_mentions(actor_id, stands),
        )

    def _marks_of(self, user_id: int, conversation_id: int, read: int, delivered: int) -> tuple[int, int]:
        """How far somebody has read and received, written or not; who has read has received."""
        read = max(read, self._marks.pending(user_id, conversation_id))
        return read, max(delivered, read, self._deliveries.pending(user_id, conversation_id))


def _state(stand: _Stand, beside: _Beside) -> ConversationState:
    conversation = stand.conversation
    return ConversationState(
        cmd=conversation.kind,
        dstid=stand.peer_id or conversation.low_id,
        last_seq=conversation.last_seq,
        join_seq=stand.join_seq,
        read_seq=stand.read_seq,
        peer_read_seq=stand.peer_read_seq,
        delivered_seq=stand.delivered_seq,
        peer_delivered_seq=stand.peer_delivered_seq,
        mentioned=beside.mentions.get(conversation.id, 0),
        unread=max(0, conversation.last_seq - stand.read_seq - beside.asides.get(conversation.id, 0)),
        entries=[entry for entry in beside.entries[conversation.id] if entry.seq > stand.join_seq],
        gap=conversation.last_seq - limits.SYNC_ENTRIES > stand.join_seq,
    )


def _heads(stands: Sequence[_Stand], settled: int) -> list[tuple[int, bool]]:
    """The conversations' last ids, and whether an entry with a smaller one may still be on its way."""
    return [(stand.conversation.last_id, stand.conversation.last_id > settled) for stand in stands]


def _asides(stands: Sequence[_Stand]) -> dict[int, int]:
    """conversation_id to how many entries above the read mark nobody has to read."""
    unread = _unread(stands)
    if not unread:
        return {}
    statement, values = _ASIDES.given(unread)
    return dict(db.session.execute(statement, values).all())


def _mentions(actor_id: int, stands: Sequence[_Stand]) -> dict[int, int]:
    """conversation_id to the newest entry above the read mark that mentions the actor."""
    unread = _unread(stands)
    if not unread:
        return {}
    statement, values = _MENTIONS.given(unread)
    return dict(db.session.execute(statement, values | {"actor_id": actor_id}).all())


def _unread(stands: Sequence[_Stand]) -> list[tuple[int, int]]:
    """The conversations with entries above the read mark, and the mark."""
    return [
        (stand.conversation.id, stand.read_seq)
        for stand in stands
        if stand.conversation.last_seq > stand.read_seq
    ]
