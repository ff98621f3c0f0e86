"""The arithmetic of a batch, against a plain model."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fastim.backends.log import Draft, Receipt
from fastim.backends.log.numbering import plan
from fastim.errors import NotFound

DRAFTS = st.lists(
    st.builds(
        Draft,
        conversation_id=st.integers(1, 4),
        sender_id=st.integers(1, 2),
        msgid=st.sampled_from(["", "a", "b", "c"]),
        media=st.just(1),
        body=st.just("{}"),
        uploads=st.just(()),
        mentions=st.just(()),
    ),
    max_size=30,
)


@given(DRAFTS, st.dictionaries(st.integers(1, 3), st.integers(0, 9)), st.sampled_from([1, 2]))
def test_numbers_are_dense_and_repeats_get_the_first_receipt(
    drafts: list[Draft], heads: dict[int, int], step: int
) -> None:
    stored = {(1, "a"): Receipt(7, 3, 1, False)}
    planned = plan(drafts, heads, stored)
    outcomes = planned.outcomes(100, step, 5)
    assert len(outcomes) == len(drafts)
    model, first = dict(heads), {}
    expected_id = 100
    for draft, outcome in zip(drafts, outcomes, strict=True):
        key = (draft.sender_id, draft.msgid)
        if key in stored and draft.msgid:
            assert outcome == stored[key]
        elif draft.msgid and key in first:
            assert outcome == Receipt(first[key].id, first[key].seq, 5, False)
        elif draft.conversation_id not in heads:
            assert isinstance(outcome, NotFound)
        else:
            model[draft.conversation_id] += 1
            assert outcome == Receipt(expected_id, model[draft.conversation_id], 5, True)
            expected_id += step
            first[key] = outcome
    assert planned.heads == {key: seq for key, seq in model.items() if seq != heads.get(key)}
