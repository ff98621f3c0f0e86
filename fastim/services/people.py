"""Rows of people and groups as their views."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from fastim.models import User

DevicesOf = Callable[[int], tuple[str, ...]]
"""User id to the kinds of devices that the user is connected with; none is offline."""
AskOnline = Callable[[Iterable[int]], None]
"""Learns of many at once what `DevicesOf` will be asked for, where that is far away."""


def known_already(user_ids: Iterable[int]) -> None:
    """Where everybody is connected to this process."""


_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Embeddings, overrides and isolates of the bidirectional algorithm (Unicode annex 9)."""
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and a symbol that are drawn as nothing."""
_UNSEEN = frozenset(("Cc", "Cf", "Zl", "Zp", "Zs", "Mn"))
"""General categories of which nothing is seen where they stand alone."""


def nobody(user_id: int) -> tuple[str, ...]:
    """Presence that the viewer may not see."""
    return ()


def line(text: str) -> str:
    """What somebody typed, as one line that shows what it says; "" where there is nothing to see.

    Composed (NFC), so that a name typed on another system is the same name. Without control characters,
    and without those that turn round the text after them.
    """
    words = (_without_control(word) for word in text.split())
    text = unicodedata.normalize("NFC", " ".join(word for word in words if word))
    is_visible = any(unicodedata.category(char) not in _UNSEEN and char not in _BLANK for char in text)
    return text if is_visible else ""


def _without_control(word: str) -> str:
    return "".join(char for char in word if unicodedata.category(char) != "Cc" and char not in _TURNING)


def rfc3339(when: datetime) -> str:
    return when.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def user_fields(
    user: User, devices_of: DevicesOf, with_mobile: bool, own: bool = False
) -> dict[str, object]:
    """The fields that every view of a person has; a number goes with being a friend, or oneself.

    What the person does not show is left out, but for its `own` view.
    """
    devices = devices_of(user.id) if own or user.shows_online else ()
    may_see = with_mobile and devices_of is not nobody
    if not own:
        may_see = may_see and user.shows_online and user.shows_seen
    return {
        "id": user.id,
        "mobile": user.mobile if with_mobile else "",
        "avatar": user.avatar,
        "sex": user.sex,
        "nickname": user.nickname,
        "online": int(bool(devices)),
        "devices": devices,
        "memo": user.memo,
        "createat": rfc3339(user.createat),
        "lastseen": rfc3339(user.seen_at) if may_see and user.seen_at else "",
    }
