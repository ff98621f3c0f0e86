"""How many parts of files may come in at once: on its way each lies in a passing file."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from fastim.errors import Conflict, Unavailable
from fastim.protocol import limits


class PartPlaces:
    """Places of one process, of which each user gets a few."""

    def __init__(self) -> None:
        self._coming: Counter[int] = Counter()
        self._places = threading.BoundedSemaphore(limits.PARTS_AT_ONCE)

    @contextmanager
    def place(self, owner_id: int) -> Iterator[None]:
        """One part's while it comes in: on its way it lies in a passing file.

        Raises:
            Conflict: `busy`: as many of this user's come already as may.
            Unavailable: as many of all users'.
        """
        if self._coming[owner_id] >= limits.PARTS_PER_USER:
            raise Conflict("busy")
        if not self._places.acquire(blocking=False):
            raise Unavailable
        self._coming[owner_id] += 1
        try:
            yield
        finally:
            self._places.release()
            self._coming[owner_id] -= 1
            if not self._coming[owner_id]:
                del self._coming[owner_id]
