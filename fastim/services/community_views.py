"""Groups as their members see them. Needs an app context."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BindParameter, Row, and_, bindparam, func, select

from fastim.errors import Refused
from fastim.models import Community, Contact, JoinRequest, Mute, Notice, NoticeReader, db
from fastim.models.base import utc_now
from fastim.models.community import Mode
from fastim.models.contact import COMMUNITY, Role
from fastim.protocol import limits, views
from fastim.services import community_rows
from fastim.services.people import rfc3339

_ACTOR: BindParameter[int] = bindparam("actor_id")
_MINE = (
    select(Community, Contact, Mute.until, Notice.seq, NoticeReader.seq)
    .join(Contact, and_(Contact.dstobj == Community.id, Contact.cate == COMMUNITY))
    .outerjoin(Mute, and_(Mute.community_id == Community.id, Mute.user_id == _ACTOR))
    .outerjoin(Notice, Notice.community_id == Community.id)
    .outerjoin(
        NoticeReader, and_(NoticeReader.community_id == Community.id, NoticeReader.user_id == _ACTOR)
    )
    .where(Contact.ownerid == _ACTOR)
    .execution_options(populate_existing=True)
)
_ALL = _MINE.order_by(Community.name, Community.id).limit(limits.LIST_ROWS)
_ONE = _MINE.where(Community.id == bindparam("community_id"))
_WAITING = (
    select(JoinRequest.community_id, func.count())
    .where(JoinRequest.community_id.in_(bindparam("community_ids", expanding=True)))
    .group_by(JoinRequest.community_id)
)
"""Built once, as the list of friends is (`contacts.py`)."""


def of_member(actor_id: int) -> list[views.Community]:
    """The groups that the actor is a member of, by name."""
    return _views(list(db.session.execute(_ALL, {"actor_id": actor_id})))


def one(actor_id: int, community_id: int) -> views.Community:
    """A group of the actor's.

    Raises:
        Refused: `not_member`.
    """
    rows = list(db.session.execute(_ONE, {"actor_id": actor_id, "community_id": community_id}))
    if not rows:
        raise Refused("not_member")
    return _views(rows)[0]


def until(when: datetime | None) -> str:
    """A time that is still to come; "" for one that is over."""
    return rfc3339(when) if when is not None and when > utc_now() else ""


def _views(rows: list[Row[Community, Contact, datetime, int, int]]) -> list[views.Community]:
    counts = community_rows.counts([row[0].id for row in rows])
    waiting = _waiting([row[0].id for row in rows if row[1].role < Role.MEMBER])
    return [
        views.Community(
            id=community.id,
            name=community.name,
            ownerid=community.ownerid,
            icon=community.icon,
            cate=community.cate,
            memo=community.memo,
            createat=rfc3339(community.createat),
            members=counts[community.id],
            role=Role(mine.role).name.lower(),
            alias=mine.nickname,
            mode=Mode(community.mode).name.lower(),
            allmuted=until(community.muted_until),
            muted=until(muted),
            dissolved=rfc3339(community.dissolved_at) if community.dissolved_at else "",
            noticeseq=notice or 0,
            noticeread=read or 0,
            waiting=waiting.get(community.id, 0),
        )
        for community, mine, muted, notice, read in rows
    ]


def _waiting(community_ids: list[int]) -> dict[int, int]:
    """community_id to how many wait to be let in."""
    if not community_ids:
        return {}
    return dict(db.session.execute(_WAITING, {"community_ids": community_ids}).all())
