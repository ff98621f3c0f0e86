"""Reading the log: pages of a conversation, and what changed since a device was here last."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from fastim.errors import BadRequest
from fastim.models import Aside, Conversation, Erasure, Message, Position, Reaction, db
from fastim.protocol import frames, limits
from fastim.protocol.sync import ConversationState, HistoryPage, Readers, SyncAnswer
from fastim.protocol.views import Card
from fastim.services import cards
from fastim.services import entries as log_entries
from fastim.services.access import Access
from fastim.services.conversations import SINGLE
from fastim.services.marks import Marks
from fastim.services.readers import readers
from fastim.services.talk_settings import TalkSettings

_OVERLAP_MS = 10_000
"""Commits may become visible in another order than their ids were given out, though not for longer than
a transaction may last; so a cursor stays this far behind, and a client drops what it has by seq."""

Stored = Any
"""A row of `_COLUMNS`."""

_COLUMNS = (
    Message.id,
    Message.seq,
    Message.time_ms,
    Message.sender_id,
    Message.media,
    Message.body,
    Message.msgid,
)


Reactions = dict[int, list[frames.Reaction]]
"""By message id."""


class _Beside(NamedTuple):
    """What the entries alone do not say, by conversation id; the reactions by message id."""

    peers: dict[int, int]
    asides: dict[int, int]
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
        query = select(*_COLUMNS).where(
            Message.conversation_id == standing.conversation_id,
            Message.seq > standing.join_seq,
            _is_kept(actor_id),
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
        return HistoryPage(_frames(rows, kind, actor_id, dst_id, _reactions(actor_id, rows)), gap)

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
            reactions=_reactions(actor_id, [row for rows in entries.values() for row in rows]),
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
            unread=max(0, conversation.last_seq - read_seq - beside.asides.get(conversation.id, 0)),
            entries=_frames(rows, conversation.kind, actor_id, peer_id, beside.reactions),
            gap=bool(rows) and rows[0].seq > position.join_seq + 1,
        )

    def _peer_marks(self, actor_id: int, conversations: Sequence[Conversation]) -> dict[int, int]:
        """conversation_id to what the other person has read."""
        peers = {
            c.id: c.high_id if c.low_id == actor_id else c.low_id for c in conversations if c.kind == SINGLE
        }
        if not peers:
            return {}
        query = select(Position.conversation_id, Position.read_seq).where(
            Position.conversation_id.in_(peers), Position.user_id != actor_id
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


def _is_kept(actor_id: int) -> ColumnElement[bool]:
    """The actor did not delete the message for themself."""
    erased = select(Erasure.seq).where(
        Erasure.user_id == actor_id,
        Erasure.conversation_id == Message.conversation_id,
        Erasure.seq == Message.seq,
    )
    return ~erased.exists()


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
            select(Message.conversation_id, *_COLUMNS)
            .where(or_(*ranges), _is_kept(actor_id))
            .order_by(Message.conversation_id, Message.seq)
        )
        for row in db.session.execute(query):
            found.setdefault(row.conversation_id, []).append(row)
    return found


def _frames(
    rows: Sequence[Stored], kind: int, actor_id: int, dst_id: int, reactions: Reactions
) -> list[frames.Entry]:
    """Stored rows as the frames that were delivered: `dstid` is as the sender addressed it."""
    return [
        log_entries.as_frame(
            row,
            log_entries.read_body(row.body),
            kind,
            actor_id if kind == SINGLE and row.sender_id != actor_id else dst_id,
            tuple(reactions.get(row.id, ())),
        )
        for row in rows
    ]


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


def _reactions(actor_id: int, rows: Sequence[Stored]) -> Reactions:
    """To those of the rows that somebody reacted to; the most frequent first."""
    # Within a text every quotation mark is escaped, so only the flag itself looks like this.
    message_ids = [row.id for row in rows if '"reacted":true' in row.body]
    if not message_ids:
        return {}
    count = func.count()
    mine = func.max(case((Reaction.user_id == actor_id, 1), else_=0))
    query = (
        select(Reaction.message_id, Reaction.emoji, count, mine)
        .where(Reaction.message_id.in_(message_ids))
        .group_by(Reaction.message_id, Reaction.emoji)
        .order_by(Reaction.message_id, count.desc(), Reaction.emoji)
    )
    found: Reactions = {}
    for message_id, emoji, number, is_mine in db.session.execute(query):
        found.setdefault(message_id, []).append(frames.Reaction(emoji, number, bool(is_mine)))
    return found


def _read_cursor(cursor: str) -> tuple[int, int]:
    if not cursor:
        return 0, 0
    last_id, _, marked_ms = cursor.partition("-")
    if not (last_id.isascii() and last_id.isdigit() and marked_ms.isascii() and marked_ms.isdigit()):
        raise BadRequest(field="cursor")
    return min(int(last_id), 1 << 62), min(int(marked_ms), 1 << 62)
