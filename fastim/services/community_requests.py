"""Who waits to be let into a group, and the answer of those who lead it."""

from __future__ import annotations

from sqlalchemy import ColumnElement, func, select

from fastim.backends.bus import Bus
from fastim.config import Settings
from fastim.errors import NotFound, Refused
from fastim.models import JoinRequest, User, db
from fastim.models.contact import Role
from fastim.protocol import limits, views
from fastim.services import community_rows
from fastim.services.people import line, nobody, rfc3339, user_fields
from fastim.services.transaction import Transaction, transaction


def ask(tx: Transaction, community_id: int, user_id: int, inviter_id: int | None, note: str) -> bool:
    """Let somebody wait for the group's leaders; whether they did not yet. Asking again changes the note.

    Runs in the caller's transaction, with the community locked.

    Raises:
        Refused: `text_too_long` or `too_many_requests`.
    """
    note = line(note)
    if len(note) > limits.NOTE_CHARS:
        raise Refused("text_too_long")
    query = select(JoinRequest).where(
        JoinRequest.community_id == community_id, JoinRequest.user_id == user_id
    )
    waiting = db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if waiting is not None:
        waiting.note = note or waiting.note
        return False
    _check_room(JoinRequest.community_id == community_id, limits.COMMUNITY_REQUESTS)
    if inviter_id is None:
        _check_room(JoinRequest.user_id == user_id, limits.REQUESTS_WAITING)
    db.session.add(
        JoinRequest(community_id=community_id, user_id=user_id, inviter_id=inviter_id, note=note)
    )
    db.session.flush()
    community_rows.tell_leaders(tx, community_id)
    return True


def _check_room(of: ColumnElement[bool], most: int) -> None:
    count = select(func.count()).select_from(JoinRequest).where(of)
    if (db.session.scalar(count) or 0) >= most:
        raise Refused("too_many_requests")


class JoinRequests:
    """Needs an app context. Every method acts as `actor_id`, who leads the group."""

    def __init__(self, settings: Settings, bus: Bus) -> None:
        self._settings = settings
        self._bus = bus

    def waiting(self, actor_id: int, dst_id: int) -> list[views.JoinRequest]:
        """Who waits, the first first.

        Raises:
            Refused: `not_member` or `not_admin`.
        """
        community_rows.role_as(actor_id, dst_id, Role.ADMIN)
        query = (
            select(JoinRequest, User)
            .join(User, User.id == JoinRequest.user_id)
            .where(JoinRequest.community_id == dst_id)
            .order_by(JoinRequest.id)
        )
        return [
            views.JoinRequest(
                id=request.id,
                user=views.User(**user_fields(user, nobody, with_mobile=False)),  # type: ignore[arg-type]
                inviter=request.inviter_id or 0,
                note=request.note,
                createat=rfc3339(request.created_at),
            )
            for request, user in db.session.execute(query)
        ]

    def admit(self, actor_id: int, request_id: int) -> None:
        """Let somebody in.

        Raises:
            NotFound: no such request to a group that the actor leads; another admin may have answered it.
            Refused: `group_dissolved` or `group_full`.
        """
        with transaction(self._bus) as tx:
            request = self._locked(actor_id, request_id)
            if community_rows.membership(request.user_id, request.community_id) is None:
                community_rows.check_room(request.community_id, 1, self._settings.community_members)
                community_rows.enter(tx, request.community_id, request.user_id, actor_id)
            else:
                community_rows.drop_requests(tx, request.community_id, [request.user_id])

    def turn_away(self, actor_id: int, request_id: int) -> None:
        """Let somebody not in; who asked is not told.

        Raises:
            NotFound: no such request to a group that the actor leads.
            Refused: `group_dissolved`.
        """
        with transaction(self._bus) as tx:
            request = self._locked(actor_id, request_id)
            community_rows.drop_requests(tx, request.community_id, [request.user_id])

    def _locked(self, actor_id: int, request_id: int) -> JoinRequest:
        """The request, with its group locked."""
        found = db.session.get(JoinRequest, request_id, populate_existing=True)
        if found is None:
            raise NotFound
        try:
            community_rows.lock_as(actor_id, found.community_id, Role.ADMIN)
        except Refused as refusal:
            if refusal.name == "group_dissolved":
                raise
            raise NotFound from refusal
        again = db.session.get(JoinRequest, request_id, populate_existing=True)
        if again is None:  # answered in between
            raise NotFound
        return again
