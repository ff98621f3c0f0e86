"""Who is in a group: the list, page by page, and names that hold in the group alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec
from sqlalchemy import BindParameter, ColumnElement, Row, Select, and_, bindparam, exists, or_, select
from sqlalchemy.orm import aliased

from fastim.backends.bus import Bus
from fastim.errors import BadRequest, NotFound, Refused
from fastim.models import Block, Contact, Mute, NoticeReader, User, db
from fastim.models.base import utc_now
from fastim.models.contact import COMMUNITY, PERSON, Role
from fastim.protocol import limits, views
from fastim.services import community_rows, community_views, conversations, entries
from fastim.services.people import AskOnline, DevicesOf, line, nobody, user_fields
from fastim.services.reading import Reading
from fastim.services.transaction import transaction


class Wanted(msgspec.Struct, frozen=True):
    """Which members of a group."""

    query: str = ""
    """Part of a nickname, of a name in this group, or of the remark that the actor gave a friend."""
    ids: Sequence[int] = ()
    """Only these people."""
    after: str = ""
    """The `next` of the page before."""
    limit: int = limits.MEMBERS_PAGE
    only: str = ""
    """"leaders", "muted", or by the notice of entry `seq`: "read" or "unread", of those who show it."""
    seq: int = 0


class Page(msgspec.Struct, frozen=True):
    rows: list[views.Member]
    next: str
    """Where the next page begins; "" after the last."""


_Found = Row[User, Contact, int, int, datetime]
_ACTOR: BindParameter[int] = bindparam("actor_id")
_GROUP: BindParameter[int] = bindparam("dst_id")
_MINE, _THEIRS = aliased(Contact), aliased(Block)
_MEMBERS = (
    select(User, Contact, _MINE.id, _THEIRS.owner_id, Mute.until)
    .join(Contact, Contact.ownerid == User.id)
    .outerjoin(_MINE, and_(_MINE.ownerid == _ACTOR, _MINE.cate == PERSON, _MINE.dstobj == User.id))
    .outerjoin(_THEIRS, and_(_THEIRS.owner_id == User.id, _THEIRS.blocked_id == _ACTOR))
    .outerjoin(Mute, and_(Mute.community_id == _GROUP, Mute.user_id == User.id))
    .where(Contact.dstobj == _GROUP, Contact.cate == COMMUNITY)
    .order_by(Contact.role, Contact.id)
)
"""Built once, as the list of friends is (`contacts.py`)."""


class Members:
    """Needs an app context. Every method acts as `actor_id`."""

    def __init__(self, bus: Bus, devices_of: DevicesOf, ask_online: AskOnline, reading: Reading) -> None:
        self._bus = bus
        self._devices_of = devices_of
        self._ask_online = ask_online
        self._reading = reading

    def page(self, actor_id: int, dst_id: int, wanted: Wanted) -> Page:
        """Some members of a group of the actor's: who leads it first, then as they came.

        Number and presence are for friends only.

        Raises:
            NotFound: no such group, or the actor is not in it.
            BadRequest: `after` is none that we gave.
            Refused: `receipts_off`: who shows nobody what they read is not told of others.
        """
        if community_rows.membership(actor_id, dst_id) is None:
            raise NotFound
        if wanted.only in ("read", "unread") and not _shows_receipts(actor_id):
            raise Refused("receipts_off")
        limit = max(1, min(wanted.limit, limits.MEMBERS_MOST))
        query, values = _query(wanted).limit(limit + 1), {"actor_id": actor_id, "dst_id": dst_id}
        found = self._reading(lambda: list(db.session.execute(query, values)))
        more, found = len(found) > limit, found[:limit]
        self._ask_online(row[0].id for row in found if row[2])  # only friends' presence is shown
        last = found[-1][1] if more else None
        following = f"{last.role}-{last.id}" if last is not None else ""
        return Page([self._view(actor_id, row) for row in found], following)

    def _view(self, actor_id: int, row: _Found) -> views.Member:
        user, membership, linked, hidden, muted = row
        is_known = bool(linked) or user.id == actor_id  # an outer join: NULL for who is no friend
        fields = user_fields(
            user,
            self._devices_of if is_known and hidden is None else nobody,
            is_known,
            own=user.id == actor_id,
        )
        return views.Member(
            **fields,  # type: ignore[arg-type]
            role=Role(membership.role).name.lower(),
            alias=membership.nickname,
            muted=community_views.until(muted),
        )

    def rename(self, actor_id: int, dst_id: int, alias: str) -> str:
        """Take another name in a group, or with "" one's usual one again; the name as it is kept.

        Raises:
            Refused: `not_member`, `group_dissolved` or `text_too_long`.
        """
        alias = line(alias)
        if len(alias) > limits.NICKNAME_CHARS:
            raise Refused("text_too_long")
        with transaction(self._bus) as tx:
            _, mine = community_rows.lock_as(actor_id, dst_id)
            if mine.nickname != alias:
                mine.nickname = alias
                db.session.flush()
                entries.notice(tx, conversations.of_group(dst_id), actor_id, "aliased", alias)
        return alias


def _query(wanted: Wanted) -> Select[User, Contact, int, int, datetime]:
    query = _MEMBERS.where(*_only(wanted))
    if wanted.query:
        names = (User.nickname, Contact.nickname, _MINE.memo)
        query = query.where(or_(*(name.contains(wanted.query, autoescape=True) for name in names)))
    if wanted.ids:
        query = query.where(User.id.in_(wanted.ids))
    if wanted.after:
        role, member_id = _read_after(wanted.after)
        query = query.where(or_(Contact.role > role, and_(Contact.role == role, Contact.id > member_id)))
    return query


def _shows_receipts(user_id: int) -> bool:
    return bool(db.session.scalar(select(User.shows_receipts).where(User.id == user_id)))


def _only(wanted: Wanted) -> tuple[ColumnElement[bool], ...]:
    if wanted.only == "leaders":
        return (Contact.role < Role.MEMBER,)
    if wanted.only == "muted":
        return (Mute.until > utc_now(),)
    if wanted.only in ("read", "unread"):
        has_read = exists().where(
            NoticeReader.community_id == _GROUP,
            NoticeReader.user_id == User.id,
            NoticeReader.seq >= wanted.seq,
        )
        return (User.shows_receipts.is_(True), has_read if wanted.only == "read" else ~has_read)
    return ()


def _read_after(after: str) -> tuple[int, int]:
    role, _, member_id = after.partition("-")
    if not (role.isascii() and role.isdigit() and member_id.isascii() and member_id.isdigit()):
        raise BadRequest(field="after")
    return min(int(role), Role.MEMBER), min(int(member_id), 1 << 62)
