"""Accounts: registering, logging in, changing oneself."""

from __future__ import annotations

import hmac
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from fastim import locales
from fastim.backends.bus import Bus
from fastim.backends.passwords import Passwords, is_common
from fastim.config import Settings
from fastim.errors import Refused
from fastim.models import User, db
from fastim.models.user import ASK, OPEN
from fastim.protocol import limits, views
from fastim.protocol.events import ProfileChanged
from fastim.services import mobiles, notices, privacy
from fastim.services.finding import fold
from fastim.services.people import DevicesOf, line, user_fields
from fastim.services.ratelimit import RateLimit
from fastim.services.resources import Resources
from fastim.services.sessions import Actor, Sessions
from fastim.services.transaction import transaction


@dataclass(frozen=True)
class Caller:
    """Where a request comes from; both are shown in the list of devices."""

    address: str
    device: str


@dataclass(frozen=True)
class Registration:
    mobile: str
    passwd: str
    nickname: str = ""
    avatar: str = ""
    sex: str = ""
    memo: str = ""
    invite: str = ""


@dataclass(frozen=True)
class Changes:
    """What of a profile is to change; None leaves it."""

    nickname: str | None = None
    avatar: str | None = None
    sex: str | None = None
    memo: str | None = None
    askfirst: bool | None = None
    lang: str | None = None


class Accounts:
    """Needs an app context."""

    def __init__(
        self,
        settings: Settings,
        bus: Bus,
        passwords: Passwords,
        rates: RateLimit,
        sessions: Sessions,
        resources: Resources,
        devices_of: DevicesOf,
    ) -> None:
        self._settings = settings
        self._bus = bus
        self._passwords = passwords
        self._rates = rates
        self._sessions = sessions
        self._resources = resources
        self._devices_of = devices_of

    def register(self, new: Registration, caller: Caller) -> views.Me:
        """A new account, signed in.

        Raises:
            Refused: `signup_closed`, `invite_needed`, `bad_invite`, `bad_mobile`, `weak_password`,
                `text_too_long`, `bad_url` or `mobile_taken`.
            TooOften: too many from this address.
        """
        self._rates.hit(self._settings.address_rate, "sign-in", caller.address)
        self._check_invite(new.invite)
        user = self._prepare(new)
        self._rates.hit(self._settings.register_rate, "register", caller.address)
        self._insert(user, new.passwd)
        return self._signed_in(user.id, user.passwd, caller)

    def create(self, new: Registration) -> views.Me:
        """An operator's: a new account, whoever may register and however often.

        Raises:
            Refused: `bad_mobile`, `weak_password`, `text_too_long`, `bad_url` or `mobile_taken`.
        """
        user = self._prepare(new)
        self._insert(user, new.passwd)
        return self.me(user.id)

    def _prepare(self, new: Registration) -> User:
        mobile = mobiles.normalise(new.mobile)
        self._check_password(new.passwd, mobile)
        user = User(mobile=mobile, nickname=line(new.nickname) or _default_nickname(mobile))
        self._resources.check_picture(new.avatar)
        _apply(user, Changes(user.nickname, new.avatar, new.sex, new.memo))
        return user

    def _insert(self, user: User, passwd: str) -> None:
        user.passwd = self._passwords.hash(passwd)  # before looking: the time tells nothing
        try:
            with transaction(self._bus):
                db.session.add(user)
        except IntegrityError as error:
            raise Refused("mobile_taken") from error
        self._resources.claim_guest_upload(user.id, user.avatar)

    def log_in(self, mobile: str, passwd: str, caller: Caller) -> views.Me:
        """Sign in; the answer and its time do not tell whether the number has an account.

        Raises:
            Refused: `wrong_login`.
            TooOften: too many attempts for this account or from this address.
        """
        try:
            mobile = mobiles.normalise(mobile)
        except Refused:
            mobile = mobile.strip()[: limits.MOBILE_CHARS]  # the Go version took any text for a number
        self._rates.hit(self._settings.address_rate, "sign-in", caller.address)
        self._rates.hit(self._settings.login_rate, "log-in", mobile)
        user = db.session.scalars(select(User).where(User.mobile == mobile)).one_or_none()
        if user is not None and user.mobile != mobile:  # MySQL takes many texts for the same
            user = None
        stored, salt = (user.passwd, user.salt) if user else (None, "")
        db.session.rollback()  # hashing takes a while; no connection is held meanwhile
        if not self._passwords.verify(passwd, stored, salt) or user is None or stored is None:
            raise Refused("wrong_login")
        user_id = user.id
        if self._passwords.is_outdated(stored):
            fresh = self._passwords.hash(passwd)
            self._store_password(user_id, fresh, stored, "wrong_login")
            stored = fresh
        return self._signed_in(user_id, stored, caller)

    def _signed_in(self, user_id: int, passwd: str, caller: Caller) -> views.Me:
        token = self._sessions.open(user_id, passwd, caller.device, caller.address)
        me = self.me(user_id)
        me.token = token
        return me

    def me(self, user_id: int) -> views.Me:
        user = _get(user_id)
        return views.Me(
            **user_fields(user, self._devices_of, with_mobile=True, own=True),  # type: ignore[arg-type]
            askfirst=user.adding != OPEN,
            lang=user.lang,
            privacy=privacy.of(user),
            notices=notices.of(user_id),
        )

    def change_password(self, actor: Actor, old: str, new: str) -> int:
        """Replace the password and end all other sessions; how many these were.

        Raises:
            Refused: `wrong_password` or `weak_password`.
            TooOften: too many attempts.
        """
        user = _get(actor.user_id)
        self._rates.hit(self._settings.login_rate, "log-in", user.mobile)
        self._check_password(new, user.mobile)
        stored, salt = user.passwd, user.salt
        db.session.rollback()
        if not self._passwords.verify(old, stored, salt):
            raise Refused("wrong_password")
        self._store_password(actor.user_id, self._passwords.hash(new), stored, "wrong_password")
        return self._sessions.end_others(actor)

    def reset_password(self, mobile: str, new: str) -> int:
        """An operator's: set a password and end all sessions; how many these were.

        Raises:
            Refused: `no_such_user`, `bad_mobile` or `weak_password`.
        """
        mobile = mobiles.normalise(mobile)
        self._check_password(new, mobile)
        user_id = db.session.scalar(select(User.id).where(User.mobile == mobile))
        if user_id is None:
            raise Refused("no_such_user")
        self._store_password(user_id, self._passwords.hash(new))
        return self._sessions.end_all(user_id)

    def _store_password(self, user_id: int, hashed: str, verified: str = "", refusal: str = "") -> None:
        """Replace a password; where its former hash was `verified`, only if it is still the same: verifying
        takes a while, and who changed it meanwhile has the last word."""
        with transaction(self._bus):
            query = select(User).where(User.id == user_id).with_for_update()
            user = db.session.scalars(query.execution_options(populate_existing=True)).one()
            if verified and user.passwd != verified:
                raise Refused(refusal)
            user.passwd, user.salt = hashed, ""

    def update(self, user_id: int, changes: Changes) -> views.Me:
        """Change one's profile.

        Raises:
            Refused: `name_needed`, `text_too_long` or `bad_url`.
        """
        if changes.avatar:
            self._resources.check_picture(changes.avatar)
            self._resources.claim_guest_upload(user_id, changes.avatar)
        with transaction(self._bus) as tx:
            user = _get(user_id)
            _apply(user, changes)
            tx.emit(ProfileChanged(user_id))
        return self.me(user_id)

    def _check_invite(self, invite: str) -> None:
        if self._settings.signup == "closed":
            raise Refused("signup_closed")
        if self._settings.signup == "invite":
            if not invite.strip():
                raise Refused("invite_needed")
            if not hmac.compare_digest(invite.strip().encode(), self._settings.invite_code.encode()):
                raise Refused("bad_invite")

    def _check_password(self, passwd: str, mobile: str) -> None:
        least = self._settings.password_least
        is_number = passwd.removeprefix("+").removeprefix("86") == mobile.removeprefix("+")
        if not least <= len(passwd) <= limits.PASSWORD_CHARS or is_common(passwd) or is_number:
            raise Refused("weak_password", least=least)


def _get(user_id: int) -> User:
    return db.session.get_one(User, user_id, populate_existing=True)


def _default_nickname(mobile: str) -> str:
    return f"用户{mobile[-4:]}"


def _rename(user: User, nickname: str) -> None:
    if not nickname:
        raise Refused("name_needed")
    user.nickname = nickname
    if user.listed_as is not None:
        user.listed_as = fold(nickname)


def _apply(user: User, changes: Changes) -> None:
    if changes.nickname is not None:
        _rename(user, line(changes.nickname))
    if changes.avatar is not None:
        user.avatar = changes.avatar
    if changes.sex is not None:
        user.sex = changes.sex if changes.sex in ("M", "W") else "U"
    if changes.memo is not None:
        user.memo = changes.memo.strip()
    if changes.askfirst is not None and changes.askfirst == (user.adding == OPEN):
        user.adding = ASK if changes.askfirst else OPEN
    if changes.lang is not None:
        user.lang = changes.lang if changes.lang in locales.LANGUAGES else ""
    if len(user.nickname) > limits.NICKNAME_CHARS:
        raise Refused("text_too_long", field="nickname")
    if len(user.memo or "") > limits.PROFILE_MEMO_CHARS:
        raise Refused("text_too_long", field="memo")
