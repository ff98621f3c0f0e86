"""Signed-in devices: a session is a random token, stored hashed, many per user."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, select, update

from fastim.backends.bus import Bus
from fastim.config import Settings
from fastim.errors import NotFound
from fastim.models import Session, db
from fastim.models.base import utc_now
from fastim.protocol.events import SessionsEnded
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


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


class Sessions:
    """Opens, finds and ends sessions; needs an app context."""

    def __init__(self, settings: Settings, bus: Bus) -> None:
        self._bus = bus
        self._lifetime = timedelta(days=settings.session_days)

    def open(self, user_id: int, device: str, address: str) -> str:
        """A new session's token: 256 random bits, known to the caller alone."""
        token = secrets.token_urlsafe(32)
        with transaction(self._bus):
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
        now = utc_now()
        query = select(Session).where(Session.token_hash == _hash(token), Session.expires_at > now)
        session = db.session.scalars(query).one_or_none()
        if session is None:
            return None
        actor = Actor(session.user_id, session.id)
        is_due = now - session.seen_at > _TOUCH_EVERY
        # The request's body may take its time; sixteen slow senders would hold all connections meanwhile.
        db.session.rollback()
        if is_due:
            self.touch([actor.session_id])
        return actor

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
        """Delete sessions that ran out."""
        with transaction(self._bus):
            db.session.execute(delete(Session).where(Session.expires_at <= utc_now()))

    def _end(self, user_id: int, *which: object) -> int:
        with transaction(self._bus) as tx:
            # Locked, so that of two who end a session at the same moment one has ended it.
            query = select(Session.id).where(Session.user_id == user_id, *which).with_for_update()  # type: ignore[arg-type]
            ids = tuple(db.session.scalars(query.order_by(Session.id)))
            db.session.execute(delete(Session).where(Session.id.in_(ids)))
            if ids:
                tx.emit(SessionsEnded(user_id, ids))
        return len(ids)
