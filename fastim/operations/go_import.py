"""Bringing over what `go_planning` decided: some rows a transaction, each with a note that it was done.

A run that was killed is run again, and goes on where it stopped; one that was finished finds nothing left
to do. What has been brought belongs to its people from then on: nothing here changes a row that is there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from sqlalchemy import bindparam, insert, select, update

from fastim.backends.bus import Bus
from fastim.errors import AppError, Unavailable
from fastim.models import Community, Imported, User, db
from fastim.models.base import utc_now
from fastim.models.upload import PICTURE
from fastim.operations import go_files, go_links
from fastim.operations.go_links import Friends, Member
from fastim.operations.go_plan import Friendship, Membership, NewCommunity, NewUser, Picture
from fastim.operations.go_plan_file import PlanFile
from fastim.operations.go_source import COMMUNITY, CONTACT, USER
from fastim.operations.go_target import AVATAR, ICON
from fastim.services import conversations, upload_rows
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
        self._each("people", plan.users(), counts.users, self._add_users)
        self._each("groups", plan.communities(), counts.communities, self._add_communities)
        self._each("friendships", plan.friendships(), counts.friendships, self._add_friendships)
        self._each("memberships", plan.memberships(), counts.memberships, self._add_memberships)

    def pictures(self, folder: Path) -> None:
        """Bring pictures, each through the same checks as one that is uploaded."""
        total = self._plan.counts().pictures
        self._each("pictures", self._plan.pictures(), total, partial(self._add_pictures, folder))

    def _each(
        self,
        what: str,
        batches: Iterable[list[T]],
        total: int,
        bring: Callable[[Sequence[T]], None],
    ) -> None:
        done = 0
        for batch in batches:
            upload_rows.tried_again(partial(bring, batch))
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
            both = list(zip(batch, made, strict=True))
            conversations.open_groups([community.id for community in made])
            go_links.join([Member(one.id, one.ownerid, one.createat) for new, one in both if new.is_joined])
            self._note(COMMUNITY, [(new.old_id, community.id) for new, community in both])

    def _add_friendships(self, batch: Sequence[Friendship]) -> None:
        friends = [
            Friends(
                self._plan.new_id(USER, new.one),
                self._plan.new_id(USER, new.other),
                new.memos,
                new.createat or utc_now(),
            )
            for new in batch
        ]
        with transaction(self._bus):
            talks = go_links.befriend(friends)
            both = zip(batch, friends, strict=True)
            self._note(CONTACT, [(old, talks[two.pair]) for new, two in both for old in new.contacts])

    def _add_memberships(self, batch: Sequence[Membership]) -> None:
        """Those of a group stand together, so a batch is of few groups."""
        members = [
            Member(
                self._plan.new_id(COMMUNITY, new.community),
                self._plan.new_id(USER, new.user),
                new.createat or utc_now(),
            )
            for new in batch
        ]
        with transaction(self._bus):
            go_links.join(members)
            both = zip(batch, members, strict=True)
            self._note(CONTACT, [(new.contact, member.community) for new, member in both])

    def _add_pictures(self, folder: Path, batch: Sequence[Picture]) -> None:
        """The pages' own in one transaction, and each file in one of its own."""
        own = [(picture, url) for picture in batch if (url := go_files.own_picture(picture.url))]
        with transaction(self._bus):
            for kind in (AVATAR, ICON):
                self._show([one for one in own if one[0].kind == kind])
        for picture in batch:
            if not go_files.own_picture(picture.url):
                try:
                    self._add_file(folder, picture)
                except Unavailable:  # a full disk is no fault of this picture's
                    raise
                except AppError as error:
                    table = USER if picture.kind == AVATAR else COMMUNITY
                    why = f"its {picture.kind} {picture.url!r} is not brought: {error.name}"
                    self._plan.leave(table, picture.old_id, why)

    def _add_file(self, folder: Path, picture: Picture) -> None:
        new_id = self._id_of(picture)
        owner_id = new_id if picture.kind == AVATAR else self._owner_of(new_id)
        with go_files.open_file(go_files.path_of(folder, picture.url)) as file:
            url = _URL + self._uploads.store(owner_id, file, PICTURE, "").upload
        with transaction(self._bus):
            self._show([(picture, url)])

    def _show(self, pictures: Sequence[tuple[Picture, str]]) -> None:
        """Pictures of one kind, each with its address here, of those who have none here."""
        if not pictures:
            return
        kind = pictures[0][0].kind
        model, column = (User, "avatar") if kind == AVATAR else (Community, "icon")
        table = db.metadata.tables[model.__tablename__]
        own = table.c.id == bindparam("whose"), table.c[column] == ""
        ids = [(picture.old_id, self._id_of(picture)) for picture, _ in pictures]
        values = [
            {"whose": new_id, "url": url} for (_, new_id), (_, url) in zip(ids, pictures, strict=True)
        ]
        change = update(table).where(*own).values({column: bindparam("url")})
        db.session.connection().execute(change, values)
        self._note(kind, ids)

    def _id_of(self, picture: Picture) -> int:
        """Whose it is, here."""
        return self._plan.new_id(USER if picture.kind == AVATAR else COMMUNITY, picture.old_id)

    def _owner_of(self, community_id: int) -> int:
        owner_id = db.session.scalar(select(Community.ownerid).where(Community.id == community_id))
        db.session.rollback()
        assert owner_id is not None, "it was brought with an owner"
        return owner_id
