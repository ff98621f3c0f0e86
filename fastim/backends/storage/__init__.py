"""Where the content of uploads is: the ports."""

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


@dataclass(frozen=True, slots=True)
class Address:
    """Where a browser sends bytes past this server: `method` to `url`, within minutes."""

    method: str
    """POST: a form of `fields` and then `file`. PUT: the bytes as the body."""
    url: str
    fields: dict[str, str]
    bytes: int
    """So many, neither more nor fewer."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What a browser sent past this server, out of its reach now: its bytes here, and staged there."""

    file: BinaryIO
    staged: Staged


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

    def keep(self, staged: Staged, media_type: str) -> None:
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

    def address(self, sha256: str, media_type: str, disposition: str) -> str:
        """Where a browser may load the content for a while, whoever shows it; "" where only we serve it.

        Args:
            media_type, disposition: the headers to answer it with.
        """

    def page(self, after: str, moment: datetime) -> tuple[list[str], str]:
        """Names of content, in their order: of some that follow `after`, those kept before `moment`.

        With them where the next page begins, "" after the last. `after` may be any text of hex digits.
        """

    def drop_staged(self, moment: datetime) -> Iterator[str]:
        """Drop what was staged before `moment` and never kept: one at most with each step, which gives the
        token of what it looked at. Any thread may go on with it.
        """


class PartFiles(Protocol):
    """Files that come in parts, each under its id, 32 hex digits.

    Nothing here is durable: after a crash a part may be missing, which the sum over the whole tells. All
    methods wait, so they are called off the loop, and raise `Unavailable("storage_full")` as above.
    """

    def write(self, partial_id: str, offset: int, part: BinaryIO) -> None:
        """Put a part at its place; what was there is replaced.

        Raises:
            Conflict: `busy`: another part is being written, or the whole is being read.
        """

    def open(self, partial_id: str) -> BinaryIO:
        """All of it, seekable; what is written meanwhile is not seen.

        Raises:
            Conflict: `busy`.
            NotFound: no part has come.
        """

    def delete(self, partial_id: str) -> None:
        """Drop it, if it is there."""

    def older_than(self, moment: datetime) -> Iterator[str]:
        """The ids of files to which nothing was written since `moment`, found while they are asked for.

        What is dropped meanwhile shifts none, and any thread may go on with it.
        """


class DirectFiles(Protocol):
    """Files that browsers send to the storage past this server, each under its id, 32 hex digits.

    `remote_id` is what `begin` gave, "" for a file that comes at once. Who has an `Address` can write again
    until it runs out, so nothing is believed before `take` has put it out of reach. Errors as in `Storage`.
    """

    def begin(self, partial_id: str) -> str:
        """Make ready for a file in pieces; its remote id."""

    def address(self, partial_id: str, remote_id: str, offset: int, size: int) -> Address:
        """For the `size` bytes at `offset`: the whole, or the next piece. Asks nobody."""

    def received(self, partial_id: str, remote_id: str) -> int:
        """Bytes from the beginning that are there."""

    def take(self, partial_id: str, remote_id: str, size: int) -> Taken:
        """End the sending and fetch what came: at most `size` bytes and one more.

        Raises:
            NotFound: it is not there in full.
        """

    def drop(self, partial_id: str, remote_id: str) -> None:
        """Forget it. Who has an address may still send: that is found by `older_than`."""

    def older_than(self, moment: datetime) -> Iterator[tuple[str, str]]:
        """Ids and remote ids of what was begun or came before `moment`; as that of `PartFiles`."""
