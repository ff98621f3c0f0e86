"""Which conversations a device has to hear of when it comes back: the statement that every sync asks first.

Conversations with new entries, or with a mark that moved: one's own, or the other person's where both share
such things. A mark that is not written yet has no revision. Built once, as building it costs ten times what
its answer does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import BindParameter, Row, and_, bindparam, case, exists, or_, select
from sqlalchemy.orm import aliased

from fastim.models import Conversation, Erasure, Position, User, db
from fastim.protocol import limits
from fastim.services.conversations import SINGLE
from fastim.services.cursor import Cursor

_PEER, _FRIEND = aliased(Position), aliased(User)
_ACTOR: BindParameter[int] = bindparam("actor_id")
_REVISION: BindParameter[int] = bindparam("revision")
_SHARES = select(User.shows_receipts).where(User.id == _ACTOR).scalar_subquery()
_OTHER = case((Conversation.kind == SINGLE, Conversation.low_id + Conversation.high_id - _ACTOR), else_=0)
_IS_NEW = or_(
    Conversation.last_id > bindparam("last_id"),
    Position.mark_revision > _REVISION,
    _PEER.mark_revision > _REVISION,
    Conversation.id.in_(bindparam("touched", expanding=True)),
)
_IS_THINNED = exists().where(
    Erasure.user_id == _ACTOR,
    Erasure.conversation_id == Conversation.id,
    Erasure.seq > Conversation.last_seq - limits.SYNC_ENTRIES,
)
_CHANGED = (
    select(
        Conversation,
        Position.join_seq,
        Position.read_seq,
        Position.delivered_seq,
        _PEER.read_seq,
        _PEER.delivered_seq,
        _IS_THINNED,
    )
    .join(Position, Position.conversation_id == Conversation.id)
    .outerjoin(_FRIEND, and_(_FRIEND.id == _OTHER, _FRIEND.shows_receipts, _SHARES.is_(True)))
    .outerjoin(_PEER, and_(_PEER.conversation_id == Conversation.id, _PEER.user_id == _FRIEND.id))
    .where(
        Position.user_id == _ACTOR,
        Position.active,
        Conversation.last_id > bindparam("after_id"),
        _IS_NEW,
    )
    .order_by(Conversation.last_id)
    .limit(bindparam("most"))
)


def changed(actor_id: int, since: Cursor, touched: Iterable[int]) -> Sequence[Row[*tuple[Any, ...]]]:
    """The conversations, each with the actor's join_seq, read_seq and delivered_seq and the other person's
    read_seq and delivered_seq (None where they are not shared), and whether the actor deleted some of the
    newest entries; one more than an answer takes.

    Args:
        touched: ids of conversations with marks that wait to be written.
    """
    values = {
        "actor_id": actor_id,
        "after_id": since.after_id,
        "last_id": since.last_id,
        "revision": since.revision,
        "touched": list(touched),
        "most": limits.SYNC_CONVERSATIONS + 1,
    }
    return db.session.execute(_CHANGED, values).all()
