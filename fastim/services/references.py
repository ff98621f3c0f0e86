"""What a message refers to: the one that it answers, and whom it mentions."""

from __future__ import annotations

from sqlalchemy import select

from fastim.errors import Refused
from fastim.models import Position, db
from fastim.protocol import frames
from fastim.protocol.sync import EVERYBODY
from fastim.services import entries, log_rows
from fastim.services.access import Access
from fastim.services.conversations import GROUP
from fastim.services.log_rows import Entry


def check_references(access: Access, actor_id: int, kind: int, frame: frames.Send) -> None:
    """Refuse what `actor_id` may not refer to. Needs an app context.

    Raises:
        NotFound: no such conversation for this user.
        Refused: `no_such_message`, `no_such_member` or `not_admin`.
    """
    if frame.reply:
        visible_message(access, actor_id, kind, frame.dstid, frame.reply)
    if frame.at:
        _check_mentioned(access, actor_id, kind, frame)


def visible_message(access: Access, actor_id: int, kind: int, dst_id: int, seq: int) -> Entry:
    """A message that this user may see and that still says something.

    Raises:
        NotFound: no such conversation for this user.
        Refused: `no_such_message`.
    """
    standing = access.standing(actor_id, kind, dst_id)
    message = log_rows.entry(standing.conversation_id, seq)
    if message is None or message.media >= frames.NOTICE or message.seq <= standing.join_seq:
        raise Refused("no_such_message")
    if entries.read_body(message.body).recalled:
        raise Refused("no_such_message")
    return message


def _check_mentioned(access: Access, actor_id: int, kind: int, frame: frames.Send) -> None:
    mentioned = set(frame.at)
    if len(mentioned) != len(frame.at):
        raise Refused("bad_frame")
    if EVERYBODY in mentioned:
        if kind != GROUP:
            raise Refused("no_such_member")
        if not access.leads(actor_id, kind, frame.dstid):
            raise Refused("not_admin")
        mentioned.discard(EVERYBODY)
    conversation_id = access.standing(actor_id, kind, frame.dstid).conversation_id
    members = select(Position.user_id).where(
        Position.conversation_id == conversation_id, Position.active, Position.user_id.in_(mentioned)
    )
    if mentioned and set(db.session.scalars(members)) != mentioned:
        raise Refused("no_such_member")
