"""The doors: who may write where, who may read what, who may see whom.

Unknown and forbidden answer alike. Nothing else loads a conversation on behalf of a user.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import and_, bindparam, exists, select

from fastim.backends.bus import Bus
from fastim.backends.questions import Questions
from fastim.errors import NotFound, Refused
from fastim.models import Block, Contact, Conversation, Position, db
from fastim.models.contact import COMMUNITY, PERSON, Role
from fastim.protocol.events import (
    CommunityJoined,
    CommunityLeft,
    DoorClosed,
    Event,
    FriendsChanged,
    RolesChanged,
)
from fastim.services.closed_doors import ClosedDoors
from fastim.services.conversations import GROUP, SINGLE
from fastim.services.kept import Kept

_KEPT = 100_000

_COMMUNITIES = select(Contact.dstobj).where(
    Contact.ownerid == bindparam("user_id"), Contact.cate == COMMUNITY
)
_FRIENDS = select(Contact.dstobj).where(
    Contact.ownerid == bindparam("user_id"),
    Contact.cate == PERSON,
    Contact.dstobj.not_in(select(Block.blocked_id).where(Block.owner_id == bindparam("user_id"))),
)
_PAIR = select(
    exists().where(
        Contact.ownerid == bindparam("peer_id"),
        Contact.cate == PERSON,
        Contact.dstobj == bindparam("actor_id"),
    ),
    exists().where(Block.owner_id == bindparam("peer_id"), Block.blocked_id == bindparam("actor_id")),
    select(Conversation.id)
    .where(
        Conversation.kind == SINGLE,
        Conversation.low_id == bindparam("low_id"),
        Conversation.high_id == bindparam("high_id"),
    )
    .scalar_subquery(),
)
"""Of a talk of two: whether the other has the actor as a friend, has blocked them, and which it is."""
_MEMBER = (
    select(Conversation.id)
    .join(Contact, and_(Contact.dstobj == Conversation.low_id, Contact.cate == COMMUNITY))
    .where(
        Contact.ownerid == bindparam("actor_id"),
        Conversation.kind == GROUP,
        Conversation.low_id == bindparam("community_id"),
        Conversation.high_id == 0,
    )
)
_STANDING = (
    select(Conversation.id, Conversation.kind, Position.join_seq, Conversation.last_seq)
    .join(Position, Position.conversation_id == Conversation.id)
    .where(
        Conversation.kind == bindparam("kind"),
        Conversation.low_id == bindparam("low_id"),
        Conversation.high_id == bindparam("high_id"),
        Position.user_id == bindparam("actor_id"),
        Position.active,
    )
)


@dataclass(frozen=True, slots=True)
class Standing:
    """A conversation as one of its members sees it."""

    conversation_id: int
    kind: int
    join_seq: int
    last_seq: int


class Access:
    """Answers from caches that events keep true; a miss needs SQL, and an app context but for the lists of
    friends and groups."""

    def __init__(self, bus: Bus, questions: Questions, is_alone: bool = True) -> None:
        """`is_alone`: no other process closes doors."""
        self._ask = questions.ask
        self._is_alone = is_alone
        self._doors: Kept[tuple[int, int, int], int] = Kept(_KEPT)
        self.known_door = self._doors.get
        """The conversation that (actor_id, kind, dst_id) may write to, if that is known without SQL."""
        self._friends: Kept[int, tuple[int, ...]] = Kept(_KEPT)
        self._roles: Kept[tuple[int, int], Role] = Kept(_KEPT)
        self._changes = 0
        self.closed = ClosedDoors(bus)
        bus.subscribe(
            self._on_event, FriendsChanged, CommunityJoined, CommunityLeft, RolesChanged, DoorClosed
        )

    def door(self, actor_id: int, kind: int, dst_id: int) -> int:
        """The conversation that `actor_id` may write to.

        Raises:
            Refused: `not_friends`, `blocked` or `not_member`.
        """
        known = self.known_door((actor_id, kind, dst_id))
        if known is not None:
            return known
        changes = self._changes
        found = self._single(actor_id, dst_id) if kind == SINGLE else self._group(actor_id, dst_id)
        self.closed.check(found, actor_id)
        if changes == self._changes:  # else it may be old already
            self._doors.put((actor_id, kind, dst_id), found)
        return found

    def check_again(self, actor_id: int, kind: int, dst_id: int, found: int) -> None:
        """Whether the door that was found is open still; ask it under the conversation's lock.

        Raises:
            Refused: as `door`.
        """
        self.closed.check(found, actor_id)
        if not self._is_alone:  # another process may have closed it, whose news is not here yet
            self._doors.drop((actor_id, kind, dst_id))
            self.door(actor_id, kind, dst_id)

    def _single(self, actor_id: int, peer_id: int) -> int:
        low, high = sorted((actor_id, peer_id))
        values = {"actor_id": actor_id, "peer_id": peer_id, "low_id": low, "high_id": high}
        is_linked, is_blocked, found = db.session.execute(_PAIR, values).one()
        if not is_linked or found is None:
            raise Refused("not_friends")
        if is_blocked:
            raise Refused("blocked")
        return int(found)

    def _group(self, actor_id: int, community_id: int) -> int:
        found = db.session.scalar(_MEMBER, {"actor_id": actor_id, "community_id": community_id})
        if found is None:
            raise Refused("not_member")
        return found

    def standing(self, actor_id: int, kind: int, dst_id: int) -> Standing:
        """The conversation that `actor_id` may read, by the address that frames use.

        Raises:
            NotFound: there is none, or not for this user.
        """
        low, high = sorted((actor_id, dst_id)) if kind == SINGLE else (dst_id, 0)
        values = {"actor_id": actor_id, "kind": kind, "low_id": low, "high_id": high}
        row = db.session.execute(_STANDING, values).one_or_none()
        if row is None:
            raise NotFound
        return Standing(*row)

    def known_role(self, actor_id: int, community_id: int) -> Role | None:
        """As `role_of`, if that is known without SQL."""
        return self._roles.get((actor_id, community_id))

    def role_of(self, actor_id: int, community_id: int) -> Role:
        """What `actor_id` is in a group.

        Raises:
            Refused: `not_member`: no such group, or the actor is not in it.
        """
        known = self.known_role(actor_id, community_id)
        if known is not None:
            return known
        changes = self._changes
        query = select(Contact.role).where(
            Contact.ownerid == actor_id, Contact.cate == COMMUNITY, Contact.dstobj == community_id
        )
        found = db.session.scalar(query)
        if found is None:
            raise Refused("not_member")
        if changes == self._changes:
            self._roles.put((actor_id, community_id), Role(found))
        return Role(found)

    def leads(self, actor_id: int, kind: int, dst_id: int) -> bool:
        """Whether a group's other affairs are this user's too; in a talk of two nobody leads.

        Raises:
            Refused: `not_member`.
        """
        return kind == GROUP and self.role_of(actor_id, dst_id).leads

    def leads_still(self, actor_id: int, kind: int, dst_id: int) -> bool:
        """As `leads`, by what the database has now; ask it under the conversation's lock, as another commit
        may have changed it, whose news is not here yet."""
        self._roles.drop((actor_id, dst_id))
        return self.leads(actor_id, kind, dst_id)

    def communities_of(self, user_id: int) -> list[int]:
        """The groups whose messages `user_id` receives."""
        return [row[0] for row in self._ask(_COMMUNITIES, user_id=user_id)]

    def friends_of(self, user_id: int) -> tuple[int, ...]:
        """Who may see whether `user_id` is online: friends, without those that the user blocked."""
        known = self._friends.get(user_id)
        if known is not None:
            return known
        changes = self._changes
        found = tuple(row[0] for row in self._ask(_FRIENDS, user_id=user_id))
        if changes == self._changes:
            self._friends.put(user_id, found)
        return found

    def forget(self) -> None:
        """Ask the database again: news may have been lost."""
        self._changes += 1
        for kept in (self._doors, self._friends, self._roles):
            kept.clear()
        self.closed.forget()

    def _on_event(self, event: Event) -> None:
        if isinstance(event, FriendsChanged):
            self._changes += 1
            for one in event.user_ids:
                self._friends.drop(one)
                for other in event.user_ids:
                    self._doors.drop((one, SINGLE, other))
        elif isinstance(event, DoorClosed):
            self._changes += 1
            self._doors.drop((event.user_id, event.kind, event.dst_id))
        elif isinstance(event, CommunityJoined | CommunityLeft):
            self._changes += 1
            self._doors.drop((event.user_id, GROUP, event.community_id))
            self._roles.drop((event.user_id, event.community_id))
        elif isinstance(event, RolesChanged):
            self._changes += 1
            for user_id in event.user_ids:
                self._roles.drop((user_id, event.community_id))
