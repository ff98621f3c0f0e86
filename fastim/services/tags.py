"""Labels that people put on their friends: their own, seen by nobody else."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import BindParameter, ColumnElement, bindparam, delete, func, select

from fastim.backends.bus import Bus
from fastim.errors import Refused
from fastim.models import Contact, Tag, db
from fastim.models.contact import PERSON
from fastim.protocol import limits
from fastim.protocol.events import FriendsChanged
from fastim.services.people import line
from fastim.services.transaction import transaction


def _mine(owner_id: int | BindParameter[int]) -> ColumnElement[bool]:
    contacts = select(Contact.id).where(Contact.ownerid == owner_id, Contact.cate == PERSON)
    return Tag.contact_id.in_(contacts)


_ALL = (
    select(Tag.contact_id, Tag.name).where(_mine(bindparam("owner_id"))).order_by(Tag.contact_id, Tag.name)
)
"""Built once, as the list of friends is."""


def of(owner_id: int) -> dict[int, list[str]]:
    """Contact id to its labels, in the order of their letters."""
    found: dict[int, list[str]] = {}
    for contact_id, name in db.session.execute(_ALL, {"owner_id": owner_id}):
        found.setdefault(contact_id, []).append(name)
    return found


class Tags:
    """Needs an app context. Every method acts as `actor_id`, and tells that person's devices."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus

    def set(self, actor_id: int, dst_id: int, names: Sequence[str]) -> list[str]:
        """Let a friend have exactly these labels; they, as they are stored.

        Raises:
            Refused: `not_friends`, `name_needed`, `text_too_long` or `too_many_tags`.
        """
        wanted = sorted({_checked(name) for name in names})
        if len(wanted) > limits.TAGS_OF_FRIEND:
            raise Refused("too_many_tags")
        with transaction(self._bus) as tx:
            query = select(Contact.id).where(
                Contact.ownerid == actor_id, Contact.cate == PERSON, Contact.dstobj == dst_id
            )
            contact_id = db.session.scalar(query.with_for_update())
            if contact_id is None:
                raise Refused("not_friends")
            db.session.execute(delete(Tag).where(Tag.contact_id == contact_id))
            db.session.add_all(Tag(contact_id=contact_id, name=name) for name in wanted)
            db.session.flush()
            _check_number(actor_id)
            tx.emit(FriendsChanged((actor_id,)))
        return wanted

    def rename(self, actor_id: int, name: str, new: str) -> None:
        """Give a label another name on all friends; one that exists takes its friends in.

        Raises:
            Refused: `no_such_tag`, `name_needed` or `text_too_long`.
        """
        new = _checked(new)
        with transaction(self._bus) as tx:
            labelled = self._drop(actor_id, name)
            has_it = set(db.session.scalars(select(Tag.contact_id).where(_mine(actor_id), Tag.name == new)))
            db.session.add_all(Tag(contact_id=each, name=new) for each in labelled if each not in has_it)
            tx.emit(FriendsChanged((actor_id,)))

    def drop(self, actor_id: int, name: str) -> None:
        """Take a label off all friends.

        Raises:
            Refused: `no_such_tag`.
        """
        with transaction(self._bus) as tx:
            self._drop(actor_id, name)
            tx.emit(FriendsChanged((actor_id,)))

    def _drop(self, actor_id: int, name: str) -> list[int]:
        """Take it off everywhere; the contacts that had it."""
        query = select(Tag.contact_id).where(_mine(actor_id), Tag.name == name).with_for_update()
        labelled = list(db.session.scalars(query))
        if not labelled:
            raise Refused("no_such_tag")
        db.session.execute(delete(Tag).where(Tag.contact_id.in_(labelled), Tag.name == name))
        return labelled


def _checked(name: str) -> str:
    name = line(name)
    if not name:
        raise Refused("name_needed")
    if len(name) > limits.TAG_CHARS:
        raise Refused("text_too_long", field="tags")
    return name


def _check_number(actor_id: int) -> None:
    different = select(func.count(Tag.name.distinct())).where(_mine(actor_id))
    if (db.session.scalar(different) or 0) > limits.TAGS:
        raise Refused("too_many_tags")
