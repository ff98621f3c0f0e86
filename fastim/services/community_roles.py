"""What members are in a group, and sending them away."""

from __future__ import annotations

from sqlalchemy import delete, func, select

from fastim.backends.bus import Bus
from fastim.config import Settings
from fastim.errors import Refused
from fastim.models import Contact, Mute, db
from fastim.models.contact import COMMUNITY, Role
from fastim.protocol import limits
from fastim.protocol.events import FloorChanged, RolesChanged
from fastim.services import community_rows, conversations, entries
from fastim.services.communities import check_owned
from fastim.services.transaction import Transaction, transaction


class Roles:
    """Needs an app context. Every method acts as `actor_id`."""

    def __init__(self, settings: Settings, bus: Bus) -> None:
        self._settings = settings
        self._bus = bus

    def set_admin(self, actor_id: int, dst_id: int, member_id: int, is_admin: bool) -> None:
        """Make a member an admin, or an admin a member again.

        Raises:
            Refused: `not_member`, `not_owner`, `group_dissolved`, `no_such_member`, `outranked`,
                `nothing_changed` or `too_many_admins`.
        """
        role = Role.ADMIN if is_admin else Role.MEMBER
        with transaction(self._bus) as tx:
            _, mine = community_rows.lock_as(actor_id, dst_id, Role.OWNER)
            member = community_rows.member_below(mine, member_id)
            if member.role == role:
                raise Refused("nothing_changed")
            if is_admin:
                _check_admins(dst_id)
                _let_speak(dst_id, member_id)
            _put(tx, member, role)
            conversation = conversations.of_group(dst_id)
            if not is_admin:
                conversation.doors += 1  # where all are muted, this one is now
            what = "promoted" if is_admin else "demoted"
            entries.notice(tx, conversation, actor_id, what, amount=member_id)

    def transfer(self, actor_id: int, dst_id: int, member_id: int) -> None:
        """Hand the group on to another member; the former owner becomes an admin.

        Raises:
            Refused: `not_member`, `not_owner`, `group_dissolved`, `no_such_member`, `outranked` (it is the
                actor) or `too_many_groups` (of the member's).
        """
        with transaction(self._bus) as tx:
            community, mine = community_rows.lock_as(actor_id, dst_id, Role.OWNER)
            member = community_rows.member_below(mine, member_id)
            check_owned(member_id, self._settings.communities_per_user)
            _let_speak(dst_id, member_id)
            community.ownerid = member_id
            _put(tx, member, Role.OWNER)
            _put(tx, mine, Role.ADMIN)
            entries.notice(tx, conversations.of_group(dst_id), actor_id, "transferred", amount=member_id)

    def remove(self, actor_id: int, dst_id: int, member_id: int) -> None:
        """Send a member away.

        Raises:
            Refused: `not_member`, `not_admin`, `group_dissolved`, `no_such_member` or `outranked`.
        """
        with transaction(self._bus) as tx:
            _, mine = community_rows.lock_as(actor_id, dst_id, Role.ADMIN)
            member = community_rows.member_below(mine, member_id)
            community_rows.part(tx, member, actor_id)


def _put(tx: Transaction, member: Contact, role: Role) -> None:
    member.role = role
    db.session.flush()
    tx.emit(RolesChanged(member.dstobj, (member.ownerid,)))
    tx.emit(FloorChanged(member.dstobj))


def _let_speak(community_id: int, user_id: int) -> None:
    db.session.execute(delete(Mute).where(Mute.community_id == community_id, Mute.user_id == user_id))


def _check_admins(community_id: int) -> None:
    count = (
        select(func.count())
        .select_from(Contact)
        .where(Contact.dstobj == community_id, Contact.cate == COMMUNITY, Contact.role == Role.ADMIN)
    )
    if (db.session.scalar(count) or 0) >= limits.COMMUNITY_ADMINS:
        raise Refused("too_many_admins")
