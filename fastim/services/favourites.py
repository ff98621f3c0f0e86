"""Messages that a person keeps. The list says what the messages say now; a recalled one is gone from it."""

from __future__ import annotations

import time
from collections.abc import Iterator

from sqlalchemy import ColumnElement, Select, delete, func, select
from sqlalchemy.exc import IntegrityError

from fastim.backends.bus import Bus
from fastim.errors import Refused
from fastim.models import Conversation, Favourite, Message, db
from fastim.protocol import codec, frames, limits, sync
from fastim.protocol.events import Signal
from fastim.services import entries, log_rows
from fastim.services.access import Access
from fastim.services.conversations import SINGLE
from fastim.services.log_rows import Row
from fastim.services.references import visible_message
from fastim.services.transaction import Transaction, transaction


class Favourites:
    """Needs an app context. Every method acts as `actor_id`."""

    def __init__(self, bus: Bus, access: Access) -> None:
        self._bus = bus
        self._access = access

    def keep(self, actor_id: int, kind: int, dst_id: int, seq: int) -> None:
        """Keep a message; one that is kept stays so.

        Raises:
            NotFound: no such conversation for this user.
            Refused: `no_such_message` or `too_many_favourites`.
        """
        message_id = visible_message(self._access, actor_id, kind, dst_id, seq).id
        mine = select(Favourite.id).where(Favourite.user_id == actor_id, Favourite.message_id == message_id)
        try:
            with transaction(self._bus) as tx:
                if db.session.scalar(mine) is not None:
                    return
                count = select(func.count()).where(Favourite.user_id == actor_id)
                if (db.session.scalar(count) or 0) >= limits.FAVOURITES:
                    raise Refused("too_many_favourites")
                now_ms = time.time_ns() // 1_000_000
                db.session.add(Favourite(user_id=actor_id, message_id=message_id, saved_ms=now_ms))
                db.session.flush()
                _tell(tx, actor_id)
        except IntegrityError:  # kept at another device at this moment
            return

    def drop(self, actor_id: int, favourite_id: int) -> None:
        """Keep a message no longer; nothing happens where it is not kept."""
        with transaction(self._bus) as tx:
            db.session.execute(
                delete(Favourite).where(Favourite.user_id == actor_id, Favourite.id == favourite_id)
            )
            _tell(tx, actor_id)

    def page(
        self, actor_id: int, sought: str, media: int, before: int
    ) -> tuple[list[sync.Favourite], bool]:
        """The newest kept ones below id `before` (0 for all), and whether there are more.

        Args:
            sought: a text that the message or its file's name must have; "" for any.
            media: one kind of messages; 0 for all.
        """
        found: list[sync.Favourite] = []
        for favourite in self._matching(actor_id, sought.strip().casefold(), media, before):
            if len(found) == limits.FAVOURITES_PAGE:
                return found, True
            found.append(favourite)
        return found, False

    def _matching(self, actor_id: int, sought: str, media: int, before: int) -> Iterator[sync.Favourite]:
        for favourite, row, conversation in _kept(actor_id, sought, media, before):
            body = entries.read_body(row.body)
            if not sought or any(sought in text.casefold() for text in _texts(body)):
                yield _view(actor_id, favourite, row, body, conversation)


def _kept(
    actor_id: int, sought: str, media: int, before: int
) -> Iterator[tuple[Favourite, Row, Conversation]]:
    """The newest first; the database leaves out what it can tell that it is not sought."""
    query = select(Favourite).where(Favourite.user_id == actor_id).order_by(Favourite.id.desc())
    if before:
        query = query.where(Favourite.id < before)
    if log_rows.shelf() is not None:
        yield from _kept_on_shelf(query, media)
        return
    whole = (
        query.join(Message, Message.id == Favourite.message_id)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .add_columns(Message, Conversation)
    )
    if media:
        whole = whole.where(Message.media == media)
    if sought:
        whole = whole.where(_may_say(sought))
    yield from ((one, message, talk) for one, message, talk in db.session.execute(whole))


def _kept_on_shelf(query: Select[Favourite], media: int) -> Iterator[tuple[Favourite, Row, Conversation]]:
    """As many at a time as an answer has."""
    favourites = list(db.session.scalars(query))
    for start in range(0, len(favourites), limits.FAVOURITES_PAGE):
        some = favourites[start : start + limits.FAVOURITES_PAGE]
        rows = log_rows.by_ids([one.message_id for one in some])
        wanted = {row.conversation_id for row in rows.values()}
        found = db.session.scalars(select(Conversation).where(Conversation.id.in_(wanted)))
        conversations = {one.id: one for one in found}
        for favourite in some:
            row = rows.get(favourite.message_id)
            if row is not None and media in (0, row.media):
                yield favourite, row, conversations[row.conversation_id]


def _may_say(sought: str) -> ColumnElement[bool]:
    """What the database can tell; names of fields match too, so the texts are looked at after it."""
    as_json = codec.encode(sought).decode()[1:-1]
    return func.lower(Message.body).contains(as_json, autoescape=True)


def _texts(body: frames.Body) -> Iterator[str]:
    yield body.content
    yield body.memo
    for item in body.record:
        yield from (item.content, item.memo)


def _view(
    actor_id: int,
    favourite: Favourite,
    message: Row,
    body: frames.Body,
    conversation: Conversation,
) -> sync.Favourite:
    peer_id = conversation.low_id
    if conversation.kind == SINGLE and peer_id == actor_id:
        peer_id = conversation.high_id
    is_theirs = conversation.kind == SINGLE and message.sender_id != actor_id
    return sync.Favourite(
        id=favourite.id,
        saved=favourite.saved_ms,
        dstid=peer_id,
        entry=entries.as_frame(message, body, conversation.kind, actor_id if is_theirs else peer_id),
    )


def _tell(tx: Transaction, actor_id: int) -> None:
    tx.emit(Signal((actor_id,), codec.encode(frames.Changed("favourites"))))
