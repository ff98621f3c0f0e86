"""What this server has already, asked while a plan is made for it. Needs an app context."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Protocol

from sqlalchemy import func, select

from fastim.models import Community, Imported, User, db
from fastim.operations.go_plan_file import ROWS
from fastim.operations.go_source import COMMUNITY, CONTACT, USER

AVATAR, ICON = "avatar", "icon"
_KINDS = (USER, COMMUNITY, CONTACT, AVATAR, ICON)
_TABLES = {USER: User, COMMUNITY: Community}


class Target(Protocol):
    """The server that a plan is made for; each question is of one batch."""

    def accounts(self, mobiles: Sequence[str]) -> dict[str, int]:
        """Which of these numbers have an account, and which."""

    def names(self, names: Sequence[str]) -> AbstractSet[str]:
        """Which of these a group has."""


class Here:
    """This server."""

    def accounts(self, mobiles: Sequence[str]) -> dict[str, int]:
        query = select(User.mobile, User.id).where(User.mobile.in_(mobiles))
        found = dict(db.session.execute(query).all())
        db.session.rollback()  # what is done with the answer may take long
        return found

    def names(self, names: Sequence[str]) -> AbstractSet[str]:
        query = select(Community.claimed_name).where(Community.claimed_name.in_(names))
        found = {name for name in db.session.scalars(query) if name is not None}
        db.session.rollback()
        return found


def brought(source: str) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    """(kind, [(old id, new id)]) of all that came from there, some at a time.

    Args:
        source: as `go_source.name_of`.
    """
    for kind in _KINDS:
        after = -1
        while True:
            query = select(Imported.old_id, Imported.new_id).where(
                Imported.source == source, Imported.kind == kind, Imported.old_id > after
            )
            rows = [
                (old, new) for old, new in db.session.execute(query.order_by(Imported.old_id).limit(ROWS))
            ]
            db.session.rollback()
            if not rows:
                break
            yield kind, rows
            after = rows[-1][0]


def keeps_ids(source: str) -> bool:
    """Whether ids can stay: nobody and no group is here but those who came over with theirs."""
    for kind, table in _TABLES.items():
        came = select(func.count()).where(Imported.source == source, Imported.kind == kind)
        everybody = db.session.scalar(select(func.count()).select_from(table))
        others = db.session.scalar(came.where(Imported.old_id != Imported.new_id))
        if everybody != db.session.scalar(came) or others:
            return False
    return True
