"""The message log: the one place where messages become true."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Protocol, TypeVar

import msgspec

from fastim.errors import AppError

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


Closed = Mapping[tuple[int, int], str]
"""(conversation_id, sender_id) to the name of the refusal: whose messages are not numbered any more, 0 for
everybody's. It is changed under the conversation's lock, and asked under it."""
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


class Store(Protocol):
    """What a committer needs of a database: one transaction for many drafts."""

    def commit(self, drafts: Sequence[Draft]) -> list[Outcome]:
        """Number and store the drafts, each conversation's in the order given.

        Raises:
            AppError: the transaction failed as a whole; nothing of it is stored.
        """

    def run(self, job: Callable[[], list[Outcome]]) -> list[Outcome]:
        """Run `job` where this store's blocking calls do not stop the loop."""
