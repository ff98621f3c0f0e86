"""Groups: making, finding, joining, changing, leaving and ending them."""

from __future__ import annotations

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError

from fastim.backends.bus import Bus
from fastim.config import Settings
from fastim.errors import Refused
from fastim.models import Community, InviteLink, JoinRequest, User, db
from fastim.models.base import utc_now
from fastim.models.community import Mode
from fastim.models.contact import Role
from fastim.protocol import limits, views
from fastim.protocol.events import CommunityChanged, FloorChanged
from fastim.services import community_requests, community_rows, community_views, conversations, entries
from fastim.services.people import line
from fastim.services.reading import Reading
from fastim.services.resources import Resources
from fastim.services.transaction import Transaction, transaction

_CATEGORIES = range(5)


class Communities:
    """Needs an app context. Every method acts as `actor_id`."""

    def __init__(self, settings: Settings, bus: Bus, resources: Resources, reading: Reading) -> None:
        self._settings = settings
        self._bus = bus
        self._resources = resources
        self._reading = reading

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
                check_owned(actor_id, self._settings.communities_per_user)
                db.session.add(community)
                db.session.flush()
                conversations.open_group(community.id)
                community_rows.enter(tx, community.id, actor_id, role=Role.OWNER)
        except IntegrityError as error:
            raise Refused("group_name_taken") from error
        return community_views.one(actor_id, community.id)

    def update(self, actor_id: int, dst_id: int, name: str, icon: str, memo: str | None) -> views.Community:
        """Give a group another name, picture or description. What is empty or None stays.

        Raises:
            Refused: `not_member`, `not_admin`, `group_dissolved`, `text_too_long`, `bad_url` or
                `group_name_taken`.
        """
        community_rows.role_as(actor_id, dst_id, Role.ADMIN)  # before anything is claimed
        if icon:
            self._resources.check_picture(icon)
            self._resources.claim_guest_upload(actor_id, icon)
        try:
            with transaction(self._bus) as tx:
                community, _ = community_rows.lock_as(actor_id, dst_id, Role.ADMIN)
                wanted = _checked_texts(name or community.name, community.memo if memo is None else memo)
                self._change(tx, actor_id, community, wanted, icon or community.icon)
        except IntegrityError as error:
            raise Refused("group_name_taken") from error
        return community_views.one(actor_id, dst_id)

    def _change(
        self, tx: Transaction, actor_id: int, community: Community, texts: tuple[str, str], icon: str
    ) -> None:
        """Change what is wanted otherwise than it is; each change is told by an entry of its own."""
        name, memo = texts
        news: list[tuple[str, str]] = []
        if name != community.name:
            news.append(("renamed", name))
            community.name = community.claimed_name = name
        if icon != community.icon:
            news.append(("pictured", icon))
            community.icon = icon
        if memo != community.memo:
            news.append(("described", memo))
            community.memo = memo
        db.session.flush()
        if news:
            conversation = conversations.of_group(community.id)
            for what, text in news:
                entries.notice(tx, conversation, actor_id, what, text)
            tx.emit(CommunityChanged(community.id))

    def set_mode(self, actor_id: int, dst_id: int, mode: Mode) -> None:
        """Say how one becomes a member. Who waits to be let in is forgotten where nobody may ask any more.

        Raises:
            Refused: `not_member`, `not_admin`, `group_dissolved` or `nothing_changed`.
        """
        with transaction(self._bus) as tx:
            community, _ = community_rows.lock_as(actor_id, dst_id, Role.ADMIN)
            if community.mode == mode:
                raise Refused("nothing_changed")
            community.mode = mode
            if mode in (Mode.INVITE, Mode.CLOSED):
                db.session.execute(delete(JoinRequest).where(JoinRequest.community_id == dst_id))
            entries.notice(tx, conversations.of_group(dst_id), actor_id, "mode", mode.name.lower())

    def join(self, actor_id: int, name: str, dst_id: int, note: str = "") -> views.Joined:
        """Become a member, or ask to, by the group's name or its id; joining again is a success.

        A group that takes invited people only cannot be found.

        Raises:
            Refused: `no_such_group`, `group_full`, `text_too_long` or `too_many_requests`.
        """
        found = _find(line(name), dst_id)
        with transaction(self._bus) as tx:
            community = community_rows.lock(found)
            state = "joined"
            if community is None:
                raise Refused("no_such_group")
            if community_rows.membership(actor_id, found) is None:
                if community.dissolved_at is not None or community.mode not in (Mode.OPEN, Mode.APPROVE):
                    raise Refused("no_such_group")
                community_rows.check_room(found, 1, self._settings.community_members)
                if community.mode == Mode.APPROVE:
                    community_requests.ask(tx, found, actor_id, None, note)
                    state = "requested"
                else:
                    community_rows.enter(tx, found, actor_id)
        view = community_views.one(actor_id, found) if state == "joined" else None
        return views.Joined(state=state, community=view)

    def leave(self, actor_id: int, dst_id: int) -> None:
        """Stop being a member. An owner hands the group on or dissolves it first.

        Raises:
            Refused: `not_member` or `owner_cannot_leave`.
        """
        with transaction(self._bus) as tx:
            community = community_rows.lock(dst_id)
            mine = community_rows.membership(actor_id, dst_id) if community is not None else None
            if community is None or mine is None:
                raise Refused("not_member")
            if mine.role == Role.OWNER and community.dissolved_at is None:
                raise Refused("owner_cannot_leave")
            community_rows.part(tx, mine)

    def dissolve(self, actor_id: int, dst_id: int) -> None:
        """End a group for good: from here on it may be read, and nothing else.

        Raises:
            Refused: `not_member`, `not_owner` or `group_dissolved`.
        """
        with transaction(self._bus) as tx:
            community, _ = community_rows.lock_as(actor_id, dst_id, Role.OWNER)
            community.dissolved_at = utc_now()
            community.claimed_name = None
            for table in (InviteLink, JoinRequest):
                db.session.execute(delete(table).where(table.community_id == dst_id))
            conversation = conversations.of_group(dst_id)
            conversations.close_door(tx, conversation, dst_id, 0, "group_dissolved")
            tx.emit(FloorChanged(dst_id))
            entries.notice(tx, conversation, actor_id, "dissolved")

    def mine(self, actor_id: int) -> list[views.Community]:
        """The groups that the actor is a member of, by name."""
        return self._reading(lambda: community_views.of_member(actor_id))


def check_owned(user_id: int, most: int) -> None:
    """Whether somebody may own one more group.

    Raises:
        Refused: `too_many_groups`.
    """
    # The lock on the owner's row makes two creations at once wait for each other.
    db.session.scalar(select(User.id).where(User.id == user_id).with_for_update())
    owned = (
        select(func.count())
        .select_from(Community)
        .where(Community.ownerid == user_id, Community.dissolved_at.is_(None))
    )
    if (db.session.scalar(owned) or 0) >= most:
        raise Refused("too_many_groups")


def _find(name: str, dst_id: int) -> int:
    query = select(Community.id, Community.name)
    query = query.where(Community.claimed_name == name) if name else query.where(Community.id == dst_id)
    found = db.session.execute(query).one_or_none()
    if found is None or name not in ("", found.name):  # MySQL takes many names for the same
        raise Refused("no_such_group")
    return int(found.id)


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
