"""Accounts, friendships and groups written straight into the database, for load tests."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import msgspec
from sqlalchemy import func, insert, select

from fastim.backends.bus import Bus
from fastim.models import Community, Contact, Conversation, Position, Session, User, db
from fastim.models.base import utc_now
from fastim.models.contact import COMMUNITY, PERSON, Role
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
