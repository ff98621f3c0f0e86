"""What becomes of a message: recalled, edited, reacted to. Each is an entry of the log, with its own seq.

The message's own row changes in the same transaction, so a page of history says what is true now; its `rev`
is the seq of the last change it shows, so whoever has both knows which is newer.
"""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Callable

from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import IntegrityError

from fastim.backends.bus import Bus
from fastim.backends.log import Receipt
from fastim.errors import Refused, Unavailable
from fastim.models import Attachment, Favourite, Mention, Message, Pin, Reaction, Revision, db
from fastim.protocol import codec, frames, limits
from fastim.services import conversations, entries, log_rows
from fastim.services.access import Access
from fastim.services.conversations import GROUP
from fastim.services.floor import Floor
from fastim.services.log_rows import Entry
from fastim.services.references import visible_message
from fastim.services.repeats import first_receipt
from fastim.services.transaction import transaction

_EMOJI_PARTS = frozenset(("So", "Sk", "Mn", "Me", "Cf"))
"""Symbols, skin tones, variation selectors, the frame of a keycap, joiners."""

Change = Callable[[Entry, frames.Body, int], frames.Body]
"""Changes a message, given its body and the time in ms; what the entry says of it."""


class Amendments:
    """Needs an app context. Every method acts as `actor_id` and answers where its entry stands."""

    def __init__(self, bus: Bus, access: Access, floor: Floor, recall_seconds: int) -> None:
        self._bus = bus
        self._access = access
        self._floor = floor
        self._recall_ms = recall_seconds * 1000

    def recall(self, actor_id: int, wanted: frames.Recall) -> Receipt:
        """Take a message back: its text, files and former versions are gone from every later answer.

        Raises:
            NotFound: no such conversation for this user.
            Refused: `no_such_message`, `not_yours`, `too_late` or `group_dissolved`.
        """
        conversation_id = self._access.standing(actor_id, wanted.kind, wanted.dstid).conversation_id
        if wanted.kind == GROUP:
            self._floor.check_open(wanted.dstid)  # who is muted may still take back

        def change(message: Entry, body: frames.Body, now_ms: int) -> frames.Body:
            if not self._access.leads_still(actor_id, wanted.kind, wanted.dstid):
                _check_own(message, actor_id, now_ms - self._recall_ms)
            _forget_versions(message)
            message.body = _text(frames.Body(recalled=actor_id, rev=body.rev))
            return frames.Body()

        return self._amend(actor_id, conversation_id, wanted, frames.RECALLED, change)

    def edit(self, actor_id: int, wanted: frames.Edit) -> Receipt:
        """Let one's own text say something else; what it said before is kept.

        Raises:
            Refused: `no_such_message`, `not_yours`, `too_late`, `unsupported_media`, `empty_message`,
                `nothing_changed`, or what the conversation's door refuses.
        """
        if not wanted.content:
            raise Refused("empty_message")
        conversation_id = self._door(actor_id, wanted)

        def change(message: Entry, body: frames.Body, now_ms: int) -> frames.Body:
            _check_own(message, actor_id, now_ms - limits.EDIT_SECONDS * 1000)
            if message.media != frames.TEXT:
                raise Refused("unsupported_media")
            if body.content == wanted.content:
                raise Refused("nothing_changed")
            db.session.add(Revision(message_id=message.id, seq=body.rev, body=message.body))
            body.content, body.edited = wanted.content, now_ms
            message.body = _text(body)
            return frames.Body(content=wanted.content)

        return self._amend(actor_id, conversation_id, wanted, frames.EDITED, change)

    def react(self, actor_id: int, wanted: frames.React) -> Receipt:
        """Put an emoji on a message, or take one's own away.

        Raises:
            Refused: `no_such_message`, `bad_emoji`, `too_many_reactions`, `nothing_changed`, or what the
                conversation's door refuses.
        """
        if not is_emoji(wanted.emoji):
            raise Refused("bad_emoji")
        conversation_id = self._door(actor_id, wanted)

        def change(message: Entry, body: frames.Body, now_ms: int) -> frames.Body:
            _put_reaction(Reaction(message_id=message.id, emoji=wanted.emoji, user_id=actor_id), wanted.on)
            body.reacted = True
            message.body = _text(body)
            return frames.Body(content=wanted.emoji, amount=int(wanted.on))

        return self._amend(actor_id, conversation_id, wanted, frames.REACTED, change)

    def pin(self, actor_id: int, wanted: frames.Pin) -> Receipt:
        """Keep a message at hand for everybody, or no longer: in a group its owner and admins may.

        Raises:
            Refused: `no_such_message`, `not_admin`, `nothing_changed`, `too_many_pinned`, or what the
                conversation's door refuses.
        """
        conversation_id = self._door(actor_id, wanted)
        if wanted.kind == GROUP and not self._access.leads(actor_id, wanted.kind, wanted.dstid):
            raise Refused("not_admin")

        def change(message: Entry, body: frames.Body, now_ms: int) -> frames.Body:
            if wanted.kind == GROUP and not self._access.leads_still(actor_id, wanted.kind, wanted.dstid):
                raise Refused("not_admin")
            if body.pinned == wanted.on:
                raise Refused("nothing_changed")
            _put_pin(message, wanted.on, now_ms)
            body.pinned = wanted.on
            message.body = _text(body)
            return frames.Body(amount=int(wanted.on))

        return self._amend(actor_id, conversation_id, wanted, frames.PINNED, change)

    def _door(self, actor_id: int, wanted: frames.Amendment) -> int:
        """The conversation, where the actor may say something in it."""
        conversation_id = self._access.door(actor_id, wanted.kind, wanted.dstid)
        if wanted.kind == GROUP:
            self._floor.check(actor_id, wanted.dstid)
        return conversation_id

    def _check_again(
        self, actor_id: int, conversation_id: int, wanted: frames.Amendment, media: int
    ) -> None:
        """The door was open before the lock; who may not write any more may still take back."""
        is_recall = media == frames.RECALLED
        if is_recall:
            self._access.closed.check(conversation_id, 0)
        else:
            self._access.check_again(actor_id, wanted.kind, wanted.dstid, conversation_id)
        if wanted.kind == GROUP:
            self._floor.ask_again(wanted.dstid)
            if is_recall:
                self._floor.check_open(wanted.dstid)
            else:
                self._floor.check(actor_id, wanted.dstid)

    def _amend(
        self, actor_id: int, conversation_id: int, wanted: frames.Amendment, media: int, change: Change
    ) -> Receipt:
        try:
            with transaction(self._bus) as tx:
                conversation = conversations.locked(conversation_id)
                repeated = first_receipt(actor_id, wanted.msgid)
                if repeated is not None:
                    return repeated
                self._check_again(actor_id, conversation_id, wanted, media)
                message = visible_message(self._access, actor_id, wanted.kind, wanted.dstid, wanted.seq)
                body = entries.read_body(message.body)
                body.rev = conversation.last_seq + 1
                now_ms = time.time_ns() // 1_000_000
                said = change(message, body, now_ms)
                log_rows.rewrite(message, body.rev)
                said.target = wanted.seq
                place = entries.Place(conversation, actor_id, wanted.dstid, now_ms)
                receipt = entries.append(tx, place, media, said, wanted.msgid)
        except IntegrityError as error:  # the same msgid in another conversation at this moment
            raise Unavailable from error
        log_rows.put_on_shelf()
        return receipt


def is_emoji(text: str) -> bool:
    """Whether a text is one emoji or a run of them, and nothing that could be read."""
    is_keycap = text.endswith("\u20e3")
    letters = "0123456789#*" if is_keycap else ""
    kinds = [unicodedata.category(char) for char in text if char not in letters]
    return _EMOJI_PARTS.issuperset(kinds) and (is_keycap or "So" in kinds)


def _text(body: frames.Body) -> str:
    return codec.encode(body).decode()


def _check_own(message: Entry, actor_id: int, since_ms: int) -> None:
    if message.sender_id != actor_id:
        raise Refused("not_yours")
    if message.time_ms < since_ms:
        raise Refused("too_late")


def _forget_versions(message: Entry) -> None:
    """Of a recalled message nothing stays: neither former texts, nor the edits that had them, nor files."""
    edits = select(Revision.seq).where(Revision.message_id == message.id)
    silent = update(Message).where(
        Message.conversation_id == message.conversation_id, Message.seq.in_(edits.scalar_subquery())
    )
    db.session.execute(silent.values(body=_text(frames.Body(target=message.seq))))
    for table in (Revision, Reaction, Attachment, Favourite, Pin):
        db.session.execute(delete(table).where(table.message_id == message.id))
    db.session.execute(
        delete(Mention).where(
            Mention.conversation_id == message.conversation_id, Mention.seq == message.seq
        )
    )


def _put_pin(message: Entry, on: bool, now_ms: int) -> None:
    if not on:
        db.session.execute(delete(Pin).where(Pin.message_id == message.id))
        return
    query = select(func.count()).where(Pin.conversation_id == message.conversation_id)
    if (db.session.scalar(query) or 0) >= limits.PINS:
        raise Refused("too_many_pinned")
    db.session.add(Pin(message_id=message.id, conversation_id=message.conversation_id, pinned_ms=now_ms))


def _put_reaction(reaction: Reaction, on: bool) -> None:
    key = (reaction.message_id, reaction.emoji, reaction.user_id)
    stored = db.session.get(Reaction, key, populate_existing=True)
    if (stored is not None) == on:
        raise Refused("nothing_changed")
    if stored is not None:
        db.session.delete(stored)
        return
    emoji = select(func.count(func.distinct(Reaction.emoji))).where(
        Reaction.message_id == reaction.message_id, Reaction.emoji != reaction.emoji
    )
    if (db.session.scalar(emoji) or 0) >= limits.REACTIONS:
        raise Refused("too_many_reactions")
    db.session.add(reaction)
