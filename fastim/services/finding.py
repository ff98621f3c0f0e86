"""Who may be found, how, and how often: nobody must be able to make a directory of it.

By number and by nickname where the person allows it; by the code of the person's own link; by id, which
frames and lists name. Unknown and hidden answer alike. All of it is counted, but for the ids of people
whom one has to do with already.
"""

from __future__ import annotations

import secrets
from typing import NamedTuple

from sqlalchemy import BindParameter, ColumnElement, Select, and_, bindparam, exists, or_, select
from sqlalchemy.orm import aliased

from fastim.backends.bus import Bus
from fastim.backends.questions import Questions
from fastim.config import Settings
from fastim.errors import Refused
from fastim.models import Block, Contact, FriendRequest, Position, User, db
from fastim.models.contact import PERSON
from fastim.protocol import limits, views
from fastim.services import mobiles
from fastim.services.people import DevicesOf, line, nobody, user_fields
from fastim.services.profiles import Profiles
from fastim.services.ratelimit import RateLimit
from fastim.services.transaction import transaction

Id = int | BindParameter[int]


class Between(NamedTuple):
    """What there is between somebody who asks and a user."""

    is_met: bool
    """They are friends of one side at least, one asked or blocked the other, or both are or were in a
    conversation of the asker's."""
    is_friend: bool
    """The user has the asker as a friend, who so may see more."""
    is_blocked: bool
    """By the user."""


class Finding:
    """Needs an app context. Every method acts as `actor_id`."""

    def __init__(
        self,
        settings: Settings,
        bus: Bus,
        questions: Questions,
        rates: RateLimit,
        devices_of: DevicesOf,
        profiles: Profiles,
    ) -> None:
        self._rate = settings.lookup_rate
        self._bus = bus
        self._ask = questions.ask
        self._rates = rates
        self._devices_of = devices_of
        self._profiles = profiles

    def person(self, actor_id: int, user_id: int, mobile: str, code: str) -> views.User:
        """A person as the actor may see them; number and presence are told to oneself and to friends only.

        Raises:
            Refused: `no_such_user` or `bad_mobile`.
            TooOften: too many searches.
        """
        if not (code or mobile or user_id == actor_id):
            return self._by_id(actor_id, user_id)
        user = self.locate(actor_id, user_id, mobile, code)
        own = user.id == actor_id
        known = own or _is_friend(user.id, actor_id)
        hidden = not known or db.session.get(Block, (user.id, actor_id)) is not None
        devices_of = nobody if hidden else self._devices_of
        return views.User(**user_fields(user, devices_of, with_mobile=known, own=own))  # type: ignore[arg-type]

    def _by_id(self, actor_id: int, user_id: int) -> views.User:
        """Somebody else: a friend as the database has them, a stranger as everybody may see them."""
        between = self._between(actor_id, user_id)
        if not between.is_met:
            self._count(actor_id)
        friend = db.session.get(User, user_id) if between.is_friend else None
        if friend is not None:
            devices_of = nobody if between.is_blocked else self._devices_of
            return views.User(**user_fields(friend, devices_of, with_mobile=True))  # type: ignore[arg-type]
        profile = self._profiles.of(user_id)
        if profile is None:
            raise Refused("no_such_user")
        return profile.view()

    def locate(self, actor_id: int, user_id: int, mobile: str, code: str) -> User:
        """A person by code, else by number, else by id.

        Raises:
            Refused: `no_such_user` or `bad_mobile`.
            TooOften: too many searches.
        """
        if code or mobile or not (user_id == actor_id or self._between(actor_id, user_id).is_met):
            self._count(actor_id)
        if code:
            wanted = User.add_code == code
        elif mobile:
            wanted = User.mobile == mobiles.normalise(mobile)
        else:
            wanted = User.id == user_id
        user = db.session.scalars(select(User).where(wanted)).one_or_none()
        if user is None or (mobile and not code and not _is_findable_by_number(actor_id, user)):
            raise Refused("no_such_user")
        return user

    def named(self, actor_id: int, nickname: str) -> list[views.User]:
        """People of exactly this nickname, in capitals or not, who let themselves be found by it.

        Raises:
            Refused: `name_needed`.
            TooOften: too many searches.
        """
        folded = fold(nickname)
        if not folded:
            raise Refused("name_needed")
        self._count(actor_id)
        query = (
            select(User)
            .where(User.listed_as == folded, User.id != actor_id)
            .order_by(User.id)
            .limit(limits.FOUND_BY_NICKNAME)
        )
        return [
            views.User(**user_fields(user, nobody, with_mobile=False))  # type: ignore[arg-type]
            for user in db.session.scalars(query)
        ]

    def code(self, actor_id: int, renew: bool) -> views.AddCode:
        """The code of the actor's link, made where there is none; another one ends the one before."""
        with transaction(self._bus):
            user = db.session.get_one(User, actor_id, populate_existing=True, with_for_update=True)
            if renew or user.add_code is None:
                user.add_code = secrets.token_urlsafe(16)
            return views.AddCode(user.add_code)

    def revoke(self, actor_id: int) -> None:
        """Nobody is led to the actor by a link or QR code any more."""
        with transaction(self._bus):
            db.session.get_one(User, actor_id, populate_existing=True).add_code = None

    def _between(self, actor_id: int, user_id: int) -> Between:
        """Of somebody else."""
        (row,) = self._ask(_BETWEEN, actor_id=actor_id, user_id=user_id)
        return Between(*map(bool, row))

    def _count(self, actor_id: int) -> None:
        self._rates.hit(self._rate, "look-up", str(actor_id))


def fold(nickname: str) -> str:
    """A nickname as it is looked up: the same whether written in capitals or not."""
    return line(line(nickname).casefold())[: limits.NICKNAME_CHARS * 3]


def _is_findable_by_number(actor_id: int, user: User) -> bool:
    return user.by_number or user.id == actor_id or _is_friend(user.id, actor_id)


def _is_friend(owner_id: int, dst_id: int) -> bool:
    return db.session.scalar(select(Contact.id).where(_linked(owner_id, dst_id))) is not None


def _linked(owner: Id, dst: Id) -> ColumnElement[bool]:
    return and_(Contact.ownerid == owner, Contact.cate == PERSON, Contact.dstobj == dst)


def _blocked(owner: Id, other: Id) -> ColumnElement[bool]:
    return exists().where(Block.owner_id == owner, Block.blocked_id == other)


def _between(actor: Id, user: Id) -> Select[bool, bool, bool]:
    mine, theirs = aliased(Position), aliased(Position)
    shared = exists().where(
        mine.user_id == actor, theirs.user_id == user, mine.conversation_id == theirs.conversation_id
    )
    pair = (actor, user)
    asked = exists().where(FriendRequest.from_id.in_(pair), FriendRequest.to_id.in_(pair))
    linked = exists().where(or_(_linked(actor, user), _linked(user, actor)))
    is_met = or_(linked, asked, _blocked(actor, user), shared)
    return select(is_met, exists().where(_linked(user, actor)), _blocked(user, actor))


_BETWEEN = _between(bindparam("actor_id"), bindparam("user_id"))
"""Built once: a page asks it of everybody whom it shows and does not know."""
