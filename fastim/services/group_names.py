"""What groups are called, remembered: every message that is pushed says it."""

from __future__ import annotations

from sqlalchemy import select

from fastim.backends.bus import Bus
from fastim.backends.questions import Questions
from fastim.models import Community
from fastim.protocol.events import CommunityChanged
from fastim.services.any_of import AnyOf
from fastim.services.kept_rows import KeptRows

_KEPT = 20_000
"""Groups. Measured: 160 bytes each, so 3 MB; 380 where the name is as long as it may be."""
_NAMES = AnyOf(
    lambda community_id: Community.id == community_id,
    lambda any_holds: select(Community.id, Community.name).where(any_holds),
)


class GroupNames(KeptRows[str]):
    """The names of groups, by their id."""

    def __init__(self, bus: Bus, questions: Questions) -> None:
        super().__init__(questions, _NAMES, lambda _, name: str(name), _KEPT)
        bus.subscribe(self._on_event, CommunityChanged)

    def _on_event(self, event: CommunityChanged) -> None:
        self.drop(event.community_id)
