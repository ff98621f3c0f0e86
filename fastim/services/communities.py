"""Groups: creating, joining, leaving, and who is in them. A contact row of cate COMMUNITY is a membership."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, and_, delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import aliased

from fastim.backends.bus import Bus
from fastim.config import Settings
from fastim.errors import NotSignedIn, Refused
from fastim.models import Block, Community, Contact, User, db
from fastim.models.contact import COMMUNITY, PERSON
from fastim.protocol import limits, views
from fastim.protocol.events import CommunityJoined, CommunityLeft
from fastim.services import conversations, profiles, typed
from fastim.services.profiles import IsOnline
from fastim.services.transaction import transaction


class Communities:
    """Needs an app context."""

    def __init__(self, settings: Settings, bus: Bus, is_online: IsOnline) -> None:
        self._settings = settings
        self._bus = bus
        self._is_online = is_online

    def create(self, me: int, name: str, icon: str = "", cate: int = 0, memo: str = "") -> views.Community:
        """A new group with `me` as its owner and first member.

        Raises:
            Refused: `name_needed`, `text_too_long`, `bad_url`, `too_many_groups` or `group_name_taken`.
        """
        community = Community(
            name=typed.name(name, "name", limits.COMMUNITY_NAME_CHARS),
            ownerid=me,
            icon=typed.own_file(icon, "icon"),
            cate=cate,
            memo=typed.paragraph(memo, "memo", limits.COMMUNITY_MEMO_CHARS),
        )
        try:
            with transaction(self._bus) as tx:
                self._check_room(me)
                if _by_name(community.name) is not None:
                    raise Refused("group_name_taken")
                db.session.add(community)
                db.session.flush()
                conversations.open_group(community.id)
                tx.emit(_enter(community.id, me))
                shown = _shown(community, 1)
        except IntegrityError:  # somebody else was faster by a moment
            raise Refused("group_name_taken") from None
        return shown

    def _check_room(self, me: int) -> None:
        """Count my groups with my row locked, so that two at once do not both find room."""
        if db.session.scalar(select(User.id).where(User.id == me).with_for_update()) is None:
            raise NotSignedIn
        owned = select(func.count()).select_from(Community).where(Community.ownerid == me)
        if (db.session.scalar(owned) or 0) >= self._settings.communities_per_user:
            raise Refused("too_many_groups")

    def join(self, me: int, community_id: int, name: str = "") -> views.Community:
        """Become a member of the group called `name`, or else of `community_id`; twice is the same.

        Raises:
            Refused: `no_such_group` or `group_full`.
        """
        with transaction(self._bus) as tx:
            found = _by_name(typed.line(name, "dstname", limits.COMMUNITY_NAME_CHARS)) if name else community_id
            community = None if found is None else _locked(found)
            if community is None:
                raise Refused("no_such_group")
            members = _counts([community.id]).get(community.id, 0)
            if not _is_member(me, community.id):
                if members >= self._settings.community_members:
                    raise Refused("group_full")
                tx.emit(_enter(community.id, me))
                members += 1
            shown = _shown(community, members)
        return shown

    def leave(self, me: int, community_id: int) -> None:
        """Stop being a member.

        Raises:
            Refused: `not_member` or `owner_cannot_leave`.
        """
        with transaction(self._bus) as tx:
            community = _locked(community_id)
            if community is None or not _is_member(me, community_id):
                raise Refused("not_member")
            if community.ownerid == me:
                raise Refused("owner_cannot_leave")
            db.session.execute(delete(Contact).where(_link(me, community_id)))
            tx.emit(CommunityLeft(community_id, conversations.leave(community_id, me), me))

    def mine(self, me: int) -> list[views.Community]:
        """The groups that I am a member of."""
        query = (
            select(Community)
            .join(Contact, Contact.dstobj == Community.id)
            .where(Contact.ownerid == me, Contact.cate == COMMUNITY)
            .order_by(Contact.id)
            .limit(limits.LIST_ROWS)
        )
        rows = list(db.session.scalars(query))
        counts = _counts([row.id for row in rows])
        return [_shown(row, counts.get(row.id, 0)) for row in rows]

    def members(self, me: int, community_id: int) -> list[views.Member]:
        """Who is in the group, in the order of joining. Numbers and presence are shown of friends only.

        Raises:
            Refused: `not_member`, of an unknown group too.
        """
        if not _is_member(me, community_id):
            raise Refused("not_member")
        owner = db.session.scalar(select(Community.ownerid).where(Community.id == community_id))
        mine, theirs = aliased(Contact), aliased(Block)
        query = (
            select(User, mine.id, theirs.owner_id)
            .join(Contact, Contact.ownerid == User.id)
            .outerjoin(mine, and_(mine.ownerid == me, mine.cate == PERSON, mine.dstobj == User.id))
            .outerjoin(theirs, and_(theirs.owner_id == User.id, theirs.blocked_id == me))
            .where(Contact.dstobj == community_id, Contact.cate == COMMUNITY)
            .order_by(Contact.id)
            .limit(limits.LIST_ROWS)
        )
        return [
            profiles.member(self._seen(user, me, linked is not None, hidden is not None), user.id == owner)
            for user, linked, hidden in db.session.execute(query)
        ]

    def _seen(self, user: User, me: int, linked: bool, hidden: bool) -> views.User:
        if user.id == me:
            return profiles.me(user, self._is_online)
        if linked:
            return profiles.friend(user, not hidden and self._is_online(user.id))
        return profiles.stranger(user)


def _enter(community_id: int, user_id: int) -> CommunityJoined:
    """Write the membership, in the list and in the conversation."""
    db.session.add(Contact(ownerid=user_id, dstobj=community_id, cate=COMMUNITY))
    return CommunityJoined(community_id, conversations.join(community_id, user_id), user_id)


def _locked(community_id: int) -> Community | None:
    """The group's row under its lock: members do not change until the commit."""
    query = select(Community).where(Community.id == community_id).with_for_update()
    return db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()


def _by_name(name: str) -> int | None:
    """The group of this very name: MySQL's collations take many names for the same."""
    query = select(Community.id, Community.name).where(Community.name == name)
    return next((id_ for id_, found in db.session.execute(query) if found == name), None)


def _link(owner: int, community_id: int) -> ColumnElement[bool]:
    return and_(Contact.ownerid == owner, Contact.cate == COMMUNITY, Contact.dstobj == community_id)


def _is_member(user_id: int, community_id: int) -> bool:
    return db.session.scalar(select(Contact.id).where(_link(user_id, community_id))) is not None


def _counts(community_ids: Collection[int]) -> dict[int, int]:
    """How many members each of these groups has."""
    query = (
        select(Contact.dstobj, func.count())
        .where(Contact.cate == COMMUNITY, Contact.dstobj.in_(community_ids))
        .group_by(Contact.dstobj)
    )
    return {community_id: count for community_id, count in db.session.execute(query)}


def _shown(community: Community, members: int) -> views.Community:
    return views.Community(
        id=community.id,
        name=community.name,
        ownerid=community.ownerid,
        icon=community.icon,
        cate=community.cate,
        memo=community.memo,
        createat=community.createat,
        members=members,
    )
