"""Signed-in devices: a session is a random token, stored hashed, many per user."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import String, bindparam, delete, select, update

from fastim.backends.bus import Bus
from fastim.backends.questions import Questions, as_text
from fastim.config import Settings
from fastim.errors import NotFound, Refused
from fastim.models import Session, User, db
from fastim.models.base import utc_now
from fastim.protocol.events import SessionsEnded
from fastim.services.steps import in_steps
from fastim.services.transaction import transaction

# How stale "last seen" may be: writing it with every request would make every read a write.
_TOUCH_EVERY = timedelta(minutes=5)
_AT_ONCE = 500
"""Ids of one statement; SQLite took at most 999 for most of its life."""


@dataclass(frozen=True)
class Actor:
    """Who a request or a connection acts as."""

    user_id: int
    session_id: int
    endings: int = 0
    """How many sessions this process had seen end before it was found."""


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


_now = bindparam("now", type_=String)
_BY_TOKEN = select(Session.user_id, Session.id, Session.seen_at < bindparam("due", type_=String)).where(
    Session.token_hash == bindparam("token_hash"), Session.expires_at > _now
)
_ALIVE = select(Session.id).where(
    Session.id == bindparam("session_id"),
    Session.user_id == bindparam("user_id"),
    Session.expires_at > _now,
)


class Sessions:
    """Opens, finds and ends sessions; all but `find` and `is_alive` need an app context."""

    def __init__(self, settings: Settings, bus: Bus, questions: Questions) -> None:
        self._bus = bus
        self._ask = questions.ask
        self._lifetime = timedelta(days=settings.session_days)
        self._endings = 0
        bus.subscribe(self._on_ended, SessionsEnded)

    def _on_ended(self, event: SessionsEnded) -> None:
        self._endings += 1

    def is_alive(self, actor: Actor) -> bool:
        """Whether the session is still what it was when it was found; no SQL unless one ended since."""
        if actor.endings == self._endings:
            return True
        return bool(
            self._ask(_ALIVE, session_id=actor.session_id, user_id=actor.user_id, now=as_text(utc_now()))
        )

    def open(self, user_id: int, passwd: str, device: str, address: str) -> str:
        """A new session's token: 256 random bits, known to the caller alone.

        Args:
            passwd: the hash that was verified. Who changes the password ends all sessions; one that is
                opened at the same moment must not survive it.

        Raises:
            Refused: `wrong_login`: it was changed meanwhile.
        """
        token = secrets.token_urlsafe(32)
        with transaction(self._bus):
            if db.session.scalar(select(User.passwd).where(User.id == user_id).with_for_update()) != passwd:
                raise Refused("wrong_login")
            db.session.add(
                Session(
                    user_id=user_id,
                    token_hash=_hash(token),
                    device=device[:80],
                    address=address[:45],
                    expires_at=utc_now() + self._lifetime,
                )
            )
        return token

    def find(self, token: str) -> Actor | None:
        """Whose token this is, or None; a session in use lives on."""
        now, endings = utc_now(), self._endings
        rows = self._ask(
            _BY_TOKEN, token_hash=_hash(token), now=as_text(now), due=as_text(now - _TOUCH_EVERY)
        )
        for user_id, session_id, is_due in rows:
            if is_due:
                self.touch([session_id])
            return Actor(user_id, session_id, endings)
        return None

    def living(self, session_ids: Sequence[int]) -> set[int]:
        """Those of `session_ids` that have not ended."""
        found: set[int] = set()
        for start in range(0, len(session_ids), _AT_ONCE):
            some = session_ids[start : start + _AT_ONCE]
            query = select(Session.id).where(Session.id.in_(some), Session.expires_at > utc_now())
            found.update(db.session.scalars(query))
        return found

    def touch(self, session_ids: Collection[int]) -> None:
        """These are in use: they live on."""
        now = utc_now()
        ids = list(session_ids)
        for start in range(0, len(ids), _AT_ONCE):
            with transaction(self._bus):
                db.session.execute(
                    update(Session)
                    .where(Session.id.in_(ids[start : start + _AT_ONCE]))
                    .values(seen_at=now, expires_at=now + self._lifetime)
                )

    def devices(self, user_id: int) -> list[Session]:
        """A user's living sessions, the latest used first."""
        query = (
            select(Session)
            .where(Session.user_id == user_id, Session.expires_at > utc_now())
            .order_by(Session.seen_at.desc(), Session.id.desc())
        )
        return list(db.session.scalars(query))

    def end(self, user_id: int, session_id: int) -> None:
        """End one session of `user_id`; its connections close.

        Raises:
            NotFound: it is not one of this user's.
        """
        if not self._end(user_id, Session.id == session_id):
            raise NotFound

    def end_others(self, actor: Actor) -> int:
        """End all sessions of the user but this one; how many there were."""
        return self._end(actor.user_id, Session.id != actor.session_id)

    def end_all(self, user_id: int) -> int:
        """End all sessions of the user; how many there were."""
        return self._end(user_id)

    def purge(self) -> None:
        """Delete sessions that ran out, some in each transaction: of a million none is locked for long."""
        is_over = Session.expires_at <= utc_now()
        for ids in in_steps(Session.id, _AT_ONCE, is_over):
            with transaction(self._bus):  # one that is in use again meanwhile stays
                db.session.execute(delete(Session).where(Session.id.in_(ids), is_over))

    def _end(self, user_id: int, *which: object) -> int:
        with transaction(self._bus) as tx:
            # Locked, so that of two who end a session at the same moment one has ended it.
            query = select(Session.id).where(Session.user_id == user_id, *which).with_for_update()  # type: ignore[arg-type]
            ids = tuple(db.session.scalars(query.order_by(Session.id)))
            db.session.execute(delete(Session).where(Session.id.in_(ids)))
            if ids:
                tx.emit(SessionsEnded(user_id, ids))
        return len(ids)
