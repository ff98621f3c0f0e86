"""Heads that are behind what stands on a shelf: which messages they are to move over. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fastim.backends.log import Span, Stored
from fastim.backends.log.numbering import Beside

_LAST = 1 << 62


def above(conversation_id: int, head: int) -> Span:
    """Everything above a head."""
    return Span(conversation_id, head, _LAST)


def contiguous(heads: Mapping[int, int], rows: Sequence[Stored]) -> list[Stored]:
    """Those of the rows that follow their heads without a hole.

    Args:
        rows: by conversation and seq.
    """
    ends = dict(heads)
    found = []
    for row in rows:
        if row.seq == ends[row.conversation_id] + 1:
            ends[row.conversation_id] = row.seq
            found.append(row)
    return found


def beside(rows: Sequence[Stored]) -> Beside:
    """What these messages have in tables of the database."""
    return Beside(
        [(name, row.id) for row in rows for name in row.uploads],
        [(row.conversation_id, user_id, row.seq) for row in rows for user_id in row.mentions],
    )
