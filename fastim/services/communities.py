"""Groups: creating, joining, leaving, and who is in them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import and_, delete, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import aliased

from fastim.backends.bus import Bus
from fastim.config import Settings
from fastim.errors import NotFound, Refused
from fastim.models import Block, Community, Contact, User, db
from fastim.models.contact import COMMUNITY, PERSON, Role
from fastim.protocol import limits, views
from fastim.protocol.events import CommunityChanged
from fastim.services import conversations, entries
from fastim.services.people import DevicesOf, community_view, line, nobody, user_fields
from fastim.services.resources import Resources
from fastim.services.transaction import Transaction, transaction

_CATEGORIES = range(5)


class Communities:
    """Needs an app context. Every method acts as `actor_id`."""

    def __init__(self, settings: Settings, bus: Bus, resources: Resources, devices_of: DevicesOf) -> None:
        self._settings = settings
        self._bus = bus
        self._resources = resources
        self._devices_of = devices_of

    def create(self, actor_id: int, name: str, icon: str, cate: int, memo: str) -> views.Community:
        """A new group; the actor owns it and is its first member.

        Raises:
            Refused: `name_needed`, `text_too_long`, `bad_url`, `too_many_groups` or `group_name_taken`.
        """
        name, memo = _checked_texts(name, memo)
        self._resources.check_picture(icon)
        self._resources.claim_guest_upload(actor_id, icon)
        community = Community(
            name=name, ownerid=actor_id, icon=icon, memo=memo, cate=cate if cate in _CATEGORIES else 0
        )
        try:
            with transaction(self._bus) as tx:
                self._check_owned(actor_id)
                db.session.add(community)
                db.session.flush()
                conversations.open_group(community.id)
                _enter(tx, actor_id, community.id, Role.OWNER)
        except IntegrityError as error:
            raise Refused("group_name_taken") from error
        return community_view(community, 1)

    def _check_owned(self, actor_id: int) -> None:
        # The lock on the owner's row makes two creations at once wait for each other.
        db.session.execute(select(User.id).where(User.id == actor_id).with_for_update())
        owned = select(func.count()).select_from(Community).where(Community.ownerid == actor_id)
        if (db.session.scalar(owned) or 0) >= self._settings.communities_per_user:
            raise Refused("too_many_groups")

    def update(self, actor_id: int, dst_id: int, name: str, icon: str, memo: str) -> views.Community:
        """Give a group another name, picture or description; its owner may. An empty name or icon stays.

        Raises:
            Refused: `not_owner`, `text_too_long`, `bad_url` or `group_name_taken`.
        """
        found = db.session.get(Community, dst_id)
        if found is None or found.ownerid != actor_id:
            raise Refused("not_owner")
        name, memo = _checked_texts(name or found.name, memo)
        if icon:
            self._resources.check_picture(icon)
        try:
            with transaction(self._bus) as tx:
                _lock(dst_id)
                community = db.session.get_one(Community, dst_id, populate_existing=True)
                if name != community.name:
                    entries.notice(tx, conversations.of_group(dst_id), actor_id, "renamed", name)
                community.name = community.claimed_name = name
                community.memo, community.icon = memo, icon or community.icon
                db.session.flush()
                tx.emit(CommunityChanged(dst_id))
        except IntegrityError as error:
            raise Refused("group_name_taken") from error
        return community_view(community, _counts([dst_id])[dst_id])

    def join(self, actor_id: int, name: str, dst_id: int) -> views.Community:
        """Become a member, by the group's name or its id; joining again is a success.

        Raises:
            Refused: `no_such_group` or `group_full`.
        """
        query = select(Community)
        name = line(name)
        query = query.where(Community.claimed_name == name) if name else query.where(Community.id == dst_id)
        found = db.session.scalars(query).one_or_none()
        if found is None or name not in ("", found.name):  # MySQL takes many names for the same
            raise Refused("no_such_group")
        community_id = found.id
        with transaction(self._bus) as tx:
            _lock(community_id)
            if not _is_member(actor_id, community_id):
                if _counts([community_id]).get(community_id, 0) >= self._settings.community_members:
                    raise Refused("group_full")
                _enter(tx, actor_id, community_id)
        community = db.session.get_one(Community, community_id)
        return community_view(community, _counts([community_id])[community_id])

    def leave(self, actor_id: int, dst_id: int) -> None:
        """Stop being a member.

        Raises:
            Refused: `not_member` or `owner_cannot_leave`.
        """
        with transaction(self._bus) as tx:
            _lock(dst_id)
            if not _is_member(actor_id, dst_id):
                raise Refused("not_member")
            if db.session.get_one(Community, dst_id).ownerid == actor_id:
                raise Refused("owner_cannot_leave")
            db.session.execute(
                delete(Contact).where(
                    Contact.ownerid == actor_id, Contact.cate == COMMUNITY, Contact.dstobj == dst_id
                )
            )
            conversations.leave(tx, dst_id, actor_id)

    def mine(self, actor_id: int) -> list[views.Community]:
        """The groups that the actor is a member of, by name."""
        query = (
            select(Community)
            .join(Contact, and_(Contact.dstobj == Community.id, Contact.cate == COMMUNITY))
            .where(Contact.ownerid == actor_id)
            .order_by(Community.name, Community.id)
            .limit(limits.LIST_ROWS)
        )
        found = list(db.session.scalars(query))
        counts = _counts([community.id for community in found])
        return [community_view(community, counts[community.id]) for community in found]

    def members(self, actor_id: int, dst_id: int) -> list[views.Member]:
        """Who is in a group of the actor's, who leads it first; number and presence are for friends only.

        Raises:
            NotFound: no such group, or the actor is not in it.
        """
        if not _is_member(actor_id, dst_id):
            raise NotFound
        mine, theirs = aliased(Contact), aliased(Block)
        query = (
            select(User, Contact.role, mine.id, theirs.owner_id)
            .join(Contact, and_(Contact.ownerid == User.id, Contact.cate == COMMUNITY))
            .outerjoin(mine, and_(mine.ownerid == actor_id, mine.cate == PERSON, mine.dstobj == User.id))
            .outerjoin(theirs, and_(theirs.owner_id == User.id, theirs.blocked_id == actor_id))
            .where(Contact.dstobj == dst_id)
            .order_by(Contact.role, Contact.id)
            .limit(limits.LIST_ROWS)
        )
        members = []
        for user, role, linked, hidden in db.session.execute(query):
            is_known = bool(linked) or user.id == actor_id  # an outer join: NULL for who is no friend
            devices_of = self._devices_of if is_known and hidden is None else nobody
            fields = user_fields(user, devices_of, with_mobile=is_known)
            members.append(views.Member(**fields, role=Role(role).name.lower()))  # type: ignore[arg-type]
        return members


def _checked_texts(name: str, memo: str) -> tuple[str, str]:
    """A group's name and description as they are stored.

    Raises:
        Refused: `name_needed` or `text_too_long`.
    """
    name, memo = line(name), memo.strip()
    if not name:
        raise Refused("name_needed")
    if len(name) > limits.COMMUNITY_NAME_CHARS or len(memo) > limits.COMMUNITY_MEMO_CHARS:
        raise Refused("text_too_long")
    return name, memo


def _lock(community_id: int) -> None:
    """Who join and leave at the same time take turns: the limit holds, and nobody waits in a ring."""
    db.session.execute(select(Community.id).where(Community.id == community_id).with_for_update())


def _is_member(user_id: int, community_id: int) -> bool:
    query = select(Contact.id).where(
        Contact.ownerid == user_id, Contact.cate == COMMUNITY, Contact.dstobj == community_id
    )
    return db.session.scalar(query) is not None


def _counts(community_ids: Sequence[int]) -> dict[int, int]:
    """community_id to its number of members, in one query."""
    query = (
        select(Contact.dstobj, func.count())
        .where(Contact.cate == COMMUNITY, Contact.dstobj.in_(community_ids))
        .group_by(Contact.dstobj)
    )
    return dict(db.session.execute(query).all())


def _enter(tx: Transaction, user_id: int, community_id: int, role: Role = Role.MEMBER) -> None:
    db.session.add(Contact(ownerid=user_id, dstobj=community_id, cate=COMMUNITY, role=role))
    conversations.join(tx, community_id, user_id)
