"""Friends: adding, requests, remarks, deleting, blocking."""

from __future__ import annotations

from sqlalchemy import BindParameter, and_, bindparam, delete, func, or_, select
from sqlalchemy.orm import aliased

from fastim.backends.bus import Bus
from fastim.errors import NotFound, Refused
from fastim.models import Block, Contact, FriendRequest, User, db
from fastim.models.contact import PERSON
from fastim.models.user import NOBODY, OPEN
from fastim.protocol import limits, views
from fastim.protocol.events import FriendsChanged, RequestsChanged
from fastim.services import conversations, tags
from fastim.services.finding import Finding
from fastim.services.friendship import close_doors, is_linked, link, open_doors
from fastim.services.people import AskOnline, DevicesOf, line, nobody, rfc3339, user_fields
from fastim.services.reading import Reading
from fastim.services.transaction import Transaction, transaction

_ACTOR: BindParameter[int] = bindparam("actor_id")
_THEIRS = aliased(Block)
_FRIENDS = (
    select(User, Contact.id, Contact.memo, Block.blocked_id, _THEIRS.owner_id)
    .join(Contact, and_(Contact.dstobj == User.id, Contact.cate == PERSON))
    .outerjoin(Block, and_(Block.owner_id == _ACTOR, Block.blocked_id == User.id))
    .outerjoin(_THEIRS, and_(_THEIRS.owner_id == User.id, _THEIRS.blocked_id == _ACTOR))
    .where(Contact.ownerid == _ACTOR)
    .order_by(User.nickname, User.id)
    .limit(limits.LIST_ROWS)
)
"""Built once: every page that comes back asks it, and building it costs more than its answer."""


class Contacts:
    """Needs an app context. Every method acts as `actor_id`."""

    def __init__(
        self,
        bus: Bus,
        finding: Finding,
        devices_of: DevicesOf,
        ask_online: AskOnline,
        reading: Reading,
    ) -> None:
        self._bus = bus
        self._finding = finding
        self._devices_of = devices_of
        self._ask_online = ask_online
        self._reading = reading

    def friends(self, actor_id: int) -> list[views.Friend]:
        """The list of friends, by name, with who is online; never anybody's token.

        Who blocked the actor looks like somebody who is away.
        """
        of_actor = {"actor_id": actor_id}
        labels, rows = self._reading(
            lambda: (tags.of(actor_id), list(db.session.execute(_FRIENDS, of_actor)))
        )
        self._ask_online(row[0].id for row in rows)
        return [
            views.Friend(
                **user_fields(user, self._devices_of if hidden is None else nobody, with_mobile=True),  # type: ignore[arg-type]
                remark=remark,
                blocked=blocked is not None,
                tags=labels.get(contact_id, []),
            )
            for user, contact_id, remark, blocked, hidden in rows
        ]

    def add(self, actor_id: int, mobile: str, dst_id: int, note: str, code: str = "") -> views.Added:
        """Befriend somebody, or ask where they want to be asked first.

        Somebody who blocked the actor gets nothing, and the actor sees a request that waits. Who wants
        nobody's requests gets those of people who were given the link: that was the person's own doing.

        Raises:
            Refused: `no_such_user`, `bad_mobile`, `yourself`, `already_friend`, `already_requested`,
                `not_adding`, `too_many_requests`, `too_many_friends` or `text_too_long`.
            TooOften: too many searches.
        """
        note = line(note)
        if len(note) > limits.NOTE_CHARS:
            raise Refused("text_too_long")
        other = self._finding.locate(actor_id, dst_id, mobile, code)
        db.session.expunge(other)
        if other.id == actor_id:
            raise Refused("yourself")
        with transaction(self._bus) as tx:
            _lock(actor_id, other.id)
            if is_linked(actor_id, other.id) and is_linked(other.id, actor_id):
                raise Refused("already_friend")
            waiting = _request(other.id, actor_id)
            asked = _request(actor_id, other.id)
            is_blocked = db.session.get(Block, (other.id, actor_id)) is not None
            if waiting is None and (other.adding != OPEN or is_blocked):
                if other.adding == NOBODY and not code:
                    raise Refused("not_adding")
                if asked is not None:
                    raise Refused("already_requested")
                _check_requests(actor_id)
                db.session.add(FriendRequest(from_id=actor_id, to_id=other.id, note=note))
                if not is_blocked:
                    tx.emit(RequestsChanged(other.id))
                state = "requested"
            else:
                _befriend(tx, actor_id, other.id)
                state = "added"
        return views.Added(state=state, friend=self._view(other.id, with_mobile=state == "added"))

    def _view(self, user_id: int, with_mobile: bool) -> views.User:
        user = db.session.get_one(User, user_id)
        online: DevicesOf = self._devices_of if with_mobile else nobody
        return views.User(**user_fields(user, online, with_mobile))  # type: ignore[arg-type]

    def requests(self, actor_id: int) -> list[views.FriendRequest]:
        """Requests that wait for the actor's answer, the newest first; not of those whom it blocked."""
        query = (
            select(FriendRequest, User)
            .join(User, User.id == FriendRequest.from_id)
            .outerjoin(Block, and_(Block.owner_id == actor_id, Block.blocked_id == FriendRequest.from_id))
            .where(FriendRequest.to_id == actor_id, Block.blocked_id.is_(None))
            .order_by(FriendRequest.id.desc())
            .limit(limits.LIST_ROWS)
        )
        return [
            views.FriendRequest(
                id=request.id,
                user=views.User(**user_fields(user, nobody, with_mobile=False)),  # type: ignore[arg-type]
                note=request.note,
                createat=rfc3339(request.created_at),
            )
            for request, user in db.session.execute(query)
        ]

    def accept(self, actor_id: int, request_id: int) -> views.User:
        """Become friends with who asked.

        Raises:
            NotFound: no such request to the actor.
            Refused: `too_many_friends`.
        """
        with transaction(self._bus) as tx:
            other_id = self._locked_request(actor_id, request_id).from_id
            _befriend(tx, actor_id, other_id)
        return self._view(other_id, with_mobile=True)

    def decline(self, actor_id: int, request_id: int) -> None:
        """Drop a request; who asked is not told.

        Raises:
            NotFound: no such request to the actor.
        """
        with transaction(self._bus) as tx:
            db.session.delete(self._locked_request(actor_id, request_id))
            tx.emit(RequestsChanged(actor_id))

    def _locked_request(self, actor_id: int, request_id: int) -> FriendRequest:
        """A request to the actor, with both people locked."""
        _lock(actor_id, self._own_request(actor_id, request_id).from_id)
        return self._own_request(actor_id, request_id)  # it may have been answered in between

    def _own_request(self, actor_id: int, request_id: int) -> FriendRequest:
        request = db.session.get(FriendRequest, request_id, populate_existing=True)
        if request is None or request.to_id != actor_id:
            raise NotFound
        return request

    def remark(self, actor_id: int, dst_id: int, remark: str) -> None:
        """Give a friend a name of one's own.

        Raises:
            Refused: `not_friends` or `text_too_long`.
        """
        remark = line(remark)
        if len(remark) > limits.REMARK_CHARS:
            raise Refused("text_too_long")
        with transaction(self._bus) as tx:
            contact = db.session.scalars(select(Contact).where(link(actor_id, dst_id))).one_or_none()
            if contact is None:
                raise Refused("not_friends")
            contact.memo = remark
            tx.emit(FriendsChanged((actor_id,)))

    def delete(self, actor_id: int, dst_id: int) -> None:
        """End a friendship, for both.

        Raises:
            Refused: `not_friends`.
        """
        with transaction(self._bus) as tx:
            _lock(actor_id, dst_id)
            if not is_linked(actor_id, dst_id):
                raise Refused("not_friends")
            both = or_(link(actor_id, dst_id), link(dst_id, actor_id))
            db.session.execute(delete(Contact).where(both))
            close_doors(tx, ((actor_id, dst_id), (dst_id, actor_id)), "not_friends")
            tx.emit(FriendsChanged((actor_id, dst_id)))

    def block(self, actor_id: int, dst_id: int, blocked: bool) -> None:
        """Take nothing more from somebody, or take it again.

        Raises:
            Refused: `no_such_user` or `yourself`.
            TooOften: too many strangers; the list of the blocked must not become a directory either.
        """
        if dst_id == actor_id:
            raise Refused("yourself")
        self._finding.locate(actor_id, dst_id, "", "")
        with transaction(self._bus) as tx:
            _lock(actor_id, dst_id)
            found = db.session.get(Block, (actor_id, dst_id), populate_existing=True)
            if blocked and found is None:
                db.session.add(Block(owner_id=actor_id, blocked_id=dst_id))
                _withdraw(tx, actor_id, dst_id)
                close_doors(tx, ((dst_id, actor_id),), "blocked")
            elif not blocked and found is not None:
                db.session.delete(found)
                open_doors(tx, ((dst_id, actor_id),))
            # A friend's list has something to hide or to show; a stranger is not told.
            tx.emit(FriendsChanged((actor_id, dst_id) if is_linked(actor_id, dst_id) else (actor_id,)))
            if _request(dst_id, actor_id) is not None:  # shown again, or no more
                tx.emit(RequestsChanged(actor_id))

    def blocked(self, actor_id: int) -> list[views.User]:
        """Whom the actor has blocked."""
        query = (
            select(User)
            .join(Block, Block.blocked_id == User.id)
            .where(Block.owner_id == actor_id)
            .order_by(User.nickname, User.id)
            .limit(limits.LIST_ROWS)
        )
        return [
            views.User(**user_fields(user, nobody, with_mobile=False))  # type: ignore[arg-type]
            for user in db.session.scalars(query)
        ]


def _request(from_id: int, to_id: int) -> FriendRequest | None:
    query = select(FriendRequest).where(FriendRequest.from_id == from_id, FriendRequest.to_id == to_id)
    return db.session.scalars(query).one_or_none()


def _check_requests(actor_id: int) -> None:
    waiting = select(func.count()).select_from(FriendRequest).where(FriendRequest.from_id == actor_id)
    if (db.session.scalar(waiting) or 0) >= limits.REQUESTS_WAITING:
        raise Refused("too_many_requests")


def _lock(one_id: int, other_id: int) -> None:
    """Two people who do something to each other at the same time take turns.

    Their rows are locked in the order of their ids, so that they never wait for each other in a ring.
    """
    query = select(User.id).where(User.id.in_((one_id, other_id))).order_by(User.id).with_for_update()
    db.session.execute(query).all()


def _withdraw(tx: Transaction, from_id: int, to_id: int) -> None:
    request = _request(from_id, to_id)
    if request is not None:
        db.session.delete(request)
        tx.emit(RequestsChanged(to_id))


def _befriend(tx: Transaction, actor_id: int, other_id: int) -> None:
    """Both directions at once, their conversation, and no request between them any more.

    Whom the actor had blocked, the actor takes messages from again.
    """
    conversations.open_single(actor_id, other_id)
    for owner_id, dst_id in ((actor_id, other_id), (other_id, actor_id)):
        if is_linked(owner_id, dst_id):
            continue
        count = (
            select(func.count())
            .select_from(Contact)
            .where(Contact.ownerid == owner_id, Contact.cate == PERSON)
        )
        if (db.session.scalar(count) or 0) >= limits.FRIENDS:
            raise Refused("too_many_friends")
        db.session.add(Contact(ownerid=owner_id, dstobj=dst_id, cate=PERSON))
    _withdraw(tx, actor_id, other_id)
    _withdraw(tx, other_id, actor_id)
    db.session.execute(delete(Block).where(Block.owner_id == actor_id, Block.blocked_id == other_id))
    open_doors(tx, ((actor_id, other_id), (other_id, actor_id)))
    tx.emit(FriendsChanged((actor_id, other_id)))
