"""Name cards: a friend or a group, recommended to others.

Whoever sends one must know its target; whoever was sent one may look at it, and at nothing by its number.
"""

from __future__ import annotations

from sqlalchemy import func, select

from fastim.errors import NotFound, Refused
from fastim.models import Community, Contact, User, db
from fastim.models.contact import COMMUNITY, PERSON
from fastim.protocol import frames, views
from fastim.services import entries, log_rows
from fastim.services.access import Access


def check(actor_id: int, of: str, target_id: int) -> str:
    """The name on a card that `actor_id` sends. Needs an app context.

    Args:
        of: `frames.CARD_PERSON` or `frames.CARD_GROUP`.

    Raises:
        Refused: `bad_card`: there is no such target, or it is no friend or group of theirs.
    """
    is_group = of == frames.CARD_GROUP
    if not _is_linked(actor_id, target_id, is_group) and (is_group or target_id != actor_id):
        raise Refused("bad_card")
    name = select(Community.name if is_group else User.nickname)
    name = name.where((Community.id if is_group else User.id) == target_id)
    found = db.session.scalar(name)
    if found is None:
        raise Refused("bad_card")
    return found or f"#{target_id}"


def look_at(access: Access, actor_id: int, kind: int, dst_id: int, seq: int) -> views.Card:
    """Whom or what the card shows that is message `seq`. Needs an app context.

    Raises:
        NotFound: no such message for this user, no card, or its target is gone.
    """
    standing = access.standing(actor_id, kind, dst_id)
    row = next(iter(log_rows.at(standing.conversation_id, [seq])), None)
    if row is None or row.seq <= standing.join_seq or row.media != frames.CARD:
        raise NotFound
    body = entries.read_body(row.body)
    if not body.amount:  # recalled
        raise NotFound
    return (
        _group(actor_id, body.amount) if body.memo == frames.CARD_GROUP else _person(actor_id, body.amount)
    )


def _person(actor_id: int, user_id: int) -> views.Card:
    user = db.session.get(User, user_id)
    if user is None:
        raise NotFound
    known = user_id == actor_id or _is_linked(actor_id, user_id, is_group=False)
    return views.Card(frames.CARD_PERSON, user.id, user.nickname, user.avatar, user.memo, 0, known)


def _group(actor_id: int, community_id: int) -> views.Card:
    group = db.session.get(Community, community_id)
    if group is None:
        raise NotFound
    members = select(func.count()).where(Contact.dstobj == community_id, Contact.cate == COMMUNITY)
    return views.Card(
        frames.CARD_GROUP,
        group.id,
        group.name,
        group.icon,
        group.memo,
        db.session.scalar(members) or 0,
        _is_linked(actor_id, community_id, is_group=True),
    )


def _is_linked(actor_id: int, target_id: int, is_group: bool) -> bool:
    """Whether the target is the actor's friend, or a group that they are in."""
    query = select(Contact.id).where(
        Contact.ownerid == actor_id,
        Contact.cate == (COMMUNITY if is_group else PERSON),
        Contact.dstobj == target_id,
    )
    return db.session.scalar(query) is not None
