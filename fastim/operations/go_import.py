"""Bringing over what `go_plan` decided: some rows a transaction, each with a note that it was done.

A run that was killed is run again, and goes on where it stopped; one that was finished finds nothing left
to do. What has been brought belongs to its people from then on: nothing here changes a row that is there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from sqlalchemy import func, insert, select, update

from fastim.backends.bus import Bus
from fastim.errors import AppError
from fastim.models import Community, Contact, Conversation, Imported, Position, User, db
from fastim.models.base import utc_now
from fastim.models.contact import COMMUNITY as MEMBERSHIP
from fastim.models.contact import PERSON, Role
from fastim.models.upload import PICTURE
from fastim.operations import go_files
from fastim.operations.go_plan import (
    Finding,
    Friendship,
    Membership,
    NewCommunity,
    NewUser,
    Picture,
    Plan,
    Target,
)
from fastim.operations.go_source import COMMUNITY, CONTACT, USER
from fastim.services import conversations
from fastim.services.transaction import transaction
from fastim.services.uploads import Uploads

T = TypeVar("T")
Told = Callable[[str, int, int], None]
"""(what, how many are done, how many there are)"""

_ROWS = 500
_URL = "/resource/"


def target(source: str) -> Target:
    """What this server has, and what of `source` was brought before. Needs an app context."""
    brought: dict[str, dict[int, int]] = {}
    query = select(Imported.kind, Imported.old_id, Imported.new_id).where(Imported.source == source)
    for kind, old_id, new_id in db.session.execute(query):
        brought.setdefault(kind, {})[old_id] = new_id
    pictures = {(kind, old_id) for kind in ("avatar", "icon") for old_id in brought.get(kind, {})}
    mobiles = dict(row for row in db.session.execute(select(User.mobile, User.id)))
    names = set(
        db.session.scalars(select(Community.claimed_name).where(Community.claimed_name.is_not(None)))
    )
    return Target(
        brought.get(USER, {}),
        brought.get(COMMUNITY, {}),
        brought.get(CONTACT, {}).keys(),
        pictures,
        mobiles,
        {name for name in names if name is not None},
    )


def keeps_ids(had: Target) -> bool:
    """Whether ids can stay: nobody and no group is here but those who came over with theirs."""
    for table, brought in ((User, had.users), (Community, had.communities)):
        count = db.session.scalar(select(func.count()).select_from(table))
        if count != len(brought) or any(old != new for old, new in brought.items()):
            return False
    return True


class GoImport:
    """One run. Needs an app context.

    Args:
        source: as `go_source.name_of`.
        keep_ids: give everybody the id that they had.
        told: hears of the progress.
    """

    def __init__(
        self, bus: Bus, uploads: Uploads, source: str, had: Target, keep_ids: bool, told: Told
    ) -> None:
        self._bus = bus
        self._uploads = uploads
        self._source = source
        self._keep_ids = keep_ids
        self._told = told
        self._users = dict(had.users)
        self._communities = dict(had.communities)
        self.left: list[Finding] = []
        """Pictures that could not be brought, known only once they were looked at."""

    def rows(self, plan: Plan) -> None:
        """Bring people, groups, friendships and memberships."""
        with transaction(self._bus):
            self._note(USER, plan.linked)
            self._note("avatar", plan.linked)  # they have their own
        self._users |= plan.linked
        for users in self._batches("people", plan.users):
            self._add_users(users)
        for communities in self._batches("groups", plan.communities):
            self._add_communities(communities)
        for friendships in self._batches("friendships", plan.friendships):
            self._add_friendships(friendships)
        for memberships in self._batches("memberships", plan.memberships):
            self._add_memberships(memberships)

    def pictures(self, folder: Path, pictures: Sequence[Picture]) -> None:
        """Bring pictures, each through the same checks as one that is uploaded."""
        for (picture,) in self._batches("pictures", pictures, 1):
            try:
                self._add_picture(folder, picture)
            except AppError as error:
                table = USER if picture.kind == "avatar" else COMMUNITY
                why = f"its {picture.kind} {picture.url!r} is not brought: {error.name}"
                self.left.append(Finding(table, picture.old_id, why))

    def _batches(self, what: str, rows: Sequence[T], size: int = _ROWS) -> Iterator[Sequence[T]]:
        for start in range(0, len(rows), size):
            batch = rows[start : start + size]
            yield batch
            self._told(what, start + len(batch), len(rows))

    def _note(self, kind: str, ids: dict[int, int]) -> None:
        """Remember, with the transaction, what became of what."""
        if ids:
            rows = [
                {"source": self._source, "kind": kind, "old_id": old, "new_id": new}
                for old, new in ids.items()
            ]
            db.session.execute(insert(Imported), rows)

    def _add_users(self, batch: Sequence[NewUser]) -> None:
        made = [
            User(
                id=new.old_id if self._keep_ids else None,
                mobile=new.mobile,
                passwd=new.passwd,
                salt=new.salt,
                nickname=new.nickname,
                sex=new.sex,
                memo=new.memo,
                createat=new.createat or utc_now(),
            )
            for new in batch
        ]
        with transaction(self._bus):
            db.session.add_all(made)
            db.session.flush()
            ids = {new.old_id: user.id for new, user in zip(batch, made, strict=True)}
            self._note(USER, ids)
        self._users |= ids

    def _add_communities(self, batch: Sequence[NewCommunity]) -> None:
        made = [
            Community(
                id=new.old_id if self._keep_ids else None,
                name=new.name,
                ownerid=self._users[new.owner],
                cate=new.cate,
                memo=new.memo,
                createat=new.createat or utc_now(),
            )
            for new in batch
        ]
        with transaction(self._bus):
            db.session.add_all(made)
            db.session.flush()
            ids = {new.old_id: community.id for new, community in zip(batch, made, strict=True)}
            for community_id in ids.values():
                conversations.open_group(community_id)
            self._note(COMMUNITY, ids)
        self._communities |= ids

    def _add_friendships(self, batch: Sequence[Friendship]) -> None:
        people = {self._users[user] for new in batch for user in (new.one, new.other)}
        with transaction(self._bus):
            query = select(Contact.ownerid, Contact.dstobj)
            query = query.where(Contact.cate == PERSON, Contact.ownerid.in_(people))
            known = {(one, other) for one, other in db.session.execute(query)}
            noted: dict[int, int] = {}
            for new in batch:
                one, other = self._users[new.one], self._users[new.other]
                for pair, memo in zip(((one, other), (other, one)), new.memos, strict=True):
                    if pair not in known:
                        db.session.add(_contact(*pair, PERSON, new.createat, memo=memo))
                noted |= dict.fromkeys(new.contacts, conversations.open_single(one, other))
            self._note(CONTACT, noted)

    def _add_memberships(self, batch: Sequence[Membership]) -> None:
        with transaction(self._bus):
            groups = self._conversations({self._communities[new.community] for new in batch})
            noted: dict[int, int] = {}
            for new in batch:
                community_id, user_id = self._communities[new.community], self._users[new.user]
                group, owner_id, members = groups[community_id]
                if user_id not in members:
                    members.add(user_id)
                    role = Role.OWNER if user_id == owner_id else Role.MEMBER
                    db.session.add(_contact(user_id, community_id, MEMBERSHIP, new.createat, role=role))
                    _stand(group, user_id)
                if new.contact:
                    noted[new.contact] = community_id
            self._note(CONTACT, noted)

    def _conversations(self, community_ids: set[int]) -> dict[int, tuple[Conversation, int, set[int]]]:
        """Of each group: its conversation, locked, its owner, and its members."""
        found = {}
        for community_id in sorted(community_ids):
            owner_id = db.session.scalar(select(Community.ownerid).where(Community.id == community_id))
            members = select(Contact.ownerid).where(
                Contact.dstobj == community_id, Contact.cate == MEMBERSHIP
            )
            group = conversations.of_group(community_id)
            found[community_id] = (group, owner_id or 0, set(db.session.scalars(members)))
        return found

    def _add_picture(self, folder: Path, picture: Picture) -> None:
        is_avatar = picture.kind == "avatar"
        new_id = (self._users if is_avatar else self._communities)[picture.old_id]
        url = go_files.own_picture(picture.url)
        if not url:
            owner_id = new_id if is_avatar else self._owner_of(new_id)
            with go_files.open_file(go_files.path_of(folder, picture.url)) as file:
                url = _URL + self._uploads.store(owner_id, file, PICTURE, "").upload
        table, column = (User, "avatar") if is_avatar else (Community, "icon")
        with transaction(self._bus):
            one_without = update(table).where(table.id == new_id, getattr(table, column) == "")
            db.session.execute(one_without.values({column: url}))
            self._note(picture.kind, {picture.old_id: new_id})

    def _owner_of(self, community_id: int) -> int:
        owner_id = db.session.scalar(select(Community.ownerid).where(Community.id == community_id))
        db.session.rollback()
        assert owner_id is not None, "it was brought with an owner"
        return owner_id


def _contact(
    owner_id: int,
    dst_id: int,
    cate: int,
    createat: datetime | None,
    memo: str = "",
    role: Role = Role.MEMBER,
) -> Contact:
    created = createat or utc_now()
    return Contact(ownerid=owner_id, dstobj=dst_id, cate=cate, memo=memo, role=role, createat=created)


def _stand(group: Conversation, user_id: int) -> None:
    """From now on: what a group wrote here before is not for who comes later."""
    if db.session.get(Position, (user_id, group.id)) is None:
        db.session.add(
            Position(
                user_id=user_id,
                conversation_id=group.id,
                join_seq=group.last_seq,
                read_seq=group.last_seq,
            )
        )
