"""What people show: that they are online, when they were here last, and what they have read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from sqlalchemy import bindparam, select

from fastim.backends.bus import Bus
from fastim.backends.questions import Questions
from fastim.errors import BadRequest
from fastim.models import User, db
from fastim.models.base import utc_now
from fastim.models.user import ASK, NOBODY, OPEN
from fastim.protocol import codec, frames, views
from fastim.protocol.events import PrivacyChanged, ProfileChanged, Signal
from fastim.services.access import Access
from fastim.services.finding import fold
from fastim.services.kept import Kept
from fastim.services.people import DevicesOf
from fastim.services.transaction import Transaction, transaction

_KEPT = 100_000
_SHOWN = select(User.shows_online, User.shows_seen, User.shows_receipts).where(
    User.id == bindparam("user_id")
)


@dataclass(frozen=True, slots=True)
class Shown:
    """What one person shows to those who may see it."""

    online: bool
    lastseen: bool
    receipts: bool


_shown = cache(Shown)
"""One object for all who show the same: it is kept of everybody who was connected."""


@dataclass(frozen=True)
class PrivacyChanges:
    """What is to change; None leaves it."""

    online: bool | None = None
    lastseen: bool | None = None
    receipts: bool | None = None
    adding: str | None = None
    bynumber: bool | None = None
    bynickname: bool | None = None


class Privacy:
    """Answers from a cache that events keep true; a miss needs SQL."""

    def __init__(self, bus: Bus, questions: Questions, access: Access, devices_of: DevicesOf) -> None:
        self._bus = bus
        self._ask = questions.ask
        self._access = access
        self._devices_of = devices_of
        self._shown: Kept[int, Shown] = Kept(_KEPT)
        self._changes = 0
        bus.subscribe(self._on_event, PrivacyChanged)

    def known(self, user_id: int) -> Shown | None:
        """What `user_id` shows, if that is known without SQL."""
        return self._shown.get(user_id)

    def shown(self, user_id: int) -> Shown:
        """What `user_id` shows; nothing of somebody who is no more."""
        known = self.known(user_id)
        if known is not None:
            return known
        changes = self._changes
        rows = self._ask(_SHOWN, user_id=user_id)
        found = _shown(False, False, False)
        for online, lastseen, receipts in rows:
            found = _shown(bool(online), bool(online and lastseen), bool(receipts))
        if changes == self._changes:  # else it may be old already
            self._shown.put(user_id, found)
        return found

    def ask_again(self, user_id: int) -> None:
        """News may have been lost."""
        self._changes += 1
        self._shown.drop(user_id)
        self.shown(user_id)

    def forget_others(self, user_ids: Iterable[int]) -> None:
        """News may have been lost: of everybody but these it is asked when it is wanted."""
        self._changes += 1
        shown: Kept[int, Shown] = Kept(_KEPT)
        for user_id in user_ids:
            if (known := self._shown.get(user_id)) is not None:
                shown.put(user_id, known)
        self._shown = shown

    def share_receipts(self, user_ids: Iterable[int]) -> bool:
        """Whether each of these shows what they have read, and so may see it of the others."""
        return all(self.shown(user_id).receipts for user_id in user_ids)

    def update(self, user_id: int, changes: PrivacyChanges) -> None:
        """Change what one shows; the own devices load it again, friends see one come or go.

        Raises:
            BadRequest: `adding` is none of open, ask, nobody.
        """
        if changes.adding not in (None, OPEN, ASK, NOBODY):
            raise BadRequest(field="adding")
        with transaction(self._bus) as tx:
            user = db.session.get_one(User, user_id, populate_existing=True, with_for_update=True)
            was_online = user.shows_online
            _apply(user, changes)
            seen = user.shows_online and user.shows_seen
            tx.emit(PrivacyChanged(user_id, user.shows_online, seen, user.shows_receipts))
            tx.emit(ProfileChanged(user_id))
            if was_online != user.shows_online:
                self._tell_friends(tx, user)

    def _tell_friends(self, tx: Transaction, user: User) -> None:
        devices = self._devices_of(user.id) if user.shows_online else ()
        since = utc_now() if devices else user.seen_at
        since_ms = 0
        if since is not None and user.shows_online and user.shows_seen:
            since_ms = int(since.timestamp() * 1000)
        presence = frames.Presence(user.id, int(bool(devices)), since_ms, devices)
        friends = self._access.friends_of(user.id)
        tx.emit(Signal(friends, codec.encode(presence), topic=f"presence {user.id}"))

    def _on_event(self, event: PrivacyChanged) -> None:
        self._changes += 1
        self._shown.drop(event.user_id)
        self._shown.put(event.user_id, _shown(event.online, event.lastseen, event.receipts))


def of(user: User) -> views.Privacy:
    """A person's own settings."""
    return views.Privacy(
        online=user.shows_online,
        lastseen=user.shows_seen,
        receipts=user.shows_receipts,
        adding=user.adding,
        bynumber=user.by_number,
        bynickname=user.listed_as is not None,
    )


def _apply(user: User, changes: PrivacyChanges) -> None:
    if changes.online is not None:
        user.shows_online = changes.online
    if changes.lastseen is not None:
        user.shows_seen = changes.lastseen
    if changes.receipts is not None:
        user.shows_receipts = changes.receipts
    if changes.adding is not None:
        user.adding = changes.adding
    if changes.bynumber is not None:
        user.by_number = changes.bynumber
    if changes.bynickname is not None:
        user.listed_as = fold(user.nickname) if changes.bynickname else None
