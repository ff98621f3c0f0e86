"""The greenlet that keeps the search index behind the log."""

from __future__ import annotations

from typing import cast

from gevent.event import Event

from fastim.realtime.indexing import Following
from fastim.services.search_index import Indexer


class Reading:
    """An indexer that waits for what it asked the database."""

    def __init__(self) -> None:
        self.has_begun = Event()
        self.is_reading = False

    def step(self) -> int:
        self.is_reading = True
        self.has_begun.set()
        try:
            Event().wait()
        finally:
            self.is_reading = False
        return 0


def test_who_stops_it_may_close_its_connection_then() -> None:
    indexer = Reading()
    following = Following(cast("Indexer", indexer))
    following.start()
    indexer.has_begun.wait()
    following.stop()
    assert not indexer.is_reading
    following.stop()  # and nothing more
