"""Who has read a message, and who has not."""

from __future__ import annotations

from sqlalchemy import Select, select

from fastim.errors import Refused
from fastim.models import Position, User, db
from fastim.protocol import limits
from fastim.protocol.sync import MemberMark, Readers
from fastim.services.access import Access
from fastim.services.marks import Marks


def readers(access: Access, marks: Marks, actor_id: int, kind: int, dst_id: int, seq: int) -> Readers:
    """Everybody else of the conversation who was there when `seq` came. Needs an app context.

    Those who switched receipts off are counted and not told apart.

    Raises:
        Refused: `receipts_off`, as the one who asks switched them off.
        NotFound: no such conversation for this user.
    """
    conversation_id = access.standing(actor_id, kind, dst_id).conversation_id
    answer = Readers([], [])
    query = _others(actor_id, conversation_id).where(Position.join_seq < seq)
    for user_id, read_seq, _, is_shown in db.session.execute(query):
        if not is_shown:
            answer.hidden += 1
            continue
        has_read = max(read_seq, marks.pending(user_id, conversation_id)) >= seq
        (answer.read if has_read else answer.unread).append(user_id)
    return answer


def member_marks(access: Access, marks: Marks, actor_id: int, kind: int, dst_id: int) -> list[MemberMark]:
    """How far everybody else has read who shows it. Needs an app context.

    Raises:
        Refused: `receipts_off`, as the one who asks switched them off.
        NotFound: no such conversation for this user.
    """
    conversation_id = access.standing(actor_id, kind, dst_id).conversation_id
    return [
        MemberMark(user_id, join_seq, max(read_seq, marks.pending(user_id, conversation_id)))
        for user_id, read_seq, join_seq, is_shown in db.session.execute(_others(actor_id, conversation_id))
        if is_shown
    ]


def _others(actor_id: int, conversation_id: int) -> Select[int, int, int, bool]:
    """user id, read mark, where they joined, whether they show receipts.

    Raises:
        Refused: `receipts_off`.
    """
    if not db.session.scalar(select(User.shows_receipts).where(User.id == actor_id)):
        raise Refused("receipts_off")
    return (
        select(Position.user_id, Position.read_seq, Position.join_seq, User.shows_receipts)
        .join(User, User.id == Position.user_id)
        .where(
            Position.conversation_id == conversation_id,
            Position.active,
            Position.user_id != actor_id,
        )
        .order_by(Position.user_id)
        .limit(limits.LIST_ROWS)
    )
