"""A sync's cursor: whatever the pages, everything is answered, and what may still come is not skipped."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fastim.services.cursor import Cursor

Head = tuple[int, bool, int]
"""A conversation's last id, whether its newest entry is young, and the revision of its mark."""

heads = st.lists(
    st.tuples(st.integers(1, 30), st.booleans(), st.integers(0, 5)), unique_by=lambda head: head[0]
)


def sync(cursor: Cursor, stored: list[Head], page: int, revision: int) -> tuple[list[Head], Cursor]:
    """All answers of one sync, as the service gives them."""
    answered: list[Head] = []
    for _ in range(len(stored) + 1):
        due = [
            head
            for head in sorted(stored)
            if head[0] > cursor.after_id and (head[0] > cursor.last_id or head[2] > cursor.revision)
        ]
        answered += due[:page]
        more = len(due) > page
        following = cursor.following([head[:2] for head in due[:page]], revision, more)
        cursor = Cursor.read(str(following))
        assert cursor == following
        if not more:
            return answered, cursor
        revision += 1  # a mark moves between two answers
    raise AssertionError("it never ends")


@given(heads, st.integers(1, 4), st.integers(0, 30), st.integers(0, 5))
def test_pages_answer_each_changed_conversation_once(
    stored: list[Head], page: int, last_id: int, revision: int
) -> None:
    answered, following = sync(Cursor(last_id, revision), stored, page, 7)
    due = [head for head in stored if head[0] > last_id or head[2] > revision]
    assert answered == sorted(due)
    assert following == sync(Cursor(last_id, revision), stored, 100, 7)[1]


@given(heads, st.integers(1, 4), st.integers(0, 30))
def test_the_next_sync_begins_below_what_may_still_come(
    stored: list[Head], page: int, last_id: int
) -> None:
    """An entry with a smaller id than a young one's may be committed later; it is not skipped then."""
    _, following = sync(Cursor(last_id), stored, page, 7)
    assert following.revision == 7
    assert following.last_id >= last_id
    young = [head[0] for head in stored if head[1] and head[0] > last_id]
    known = [head[0] for head in stored if not young or head[0] < min(young)]
    assert following.last_id == max([last_id, *known])
