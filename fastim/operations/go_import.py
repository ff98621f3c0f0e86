"""Bringing over what `go_planning` decided: some rows a transaction, each with a note that it was done.

A run that was killed is run again, and goes on where it stopped; one that was finished finds nothing left
to do. What has been brought belongs to its people from then on: nothing here changes a row that is there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from sqlalchemy import insert, select, update

from fastim.backends.bus import Bus
from fastim.errors import AppError
from fastim.models import Community, Contact, Conversation, Imported, Position, User, db
from fastim.models.base import utc_now
from fastim.models.contact import COMMUNITY as MEMBERSHIP
from fastim.models.contact import PERSON, Role
from fastim.models.upload import PICTURE
from fastim.operations import go_files
from fastim.operations.go_plan import Friendship, Membership, NewCommunity, NewUser, Picture
from fastim.operations.go_plan_file import PlanFile
from fastim.operations.go_source import COMMUNITY, CONTACT, USER
from fastim.operations.go_target import AVATAR
from fastim.services import conversations
from fastim.services.transaction import transaction
from fastim.services.uploads import Uploads

T = TypeVar("T")
Told = Callable[[str, int, int], None]
"""(what, how many are done, how many there are)"""

_URL = "/resource/"


class GoImport:
    """One run. Needs an app context.

    Args:
        source: as `go_source.name_of`.
        plan: what to bring; it learns what has come over, and which pictures could not.
        keep_ids: give everybody the id that they had.
        told: hears of the progress.
    """

    def __init__(
        self, bus: Bus, uploads: Uploads, source: str, plan: PlanFile, keep_ids: bool, told: Told
    ) -> None:
        self._bus = bus
        self._uploads = uploads
        self._source = source
        self._plan = plan
        self._keep_ids = keep_ids
        self._told = told

    def rows(self) -> None:
        """Bring people, groups, friendships and memberships."""
        plan, counts = self._plan, self._plan.counts()
        for links in plan.links():
            with transaction(self._bus):
                self._note(USER, links)
                self._note(AVATAR, links)  # they have their own
        for users in self._each("people", plan.users(), counts.users):
            self._add_users(users)
        for communities in self._each("groups", plan.communities(), counts.communities):
            self._add_communities(communities)
        for friendships in self._each("friendships", plan.friendships(), counts.friendships):
            self._add_friendships(friendships)
        for memberships in self._each("memberships", plan.memberships(), counts.memberships):
            self._add_memberships(memberships)

    def pictures(self, folder: Path) -> None:
        """Bring pictures, each through the same checks as one that is uploaded."""
        for pictures in self._each("pictures", self._plan.pictures(), self._plan.counts().pictures):
            for picture in pictures:
                try:
                    self._add_picture(folder, picture)
                except AppError as error:
                    table = USER if picture.kind == AVATAR else COMMUNITY
                    why = f"its {picture.kind} {picture.url!r} is not brought: {error.name}"
                    self._plan.leave(table, picture.old_id, why)

    def _each(self, what: str, batches: Iterable[list[T]], total: int) -> Iterator[list[T]]:
        done = 0
        for batch in batches:
            yield batch
            done += len(batch)
            self._told(what, done, total)

    def _note(self, kind: str, ids: Sequence[tuple[int, int]]) -> None:
        """Remember, with the transaction, what became of what: (old id, new id)."""
        if ids:
            rows = [
                {"source": self._source, "kind": kind, "old_id": old, "new_id": new} for old, new in ids
            ]
            db.session.execute(insert(Imported), rows)
            self._plan.note(kind, ids)

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
            self._note(USER, [(new.old_id, user.id) for new, user in zip(batch, made, strict=True)])

    def _add_communities(self, batch: Sequence[NewCommunity]) -> None:
        made = [
            Community(
                id=new.old_id if self._keep_ids else None,
                name=new.name,
                ownerid=self._plan.new_id(USER, new.owner),
                cate=new.cate,
                memo=new.memo,
                createat=new.createat or utc_now(),
            )
            for new in batch
        ]
        with transaction(self._bus):
            db.session.add_all(made)
            db.session.flush()
            for new, community in zip(batch, made, strict=True):
                conversations.open_group(community.id)
                if new.is_joined:
                    owner_id = community.ownerid
                    db.session.add(_membership(owner_id, community.id, owner_id, new.createat))
                    _stand(conversations.of_group(community.id), owner_id)
            ids = [(new.old_id, community.id) for new, community in zip(batch, made, strict=True)]
            self._note(COMMUNITY, ids)

    def _add_friendships(self, batch: Sequence[Friendship]) -> None:
        pairs = [tuple(self._plan.new_id(USER, user) for user in (new.one, new.other)) for new in batch]
        people = {user for pair in pairs for user in pair}
        with transaction(self._bus):
            query = select(Contact.ownerid, Contact.dstobj).where(Contact.cate == PERSON)
            query = query.where(Contact.ownerid.in_(people), Contact.dstobj.in_(people))
            known = {(one, other) for one, other in db.session.execute(query)}
            noted: list[tuple[int, int]] = []
            for new, (one, other) in zip(batch, pairs, strict=True):
                for pair, memo in zip(((one, other), (other, one)), new.memos, strict=True):
                    if pair not in known:
                        db.session.add(_friend(*pair, new.createat, memo))
                        known.add(pair)
                talk = conversations.open_single(one, other)
                noted += [(contact, talk) for contact in new.contacts]
            self._note(CONTACT, noted)

    def _add_memberships(self, batch: Sequence[Membership]) -> None:
        """Those of a group stand together, so a batch is of few groups."""
        places = [
            (self._plan.new_id(COMMUNITY, new.community), self._plan.new_id(USER, new.user))
            for new in batch
        ]
        with transaction(self._bus):
            groups = _groups({community_id for community_id, _ in places})
            inside = _inside(places)
            noted: list[tuple[int, int]] = []
            for new, place in zip(batch, places, strict=True):
                community_id, user_id = place
                group, owner_id = groups[community_id]
                if place not in inside:
                    inside.add(place)
                    db.session.add(_membership(user_id, community_id, owner_id, new.createat))
                    _stand(group, user_id)
                noted.append((new.contact, community_id))
            self._note(CONTACT, noted)

    def _add_picture(self, folder: Path, picture: Picture) -> None:
        is_avatar = picture.kind == AVATAR
        new_id = self._plan.new_id(USER if is_avatar else COMMUNITY, picture.old_id)
        url = go_files.own_picture(picture.url)
        if not url:
            owner_id = new_id if is_avatar else self._owner_of(new_id)
            with go_files.open_file(go_files.path_of(folder, picture.url)) as file:
                url = _URL + self._uploads.store(owner_id, file, PICTURE, "").upload
        table, column = (User, "avatar") if is_avatar else (Community, "icon")
        with transaction(self._bus):
            one_without = update(table).where(table.id == new_id, getattr(table, column) == "")
            db.session.execute(one_without.values({column: url}))
            self._note(picture.kind, [(picture.old_id, new_id)])

    def _owner_of(self, community_id: int) -> int:
        owner_id = db.session.scalar(select(Community.ownerid).where(Community.id == community_id))
        db.session.rollback()
        assert owner_id is not None, "it was brought with an owner"
        return owner_id


def _friend(owner_id: int, friend_id: int, createat: datetime | None, memo: str) -> Contact:
    created = createat or utc_now()
    return Contact(ownerid=owner_id, dstobj=friend_id, cate=PERSON, memo=memo, createat=created)


def _membership(user_id: int, community_id: int, owner_id: int, createat: datetime | None) -> Contact:
    role, created = Role.OWNER if user_id == owner_id else Role.MEMBER, createat or utc_now()
    return Contact(ownerid=user_id, dstobj=community_id, cate=MEMBERSHIP, role=role, createat=created)


def _groups(community_ids: set[int]) -> dict[int, tuple[Conversation, int]]:
    """Of each group: its conversation, locked, and its owner."""
    query = select(Community.id, Community.ownerid).where(Community.id.in_(community_ids))
    owners = dict(db.session.execute(query).all())
    return {
        community_id: (conversations.of_group(community_id), owners.get(community_id, 0))
        for community_id in sorted(community_ids)
    }


def _inside(places: Sequence[tuple[int, int]]) -> set[tuple[int, int]]:
    """Of these, (group, user) of who is a member already."""
    groups, users = {place[0] for place in places}, {place[1] for place in places}
    query = select(Contact.dstobj, Contact.ownerid).where(Contact.cate == MEMBERSHIP)
    query = query.where(Contact.ownerid.in_(users), Contact.dstobj.in_(groups))
    return {(group, user) for group, user in db.session.execute(query)}


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
