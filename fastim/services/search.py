"""Finding messages: in one's own conversations, from one's own time in them, as they are now.

Words, senders and rare kinds are looked up in the index. What none of them narrows down is most of what was
said in a conversation or a time: it is read from the logs themselves. Both only propose. Each message is
looked at before it is shown: whether the asker may read it, and whether it still says what is looked for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import select

from fastim.backends.log import Span
from fastim.backends.search import LAST, SearchIndex, Sought, Term
from fastim.errors import BadRequest, NotFound
from fastim.models import Conversation, Position, db
from fastim.protocol import frames, limits
from fastim.protocol.search import Found, Hit
from fastim.services import entries, log_rows
from fastim.services.conversations import GROUP, SINGLE
from fastim.services.reading import Reading
from fastim.services.search_log import Part, Place, SearchLog
from fastim.services.search_text import KINDS, LINK, kinds_of, of_kind, of_sender, text_of
from fastim.services.search_words import Query, parse

_NEAR_INDEXED, _NEAR_READ = 500, 16
"""Ids that a search within a time looks at more: eight statements less than finding the very first. Few of
500 have what an index finds; of a log each of them would be read."""
_COMMON = "text"
"""The kind of most entries: whoever goes through the log meets one at once, and an index has too many."""

Propose = Callable[[int, int], list[int]]
"""Ids below one, at most so many, the newest first."""


class Wanted(msgspec.Struct, frozen=True):
    """A search. Everything may be left out, though not all of it."""

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


class _Talk(NamedTuple):
    """A conversation as the asker stands in it."""

    kind: int
    peer_id: int
    join_seq: int
    last_seq: int
    last_id: int


class _Looking(NamedTuple):
    actor_id: int
    wanted: Wanted
    query: Query
    terms: list[Term]
    talks: dict[int, _Talk]
    """By conversation id, the one with the newest entry first."""


class Search:
    """Needs an app context."""

    def __init__(self, index: SearchIndex, reading: Reading) -> None:
        self._index = index
        self._reading = reading

    def messages(self, actor_id: int, wanted: Wanted) -> Found:
        """Messages that the actor may read and that have all that is wanted, the newest first.

        Raises:
            BadRequest: `nothing_sought`, or no such kind.
            NotFound: no such conversation for this user.
            Refused: `search_off`.
            Unavailable: the index cannot be read now.
        """
        self._index.find(Sought((), ()))  # one that is off says so, whatever is looked for
        query = parse(wanted.text[: limits.SEARCH_CHARS])
        terms = _terms(wanted, query)
        looking = _Looking(actor_id, wanted, query, terms, _talks(actor_id, wanted))
        near = _NEAR_INDEXED if terms else _NEAR_READ
        above = _ids_around(wanted.since_ms, near)[0] if wanted.since_ms else 0
        end = _ids_around(wanted.until_ms, near)[1] if wanted.until_ms else LAST
        below = min(wanted.before or LAST, end)
        if not terms:
            return self._look(looking, self._from_logs(looking, above, below), below)
        indexed = _Indexed(self._index, looking, above)
        found = self._look(looking, indexed.propose, below)
        found.behind = indexed.is_behind
        return found

    def _look(self, looking: _Looking, propose: Propose, below: int) -> Found:
        limit = max(1, min(looking.wanted.limit, limits.SEARCH_MOST))
        hits: list[Hit] = []
        for _ in range(limits.SEARCH_ROUNDS):
            asked = max(limits.SEARCH_PAGE, 2 * (limit - len(hits)))
            ids = propose(below, asked)
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

    def _from_logs(self, looking: _Looking, above: int, below: int) -> Propose:
        """All entries, of any kind, one answer's after the other."""

        def read(spans: Sequence[Span]) -> list[Place]:
            rows = self._reading(lambda: log_rows.places(spans))
            return [Place(row.id, row.conversation_id, row.seq) for row in rows]

        parts = [
            Part(key, talk.join_seq, talk.last_seq, talk.last_id) for key, talk in looking.talks.items()
        ]
        log = SearchLog(read, parts, above, below)
        return lambda _, count: log.take(count)  # it knows itself where it is


class _Indexed:
    """The newest ids that the index has, over all of the conversations."""

    def __init__(self, index: SearchIndex, looking: _Looking, above: int) -> None:
        self._index = index
        self._looking = looking
        self._above = above
        self.is_behind = False
        """Whether something was committed in these conversations that the index did not know of."""

    def propose(self, below: int, limit: int) -> list[int]:
        talks = self._looking.talks
        conversation_ids = list(talks)
        above = self._above
        found: list[int] = []
        for start in range(0, len(talks), limits.SEARCH_TOGETHER):
            some = conversation_ids[start : start + limits.SEARCH_TOGETHER]
            newest_id = talks[some[0]].last_id
            if len(found) == limit:
                above = max(above, found[-1])
            if newest_id <= above:
                break  # neither these nor those after them have anything newer
            ids, read_to = self._index.find(Sought(some, self._looking.terms, above, below, limit))
            self.is_behind = self.is_behind or newest_id > read_to
            found = sorted([*found, *ids], reverse=True)[:limit]
        return found


def _terms(wanted: Wanted, query: Query) -> list[Term]:
    """What the index is to be asked for; nothing where the logs are to be read.

    Raises:
        BadRequest: `nothing_sought`: nothing at all, or signs alone; no such kind.
    """
    if wanted.media and wanted.media not in (*KINDS, LINK):
        raise BadRequest(field="media")
    is_narrowed = wanted.kind or wanted.sender_id or wanted.media or wanted.since_ms or wanted.until_ms
    if not query.parts and (wanted.text.strip() or not is_narrowed):  # signs alone: not the same as no text
        raise BadRequest("nothing_sought", field="text")
    terms = list(query.words)
    if wanted.sender_id:
        terms.append(of_sender(wanted.sender_id))
    if wanted.media and (terms or wanted.media != _COMMON):
        terms.append(of_kind(wanted.media))
    return terms


def _talks(actor_id: int, wanted: Wanted) -> dict[int, _Talk]:
    """The conversations that the actor is in and that have anything to show."""
    query = (
        select(
            Conversation.id,
            Conversation.kind,
            Conversation.low_id,
            Conversation.high_id,
            Position.join_seq,
            Conversation.last_seq,
            Conversation.last_id,
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
    talks: dict[int, _Talk] = {}
    for conversation_id, kind, low_id, high_id, *standing in db.session.execute(query):
        peer_id = low_id if kind == GROUP or low_id != actor_id else high_id
        talks[conversation_id] = _Talk(kind, peer_id, *standing)
    if wanted.kind and not talks:
        raise NotFound
    return talks


def _hit(looking: _Looking, row: Any) -> Hit | None:
    wanted = looking.wanted
    talk = looking.talks.get(row.conversation_id) if row is not None else None
    if talk is None or row.seq <= talk.join_seq or row.media >= frames.NOTICE:
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
    is_to_me = talk.kind == SINGLE and row.sender_id != looking.actor_id
    dst_id = looking.actor_id if is_to_me else talk.peer_id
    return Hit(entries.as_frame(row, body, talk.kind, dst_id), text, ranges)


def _ids_around(time_ms: int, near: int) -> tuple[int, int]:
    """Ids (low, high): none up to low is as late as `time_ms`, all from high on are.

    Ids and times grow together, unless a clock is set. The two are at most `near` apart, no more: each
    message's own time is looked at anyway.
    """
    low, high = 0, log_rows.newest_id() + 1
    while high - low > near:
        middle = (low + high) // 2
        row = log_rows.following(middle)
        if row is None or row.time_ms >= time_ms:
            high = middle + 1
        else:
            low = row.id
    return low, high
