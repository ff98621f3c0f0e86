"""What news did not bring, read from the log: for a process that heard of something too late, or never.

An entry that is read tells all that its news would have: also who came and who went by it.
"""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, NamedTuple

from sqlalchemy import and_, bindparam, func, select

from fastim.backends.log import Shelf, Span
from fastim.backends.questions import Questions
from fastim.models import Amended, Contact, Conversation, Message, Position, Reaction
from fastim.models.contact import COMMUNITY
from fastim.protocol import codec, frames
from fastim.protocol.events import (
    CommunityChanged,
    CommunityJoined,
    CommunityLeft,
    EntryAdded,
    Event,
    FloorChanged,
    RolesChanged,
    ViewDoubted,
)
from fastim.services import entries
from fastim.services.conversations import GROUP, SINGLE

Row = tuple[Any, ...]
Reactions = tuple[frames.Reaction, ...]

_NEWEST = select(func.max(Message.id))
_MOVED = (
    select(
        Conversation.id,
        Conversation.kind,
        Conversation.low_id,
        Conversation.high_id,
        func.max(Message.seq),
    )
    .join(Message, Message.conversation_id == Conversation.id)
    .where(Message.id > bindparam("after_id"), Message.id <= bindparam("to_id"))
    .group_by(Conversation.id, Conversation.kind, Conversation.low_id, Conversation.high_id)
)
_ENTRIES = (
    select(
        Conversation.id,
        Conversation.kind,
        Conversation.low_id,
        Conversation.high_id,
        Message.id,
        Message.seq,
        Message.time_ms,
        Message.sender_id,
        Message.media,
        Message.body,
        Message.msgid,
    )
    .join(Message, Message.conversation_id == Conversation.id)
    .where(
        Conversation.id == bindparam("conversation_id"),
        Message.seq > bindparam("after"),
        Message.seq <= bindparam("to"),
    )
    .order_by(Message.seq)
)
_LAST_SEQ = (
    select(Message.seq)
    .where(
        Message.conversation_id == bindparam("conversation_id"),
        Message.seq <= bindparam("to"),
        Message.id <= bindparam("to_id"),
    )
    .order_by(Message.seq.desc())
    .limit(1)
)
_TALKS = (
    select(
        Conversation.id, Conversation.kind, Conversation.low_id, Conversation.high_id, Conversation.last_seq
    )
    .join(Conversation, Conversation.id == Position.conversation_id)
    .select_from(Position)
    .where(
        Position.user_id == bindparam("user_id"),
        Conversation.kind == SINGLE,
        Conversation.last_id > bindparam("after_id"),
    )
)
_ENDS = (
    select(
        Conversation.id, Conversation.kind, Conversation.low_id, Conversation.high_id, Conversation.last_seq
    )
    .join(
        Conversation,
        and_(Conversation.kind == GROUP, Conversation.low_id == Contact.dstobj, Conversation.high_id == 0),
    )
    .select_from(Contact)
    .where(Contact.ownerid == bindparam("user_id"), Contact.cate == COMMUNITY)
)
_END = select(Conversation.id, Conversation.last_seq).where(
    Conversation.kind == GROUP,
    Conversation.low_id == bindparam("community_id"),
    Conversation.high_id == 0,
)


_REACTIONS = select(Reaction.emoji, Reaction.user_id).where(Reaction.message_id == bindparam("message_id"))
_PLACE = select(Conversation.kind, Conversation.low_id, Conversation.high_id).where(
    Conversation.id == bindparam("conversation_id")
)
_AT_ONCE = 1000
_BACK_AT_ONCE = 20
_NAMES = ("id", "seq", "time_ms", "sender_id", "media", "body", "msgid")
_PENDING = select(Amended.message_id, Amended.rev, Amended.body).where(
    Amended.conversation_id == bindparam("conversation_id")
)


class Moved(NamedTuple):
    """A conversation with new entries."""

    conversation_id: int
    kind: int
    low_id: int
    high_id: int
    last_seq: int


OriginOf = Callable[[int, int, str, str], str]
"""As `Messages.origin_of`: the log does not know which connection a message came from."""


class Missed:
    """Asks the database, and the shelf beside it if there is one, without an app context."""

    def __init__(
        self, questions: Questions, shelf: Shelf | None = None, origin_of: OriginOf = lambda *of: ""
    ) -> None:
        self._ask = questions.ask
        self._shelf = shelf
        self._origin_of = origin_of

    def newest_id(self) -> int:
        """The highest id of all entries."""
        ((newest,),) = self._ask(_NEWEST)
        return max(newest or 0, self._shelf.newest_id() if self._shelf is not None else 0)

    def moved(self, after_id: int, to_id: int) -> list[Moved]:
        """The conversations that have entries with these ids."""
        moved = {row[0]: Moved(*row) for row in self._ask(_MOVED, after_id=after_id, to_id=to_id)}
        for conversation_id, seq in self._moved_on_shelf(after_id, to_id).items():
            known = moved.get(conversation_id)
            if known is not None:
                moved[conversation_id] = known._replace(last_seq=max(seq, known.last_seq))
            else:
                for place in self._ask(_PLACE, conversation_id=conversation_id):
                    moved[conversation_id] = Moved(conversation_id, place[0], place[1], place[2], seq)
        return list(moved.values())

    def _moved_on_shelf(self, after_id: int, to_id: int) -> dict[int, int]:
        """conversation_id to its highest seq of these ids."""
        ends: dict[int, int] = {}
        rows = self._shelf.follow(after_id, to_id + 1, _AT_ONCE) if self._shelf is not None else []
        while rows and self._shelf is not None:
            for row in rows:
                ends[row.conversation_id] = max(row.seq, ends.get(row.conversation_id, 0))
            rows = self._shelf.follow(rows[-1].id, to_id + 1, _AT_ONCE)
        return ends

    def ends(self, user_id: int) -> list[Moved]:
        """The groups that a user is in."""
        return [Moved(*row) for row in self._ask(_ENDS, user_id=user_id)]

    def talks(self, user_id: int, after_id: int) -> list[Moved]:
        """A user's talks with one other person that have entries with higher ids."""
        return [Moved(*row) for row in self._ask(_TALKS, user_id=user_id, after_id=after_id)]

    def last_seq(self, conversation_id: int, to: int, to_id: int) -> int:
        """The last seq up to `to` of an entry whose id is at most `to_id`; 0 if there is none."""
        found = self._ask(_LAST_SEQ, conversation_id=conversation_id, to=to, to_id=to_id)
        last = found[0][0] if found else 0
        if self._shelf is None:
            return last
        span = Span(conversation_id, last, to + 1)
        while rows := self._shelf.walk(span, _BACK_AT_ONCE, newest_first=True):
            for row in rows:
                if row.id <= to_id:
                    return row.seq
            span = span._replace(below=rows[-1].seq)
        return last

    def end(self, community_id: int) -> tuple[int, int]:
        """A group's conversation, and its last seq; zeros if there is none."""
        for conversation_id, last_seq in self._ask(_END, community_id=community_id):
            return conversation_id, last_seq
        return 0, 0

    def entries(self, conversation_id: int, after: int, to: int) -> list[list[Event]]:
        """What was told with the entries above seq `after` up to `to`, in their order."""
        found = self._ask(_ENTRIES, conversation_id=conversation_id, after=after, to=to)
        rows: dict[int, Row] = {row[5]: row for row in found}
        if self._shelf is not None:
            for row in self._on_shelf(self._shelf, Span(conversation_id, after, to + 1)):
                rows.setdefault(row[5], row)
        return [self._events(rows[seq]) for seq in sorted(rows)]

    def _on_shelf(self, shelf: Shelf, span: Span) -> list[Row]:
        """As the database answers `_ENTRIES`."""
        places = self._ask(_PLACE, conversation_id=span.conversation_id)
        pending = {row[0]: row[1:] for row in self._ask(_PENDING, conversation_id=span.conversation_id)}
        rows = []
        for one in shelf.spans([span]) if places else ():
            rev, body = pending.get(one.id, (0, ""))
            if rev > one.rev:
                one.body = body
            rows.append((span.conversation_id, *places[0], *(getattr(one, name) for name in _NAMES)))
        return rows

    def _events(self, row: Row) -> list[Event]:
        """What an entry tells as it is now.

        Whoever reacted to it sees that as their own, which one frame for all cannot say: they come back.
        """
        message_id, body = row[4], entries.read_body(row[9])
        origin = self._origin_of(row[0], row[7], row[10] or "", row[9])
        if not body.reacted:
            return _events(row, body, (), origin)
        reactors: dict[str, list[int]] = {}
        for emoji, user_id in self._ask(_REACTIONS, message_id=message_id):
            reactors.setdefault(emoji, []).append(user_id)
        shown = [frames.Reaction(emoji, len(users), False) for emoji, users in reactors.items()]
        shown.sort(key=lambda reaction: (-reaction.count, reaction.emoji))
        users = {user_id for users in reactors.values() for user_id in users}
        return [ViewDoubted(tuple(users)), *_events(row, body, tuple(shown), origin)]


def _events(row: Row, body: frames.Body, reactions: Reactions, origin: str) -> list[Event]:
    conversation_id, kind, low_id, high_id, *columns = row
    stored: Any = SimpleNamespace(**dict(zip(_NAMES, columns, strict=True)))
    dst_id = low_id
    if kind != GROUP and low_id == stored.sender_id:
        dst_id = high_id
    frame = entries.as_frame(stored, body, kind, dst_id, reactions)
    entry = EntryAdded(
        conversation_id,
        kind,
        stored.sender_id,
        dst_id,
        stored.seq,
        stored.media,
        codec.encode(frame),
        origin,
    )
    if kind != GROUP or stored.media != frames.NOTICE:
        return [entry]
    return [*_changes(conversation_id, low_id, stored.sender_id, body), entry, CommunityChanged(low_id)]


def _changes(conversation_id: int, community_id: int, user_id: int, body: frames.Body) -> list[Event]:
    """What a group's notice changed."""
    found: list[Event] = []
    if body.content in ("joined", "invited"):
        came = [user_id] if body.content == "joined" else [int(one) for one in body.memo.split()]
        found += [CommunityJoined(community_id, conversation_id, one) for one in came]
    elif body.content in ("left", "removed"):
        gone = user_id if body.content == "left" else body.amount
        found.append(CommunityLeft(community_id, conversation_id, gone))
    else:
        found.append(RolesChanged(community_id, tuple({user_id, body.amount} - {0})))
        found.append(FloorChanged(community_id))
    return found
