"""Who has read a message, and who has not."""

from __future__ import annotations

from sqlalchemy import select

from fastim.errors import Refused
from fastim.models import Position, User, db
from fastim.protocol import limits
from fastim.protocol.sync import Readers
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
    if not db.session.scalar(select(User.shows_receipts).where(User.id == actor_id)):
        raise Refused("receipts_off")
    query = (
        select(Position.user_id, Position.read_seq, User.shows_receipts)
        .join(User, User.id == Position.user_id)
        .where(
            Position.conversation_id == conversation_id,
            Position.active,
            Position.join_seq < seq,
            Position.user_id != actor_id,
        )
        .order_by(Position.user_id)
        .limit(limits.LIST_ROWS)
    )
    answer = Readers([], [])
    for user_id, read_seq, is_shown in db.session.execute(query):
        if not is_shown:
            answer.hidden += 1
            continue
        has_read = max(read_seq, marks.pending(user_id, conversation_id)) >= seq
        (answer.read if has_read else answer.unread).append(user_id)
    return answer
