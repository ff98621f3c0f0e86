"""The checker about read marks, and about a device that ends otherwise than a new one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.faults.amendments import Entry
from tests.faults.checker import check_marks
from tests.faults.story import ANN, BOB, PAIR, STEADY, Story


def marked() -> Story:
    """Bob has read all that Ann wrote, and everybody knows."""
    story = Story.of(STEADY)
    top = max(story.history.log[PAIR])
    story.history.mark(BOB, (10, ANN), top)
    story.views[ANN].hear_mark({"kind": 10, "dstid": BOB, "userid": BOB, "seq": top})
    story.views[BOB].take_states([state(ANN, read_seq=top)], epoch=0)
    assert wrong_marks(story) == []
    return story


def state(peer: int, read_seq: int = 0, peer_read_seq: int = 0) -> Entry:
    """What a sync says of a conversation with a person."""
    return {"cmd": 10, "dstid": peer, "join_seq": 0, "read_seq": read_seq, "peer_read_seq": peer_read_seq}


def wrong_marks(story: Story) -> list[str]:
    return [*story.history.faults, *check_marks(story.history, [story.views[ANN], story.views[BOB]])]


def shrink_live(story: Story) -> None:
    story.views[ANN].hear_mark({"kind": 10, "dstid": BOB, "userid": BOB, "seq": 1})


def shrink_by_sync(story: Story) -> None:
    story.views[ANN].take_states([state(BOB, peer_read_seq=1)], epoch=0)


def shrink_ones_own(story: Story) -> None:
    story.views[BOB].take_states([state(ANN, read_seq=1)], epoch=0)


def run_ahead(story: Story) -> None:
    story.views[ANN].hear_mark({"kind": 10, "dstid": BOB, "userid": BOB, "seq": 10**6})


def forget(story: Story) -> None:
    story.views[ANN].marks[(10, BOB), BOB] = 1


@pytest.mark.parametrize("corrupt", [shrink_live, shrink_by_sync, shrink_ones_own, run_ahead, forget])
def test_a_mark_that_is_not_what_was_read_is_found(corrupt: Callable[[Story], None]) -> None:
    story = marked()
    corrupt(story)
    assert wrong_marks(story) != []


def test_a_crash_may_cost_a_mark_of_the_last_second() -> None:
    """After one (another epoch), sync may be behind what was told live; a connection still may not."""
    story = marked()
    story.views[ANN].take_states([state(BOB, peer_read_seq=1)], epoch=1)
    assert wrong_marks(story) == []
    shrink_live(story)
    assert wrong_marks(story) != []


def test_a_device_that_differs_from_a_new_one_is_found() -> None:
    """In an entry that one of them has not, in what an entry says, and in a mark."""
    for differ in (
        lambda view: view.entries[10, BOB].pop(1),
        lambda view: view.entries[10, BOB].update({1: {**view.entries[10, BOB][1], "content": "else"}}),
        lambda view: view.marks.update({((10, BOB), BOB): 1}),
    ):
        mine, fresh = marked().views[ANN], marked().views[ANN]
        assert mine.differences(fresh) == []
        differ(fresh)
        assert len(mine.differences(fresh)) == len(fresh.differences(mine)) == 1
