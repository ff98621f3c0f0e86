"""What is to be brought over from the Go version, as `go_planning` decides and `go_import` does it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple


class Finding(NamedTuple):
    """A row that is left behind, or brought with a change, and why."""

    table: str
    id: int
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
    """The row that says so; 0 for an owner without one."""
    createat: datetime | None


class Picture(NamedTuple):
    kind: str
    """`avatar` or `icon`."""
    old_id: int
    url: str


@dataclass(frozen=True)
class Target:
    """What this server has already."""

    users: Mapping[int, int]
    """Of those who were brought before: the id that they had to the one that they have."""
    communities: Mapping[int, int]
    contacts: AbstractSet[int]
    pictures: AbstractSet[tuple[str, int]]
    mobiles: Mapping[str, int]
    names: AbstractSet[str]
    """Of groups, as `claimed_name`."""


@dataclass
class Plan:
    users: list[NewUser] = field(default_factory=list)
    linked: dict[int, int] = field(default_factory=dict)
    """Users whose number has an account here, which they are taken to be."""
    communities: list[NewCommunity] = field(default_factory=list)
    friendships: list[Friendship] = field(default_factory=list)
    memberships: list[Membership] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    left: list[Finding] = field(default_factory=list)
    changed: list[Finding] = field(default_factory=list)
    already: Counter[str] = field(default_factory=Counter)
    """Table to the number of its rows that were brought before."""
