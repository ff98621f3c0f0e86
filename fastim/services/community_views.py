"""Groups as their members see them. Needs an app context."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Row, Select, and_, func, select

from fastim.errors import Refused
from fastim.models import Community, Contact, JoinRequest, Mute, Notice, NoticeReader, db
from fastim.models.base import utc_now
from fastim.models.community import Mode
from fastim.models.contact import COMMUNITY, Role
from fastim.protocol import limits, views
from fastim.services import community_rows
from fastim.services.people import rfc3339


def of_member(actor_id: int) -> list[views.Community]:
    """The groups that the actor is a member of, by name."""
    query = _query(actor_id).order_by(Community.name, Community.id).limit(limits.LIST_ROWS)
    return _views(list(db.session.execute(query)))


def one(actor_id: int, community_id: int) -> views.Community:
    """A group of the actor's.

    Raises:
        Refused: `not_member`.
    """
    rows = list(db.session.execute(_query(actor_id).where(Community.id == community_id)))
    if not rows:
        raise Refused("not_member")
    return _views(rows)[0]


def until(when: datetime | None) -> str:
    """A time that is still to come; "" for one that is over."""
    return rfc3339(when) if when is not None and when > utc_now() else ""


def _query(actor_id: int) -> Select[Community, Contact, datetime, int, int]:
    mine = Contact.ownerid == actor_id
    return (
        select(Community, Contact, Mute.until, Notice.seq, NoticeReader.seq)
        .join(Contact, and_(Contact.dstobj == Community.id, Contact.cate == COMMUNITY))
        .outerjoin(Mute, and_(Mute.community_id == Community.id, Mute.user_id == actor_id))
        .outerjoin(Notice, Notice.community_id == Community.id)
        .outerjoin(
            NoticeReader,
            and_(NoticeReader.community_id == Community.id, NoticeReader.user_id == actor_id),
        )
        .where(mine)
        .execution_options(populate_existing=True)
    )


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
    query = (
        select(JoinRequest.community_id, func.count())
        .where(JoinRequest.community_id.in_(community_ids))
        .group_by(JoinRequest.community_id)
    )
    return dict(db.session.execute(query).all())
