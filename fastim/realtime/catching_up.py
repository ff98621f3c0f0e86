"""What the log has and was not told here: where talks begin, what gaps hide, what no news came of."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Sequence

from gevent import sleep

from fastim.backends.bus.ordered import Gap, Talk
from fastim.backends.bus.redis import RedisBus
from fastim.protocol import bus_limits as limits
from fastim.protocol import frames
from fastim.services.missed import Missed, Moved

_NEWS_SECONDS = 0.05
"""News of what is committed comes within so long, if nothing is wrong."""


class CatchingUp:
    """Reads from the log what the bus has to tell, and tells it through the bus, in its turn."""

    def __init__(self, bus: RedisBus, missed: Missed) -> None:
        self._bus = bus
        self._followed = bus.followed
        self._missed = missed
        self._newest: deque[tuple[float, int]] = deque()
        """When the log was looked at, and up to which id everything was there or on its way into it."""

    # Who comes

    def let_in(self, user_id: int) -> None:
        """Tell the user what is said from now on, and nothing that was there before.

        So of talks where something was said lately it has to be known where they end; unless the other one
        was let in, who is to be told the last of it.
        """
        if self._followed.is_in(user_id):
            return
        for end in self._missed.talks(user_id, self._watermark()):
            if self._told(end) is not None or not self._followed.is_in(end.low_id, end.high_id):
                self._bus.begin_talk(_talk(end), end.last_seq)
        self._followed.let_in(user_id)
        self._bus.has_unknown.set()  # what was said meanwhile waits for this

    def tell_groups(self, groups: Sequence[Moved]) -> None:
        """Tell what there is of groups that somebody is about to enter: who comes is not to be told it, as
        they may have been no member then."""
        if any(self._is_behind(group) for group in groups):
            sleep(_NEWS_SECONDS)
            for group in groups:
                if self._is_behind(group):
                    self.read(group)

    # What waits

    def begin_talks(self) -> None:
        """Ask the log from where on talks are to be told where something waits for that."""
        for talk in self._bus.unknown_talks():
            self._begin(talk, self._watermark())

    def _begin(self, talk: Talk, after_id: int) -> None:
        """Tell of a talk what has a higher id than this."""
        last_seq = self._missed.last_seq(talk.conversation_id, talk.to, after_id)
        self._bus.begin_talk(talk, last_seq)

    def fill_gaps(self) -> None:
        """Tell what has been missing for too long."""
        for gap in self._bus.gaps():
            self._fill(gap)

    def _fill(self, gap: Gap) -> None:
        to = min(gap.to, gap.after + limits.BUS_READ_ENTRIES)
        units = self._missed.entries(gap.conversation_id, gap.after, to)
        self._bus.read_units(len(units))
        self._bus.fill(gap, units)

    # What nobody knows to be missing

    def look(self, began: float) -> None:
        """Tell what the log has and was not told; everything that was there when it `began`."""
        after, newest = self._watermark(), self._missed.newest_id()
        behind = [moved for moved in self._missed.moved(after, newest) if self._is_behind(moved)]
        if behind:
            sleep(limits.BUS_GAP_SECONDS)  # its news may just be on the way
            for moved in behind:
                if self._is_behind(moved):
                    self.read(moved, after)
        self._newest.append((began, newest))
        while len(self._newest) > 1 and self._newest[1][0] <= began - limits.BUS_OVERLAP_SECONDS:
            self._newest.popleft()

    def _watermark(self) -> int:
        """Every entry with this id or a smaller one was told, or is older than the connections here."""
        if not self._newest:
            began, newest = time.monotonic(), self._missed.newest_id()
            self._newest.append((began, max(0, newest - limits.BUS_UNSEEN_IDS)))
        return self._newest[0][1]

    def _told(self, moved: Moved) -> int | None:
        return self._followed.told(moved.kind, moved.conversation_id, moved.low_id, moved.high_id)

    def _is_behind(self, moved: Moved) -> bool:
        told = self._told(moved)
        if told is not None:
            return told < moved.last_seq
        is_talk_here = moved.kind != frames.GROUP and self._followed.is_in(moved.low_id, moved.high_id)
        return is_talk_here and self._bus.is_doubtful

    def read(self, moved: Moved, after_id: int = 0) -> None:
        """Tell what the log has above what was told.

        Args:
            after_id: of a talk that is not known, only entries with a higher id.
        """
        if moved.kind != frames.GROUP and self._told(moved) is None:
            self._begin(_talk(moved), after_id)
        while (told := self._told(moved)) is not None and told < moved.last_seq:
            gap = Gap(moved.conversation_id, told, min(moved.last_seq, told + limits.BUS_READ_ENTRIES))
            units = self._missed.entries(gap.conversation_id, gap.after, gap.to)
            if not units:
                return
            self._bus.read_units(len(units))
            self._bus.fill(gap, units)


def _talk(moved: Moved) -> Talk:
    return Talk(moved.conversation_id, moved.low_id, moved.high_id, moved.last_seq)
