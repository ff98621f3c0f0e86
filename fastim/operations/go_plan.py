"""What is to be brought over from the Go version, row by row, as `go_planning` decides and `go_import` does
it."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

FILE = "file"
"""What a finding names that is of the folder of uploads, and of no table."""


class Finding(NamedTuple):
    """A row that is left behind, or brought with a change, and why."""

    table: str
    """Or FILE."""
    id: int | str
    """A file's path beneath the folder of uploads."""
    why: str


class NewUser(NamedTuple):
    old_id: int
    mobile: str
    passwd: str
    salt: str
    nickname: str
    sex: str
    memo: str
    createat: datetime | None


class NewCommunity(NamedTuple):
    old_id: int
    name: str
    owner: int
    """As a user of the Go version, like all people here."""
    cate: int
    memo: str
    createat: datetime | None
    is_joined: bool
    """Whether its owner was no member, and becomes one with it."""


class Friendship(NamedTuple):
    one: int
    other: int
    memos: tuple[str, str]
    """What each calls the other."""
    contacts: tuple[int, ...]
    """The rows that say so: two, or one where only one side knew."""
    createat: datetime | None


class Membership(NamedTuple):
    user: int
    community: int
    contact: int
    """The row that says so."""
    createat: datetime | None


class Picture(NamedTuple):
    kind: str
    """`avatar` or `icon`."""
    old_id: int
    url: str
