"""Who is whose friend, and the doors between two people.

Every function runs inside the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, and_, select

from fastim.models import Block, Contact, db
from fastim.models.contact import PERSON
from fastim.protocol.events import DoorOpened
from fastim.services import conversations
from fastim.services.transaction import Transaction

Way = tuple[int, int]
"""From whom, to whom."""


def link(owner_id: int, dst_id: int) -> ColumnElement[bool]:
    """The row that has `dst_id` in the list of `owner_id`."""
    return and_(Contact.ownerid == owner_id, Contact.cate == PERSON, Contact.dstobj == dst_id)


def is_linked(owner_id: int, dst_id: int) -> bool:
    return db.session.scalar(select(Contact.id).where(link(owner_id, dst_id))) is not None


def close_doors(tx: Transaction, ways: Iterable[Way], refusal: str) -> None:
    """Of each pair the first may not write to the second any more."""
    for from_id, to_id in ways:
        conversation = conversations.of_pair(from_id, to_id)
        if conversation is not None:
            conversations.close_door(tx, conversation, to_id, from_id, refusal)


def open_doors(tx: Transaction, ways: Iterable[Way]) -> None:
    """Of each pair the first may write to the second again, if nothing else is in the way."""
    db.session.flush()
    for from_id, to_id in ways:
        conversation = conversations.of_pair(from_id, to_id)
        is_blocked = db.session.get(Block, (to_id, from_id)) is not None
        if conversation is not None and is_linked(to_id, from_id) and not is_blocked:
            tx.emit(DoorOpened(conversation.id, from_id))
