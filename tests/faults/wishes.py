"""What people want besides saying something: take back, edit, react, pin."""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Mapping

from tests.faults.amendments import EDITED, PINNED, REACTED, RECALLED, TEXT, Entry, is_amendment
from tests.faults.history import Address, Wish
from tests.faults.view import View

_COMMANDS = {RECALLED: 19, EDITED: 20, REACTED: 21, PINNED: 24}
_EMOJI = ("👍", "🎉", "❤️")
_GONE = frozenset(("no_such_message", "too_late"))
"""What a message may be by the time that somebody's wish about it comes: a clock may be set forward."""
EXPECTED: Mapping[int, frozenset[str]] = {
    TEXT: frozenset(),
    RECALLED: _GONE,
    EDITED: _GONE,
    REACTED: _GONE | {"nothing_changed"},
    PINNED: _GONE | {"nothing_changed", "too_many_pinned"},
}
"""By media, the refusals that are nobody's fault."""
_RECENT = 30
"""Older messages are left alone, as people do: and a recall has two minutes."""


class Wishes:
    """One device's; what it may not do, it does not try."""

    def __init__(self, chance: random.Random, view: View) -> None:
        self._random = chance
        self._view = view
        self._mine: dict[Address, deque[int]] = {}
        self.leads: set[int] = set()
        """The groups in which this user may pin, and whose name is this user's to give."""

    def note_own(self, address: Address, seq: int) -> None:
        """A text of one's own is stored."""
        self._mine.setdefault(address, deque(maxlen=_RECENT)).append(seq)

    def next(self, address: Address, msgid: str) -> tuple[Wish, Entry] | None:
        """Something to do with a message of the conversation, and the frame that asks for it."""
        media = self._random.choice((RECALLED, EDITED, EDITED, REACTED, REACTED, REACTED, PINNED))
        if media == PINNED and address[0] == 11 and address[1] not in self.leads:
            media = REACTED
        target = self._target(address, media)
        if not target:
            return None
        is_on = media in (REACTED, PINNED) and self._random.random() < 0.7
        content = {EDITED: f"edit {msgid}.", REACTED: self._random.choice(_EMOJI)}.get(media, "")
        wish = Wish(self._view.user_id, address, content, media, target, int(is_on))
        frame = {"cmd": _COMMANDS[media], "kind": address[0], "dstid": address[1], "seq": target}
        extra = {
            EDITED: {"content": content},
            REACTED: {"emoji": content, "on": is_on},
            PINNED: {"on": is_on},
        }
        return wish, {**frame, "msgid": msgid, **extra.get(media, {})}

    def _target(self, address: Address, media: int) -> int:
        """The seq of a message that is not long ago, or 0."""
        if media in (RECALLED, EDITED):
            mine = self._mine.get(address)
            return self._random.choice(mine) if mine else 0
        entries, top = self._view.entries[address], self._view.top.get(address, 0)
        seq = top - self._random.randrange(_RECENT)
        entry = entries.get(seq)
        is_text = entry is not None and not is_amendment(entry) and entry["media"] == TEXT
        return seq if is_text else 0
