"""Accounts, friendships and groups written straight into the database, for load tests."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import msgspec
from sqlalchemy import func, insert, select, update

from fastim.backends.bus import Bus
from fastim.models import Community, Contact, Conversation, Message, Position, Session, User, db
from fastim.models.base import utc_now
from fastim.models.contact import COMMUNITY, PERSON, Role
from fastim.protocol.frames import PICTURE, TEXT, Body
from fastim.services.conversations import GROUP, SINGLE
from fastim.services.transaction import transaction

_UNHASHED = "!"  # matches no password: these accounts are entered by their tokens alone
_ROWS = 5000


class Seeded(msgspec.Struct):
    """What a load generator needs to know."""

    people: list[tuple[int, str]]
    """(user id, token); two neighbours, 0 and 1, 2 and 3 …, are friends."""
    rooms: list[int]
    """Group ids; room n has the first `sizes[n]` people as its members."""


def seed(bus: Bus, people: int, sizes: Sequence[int]) -> Seeded:
    """Make `people` accounts, befriended in pairs, and one group of each size.

    Args:
        people: an even number, at least the largest size.
    """
    first = (db.session.scalar(select(func.max(User.id))) or 0) + 1
    ids = list(range(first, first + people))
    tokens = [secrets.token_urlsafe(32) for _ in ids]
    with transaction(bus):
        _add_people(ids, tokens)
        _add_friendships(ids)
        rooms = [_add_room(ids[:size], place) for place, size in enumerate(sizes)]
    return Seeded(list(zip(ids, tokens, strict=True)), rooms)


def _insert(table: type, rows: Sequence[dict[str, Any]]) -> None:
    for start in range(0, len(rows), _ROWS):
        db.session.execute(insert(table), rows[start : start + _ROWS])


def _add_people(ids: Sequence[int], tokens: Sequence[str]) -> None:
    until = utc_now() + timedelta(days=30)
    _insert(User, [{"id": n, "mobile": f"+99{n:012d}", "passwd": _UNHASHED} for n in ids])
    _insert(
        Session,
        [
            {"user_id": n, "token_hash": hashlib.sha256(token.encode()).hexdigest(), "expires_at": until}
            for n, token in zip(ids, tokens, strict=True)
        ],
    )


def _add_friendships(ids: Sequence[int]) -> None:
    pairs = list(zip(ids[::2], ids[1::2], strict=True))
    both = [pair for one, other in pairs for pair in ((one, other), (other, one))]
    _insert(Contact, [{"ownerid": one, "dstobj": other, "cate": PERSON} for one, other in both])
    first = (db.session.scalar(select(func.max(Conversation.id))) or 0) + 1
    _insert(
        Conversation,
        [
            {"id": first + place, "kind": SINGLE, "low_id": one, "high_id": other}
            for place, (one, other) in enumerate(pairs)
        ],
    )
    _insert(
        Position,
        [
            {"user_id": user_id, "conversation_id": first + place}
            for place, pair in enumerate(pairs)
            for user_id in pair
        ],
    )


def _add_room(members: Sequence[int], place: int) -> int:
    community = Community(name=f"room {place} {secrets.token_hex(4)}", ownerid=members[0])
    db.session.add(community)
    db.session.flush()
    conversation = Conversation(kind=GROUP, low_id=community.id, high_id=0)
    db.session.add(conversation)
    db.session.flush()
    roles = [Role.OWNER, *[Role.MEMBER] * (len(members) - 1)]
    _insert(
        Contact,
        [
            {"ownerid": n, "dstobj": community.id, "cate": COMMUNITY, "role": role}
            for n, role in zip(members, roles, strict=True)
        ],
    )
    _insert(Position, [{"user_id": n, "conversation_id": conversation.id} for n in members])
    return community.id


def add_messages(people: tuple[int, int], count: int, read: int = 0) -> None:
    """A talk of `count` messages between two who seeding befriended; both have read the first `read` of it,
    and the others are all by the first person.

    Every fiftieth is a picture, so that not all rows are of one height.
    """
    low, high = sorted(people)
    talk = db.session.scalars(select(Conversation).filter_by(kind=SINGLE, low_id=low, high_id=high)).one()
    began_ms = int(utc_now().timestamp() * 1000) - count * 1000
    first_id = (db.session.scalar(select(func.max(Message.id))) or 0) + 1
    _insert(
        Message,
        [
            {
                "id": first_id + place,
                "conversation_id": talk.id,
                "seq": talk.last_seq + place + 1,
                "sender_id": people[(place // 3) % 2 if place < read else 0],
                "media": TEXT if place % 50 else PICTURE,
                "body": _text(place) if place % 50 else _PICTURE,
                "time_ms": began_ms + place * 1000,
            }
            for place in range(count)
        ],
    )
    talk.last_seq += count
    talk.last_id = first_id + count - 1
    query = update(Position).where(Position.conversation_id == talk.id).values(read_seq=read)
    db.session.execute(query)
    db.session.commit()


_PICTURE = msgspec.json.encode(
    Body(url="/asset/images/icon.svg", pic="/asset/images/icon.svg", memo="1200x800")
).decode()


def _text(place: int) -> str:
    words = "the quick brown fox jumps over the lazy dog " * (1 + place % 7)
    return msgspec.json.encode(Body(content=f"message {place + 1}: {words}")).decode()
