"""Rows of people and groups as their views."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import select

from fastim.errors import Refused
from fastim.models import Community, User, db
from fastim.protocol import views
from fastim.services import mobiles

IsOnline = Callable[[int], bool]


def nobody(user_id: int) -> bool:
    """Presence that the viewer may not see."""
    return False


def line(text: str) -> str:
    """What somebody typed, as one line."""
    return " ".join(text.split())


def rfc3339(when: datetime) -> str:
    return when.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def find_user(user_id: int, mobile: str) -> User:
    """A person by number, or without one by id.

    Raises:
        Refused: `no_such_user` or `bad_mobile`.
    """
    wanted = User.mobile == mobiles.normalise(mobile) if mobile else User.id == user_id
    user = db.session.scalars(select(User).where(wanted)).one_or_none()
    if user is None:
        raise Refused("no_such_user")
    return user


def user_fields(user: User, is_online: IsOnline, with_mobile: bool) -> dict[str, object]:
    """The fields that every view of a person has."""
    return {
        "id": user.id,
        "mobile": user.mobile if with_mobile else "",
        "avatar": user.avatar,
        "sex": user.sex,
        "nickname": user.nickname,
        "online": int(is_online(user.id)),
        "memo": user.memo,
        "createat": rfc3339(user.createat),
    }


def community_view(community: Community, members: int) -> views.Community:
    return views.Community(
        id=community.id,
        name=community.name,
        ownerid=community.ownerid,
        icon=community.icon,
        cate=community.cate,
        memo=community.memo,
        createat=rfc3339(community.createat),
        members=members,
    )
