"""Muting one member of a group, or all."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete

from fastim.backends.bus import Bus
from fastim.errors import Refused
from fastim.models import Mute, db
from fastim.models.base import utc_now
from fastim.models.contact import Role
from fastim.protocol import limits
from fastim.protocol.events import FloorChanged
from fastim.services import community_rows, conversations, entries
from fastim.services.transaction import Transaction, transaction


class Mutes:
    """Needs an app context. Every method acts as `actor_id`, who leads the group."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus

    def mute(self, actor_id: int, dst_id: int, member_id: int, seconds: int) -> None:
        """Let a member not speak for so long; 0 lets them speak again.

        Raises:
            Refused: `not_member`, `not_admin`, `group_dissolved`, `no_such_member`, `outranked` or
                `nothing_changed`.
        """
        with transaction(self._bus) as tx:
            _, mine = community_rows.lock_as(actor_id, dst_id, Role.ADMIN)
            community_rows.member_below(mine, member_id)
            until = _until(seconds)
            key = (dst_id, member_id)
            row = db.session.get(Mute, key, populate_existing=True)
            if not seconds and (row is None or row.until <= utc_now()):
                raise Refused("nothing_changed")
            _drop_old(dst_id, member_id)
            if until is not None:
                db.session.add(Mute(community_id=dst_id, user_id=member_id, until=until))
            db.session.flush()
            _tell(tx, actor_id, dst_id, member_id, until)

    def mute_all(self, actor_id: int, dst_id: int, seconds: int) -> None:
        """Let only owner and admins speak for so long; 0 lets everybody speak again.

        Raises:
            Refused: `not_member`, `not_admin`, `group_dissolved` or `nothing_changed`.
        """
        with transaction(self._bus) as tx:
            community, _ = community_rows.lock_as(actor_id, dst_id, Role.ADMIN)
            is_muted = community.muted_until is not None and community.muted_until > utc_now()
            if not seconds and not is_muted:
                raise Refused("nothing_changed")
            community.muted_until = _until(seconds)
            db.session.flush()
            _tell(tx, actor_id, dst_id, 0, community.muted_until)


def _until(seconds: int) -> datetime | None:
    return utc_now() + timedelta(seconds=min(seconds, limits.MUTE_SECONDS)) if seconds else None


def _drop_old(dst_id: int, member_id: int) -> None:
    """What is over, of whomever, and what is to be said anew."""
    db.session.execute(
        delete(Mute).where(
            Mute.community_id == dst_id, (Mute.until <= utc_now()) | (Mute.user_id == member_id)
        )
    )
    db.session.expire_all()


def _tell(tx: Transaction, actor_id: int, dst_id: int, member_id: int, until: datetime | None) -> None:
    tx.emit(FloorChanged(dst_id))
    conversation = conversations.of_group(dst_id)
    if until:
        conversation.doors += 1  # the log asks again who may speak, in other processes too
    what, memo = ("muted", str(round(until.timestamp() * 1000))) if until else ("unmuted", "")
    entries.notice(tx, conversation, actor_id, what, memo, member_id)
