"""The watchdog says where the loop stands, and keeps nothing of it."""

from __future__ import annotations

import threading
import weakref

from fastim.realtime.watchdog import stack_of


class Held:
    pass


def test_a_stack_is_told_without_keeping_what_it_refers_to() -> None:
    """A frame that is kept keeps its variables: an open cursor kept a snapshot of the database."""
    seen = threading.Event()
    me = threading.get_ident()
    told: list[str] = []

    def watch() -> None:
        told.extend(place.name for place in stack_of(me))
        seen.set()

    def blocks() -> weakref.ref[Held]:
        held = Held()
        threading.Thread(target=watch).start()
        assert seen.wait(10)
        return weakref.ref(held)

    assert blocks()() is None
    assert "blocks" in told
    assert told.index("blocks") > told.index("test_a_stack_is_told_without_keeping_what_it_refers_to")
    assert stack_of(0) == []
