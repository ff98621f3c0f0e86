"""The log's stored entries, wherever they are: in the database, or what people say on a shelf beside it.

With a shelf (`backends.log.Shelf`, FASTIM_LOG_URL) the database still has every entry that is written
together with what it tells, and whatever was said before there was a shelf; so both are read, and put
together by their numbers. Of one number that both have, the database's entry counts.

A message on a shelf changes within a transaction too: its new body stands in `amended` from the commit
until it is on the shelf. Readers look there first, and take the newer of the two.

Every function needs an app context. Nothing here asks who may read what.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import structlog
from sqlalchemy import ColumnElement, and_, bindparam, delete, func, or_, select

from fastim.backends.log import Shelf, Span, Stored
from fastim.backends.log.heads import above, beside, contiguous
from fastim.errors import Unavailable
from fastim.models import Amended, Attachment, Conversation, Erasure, Mention, Message, db
from fastim.services.any_of import AnyOf, Statement

log = structlog.get_logger(__name__)

Row = Any
"""A row of `COLUMNS`, or a `Stored`: the same names."""
Entry = Message | Stored
"""One that may be changed."""

COLUMNS = (
    Message.id,
    Message.conversation_id,
    Message.seq,
    Message.time_ms,
    Message.sender_id,
    Message.media,
    Message.body,
    Message.msgid,
)
_AT_ONCE = 500


def shelf() -> Shelf | None:
    """The shelf beside the session's database, if it has one."""
    found: Shelf | None = db.session.get_bind().get_execution_options().get("fastim_shelf")
    return found


_IS_KEPT = ~(
    select(Erasure.seq)
    .where(
        Erasure.user_id == bindparam("actor_id"),
        Erasure.conversation_id == Message.conversation_id,
        Erasure.seq == Message.seq,
    )
    .exists()
)
"""The actor did not delete the message for themself."""
_BY_IDS = select(*COLUMNS).where(Message.id.in_(bindparam("ids", expanding=True)))
_KEPT_BY_IDS = _BY_IDS.where(_IS_KEPT)
_FOLLOWING = select(*COLUMNS).where(Message.id > bindparam("after")).order_by(Message.id).limit(1)
_SPAN = (
    select(*COLUMNS)
    .where(
        Message.conversation_id == bindparam("conversation_id"),
        Message.seq > bindparam("above"),
        Message.seq < bindparam("below"),
        _IS_KEPT,
    )
    .limit(bindparam("most"))
)
_OLDEST, _NEWEST = _SPAN.order_by(Message.seq), _SPAN.order_by(Message.seq.desc())


def _is_in_span(conversation_id: Any, above: Any, below: Any) -> ColumnElement[bool]:
    return and_(Message.conversation_id == conversation_id, Message.seq > above, Message.seq < below)


_SPANS = AnyOf(
    _is_in_span,
    lambda within: select(*COLUMNS).where(within, _IS_KEPT).order_by(Message.conversation_id, Message.seq),
)
_PLACES = AnyOf(
    _is_in_span, lambda within: select(Message.id, Message.conversation_id, Message.seq).where(within)
)
"""All of it is in the index over (conversation_id, seq), which ends in the id."""


def walk(actor_id: int, span: Span, limit: int, newest_first: bool) -> list[Row]:
    """The first `limit` entries of a span from one of its ends, without what the actor deleted."""
    values = span._asdict() | {"actor_id": actor_id, "most": limit}
    rows: list[Row] = list(db.session.execute(_NEWEST if newest_first else _OLDEST, values))
    beside_it = shelf()
    if beside_it is None:
        return rows
    shelved = _walk_shelf(beside_it, actor_id, span, limit, newest_first)
    return _together(rows, shelved, newest_first)[:limit]


def _walk_shelf(
    beside_it: Shelf, actor_id: int, span: Span, limit: int, newest_first: bool
) -> list[Stored]:
    pending = _pending(Amended.conversation_id == span.conversation_id)
    shown: list[Stored] = []
    while len(shown) < limit:
        found = beside_it.walk(span, limit, newest_first)
        shown += kept(actor_id, found)
        if len(found) < limit:
            break
        end = found[-1].seq
        span = span._replace(below=end) if newest_first else span._replace(above=end)
    return _with(pending, shown)


def between(actor_id: int, spans: Sequence[Span]) -> list[Row]:
    """All entries of short spans, by conversation and seq, without what the actor deleted."""
    if not spans:
        return []
    statement, values = _SPANS.given(spans)
    rows: list[Row] = list(db.session.execute(statement, values | {"actor_id": actor_id}))
    beside_it = shelf()
    if beside_it is None:
        return rows
    pending = _pending(Amended.conversation_id.in_([span.conversation_id for span in spans]))
    return _together(rows, _with(pending, kept(actor_id, beside_it.spans(spans))), False)


def places(spans: Sequence[Span]) -> list[Row]:
    """The id, conversation_id and seq of all entries of short spans, one at least, in any order."""
    statement, values = _PLACES.given(spans)
    rows: list[Row] = list(db.session.execute(statement, values))
    return rows if (beside_it := shelf()) is None else _together(rows, beside_it.spans(spans), False)


def at(conversation_id: int, seqs: Iterable[int]) -> list[Row]:
    """Those of a conversation's entries that there are, in the order of their seq."""
    wanted = sorted(set(seqs))
    query = select(*COLUMNS).where(Message.conversation_id == conversation_id, Message.seq.in_(wanted))
    rows = list(db.session.execute(query.order_by(Message.seq)))
    beside_it = shelf()
    if beside_it is None or len(rows) == len(wanted):
        return rows
    pending = _pending(Amended.conversation_id == conversation_id)
    found = beside_it.at([(conversation_id, seq) for seq in wanted])
    return _together(rows, _with(pending, found), False)


def entry(conversation_id: int, seq: int) -> Entry | None:
    """One entry as it is now; `rewrite` makes a change of its body last."""
    query = select(Message).where(Message.conversation_id == conversation_id, Message.seq == seq)
    message = db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if message is not None or (beside_it := shelf()) is None:
        return message
    pending = _pending(and_(Amended.conversation_id == conversation_id, Amended.seq == seq))
    found = _with(pending, beside_it.at([(conversation_id, seq)]))
    return found[0] if found else None


def by_ids(ids: Sequence[int]) -> dict[int, Row]:
    """The entries with these ids."""
    return _by_ids(_BY_IDS, ids)


def _by_ids(statement: Statement, ids: Sequence[int], **values: int) -> dict[int, Row]:
    if not ids:
        return {}
    rows: dict[int, Row] = {row.id: row for row in db.session.execute(statement, {"ids": ids, **values})}
    beside_it = shelf()
    if beside_it is not None and (missing := [one for one in ids if one not in rows]):
        pending = _pending(Amended.message_id.in_(missing))
        rows |= {row.id: row for row in _with(pending, beside_it.by_ids(missing))}
    return rows


def kept(actor_id: int, rows: Sequence[Row]) -> list[Row]:
    """Those of the rows that the actor did not delete."""
    erased = _erased(actor_id, rows)
    return [row for row in rows if (row.conversation_id, row.seq) not in erased]


def kept_by_ids(actor_id: int, ids: Sequence[int]) -> dict[int, Row]:
    """As `by_ids`, without what the actor deleted."""
    rows = _by_ids(_KEPT_BY_IDS, ids, actor_id=actor_id)
    shelved = [row for row in rows.values() if isinstance(row, Stored)]
    erased = {row.id for row in shelved}.difference(row.id for row in kept(actor_id, shelved))
    return {message_id: row for message_id, row in rows.items() if message_id not in erased}


def following(message_id: int) -> Row | None:
    """The entry with the next higher id, wherever it is."""
    row: Row | None = db.session.execute(_FOLLOWING, {"after": message_id}).first()
    beside_it = shelf()
    found = beside_it.follow(message_id, 1 << 62, 1) if beside_it is not None else []
    return min([one for one in (row, *found) if one is not None], key=lambda one: one.id, default=None)


def newest_id() -> int:
    """The highest id of all entries; 0 of an empty log."""
    newest = db.session.scalar(select(func.max(Message.id))) or 0
    beside_it = shelf()
    return max(newest, beside_it.newest_id()) if beside_it is not None else newest


def next_id() -> int | None:
    """The id of a new entry, where the database does not give it one by itself."""
    beside_it = shelf()
    return beside_it.next_ids(1) if beside_it is not None else None


def settle(conversation: Conversation) -> None:
    """Move the head of a locked conversation over messages that stand above it: their commit was lost."""
    beside_it = shelf()
    if beside_it is None:
        return
    key, head = conversation.id, conversation.last_seq
    rows = contiguous({key: head}, beside_it.spans([above(key, head)]))
    if not rows:
        return
    log.warning("messages_settled", messages=len(rows))
    conversation.last_seq = rows[-1].seq
    conversation.last_id = beside_it.next_ids(1)  # what a sync compares: its own may be older than a cursor
    uploads, mentions = beside(rows)
    for name, message_id in uploads:
        db.session.merge(Attachment(upload_name=name, message_id=message_id))
    for conversation_id, user_id, seq in mentions:
        db.session.merge(Mention(conversation_id=conversation_id, user_id=user_id, seq=seq))
    db.session.flush()


def rewrite(changed: Entry, rev: int) -> None:
    """Within a transaction: a changed body of an entry is that of change `rev` from the commit on."""
    if isinstance(changed, Stored):
        db.session.merge(
            Amended(
                message_id=changed.id,
                conversation_id=changed.conversation_id,
                seq=changed.seq,
                rev=rev,
                body=changed.body,
            )
        )


def put_on_shelf(limit: int = _AT_ONCE) -> int:
    """Bring changes that were committed to the shelf; how many. What fails is done the next time."""
    beside_it = shelf()
    if beside_it is None:
        return 0
    query = select(Amended.message_id, Amended.rev, Amended.body).order_by(Amended.message_id).limit(limit)
    waiting = db.session.execute(query).all()
    done = 0
    for message_id, rev, body in waiting:
        try:
            beside_it.rewrite(message_id, rev, body)
        except Unavailable:
            break
        db.session.execute(delete(Amended).where(Amended.message_id == message_id, Amended.rev <= rev))
        done += 1
    db.session.commit()
    return done


def _together(rows: Sequence[Row], shelved: Sequence[Stored], newest_first: bool) -> list[Row]:
    """Both in one order, by conversation and seq; the database's entry where both have the number."""
    found: dict[tuple[int, int], Row] = {(row.conversation_id, row.seq): row for row in shelved}
    found.update({(row.conversation_id, row.seq): row for row in rows})
    return [found[place] for place in sorted(found, reverse=newest_first)]


def _pending(those: ColumnElement[bool]) -> dict[int, tuple[int, str]]:
    """message_id to (rev, body) of changes that may not be on the shelf yet. Asked before the shelf is."""
    rows = db.session.execute(select(Amended.message_id, Amended.rev, Amended.body).where(those))
    return {message_id: (rev, body) for message_id, rev, body in rows}


def _with(pending: dict[int, tuple[int, str]], rows: list[Stored]) -> list[Stored]:
    for row in rows:
        rev, body = pending.get(row.id, (0, ""))
        if rev > row.rev:
            row.rev, row.body = rev, body
    return rows


def _erased(actor_id: int, rows: Sequence[Row]) -> set[tuple[int, int]]:
    """Which of these (conversation_id, seq) the actor deleted."""
    seqs: dict[int, list[int]] = {}
    for row in rows:
        seqs.setdefault(row.conversation_id, []).append(row.seq)
    if not seqs:
        return set()
    ranges = [
        and_(Erasure.conversation_id == key, Erasure.seq.between(min(some), max(some)))
        for key, some in seqs.items()
    ]
    query = select(Erasure.conversation_id, Erasure.seq).where(Erasure.user_id == actor_id, or_(*ranges))
    return {(conversation_id, seq) for conversation_id, seq in db.session.execute(query)}
