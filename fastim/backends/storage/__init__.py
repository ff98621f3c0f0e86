"""Where the content of uploads is: the port."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, Protocol


@dataclass(frozen=True, slots=True)
class Staged:
    """Content that is on the disk under a passing name, not yet to be found."""

    sha256: str
    bytes: int
    token: str
    """The adapter's own way to find it."""


class Storage(Protocol):
    """Content under the SHA-256 of its bytes, in hex.

    What `keep` has taken survives a crash of the machine. Content is either there in full or not at all.
    A failed `stage` leaves nothing behind. `delete` and `discard` may be repeated. Nothing here knows who
    uses what: callers delete only what no row names.

    All methods wait for the disk, so they are called off the loop, and raise
    `Unavailable("storage_full")` when it takes no more.
    """

    def stage(self, source: BinaryIO) -> Staged:
        """Copy `source`, from where it stands to its end, durably."""

    def keep(self, staged: Staged) -> None:
        """Give staged content its name; content of that name is replaced (it is the same)."""

    def discard(self, staged: Staged) -> None:
        """Drop staged content; nothing happens to what was kept."""

    def open(self, sha256: str) -> BinaryIO:
        """The content, seekable. One that is deleted meanwhile can be read to its end.

        Raises:
            NotFound: there is none.
        """

    def delete(self, sha256: str) -> None:
        """Drop the content, if there is any."""

    def older_than(self, moment: datetime) -> Iterator[str]:
        """The names of content that was kept before `moment`; drops what was staged before it."""
