"""Bringing people into a group: its members' friends, and whoever has a link (a QR code is one)."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import ColumnElement, and_, delete, func, or_, select

from fastim.backends.bus import Bus
from fastim.config import Settings
from fastim.errors import NotFound, Refused
from fastim.models import Block, Community, Contact, InviteLink, User, db
from fastim.models.base import utc_now
from fastim.models.community import Mode
from fastim.models.contact import COMMUNITY, PERSON, Role
from fastim.protocol import limits, views
from fastim.services import community_requests, community_rows, community_views
from fastim.services.people import rfc3339
from fastim.services.transaction import transaction

_CODE_BYTES = 16


class Invites:
    """Needs an app context. Every method acts as `actor_id`."""

    def __init__(self, settings: Settings, bus: Bus) -> None:
        self._settings = settings
        self._bus = bus

    def invite(self, actor_id: int, dst_id: int, friend_ids: Sequence[int]) -> views.Invited:
        """Bring friends in. Where admins must agree and the actor is none, they are asked.

        Who is in already, is no friend of the actor's, or blocked the actor, is left out.

        Raises:
            Refused: `not_member`, `not_admin`, `group_dissolved`, `group_closed`, `group_full` or
                `too_many_requests`.
        """
        with transaction(self._bus) as tx:
            community, mine = community_rows.lock_as(actor_id, dst_id)
            _check_may_invite(community, Role(mine.role))
            wanted = _friends(actor_id, friend_ids)
            known = community_rows.already_in(dst_id, wanted)
            wanted = [friend_id for friend_id in wanted if friend_id not in known]
            if not wanted:
                return views.Invited([], [])
            community_rows.check_room(dst_id, len(wanted), self._settings.community_members)
            if _asks(community, Role(mine.role)):
                for friend_id in wanted:
                    community_requests.ask(tx, dst_id, friend_id, actor_id, "")
                return views.Invited([], wanted)
            community_rows.enter_all(tx, dst_id, wanted, actor_id)
        return views.Invited(wanted, [])

    def links(self, actor_id: int, dst_id: int) -> list[views.InviteLink]:
        """The links that work, the newest first: all of them for those who lead the group, else one's own.

        Raises:
            Refused: `not_member`.
        """
        role = community_rows.role_as(actor_id, dst_id)
        query = select(InviteLink).where(InviteLink.community_id == dst_id, _works())
        if not role.leads:
            query = query.where(InviteLink.maker_id == actor_id)
        query = query.order_by(InviteLink.id.desc()).limit(limits.LINKS_SHOWN)
        return [_view(link) for link in db.session.scalars(query)]

    def make_link(self, actor_id: int, dst_id: int, seconds: int, most: int) -> views.InviteLink:
        """A new link.

        Args:
            seconds: how long it works; 0 is without end.
            most: how many may come in by it; 0 is any number.

        Raises:
            Refused: `not_member`, `not_admin`, `group_dissolved`, `group_closed` or `too_many_links`.
        """
        with transaction(self._bus):
            community, mine = community_rows.lock_as(actor_id, dst_id)
            _check_may_invite(community, Role(mine.role))
            own = and_(InviteLink.community_id == dst_id, InviteLink.maker_id == actor_id)
            db.session.execute(delete(InviteLink).where(own, ~_works()))
            count = select(func.count()).select_from(InviteLink).where(own)
            if (db.session.scalar(count) or 0) >= limits.COMMUNITY_LINKS:
                raise Refused("too_many_links")
            link = InviteLink(
                community_id=dst_id,
                maker_id=actor_id,
                code=secrets.token_urlsafe(_CODE_BYTES),
                most=most,
                expires_at=utc_now() + timedelta(seconds=seconds) if seconds else None,
            )
            db.session.add(link)
        return _view(link)

    def revoke_link(self, actor_id: int, dst_id: int, link_id: int) -> None:
        """Let a link open nothing any more; one's own, or as who leads the group any.

        Raises:
            Refused: `not_member` or `group_dissolved`.
            NotFound: no such link, or not the actor's to revoke.
        """
        with transaction(self._bus):
            _, mine = community_rows.lock_as(actor_id, dst_id)
            link = db.session.get(InviteLink, link_id, populate_existing=True)
            if link is None or link.community_id != dst_id:
                raise NotFound
            if link.maker_id != actor_id and not Role(mine.role).leads:
                raise NotFound
            db.session.delete(link)

    def look(self, actor_id: int | None, code: str) -> views.Invitation:
        """What a link leads to, for who is not in the group, and maybe not even signed in.

        Raises:
            Refused: `bad_link`, or `group_closed`.
        """
        community, link, role = _opened(code)
        maker = db.session.get_one(User, link.maker_id)
        is_member = actor_id is not None and (community_rows.membership(actor_id, community.id) is not None)
        return views.Invitation(
            id=community.id,
            name=community.name,
            icon=community.icon,
            memo=community.memo,
            members=community_rows.counts([community.id])[community.id],
            by=maker.nickname,
            asks=_asks(community, role),
            member=is_member,
        )

    def enter(self, actor_id: int, code: str, note: str) -> views.Joined:
        """Come in by a link, or ask to; being in already is a success and uses nothing up.

        Raises:
            Refused: `bad_link`, `group_closed`, `group_full`, `text_too_long` or `too_many_requests`.
        """
        community_id = _opened(code)[0].id
        with transaction(self._bus) as tx:
            community_rows.lock(community_id)
            community, link, role = _opened(code)  # it may have been used up or revoked in between
            if community_rows.membership(actor_id, community_id) is None:
                community_rows.check_room(community_id, 1, self._settings.community_members)
                if _asks(community, role):
                    if community_requests.ask(tx, community_id, actor_id, link.maker_id, note):
                        link.used += 1
                    return views.Joined(state="requested")
                link.used += 1
                community_rows.enter(tx, community_id, actor_id, link.maker_id)
        return views.Joined(state="joined", community=community_views.one(actor_id, community_id))


def _works() -> ColumnElement[bool]:
    return and_(
        or_(InviteLink.expires_at.is_(None), InviteLink.expires_at > utc_now()),
        or_(InviteLink.most == 0, InviteLink.used < InviteLink.most),
    )


def _opened(code: str) -> tuple[Community, InviteLink, Role]:
    """A link's group, the link, and what its maker is there now: the invitation is worth as much.

    Raises:
        Refused: `bad_link`: unknown, revoked, over, used up, or its maker may not invite any more.
    """
    query = (
        select(Community, InviteLink, Contact.role)
        .join(InviteLink, InviteLink.community_id == Community.id)
        .join(
            Contact,
            and_(
                Contact.ownerid == InviteLink.maker_id,
                Contact.cate == COMMUNITY,
                Contact.dstobj == Community.id,
            ),
        )
        .where(InviteLink.code == code, _works(), Community.dissolved_at.is_(None))
    )
    row = db.session.execute(query.execution_options(populate_existing=True)).one_or_none()
    if row is None or row.InviteLink.code != code:
        raise Refused("bad_link")
    community, link, role = row
    try:
        _check_may_invite(community, Role(role))
    except Refused as refusal:
        if refusal.name == "group_closed":
            raise
        raise Refused("bad_link") from refusal
    return community, link, Role(role)


def _check_may_invite(community: Community, role: Role) -> None:
    """Whether a member may bring others in.

    Raises:
        Refused: `group_closed` or `not_admin`.
    """
    if community.mode == Mode.CLOSED:
        raise Refused("group_closed")
    if community.mode == Mode.INVITE and not role.leads:
        raise Refused("not_admin")


def _asks(community: Community, role: Role) -> bool:
    """Whether those who lead the group must agree to whom a member brings."""
    return community.mode == Mode.APPROVE and not role.leads


def _friends(actor_id: int, friend_ids: Sequence[int]) -> list[int]:
    """Which of these are the actor's friends and have not blocked the actor; in their order, once each."""
    mine = select(Contact.dstobj).where(
        Contact.ownerid == actor_id, Contact.cate == PERSON, Contact.dstobj.in_(friend_ids)
    )
    theirs = select(Contact.ownerid).where(
        Contact.dstobj == actor_id, Contact.cate == PERSON, Contact.ownerid.in_(friend_ids)
    )
    blocking = select(Block.owner_id).where(Block.blocked_id == actor_id, Block.owner_id.in_(friend_ids))
    known = set(db.session.scalars(mine)) & set(db.session.scalars(theirs))
    known -= set(db.session.scalars(blocking))
    return [friend_id for friend_id in dict.fromkeys(friend_ids) if friend_id in known]


def _view(link: InviteLink) -> views.InviteLink:
    return views.InviteLink(
        id=link.id,
        code=link.code,
        maker=link.maker_id,
        createat=rfc3339(link.created_at),
        expires=rfc3339(link.expires_at) if link.expires_at else "",
        most=link.most,
        used=link.used,
    )
