"""Finding messages: in one's own conversations, from one's own time in them, as they are now.

The index only proposes. Each message is looked at before it is shown: whether it is one that the asker may
read, and whether it still says what is looked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import select

from fastim.backends.search import LAST, SearchIndex, Sought, Term
from fastim.errors import BadRequest, NotFound
from fastim.models import Conversation, Position, db
from fastim.protocol import frames, limits
from fastim.protocol.search import Found, Hit
from fastim.services import entries, log_rows
from fastim.services.conversations import GROUP, SINGLE
from fastim.services.reading import Reading
from fastim.services.search_text import KINDS, LINK, kinds_of, of_kind, of_sender, text_of
from fastim.services.search_words import Query, parse

_NEAR = 500
"""Ids that a search within a time looks at more: eight statements less than finding the very first."""


class Wanted(msgspec.Struct, frozen=True):
    """A search. Everything but who asks may be left out, though not all of text, sender and kind."""

    text: str = ""
    kind: int = 0
    dst_id: int = 0
    """The one conversation to search, as frames address it; 0 for all."""
    sender_id: int = 0
    media: str = ""
    """A name in `search_text.KINDS`, or `link`."""
    since_ms: int = 0
    until_ms: int = 0
    """From the first on and before the second; 0 for any time."""
    before: int = 0
    """Continue after this `before` of an answer."""
    limit: int = limits.SEARCH_PAGE


class _Place(NamedTuple):
    """A conversation as the asker stands in it."""

    kind: int
    peer_id: int
    join_seq: int
    last_id: int


class _Looking(NamedTuple):
    actor_id: int
    wanted: Wanted
    query: Query
    terms: list[Term]
    places: dict[int, _Place]
    """By conversation id, the one with the newest entry first."""


class Search:
    """Needs an app context."""

    def __init__(self, index: SearchIndex, reading: Reading) -> None:
        self._index = index
        self._reading = reading

    def messages(self, actor_id: int, wanted: Wanted) -> Found:
        """Messages that the actor may read and that have all that is wanted, the newest first.

        Raises:
            BadRequest: nothing to look for, or no such kind.
            NotFound: no such conversation for this user.
            Unavailable: the index cannot be read now.
        """
        query = parse(wanted.text[: limits.SEARCH_CHARS])
        terms = _terms(wanted, query)
        if not terms:
            raise BadRequest(field="text")
        places = _places(actor_id, wanted)
        looking = _Looking(actor_id, wanted, query, terms, places)
        above = _ids_around(wanted.since_ms)[0] if wanted.since_ms else 0
        below = min(wanted.before or LAST, _ids_around(wanted.until_ms)[1] if wanted.until_ms else LAST)
        return self._look(looking, above, below)

    def _look(self, looking: _Looking, above: int, below: int) -> Found:
        limit = max(1, min(looking.wanted.limit, limits.SEARCH_MOST))
        hits: list[Hit] = []
        for _ in range(limits.SEARCH_ROUNDS):
            asked = max(limits.SEARCH_PAGE, 2 * (limit - len(hits)))
            ids = self._candidates(looking, above, below, asked)
            for message_id, hit in self._checked(looking, ids):
                if len(hits) == limit:  # one more candidate: there may be more
                    return Found(hits, below)
                below = message_id
                if hit is not None:
                    hits.append(hit)
            if len(ids) < asked:
                return Found(hits, 0)
        return Found(hits, below)

    def _checked(self, looking: _Looking, ids: Sequence[int]) -> list[tuple[int, Hit | None]]:
        """Each id with its message, if it still is one that the actor may and wants to read, and looked
        for."""
        if not ids:
            return []
        rows = self._reading(lambda: log_rows.kept_by_ids(looking.actor_id, ids))
        return [(message_id, _hit(looking, rows.get(message_id))) for message_id in ids]

    def _candidates(self, looking: _Looking, above: int, below: int, limit: int) -> list[int]:
        """The newest ids that the index has, over all of the conversations."""
        conversation_ids = list(looking.places)
        if not conversation_ids:  # an index that is off says so all the same
            return self._index.find(Sought((), looking.terms))
        found: list[int] = []
        for start in range(0, len(conversation_ids), limits.SEARCH_TOGETHER):
            some = conversation_ids[start : start + limits.SEARCH_TOGETHER]
            if len(found) == limit:
                above = max(above, found[-1])
            if looking.places[some[0]].last_id <= above:
                break  # neither these nor those after them have anything newer
            found.extend(self._index.find(Sought(some, looking.terms, above, below, limit)))
            found = sorted(found, reverse=True)[:limit]
        return found


def _terms(wanted: Wanted, query: Query) -> list[Term]:
    terms = list(query.words)
    if wanted.media:
        if wanted.media not in (*KINDS, LINK):
            raise BadRequest(field="media")
        terms.append(of_kind(wanted.media))
    if wanted.sender_id:
        terms.append(of_sender(wanted.sender_id))
    if wanted.text.strip() and not query.parts:
        return []  # signs alone: not the same as no text
    return terms


def _places(actor_id: int, wanted: Wanted) -> dict[int, _Place]:
    """The conversations that the actor is in and that have anything to show."""
    query = (
        select(
            Conversation.id,
            Conversation.kind,
            Conversation.low_id,
            Conversation.high_id,
            Conversation.last_id,
            Position.join_seq,
        )
        .join(Position, Position.conversation_id == Conversation.id)
        .where(Position.user_id == actor_id, Position.active)
        .order_by(Conversation.last_id.desc())
    )
    if wanted.kind:
        low, high = sorted((actor_id, wanted.dst_id)) if wanted.kind == SINGLE else (wanted.dst_id, 0)
        query = query.where(
            Conversation.kind == wanted.kind, Conversation.low_id == low, Conversation.high_id == high
        )
    else:
        query = query.where(Conversation.last_seq > Position.join_seq)
    places: dict[int, _Place] = {}
    for conversation_id, kind, low_id, high_id, last_id, join_seq in db.session.execute(query):
        peer_id = low_id if kind == GROUP or low_id != actor_id else high_id
        places[conversation_id] = _Place(kind, peer_id, join_seq, last_id)
    if wanted.kind and not places:
        raise NotFound
    return places


def _hit(looking: _Looking, row: Any) -> Hit | None:
    wanted = looking.wanted
    place = looking.places.get(row.conversation_id) if row is not None else None
    if place is None or row.seq <= place.join_seq or row.media >= frames.NOTICE:
        return None
    if wanted.sender_id and row.sender_id != wanted.sender_id:
        return None
    if row.time_ms < wanted.since_ms or (wanted.until_ms and row.time_ms >= wanted.until_ms):
        return None
    body = entries.read_body(row.body)
    if body.recalled or (wanted.media and wanted.media not in kinds_of(row.media, body)):
        return None
    text = text_of(row.media, body)
    ranges = looking.query.find(text)
    if looking.query.parts and not ranges:
        return None
    is_to_me = place.kind == SINGLE and row.sender_id != looking.actor_id
    dst_id = looking.actor_id if is_to_me else place.peer_id
    return Hit(entries.as_frame(row, body, place.kind, dst_id), text, ranges)


def _ids_around(time_ms: int) -> tuple[int, int]:
    """Ids (low, high): none up to low is as late as `time_ms`, all from high on are.

    Ids and times grow together, unless a clock is set. The two are near each other, no more: each message's
    own time is looked at anyway.
    """
    low, high = 0, log_rows.newest_id() + 1
    while high - low > _NEAR:
        middle = (low + high) // 2
        row = log_rows.following(middle)
        if row is None or row.time_ms >= time_ms:
            high = middle + 1
        else:
            low = row.id
    return low, high
