"""Entries of a conversation's log that are no messages, written together with what they tell."""

from __future__ import annotations

import time

import msgspec

from fastim.backends.log import Receipt
from fastim.models import Aside, Conversation, Message, db
from fastim.protocol import codec, frames
from fastim.protocol.events import EntryAdded
from fastim.services import log_rows
from fastim.services.log_rows import Row
from fastim.services.transaction import Transaction

read_body = msgspec.json.Decoder(frames.Body).decode


class Place(msgspec.Struct, frozen=True):
    """Where an entry goes, and from whom."""

    conversation: Conversation
    """Locked by the transaction."""
    user_id: int
    dst_id: int
    """The conversation as `user_id` addresses it."""
    time_ms: int


def append(tx: Transaction, place: Place, media: int, body: frames.Body, msgid: str = "") -> Receipt:
    """Add an entry to the log, and tell everybody with the commit.

    Args:
        media: `frames.NOTICE` or above.
    """
    conversation = place.conversation
    tx.note_head(conversation.id, conversation.last_seq)
    message = Message(
        id=log_rows.next_id(),
        conversation_id=conversation.id,
        seq=conversation.last_seq + 1,
        sender_id=place.user_id,
        msgid=msgid or None,
        media=media,
        body=codec.encode(body).decode(),
        time_ms=place.time_ms,
    )
    db.session.add_all((message, Aside(conversation_id=conversation.id, seq=message.seq)))
    db.session.flush()
    conversation.last_seq, conversation.last_id = message.seq, message.id
    db.session.flush()
    entry = as_frame(message, body, conversation.kind, place.dst_id)
    tx.emit(
        EntryAdded(
            conversation.id,
            conversation.kind,
            place.user_id,
            place.dst_id,
            message.seq,
            media,
            codec.encode(entry),
        )
    )
    return Receipt(message.id, message.seq, message.time_ms, True)


def notice(
    tx: Transaction, conversation: Conversation, user_id: int, what: str, memo: str = "", amount: int = 0
) -> int:
    """Tell a group what `user_id` did, as docs/protocol.md lists it; the entry's seq."""
    place = Place(conversation, user_id, conversation.low_id, time.time_ns() // 1_000_000)
    return append(tx, place, frames.NOTICE, frames.Body(content=what, memo=memo, amount=amount)).seq


def as_frame(
    row: Row, body: frames.Body, kind: int, dst_id: int, reactions: tuple[frames.Reaction, ...] = ()
) -> frames.Entry:
    """A stored entry as it is delivered."""
    return frames.Entry(
        id=row.id,
        seq=row.seq,
        time=row.time_ms,
        userid=row.sender_id,
        cmd=kind,
        dstid=dst_id,
        media=row.media,
        content=body.content,
        pic=body.pic,
        url=body.url,
        memo=body.memo,
        amount=body.amount,
        msgid=row.msgid or "",
        target=body.target,
        rev=body.rev,
        edited=body.edited,
        recalled=body.recalled,
        reactions=reactions,
        reply=body.reply,
        at=body.at,
        pinned=body.pinned,
        record=body.record,
    )
