"""A plan on disk: what is to be brought over may be of millions of people.

A private SQLite file that lost its name when it was opened, so nothing of it stays, whatever ends the
program. What is looked up while deciding (who is brought, who has which number, what says the same) has an
index; what is only carried is one text a row. Whatever is read out comes in batches.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, NamedTuple, TypeVar

import msgspec

from fastim.operations import go_plan_schema as schema
from fastim.operations.go_plan import (
    Finding,
    Friendship,
    Membership,
    NewCommunity,
    NewUser,
    Picture,
)
from fastim.operations.go_source import GoContact

T = TypeVar("T")

ROWS = 500
"""Rows of one batch, which are in memory at once."""


class Side(NamedTuple):
    """What one of two friends has of the other."""

    owner: int
    memo: str
    contact: int
    createat: datetime | None
    is_new: bool
    """Not brought before."""


class Counts(NamedTuple):
    """How many rows the plan has of each kind."""

    users: int
    communities: int
    friendships: int
    memberships: int
    pictures: int
    left: int
    changed: int


class PlanFile:
    """One plan, for one thread."""

    def __init__(self, folder: Path) -> None:
        """
        Args:
            folder: on a disk that has room for what the three tables of the Go version take.
        """
        self.already: Counter[str] = Counter()
        """Table to the number of its rows that were brought before."""
        folder.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=folder, prefix="import-go-") as file:
            self._db = sqlite3.connect(file.name, isolation_level=None)
            self._db.executescript(schema.SCHEMA)

    def close(self) -> None:
        self._db.close()

    # What was brought before, by its old id

    def note(self, kind: str, ids: Iterable[tuple[int, int]]) -> None:
        """These have come over, from an old id to a new one."""
        rows = ((kind, old_id, new_id) for old_id, new_id in ids)
        self._db.executemany("INSERT OR REPLACE INTO brought VALUES (?, ?, ?)", rows)

    def is_brought(self, kind: str, old_id: int) -> bool:
        return self._has("SELECT 1 FROM brought WHERE kind = ? AND old_id = ?", kind, old_id)

    def new_id(self, kind: str, old_id: int) -> int:
        """Raises KeyError: it has not come over."""
        found = self._one("SELECT new_id FROM brought WHERE kind = ? AND old_id = ?", kind, old_id)
        if found is None:
            raise KeyError(kind, old_id)
        return int(found)

    # What is decided

    def first_with(self, mobile: str, user: int) -> int:
        """The first user who came with this number."""
        self._db.execute("INSERT OR IGNORE INTO number VALUES (?, ?)", (mobile, user))
        return int(self._one("SELECT user FROM number WHERE mobile = ?", mobile))

    def know_names(self, names: Iterable[str]) -> None:
        """Groups of this server have these."""
        self._db.executemany("INSERT OR IGNORE INTO name VALUES (?, 1)", ((name,) for name in names))

    def claim(self, name: str) -> int:
        """How often a group's name was wanted, this time and the group that has it included."""
        self._db.execute(
            "INSERT INTO name VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET claims = claims + 1", (name,)
        )
        return int(self._one("SELECT claims FROM name WHERE name = ?", name))

    def put_user(self, new: NewUser) -> None:
        self._db.execute("INSERT INTO user VALUES (?, ?)", (new.old_id, _text(new)))

    def link(self, user: int, account: int) -> None:
        """A user is taken to be the one who has this account here."""
        self._db.execute("INSERT INTO link VALUES (?, ?)", (user, account))

    def put_community(self, new: NewCommunity) -> None:
        self._db.execute("INSERT INTO community VALUES (?, ?)", (new.old_id, _text(new)))

    def put_picture(self, picture: Picture) -> None:
        self._db.execute("INSERT INTO picture VALUES (?, ?, ?)", picture)

    def put_side(self, contact: GoContact, is_new: bool) -> int:
        """One side of a friendship; the contact that says it, which is another where one said so before."""
        low, high = sorted((contact.ownerid, contact.dstobj))
        row = (contact.id, low, high, contact.ownerid, contact.memo, _date(contact.createat), is_new)
        if self._db.execute("INSERT OR IGNORE INTO side VALUES (?, ?, ?, ?, ?, ?, ?)", row).rowcount:
            return contact.id
        first = "SELECT contact FROM side WHERE low = ? AND high = ? AND owner = ?"
        return int(self._one(first, low, high, contact.ownerid))

    def put_membership(self, new: Membership, is_new: bool) -> int:
        """The contact that says it, which is another where one said so before."""
        row = (new.community, new.contact, new.user, _date(new.createat), is_new)
        if self._db.execute("INSERT OR IGNORE INTO membership VALUES (?, ?, ?, ?, ?)", row).rowcount:
            return new.contact
        first = "SELECT contact FROM membership WHERE community = ? AND user = ?"
        return int(self._one(first, new.community, new.user))

    def leave(self, what: str, which: int | str, why: str) -> None:
        """It stays behind."""
        if isinstance(which, str):  # a name on the disk may be no text
            which = which.encode("utf-8", "backslashreplace").decode()
        self._db.execute("INSERT INTO finding VALUES (1, ?, ?, ?)", (what, which, why))

    def change(self, what: str, which: int, why: str) -> None:
        """It is brought otherwise than it is."""
        self._db.execute("INSERT INTO finding VALUES (0, ?, ?, ?)", (what, which, why))

    # What is asked while deciding

    def has_user(self, old_id: int) -> bool:
        """Whether somebody is brought, or was."""
        return bool(self._one(schema.HAS_USER, old_id))

    def is_member(self, community: int, user: int) -> bool:
        return self._has("SELECT 1 FROM membership WHERE community = ? AND user = ?", community, user)

    def first_member(self, community: int) -> int | None:
        """Who has been in a group for the longest."""
        first = "SELECT user FROM membership WHERE community = ? ORDER BY contact LIMIT 1"
        found = self._one(first, community)
        return None if found is None else int(found)

    def lost_memberships(self) -> Iterator[tuple[int, int]]:
        """(contact, group) of those whose group is not brought; they are taken out."""
        yield from self._db.execute(f"SELECT contact, community FROM membership WHERE {schema.LOST}")  # noqa: S608
        self._db.execute(f"UPDATE membership SET is_new = 0 WHERE {schema.LOST}")  # noqa: S608 text of our own

    def one_sided(self) -> Iterator[tuple[int, int, int]]:
        """(contact, its owner, the other) of friendships that only one side knew of."""
        lone = f"SELECT one.contact, one.owner, one.low + one.high - one.owner {schema.FRIENDSHIPS}"
        return iter(self._db.execute(f"{lone} AND other.contact IS NULL ORDER BY one.contact"))

    # What was decided

    def counts(self) -> Counts:
        return Counts(
            self._count("FROM user"),
            self._count("FROM community"),
            self._count(schema.FRIENDSHIPS),
            self._count("FROM membership WHERE is_new"),
            self._count("FROM picture"),
            self._count("FROM finding WHERE is_left"),
            self._count("FROM finding WHERE NOT is_left"),
        )

    def users(self) -> Iterator[list[NewUser]]:
        """In the order of their ids."""
        for batch in self._batches("SELECT row FROM user ORDER BY id"):
            yield [msgspec.json.decode(row, type=NewUser) for (row,) in batch]

    def links(self) -> Iterator[list[tuple[int, int]]]:
        """(user, account here)."""
        return self._batches("SELECT id, account FROM link ORDER BY id")

    def communities(self) -> Iterator[list[NewCommunity]]:
        """In the order of their ids."""
        for batch in self._batches("SELECT row FROM community ORDER BY id"):
            yield [msgspec.json.decode(row, type=NewCommunity) for (row,) in batch]

    def friendships(self) -> Iterator[list[Friendship]]:
        """In the order in which somebody first said so."""
        columns = ", ".join(
            f"{side}.{name}"
            for side in ("one", "other")
            for name in ("owner", "memo", "contact", "createat", "is_new")
        )
        query = f"SELECT one.low, one.high, {columns} {schema.FRIENDSHIPS} ORDER BY one.contact"
        for batch in self._batches(query):
            yield [_friendship(low, high, sides[:5], sides[5:]) for low, high, *sides in batch]

    def memberships(self) -> Iterator[list[Membership]]:
        """Group by group, its members as they came."""
        query = "SELECT user, community, contact, createat FROM membership WHERE is_new"
        for batch in self._batches(f"{query} ORDER BY community, contact"):
            yield [Membership(one, group, contact, _moment(at)) for one, group, contact, at in batch]

    def pictures(self) -> Iterator[list[Picture]]:
        for batch in self._batches("SELECT kind, old_id, url FROM picture ORDER BY rowid"):
            yield [Picture(*row) for row in batch]

    def findings(self, is_left: bool, after: int = 0) -> Iterator[Finding]:
        """What stays behind, or what is brought otherwise; as it was found, without the first `after`."""
        query = "SELECT what, which, why FROM finding WHERE is_left = ? ORDER BY rowid LIMIT -1 OFFSET ?"
        return (Finding(*row) for row in self._db.execute(query, (is_left, after)))

    def pictures_before(self) -> int:
        """How many pictures came over before."""
        return self._count("FROM brought WHERE kind IN ('avatar', 'icon')")

    def _batches(self, query: str) -> Iterator[list[Any]]:
        cursor = self._db.execute(query)
        while batch := cursor.fetchmany(ROWS):
            yield batch

    def _one(self, query: str, *values: object) -> Any:
        row = self._db.execute(query, values).fetchone()
        return None if row is None else row[0]

    def _has(self, query: str, *values: object) -> bool:
        return self._one(query, *values) is not None

    def _count(self, of: str) -> int:
        return int(self._one(f"SELECT count(*) {of}"))


def _friendship(low: int, high: int, *found: list[Any]) -> Friendship:
    sides = {
        owner: Side(owner, memo, contact, _moment(createat), bool(is_new))
        for owner, memo, contact, createat, is_new in found
        if contact is not None
    }
    new = [side for side in sides.values() if side.is_new]
    memos = tuple(sides[user].memo if user in sides else "" for user in (low, high))
    dates = [side.createat for side in new if side.createat is not None]
    contacts = tuple(side.contact for side in new)
    return Friendship(low, high, (memos[0], memos[1]), contacts, min(dates, default=None))


def _text(row: NewUser | NewCommunity) -> str:
    return msgspec.json.encode(row).decode()


def _date(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _moment(date: str | None) -> datetime | None:
    return None if date is None else datetime.fromisoformat(date)
