"""Where a device's sync stands: what it is given back to say what came since."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, Self

from fastim.errors import BadRequest

_MOST = 1 << 62


class Cursor(NamedTuple):
    """Numbers only: no clock decides what a sync answers. All are 0 before the first one."""

    last_id: int = 0
    """Entries with this id or a smaller one are known."""
    revision: int = 0
    """Read marks of this revision or a smaller one are known."""
    after_id: int = 0
    """Within a sync of several answers: conversations up to this last id were answered."""
    next_id: int = 0
    """What `last_id` will be after the last answer, as far as the answers until now know."""
    next_revision: int = 0
    """What `revision` will be then: marks that move between two answers are answered the next time."""

    @classmethod
    def read(cls, text: str) -> Self:
        """The cursor that an answer gave.

        Raises:
            BadRequest: no answer gave such a one.
        """
        parts = text.split("-") if text else []
        if len(parts) not in (0, 2, 5) or not all(part.isascii() and part.isdigit() for part in parts):
            raise BadRequest(field="cursor")
        return cls(*(min(int(part), _MOST) for part in parts))

    def __str__(self) -> str:
        return "-".join(str(part) for part in (self if self.after_id else self[:2]))

    def following(self, heads: Iterable[tuple[int, bool]], revision: int, more: bool) -> Cursor:
        """The cursor of the next call.

        Args:
            heads: the answered conversations in order: their last id, and whether it is so young that an
                entry with a smaller id may still be on its way.
            revision: that of the marks, read before the conversations.
            more: the answer is not the last one of this sync.
        """
        settled = max(self.last_id, self.next_id)
        last = self.after_id
        is_held = self.next_id < self.after_id  # by a young one of an answer before
        for last_id, is_young in heads:
            last = last_id
            is_held = is_held or (is_young and last_id > self.last_id)
            if not is_held:
                settled = max(settled, last_id)
        next_revision = self.next_revision if self.after_id else revision
        if more:
            return Cursor(self.last_id, self.revision, last, settled, next_revision)
        return Cursor(settled, next_revision)
