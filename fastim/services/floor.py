"""Who may speak in a group: asked with each of its messages, so answered from memory.

A process remembers of each group that it was asked of whether anybody is muted there. Of most groups nobody
is, and they all share one value: then the answer costs one look into a dict.
"""

from __future__ import annotations

import math
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from fastim.backends.bus import Bus
from fastim.errors import Refused
from fastim.models import Community, Mute, db
from fastim.models.base import utc_now
from fastim.protocol.events import FloorChanged
from fastim.services import community_rows

_KEPT = 100_000
"""Groups; most of them cost an entry of a dict, about 100 bytes."""


@dataclass(frozen=True, slots=True)
class Hush:
    """Who may not speak in a group until when, in seconds since the epoch."""

    closed: bool = False
    """Dissolved: nobody may."""
    all_until: float = 0.0
    until: Mapping[int, float] = field(default_factory=dict)
    leaders: frozenset[int] = frozenset()
    """Who may all the same, where somebody may not."""

    @property
    def over_at(self) -> float:
        """When everybody may speak again."""
        return math.inf if self.closed else max(self.all_until, *self.until.values(), 0.0)

    def check(self, user_id: int, now: float) -> None:
        """Whether somebody may speak.

        Raises:
            Refused: `group_dissolved`, or `muted` with `retry_after` in seconds.
        """
        if self.closed:
            raise Refused("group_dissolved")
        if user_id in self.leaders:
            return
        wait = max(self.all_until, self.until.get(user_id, 0.0)) - now
        if wait > 0:
            raise Refused("muted", retry_after=math.ceil(wait))


FREE = Hush()
"""Of every group where everybody may speak."""


class Floor:
    """Answers from a cache that events keep true; a miss needs an app context and SQL."""

    def __init__(self, bus: Bus) -> None:
        self._hushes: dict[int, Hush] = {}
        self._changes = 0
        self.known = self._hushes.get
        """A group's hush, if it is known without SQL."""
        bus.subscribe(self._on_event, FloorChanged)

    def load(self, community_id: int) -> Hush:
        """A group's hush."""
        changes = self._changes
        found = _read(community_id)
        if changes == self._changes:  # else it may be old already
            if len(self._hushes) >= _KEPT:
                del self._hushes[next(iter(self._hushes))]
            self._hushes[community_id] = found
        return found

    def check(self, user_id: int, community_id: int) -> None:
        """Whether `user_id` may speak in the group now. Needs an app context.

        Raises:
            Refused: `group_dissolved`, or `muted` with `retry_after` in seconds.
        """
        hush = self.known(community_id) or self.load(community_id)
        if hush is not FREE:
            self.check_hush(user_id, community_id, hush)

    def check_open(self, community_id: int) -> None:
        """Whether anything may still be written in the group. Needs an app context.

        Raises:
            Refused: `group_dissolved`.
        """
        if (self.known(community_id) or self.load(community_id)).closed:
            raise Refused("group_dissolved")

    def ask_again(self, community_id: int) -> Hush:
        """A group's hush as the database has it now; ask it under the conversation's lock: another commit
        may have changed it, whose news is not here yet."""
        self._hushes.pop(community_id, None)
        return self.load(community_id)

    def check_hush(self, user_id: int, community_id: int, hush: Hush) -> None:
        """As `check`, of a group whose hush is known and not FREE."""
        now = time.time()
        hush.check(user_id, now)
        if now > hush.over_at:
            self._hushes[community_id] = FREE

    def forget(self) -> None:
        """Ask the database again: news may have been lost."""
        self._changes += 1
        self._hushes.clear()

    def _on_event(self, event: FloorChanged) -> None:
        self._changes += 1
        self._hushes.pop(event.community_id, None)


def _read(community_id: int) -> Hush:
    query = select(Community.muted_until, Community.dissolved_at).where(Community.id == community_id)
    row = db.session.execute(query).one_or_none()
    if row is None or row.dissolved_at is not None:
        return Hush(closed=True)
    muted = select(Mute.user_id, Mute.until).where(
        Mute.community_id == community_id, Mute.until > utc_now()
    )
    until = {user_id: when.timestamp() for user_id, when in db.session.execute(muted)}
    all_until = _seconds(row.muted_until)
    if not until and all_until <= time.time():
        return FREE
    return Hush(False, all_until, until, frozenset(community_rows.leaders(community_id)))


def _seconds(when: datetime | None) -> float:
    return when.timestamp() if when is not None else 0.0
