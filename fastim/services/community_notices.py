"""A group's notice, and who has read it."""

from __future__ import annotations

from sqlalchemy import and_, func, select

from fastim.backends.bus import Bus
from fastim.errors import NotFound, Refused
from fastim.models import Contact, Notice, NoticeReader, User, db
from fastim.models.base import utc_now
from fastim.models.contact import COMMUNITY, Role
from fastim.protocol import codec, frames, limits, views
from fastim.protocol.events import Signal
from fastim.services import community_rows, conversations, entries
from fastim.services.people import rfc3339
from fastim.services.transaction import transaction


class Notices:
    """Needs an app context. Every method acts as `actor_id`."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus

    def put(self, actor_id: int, dst_id: int, text: str) -> None:
        """Put a group's notice up in place of the last one, for everybody to read; "" takes it down.

        Raises:
            Refused: `not_member`, `not_admin`, `group_dissolved`, `text_too_long` or `nothing_changed`.
        """
        text = text.strip()
        if len(text) > limits.NOTICE_CHARS:
            raise Refused("text_too_long")
        with transaction(self._bus) as tx:
            community_rows.lock_as(actor_id, dst_id, Role.ADMIN)
            row = db.session.get(Notice, dst_id, populate_existing=True)
            if not text and row is None:
                raise Refused("nothing_changed")
            seq = entries.notice(tx, conversations.of_group(dst_id), actor_id, "notice", text)
            if row is not None:
                db.session.delete(row)
                db.session.flush()
            if text:
                notice = Notice(
                    community_id=dst_id, seq=seq, author_id=actor_id, text=text, created_at=utc_now()
                )
                db.session.add(notice)
                _mark(actor_id, dst_id, seq)  # who wrote it has read it

    def find(self, actor_id: int, dst_id: int) -> views.CommunityNotice:
        """A group's notice. Readers are counted who show what they read, to who shows it too.

        Raises:
            NotFound: there is none, or no such group for this user.
        """
        _check_member(actor_id, dst_id)
        row = db.session.get(Notice, dst_id, populate_existing=True)
        if row is None:
            raise NotFound
        shows = select(User.shows_receipts).where(User.id == actor_id).scalar_subquery()
        readers = (
            select(func.count())
            .select_from(NoticeReader)
            .join(
                Contact,
                and_(
                    Contact.ownerid == NoticeReader.user_id,
                    Contact.cate == COMMUNITY,
                    Contact.dstobj == NoticeReader.community_id,
                ),
            )
            .join(User, and_(User.id == NoticeReader.user_id, User.shows_receipts))
            .where(NoticeReader.community_id == dst_id, NoticeReader.seq >= row.seq, shows)
        )
        return views.CommunityNotice(
            seq=row.seq,
            author=row.author_id,
            text=row.text,
            createat=rfc3339(row.created_at),
            readers=db.session.scalar(readers) or 0,
        )

    def read(self, actor_id: int, dst_id: int, seq: int) -> None:
        """Note that the actor has read the notice of entry `seq`.

        Raises:
            NotFound: no such notice any more, or no such group for this user.
        """
        _check_member(actor_id, dst_id)
        with transaction(self._bus) as tx:
            community_rows.lock(dst_id)
            row = db.session.get(Notice, dst_id, populate_existing=True)
            if row is None or row.seq != seq:
                raise NotFound
            if _mark(actor_id, dst_id, seq):
                tx.emit(Signal((actor_id,), codec.encode(frames.Changed("communities"))))


def _check_member(actor_id: int, dst_id: int) -> None:
    if community_rows.membership(actor_id, dst_id) is None:
        raise NotFound


def _mark(user_id: int, dst_id: int, seq: int) -> bool:
    """Whether it is news."""
    row = db.session.get(NoticeReader, (dst_id, user_id), populate_existing=True)
    if row is None:
        db.session.add(NoticeReader(community_id=dst_id, user_id=user_id, seq=seq))
        return True
    is_news = seq > row.seq
    row.seq = max(row.seq, seq)
    return is_news
