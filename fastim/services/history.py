"""Reading the log: pages of a conversation, and what changed since a device was here last."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, func, or_, select

from fastim.errors import BadRequest
from fastim.models import Aside, Conversation, Mention, Message, Position, User, db
from fastim.protocol import limits
from fastim.protocol.sync import EVERYBODY, ConversationState, HistoryPage, Readers, SyncAnswer
from fastim.protocol.views import Card
from fastim.services import cards
from fastim.services.access import Access
from fastim.services.conversations import SINGLE
from fastim.services.marks import Marks
from fastim.services.readers import readers
from fastim.services.rows import COLUMNS, Reactions, Stored, as_frames, is_kept, reactions_to
from fastim.services.talk_settings import TalkSettings

_OVERLAP_MS = 10_000
"""Commits may become visible in another order than their ids were given out, though not for longer than
a transaction may last; so a cursor stays this far behind, and a client drops what it has by seq."""


class _Beside(NamedTuple):
    """What the entries alone do not say, by conversation id; the reactions by message id."""

    peers: dict[int, int]
    asides: dict[int, int]
    mentions: dict[int, int]
    reactions: Reactions


class History:
    """Answers from the database; needs an app context."""

    def __init__(self, access: Access, marks: Marks, talk_settings: TalkSettings) -> None:
        self._access = access
        self._marks = marks
        self._talk_settings = talk_settings

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
        query = select(*COLUMNS).where(
            Message.conversation_id == standing.conversation_id,
            Message.seq > standing.join_seq,
            is_kept(actor_id),
        )
        if after:
            query = query.where(Message.seq > after).order_by(Message.seq)
        else:
            if before:
                query = query.where(Message.seq < before)
            query = query.order_by(Message.seq.desc())
        rows = list(db.session.execute(query.limit(limit + 1)))
        gap, rows = len(rows) > limit, rows[:limit]
        if not after:
            rows.reverse()
        return HistoryPage(as_frames(rows, kind, actor_id, dst_id, reactions_to(actor_id, rows)), gap)

    def readers(self, actor_id: int, kind: int, dst_id: int, seq: int) -> Readers:
        """Who else has read entry `seq`, and who has not.

        Raises:
            NotFound: no such conversation for this user.
        """
        return readers(self._access, self._marks, actor_id, kind, dst_id, seq)

    def card(self, actor_id: int, kind: int, dst_id: int, seq: int) -> Card:
        """Whom or what the card shows that is entry `seq`.

        Raises:
            NotFound: no such card for this user.
        """
        return cards.look_at(self._access, actor_id, kind, dst_id, seq)

    def sync(self, actor_id: int, cursor: str, revision: int = 0) -> SyncAnswer:
        """The conversations that changed since `cursor`, each with its newest entries, and what the actor
        made of them since `revision`.

        Call it after the chat socket is open: then nothing falls between the two.
        """
        since_id, since_ms = _read_cursor(cursor)
        now_ms = time.time_ns() // 1_000_000
        changed: ColumnElement[bool] = Conversation.last_id > since_id
        if cursor:
            changed = or_(changed, and_(Position.marked_ms > since_ms, Conversation.last_id > 0))
        query = (
            select(Conversation, Position)
            .join(Position, Position.conversation_id == Conversation.id)
            .where(Position.user_id == actor_id, Position.active, changed)
            .order_by(Conversation.last_id, Conversation.id)
            .limit(limits.SYNC_CONVERSATIONS + 1)
        )
        found = list(db.session.execute(query))
        more, found = len(found) > limits.SYNC_CONVERSATIONS, found[: limits.SYNC_CONVERSATIONS]
        conversations = [row[0] for row in found]
        entries = _newest(actor_id, conversations)
        beside = _Beside(
            peers=self._peer_marks(actor_id, conversations),
            asides=_asides(actor_id, conversations),
            mentions=_mentions(actor_id, conversations),
            reactions=reactions_to(actor_id, [row for rows in entries.values() for row in rows]),
        )
        states = [
            self._state(actor_id, conversation, position, entries.get(conversation.id, []), beside)
            for conversation, position in found
        ]
        if more:
            next_cursor = f"{conversations[-1].last_id}-{since_ms}"
        else:
            next_cursor = f"{_settled(conversations, entries, since_id)}-{now_ms - _OVERLAP_MS}"
        own = self._talk_settings.since(actor_id, revision)
        return SyncAnswer(states, next_cursor, more or own.more, own.revision, own.settings, own.erased)

    def _state(
        self,
        actor_id: int,
        conversation: Conversation,
        position: Position,
        entries: list[Stored],
        beside: _Beside,
    ) -> ConversationState:
        peer_id = conversation.low_id
        if conversation.kind == SINGLE and peer_id == actor_id:
            peer_id = conversation.high_id
        rows = [row for row in entries if row.seq > position.join_seq]
        read_seq = max(position.read_seq, position.join_seq, self._marks.pending(actor_id, conversation.id))
        return ConversationState(
            cmd=conversation.kind,
            dstid=peer_id,
            last_seq=conversation.last_seq,
            join_seq=position.join_seq,
            read_seq=read_seq,
            peer_read_seq=beside.peers.get(conversation.id, 0),
            mentioned=_above(read_seq, beside.mentions.get(conversation.id, 0)),
            unread=max(0, conversation.last_seq - read_seq - beside.asides.get(conversation.id, 0)),
            entries=as_frames(rows, conversation.kind, actor_id, peer_id, beside.reactions),
            gap=bool(rows) and rows[0].seq > position.join_seq + 1,
        )

    def _peer_marks(self, actor_id: int, conversations: Sequence[Conversation]) -> dict[int, int]:
        """conversation_id to what the other person has read, where both show such things."""
        peers = {
            c.id: c.high_id if c.low_id == actor_id else c.low_id for c in conversations if c.kind == SINGLE
        }
        if not peers:
            return {}
        mine = select(User.shows_receipts).where(User.id == actor_id).scalar_subquery()
        query = (
            select(Position.conversation_id, Position.read_seq)
            .join(User, User.id == Position.user_id)
            .where(
                Position.conversation_id.in_(peers),
                Position.user_id != actor_id,
                User.shows_receipts,
                mine.is_(True),
            )
        )
        return {
            key: max(seq, self._marks.pending(peers[key], key)) for key, seq in db.session.execute(query)
        }


def _settled(conversations: Sequence[Conversation], entries: dict[int, list[Stored]], since_id: int) -> int:
    """The largest id among the answered ones below which no commit can appear any more."""
    horizon = time.time_ns() // 1_000_000 - _OVERLAP_MS
    old, young = [since_id], list[int]()
    for conversation in conversations:
        rows = entries.get(conversation.id)
        is_young = rows is not None and rows[-1].time_ms > horizon
        (young if is_young else old).append(conversation.last_id)
    return max(since_id, min([max(old), *(last_id - 1 for last_id in young)]))


def _newest(actor_id: int, conversations: Sequence[Conversation]) -> dict[int, list[Stored]]:
    """conversation_id to its newest entries, in the order of seq."""
    ranges = [
        and_(Message.conversation_id == c.id, Message.seq > c.last_seq - limits.SYNC_ENTRIES)
        for c in conversations
        if c.last_seq
    ]
    found: dict[int, list[Stored]] = {}
    if ranges:
        query = (
            select(Message.conversation_id, *COLUMNS)
            .where(or_(*ranges), is_kept(actor_id))
            .order_by(Message.conversation_id, Message.seq)
        )
        for row in db.session.execute(query):
            found.setdefault(row.conversation_id, []).append(row)
    return found


def _asides(actor_id: int, conversations: Sequence[Conversation]) -> dict[int, int]:
    """conversation_id to how many entries above the stored read mark nobody has to read."""
    query = (
        select(Aside.conversation_id, func.count())
        .join(Position, Position.conversation_id == Aside.conversation_id)
        .where(
            Aside.conversation_id.in_([c.id for c in conversations]),
            Position.user_id == actor_id,
            Aside.seq > Position.read_seq,
            Aside.seq > Position.join_seq,
        )
        .group_by(Aside.conversation_id)
    )
    return dict(db.session.execute(query).all())


def _mentions(actor_id: int, conversations: Sequence[Conversation]) -> dict[int, int]:
    """conversation_id to the newest entry above the stored read mark that mentions the actor."""
    query = (
        select(Mention.conversation_id, func.max(Mention.seq))
        .join(Position, Position.conversation_id == Mention.conversation_id)
        .where(
            Mention.conversation_id.in_([c.id for c in conversations]),
            Mention.user_id.in_((actor_id, EVERYBODY)),
            Position.user_id == actor_id,
            Mention.seq > Position.read_seq,
            Mention.seq > Position.join_seq,
        )
        .group_by(Mention.conversation_id)
    )
    return dict(db.session.execute(query).all())


def _above(mark: int, seq: int) -> int:
    return seq if seq > mark else 0


def _read_cursor(cursor: str) -> tuple[int, int]:
    if not cursor:
        return 0, 0
    last_id, _, marked_ms = cursor.partition("-")
    if not (last_id.isascii() and last_id.isdigit() and marked_ms.isascii() and marked_ms.isdigit()):
        raise BadRequest(field="cursor")
    return min(int(last_id), 1 << 62), min(int(marked_ms), 1 << 62)
