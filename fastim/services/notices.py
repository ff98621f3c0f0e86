"""When and how a person wants to hear of new messages; web/src/core/notice.ts keeps the same rules."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from fastim.backends.bus import Bus
from fastim.errors import BadRequest
from fastim.models import NoticeRules, User, db
from fastim.protocol import views
from fastim.protocol.events import ProfileChanged
from fastim.services.transaction import transaction

_DAY_MINUTES = 24 * 60
_ZONE = re.compile(r"[A-Za-z0-9_+-]{1,30}(/[A-Za-z0-9_+-]{1,30}){0,2}", re.ASCII)
_LATEST_MS = 1 << 53
_RANGES = {"quietfrom": _DAY_MINUTES, "quietto": _DAY_MINUTES, "quietdays": 128, "pauseduntil": _LATEST_MS}
_COLUMNS = {
    "enabled": "enabled",
    "preview": "preview",
    "sound": "sound",
    "pauseduntil": "paused_until",
    "quiet": "quiet",
    "quietfrom": "quiet_from",
    "quietto": "quiet_to",
    "quietdays": "quiet_days",
    "zone": "zone",
}
"""Fields of the view to columns of the row."""


@dataclass(frozen=True)
class NoticeChanges:
    """What is to change; None leaves it."""

    enabled: bool | None = None
    preview: bool | None = None
    sound: bool | None = None
    pauseduntil: int | None = None
    quiet: bool | None = None
    quietfrom: int | None = None
    quietto: int | None = None
    quietdays: int | None = None
    zone: str | None = None


def of(user_id: int) -> views.Notices:
    """A person's rules. Needs an app context."""
    row = db.session.get(NoticeRules, user_id, populate_existing=True)
    return views.Notices() if row is None else view(row)


def view(row: NoticeRules) -> views.Notices:
    return views.Notices(**{field: getattr(row, column) for field, column in _COLUMNS.items()})


def update(bus: Bus, user_id: int, changes: NoticeChanges) -> None:
    """Change one's rules; the own devices load them again. Needs an app context.

    Raises:
        BadRequest: a number or a zone that cannot be.
    """
    _check(changes)
    with transaction(bus) as tx:
        # The person's row is there already: two devices that make the first rules take turns at it.
        db.session.get_one(User, user_id, with_for_update=True)
        row = db.session.get(NoticeRules, user_id, populate_existing=True)
        if row is None:
            made = msgspec.structs.asdict(views.Notices())
            row = NoticeRules(user_id=user_id, **{_COLUMNS[name]: value for name, value in made.items()})
            db.session.add(row)
        for field, column in _COLUMNS.items():
            value = getattr(changes, field)
            if value is not None:
                setattr(row, column, value)
        tx.emit(ProfileChanged(user_id))


def _check(changes: NoticeChanges) -> None:
    for name, end in _RANGES.items():
        value = getattr(changes, name)
        if value is not None and not 0 <= value < end:
            raise BadRequest(field=name)
    if changes.zone and not _ZONE.fullmatch(changes.zone):
        raise BadRequest(field="zone")


def is_silent(rules: views.Notices, now_ms: int) -> bool:
    """Whether nothing may disturb the person now: switched off, paused, or quiet hours.

    A quiet time belongs to the day on which it begins: 22:00 to 7:00 on Fridays ends on Saturday morning.
    One that ends when it begins lasts the whole day.
    """
    if not rules.enabled or now_ms < rules.pauseduntil:
        return True
    if not rules.quiet:
        return False
    now = datetime.fromtimestamp(now_ms / 1000, _zone(rules.zone))
    minute, today = now.hour * 60 + now.minute, now.weekday()
    begins_today = bool(rules.quietdays >> today & 1)
    began_yesterday = bool(rules.quietdays >> (today - 1) % 7 & 1)
    if rules.quietfrom < rules.quietto:
        return begins_today and rules.quietfrom <= minute < rules.quietto
    return (begins_today and minute >= rules.quietfrom) or (began_yesterday and minute < rules.quietto)


def _zone(name: str) -> tzinfo:
    """The zone of that name; UTC where this machine does not know it."""
    try:
        return ZoneInfo(name) if name else UTC
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC
