"""The message log: the one place where messages become true."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple, Protocol, TypeVar

import msgspec

from fastim.errors import AppError, Refused

# msgspec's structs are made in a tenth of the time of frozen dataclasses; every message makes two.


class Draft(msgspec.Struct, gc=False):
    """A message that is to be numbered and stored. Who appends it may add what it needs then."""

    conversation_id: int
    sender_id: int
    msgid: str
    """The sender's own id; "" from clients that send none, which are not de-duplicated."""
    media: int
    body: str
    """JSON of the content fields."""
    uploads: tuple[str, ...]
    """The names of the uploaded files that it shows, each once; they are kept as long as the message is."""
    mentions: tuple[int, ...]
    """Whom it mentions, each once; 0 is everybody."""


class Receipt(msgspec.Struct, frozen=True, gc=False):
    """Where a message stands, for ever."""

    id: int
    seq: int
    time_ms: int
    is_new: bool
    """False for a repeated msgid: these are the numbers of the first time."""


class Stored(msgspec.Struct, gc=False):
    """A message as it stands on a shelf."""

    id: int
    conversation_id: int
    seq: int
    sender_id: int
    msgid: str | None
    media: int
    body: str
    time_ms: int
    rev: int = 0
    """The seq of the last change that `body` shows."""
    uploads: tuple[str, ...] = ()
    mentions: tuple[int, ...] = ()


class Span(NamedTuple):
    """Some numbers of a conversation: those between the two, both exclusive."""

    conversation_id: int
    above: int
    below: int


class Counted(NamedTuple):
    """How many messages of a conversation are on a shelf, and their lowest and highest seq."""

    messages: int
    first: int
    last: int


Closed = Mapping[tuple[int, int], str | Refused]
"""(conversation_id, sender_id) to the refusal, or its name where that says all: whose messages are not
numbered any more, 0 for everybody's. It is changed under the conversation's lock, and asked under it."""
NOBODY: Closed = MappingProxyType({})

Outcome = Receipt | AppError
D = TypeVar("D", bound=Draft)
Done = Callable[[D, Outcome], None]
"""Told what became of a draft, which comes back as it was given: no message needs a closure of its own."""


class MessageLog(Protocol):
    """Appends in order, durably, exactly once per (sender, msgid).

    `done` is called on the loop after the commit, in the order of the numbers; with an AppError if
    nothing was stored (`storage_full`, `server_busy`, `not_found`).
    """

    def append(self, draft: D, done: Done[D]) -> None: ...

    def committing(self) -> Sequence[Draft]:
        """What may be stored already, though its `done` was not called yet."""

    def close(self) -> None:
        """Commit what was appended, refuse what comes later (`server_busy`), and give back what is open."""


class Store(Protocol):
    """What a committer needs of a database: one transaction for many drafts."""

    def commit(self, drafts: Sequence[Draft]) -> list[Outcome]:
        """Number and store the drafts, each conversation's in the order given.

        Raises:
            AppError: the transaction failed as a whole; nothing of it is stored.
        """

    def run(self, job: Callable[[], list[Outcome]]) -> list[Outcome]:
        """Run `job` where this store's blocking calls do not stop the loop."""

    def close(self) -> None:
        """Give back what is open; it is opened again when needed. Not while a job runs."""


class Taken(Exception):
    """A number or a msgid is on the shelf already, or nobody knows whether it is: look first."""


class Shelf(Protocol):
    """What people say, in a store of its own; the database keeps the numbers, and all other entries.

    A message that stands here at a number that no entry of the database has is true, for ever: the
    database's head may be behind it, and follows. So nothing is ever taken from here but what has lost its
    number to an entry of the database (`remove`).

    Raises:
        Unavailable: the store is away (every method).
    """

    def next_ids(self, count: int) -> int:
        """Give out ids, which grow over all of the log; the first of them."""

    def add(self, rows: Sequence[Stored]) -> None:
        """Store messages, durably and in this order.

        Raises:
            Taken: one of them is not stored, nor any after it; some before it may be.
        """

    def remove(self, ids: Sequence[int]) -> None:
        """Take away messages whose numbers an entry of the database has."""

    def rewrite(self, message_id: int, rev: int, body: str) -> None:
        """Let a message say something else, unless it shows a later change already."""

    def spans(self, spans: Sequence[Span]) -> list[Stored]:
        """All messages of these spans, by conversation and seq."""

    def walk(self, span: Span, limit: int, newest_first: bool) -> list[Stored]:
        """The first `limit` messages of a span, from one of its ends."""

    def at(self, places: Sequence[tuple[int, int]]) -> list[Stored]:
        """The messages at these (conversation_id, seq)."""

    def by_ids(self, ids: Sequence[int]) -> list[Stored]:
        """The messages with these ids."""

    def said(self, keys: Sequence[tuple[int, str]]) -> list[Stored]:
        """The messages with these (sender_id, msgid)."""

    def follow(self, after: int, below: int, limit: int) -> list[Stored]:
        """The messages with ids between the two, both exclusive, the lowest first."""

    def newest_id(self) -> int:
        """The highest id; 0 of an empty shelf."""

    def counts(self, first: int, last: int) -> dict[int, Counted]:
        """By id, of the conversations with ids between the two, both inclusive, that have any. The more
        messages they have, the longer it takes."""

    def messages(self) -> int:
        """How many there are, about, in all conversations."""

    def close(self) -> None:
        """Give back what is open; it is opened again when needed."""
