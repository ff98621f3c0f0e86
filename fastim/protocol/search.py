"""The answers of searches."""

from __future__ import annotations

import msgspec

from fastim.protocol.entry import Entry


class Hit(msgspec.Struct):
    """A message that was found, as history gives it, though without reactions."""

    entry: Entry
    text: str
    """What of it was searched: its content, a file's name, the texts of a record in lines."""
    ranges: list[tuple[int, int]]
    """Where the words stand in `text`: from and to, exclusive, in UTF-16 code units."""


class Found(msgspec.Struct):
    hits: list[Hit]
    before: int
    """Ask again with it for older ones; 0 when there are none."""
    behind: bool = False
    """Something newer was committed in these conversations than the index has: asking again may find it."""
