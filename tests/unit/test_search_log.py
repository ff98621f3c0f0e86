"""What was said last in many conversations, put together from their logs: in order, whole, in few reads."""

from __future__ import annotations

import random
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from fastim.backends.log import Span
from fastim.protocol import limits
from fastim.services.search_log import Part, Place, SearchLog


class Logs:
    """Some conversations whose entries have ids in the order of `order`, and what was read of them."""

    def __init__(self, order: Sequence[int]) -> None:
        self.seqs: dict[int, list[int]] = {}
        """By conversation: the id of each number, from 1 on."""
        for number, key in enumerate(order, 1):
            self.seqs.setdefault(key, []).append(number)
        self.reads: list[int] = []
        """How many entries each answer had."""
        self.gone: set[int] = set()
        """Ids that are nowhere, though they have been given."""

    def read(self, spans: Sequence[Span]) -> list[Place]:
        assert 0 < len(spans) <= limits.SEARCH_SPANS
        found = [
            Place(self.seqs[span.conversation_id][seq - 1], span.conversation_id, seq)
            for span in spans
            for seq in range(span.above + 1, min(span.below, len(self.seqs[span.conversation_id]) + 1))
        ]
        random.Random(1).shuffle(found)
        self.reads.append(len(found))
        return [place for place in found if place.id not in self.gone]

    def through(self, above: int = 0, below: int = 1 << 40, floors: Sequence[int] = ()) -> SearchLog:
        heights = dict(enumerate(floors))
        parts = [
            Part(key, min(heights.get(key, 0), len(ids)), len(ids), ids[-1])
            for key, ids in self.seqs.items()
        ]
        return SearchLog(self.read, parts, above, below)


@given(
    order=st.lists(st.integers(0, 5), max_size=80),
    gone=st.sets(st.integers(1, 80), max_size=10),
    floors=st.lists(st.integers(0, 30), max_size=6),
    ends=st.tuples(st.integers(0, 90), st.integers(0, 90)),
    counts=st.lists(st.integers(1, 30), min_size=1, max_size=5),
)
def test_all_entries_between_two_ids_come_once_and_the_newest_first(
    order: list[int], gone: set[int], floors: list[int], ends: tuple[int, int], counts: list[int]
) -> None:
    logs = Logs(order)
    logs.gone = gone
    above, below = ends
    floor = dict(enumerate(floors))
    expected = [
        message_id
        for message_id in range(len(order), 0, -1)
        if above < message_id < below
        and message_id not in gone
        and logs.seqs[order[message_id - 1]].index(message_id) >= floor.get(order[message_id - 1], 0)
    ]
    log = logs.through(above, below, floors)
    for count in (*counts, len(order) + 1):
        assert log.take(count) == expected[:count]
        del expected[:count]
    assert log.take(1) == []


def test_what_is_read_hardly_grows_with_the_logs() -> None:
    """A page of 40 of 300 conversations; with a cursor in the middle of 100,000 entries, too."""
    logs = Logs(random.Random(2).choices(range(300), k=100_000))
    assert logs.through().take(40) == list(range(100_000, 99_960, -1))
    assert (len(logs.reads), sum(logs.reads)) <= (1, 820)
    logs.reads.clear()
    assert logs.through(below=50_000).take(40) == list(range(49_999, 49_959, -1))
    assert sum(logs.reads) <= 820 + 300 * 10
    assert len(logs.reads) <= 5 * 10 + 2


def test_one_long_log_is_read_by_the_page() -> None:
    logs = Logs([0] * 100_000)
    log = logs.through()
    assert log.take(40) + log.take(40) == list(range(100_000, 99_920, -1))
    assert logs.reads == [40, 40]
    logs.reads.clear()
    assert logs.through(above=10, below=70).take(100) == list(range(69, 10, -1))
    assert sum(logs.reads) <= 17 + 69
