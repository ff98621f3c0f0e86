"""The search index: which messages have which words, kept behind the log.

It is derived from the log alone: it may be lost at any time and is then made again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, Protocol, TypeVar

R = TypeVar("R")

VERSION = 1
"""Of what words are and how they are stored; an index of another version is made again."""

LAST = (1 << 62) - 1
"""Above every id."""


class Term(NamedTuple):
    """A word that a message must have; with `is_prefix` any word that begins so.

    Words are letters, digits and signs beyond ASCII, folded. What begins with `_` is no word of the text:
    a mark that the indexer gave the message, such as its sender.
    """

    text: str
    is_prefix: bool = False


_NO_WORD = re.compile(r"[\x00-/:-^`{-\x7f]")


def are_words(terms: Iterable[Term]) -> bool:
    """Whether no term holds anything but what words hold: nothing else may come into a query."""
    return not any(_NO_WORD.search(term.text) for term in terms)


class LogRow(NamedTuple):
    """An entry of the log, as it is stored now."""

    id: int
    conversation_id: int
    seq: int
    sender_id: int
    media: int
    body: str
    time_ms: int


class Doc(NamedTuple):
    """What a message can be found by from now on; without words it cannot be found."""

    id: int
    conversation_id: int
    words: frozenset[str]


class Sought(NamedTuple):
    """Messages of these conversations that have all the terms."""

    conversation_ids: Sequence[int]
    terms: Sequence[Term]
    above: int = 0
    below: int = LAST
    """Ids between these two, both exclusive."""
    limit: int = 50


class Proposed(NamedTuple):
    """What an index found."""

    ids: list[int]
    """Of messages, the newest first. They were right when they were indexed: whoever shows them looks at
    the message itself."""
    read_to: int
    """Up to this id the log had been read before, but for entries whose commits came late."""


class SearchIndex(Protocol):
    """An index beside a log, with the place up to which it has read it."""

    def run(self, job: Callable[[], R]) -> R:
        """Do a job of the indexer where its blocking calls do not stop the loop; jobs take turns."""

    def lead(self) -> bool:
        """Whether this process is the one that indexes. Within `run`, as all up to `tidy`."""

    def position(self) -> int:
        """The id of the log's entry up to which everything is in the index; -1 when it was made new, so
        that who has read far already notices it."""

    def read(self, after: int, below: int, limit: int) -> list[LogRow]:
        """The log's entries with ids between the two, both exclusive, the lowest first."""

    def read_at(self, places: Sequence[tuple[int, int]]) -> list[LogRow]:
        """The log's entries at these (conversation id, seq)."""

    def write(self, docs: Iterable[Doc], before: int, after: int) -> bool:
        """Put the docs in, in place of what was there under their ids, and move the position from `before`
        to `after`: both or neither. False, and nothing, if the position is another one."""

    def tidy(self) -> bool:
        """Do a short piece of upkeep that makes searching faster; whether there may be more."""

    def clear(self) -> None:
        """Forget everything. Within `run`."""

    def close(self) -> None:
        """Give back what is open; it is opened again when needed."""

    def find(self, sought: Sought) -> Proposed:
        """Called on the loop, which goes on meanwhile.

        Raises:
            Unavailable: the index cannot be read now, or it took too long.
        """
