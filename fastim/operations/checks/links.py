"""Rows that refer to others, which must be there; friends and members stand in their conversations."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Table,
    and_,
    delete,
    exists,
    func,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from fastim.models import (
    Amended,
    Aside,
    Attachment,
    Blob,
    Community,
    Contact,
    Conversation,
    Erasure,
    Favourite,
    Imported,
    KeptSticker,
    Mention,
    Message,
    Partial,
    Pin,
    Played,
    Position,
    Proof,
    Reaction,
    Revision,
    TalkSetting,
    Upload,
    User,
    db,
)
from fastim.models.contact import COMMUNITY, PERSON, Role
from fastim.operations import schema
from fastim.operations.checks import rule
from fastim.operations.checks.rule import Lines, Rule, in_transactions, spans
from fastim.operations.checks.standing import (
    is_member,
    open_talks,
    put_members,
    put_owners,
    stands,
    talks,
)
from fastim.services import log_rows
from fastim.services.conversations import GROUP, SINGLE

_SHOWN = 3

OF_MESSAGES = (Amended, Attachment, Reaction, Revision, Pin, Favourite)
"""Tables whose rows have a `message_id` without a foreign key: the log must not wait for one."""
OF_ENTRIES = (Aside, Mention, Erasure, Played)
"""Tables whose rows name an entry by conversation and seq."""


OF_USERS = (Reaction, Mention)
"""Tables whose rows name a person, or 0 for everybody, without a foreign key: the log writes them."""
LOOSE = {
    *(model.message_id for model in OF_MESSAGES),
    *(model.conversation_id for model in (*OF_ENTRIES, TalkSetting)),
    *(model.user_id for model in OF_USERS),
    Attachment.upload_name,
    Contact.dstobj,
    Conversation.low_id,
    Conversation.high_id,
    Message.conversation_id,
    Message.sender_id,
    KeptSticker.blob_sha,
    Upload.poster_sha,
}
"""Columns that refer to rows without a foreign key, and are looked at: here, or with the log's rules."""
NOT_LOOSE = {
    Amended.conversation_id: "stands beside the message_id that is looked at",
    Conversation.last_id: "`last-ids` compares it",
    Imported.new_id: "says what became of a row once, whatever became of it since",
    Imported.old_id: "is the other database's",
    Proof.source_sha: "is of a file that somebody has and need not be stored here",
    Partial.remote_id: "is the object store's",
    Pin.conversation_id: "stands beside the message_id that is looked at",
}
"""Columns that look like references, and why no rule asks where they lead."""


def _without_entry(model: Any) -> ColumnElement[bool]:
    return ~exists().where(Message.conversation_id == model.conversation_id, Message.seq == model.seq)


def _lost() -> list[tuple[Any, ColumnElement[bool]]]:
    """(model, which of its rows refer to nothing), of references that the database does not watch."""
    found: list[tuple[Any, ColumnElement[bool]]] = []
    if log_rows.shelf() is None:  # else the database does not have what these are of
        found += [(model, ~exists().where(Message.id == model.message_id)) for model in OF_MESSAGES]
        found += [(model, _without_entry(model)) for model in OF_ENTRIES]
    for one in OF_USERS:
        found.append((one, and_(one.user_id != 0, ~exists().where(User.id == one.user_id))))
    found.append((Attachment, ~exists().where(Upload.name == Attachment.upload_name)))
    found.append((KeptSticker, ~exists().where(Blob.sha256 == KeptSticker.blob_sha)))
    found.append((TalkSetting, ~exists().where(Conversation.id == TalkSetting.conversation_id)))
    friend, member = Contact.cate == PERSON, Contact.cate == COMMUNITY
    found.append((Contact, and_(friend, ~exists().where(User.id == Contact.dstobj))))
    found.append((Contact, and_(member, ~exists().where(Community.id == Contact.dstobj))))
    return found


def _references() -> Lines:
    """What foreign keys promise, if something else than FastIM wrote: SQLite forgets to look by default."""
    for table in schema.stored_tables():
        for key in table.foreign_key_constraints:
            other = key.referred_table.alias("referred")
            pairs = [(e.parent, other.c[e.column.name]) for e in key.elements]
            there = exists().where(*[theirs == own for own, theirs in pairs])
            refers = and_(*[own.is_not(None) for own, _ in pairs])
            yield from _rows_of(table, and_(refers, ~there), f"refers to no {key.referred_table.name}")


def _orphans() -> Lines:
    for model, lost in _lost():
        yield from _rows_of(model.__table__, lost, "refers to nothing")


def _rows_of(table: Table, condition: ColumnElement[bool], what: str) -> Lines:
    count = db.session.scalar(select(func.count()).select_from(table).where(condition))
    if not count:
        return
    keys = list(table.primary_key.columns)
    some = db.session.execute(select(*keys).where(condition).order_by(*keys).limit(_SHOWN))
    shown = "; ".join(", ".join(f"{k.name} {v}" for k, v in zip(keys, row, strict=True)) for row in some)
    yield f"{table.name}: {count} rows, each {what}: {shown}{' …' if count > _SHOWN else ''}"


def _parties() -> Lines:
    """A conversation is what people said: it stays, whoever is gone."""
    missing = [
        (
            SINGLE,
            or_(*(~exists().where(User.id == one) for one in (Conversation.low_id, Conversation.high_id))),
        ),
        (GROUP, ~exists().where(Community.id == Conversation.low_id)),
    ]
    table: Table = Conversation.__table__  # type: ignore[assignment]
    for kind, gone in missing:
        yield from _rows_of(table, and_(Conversation.kind == kind, gone), "of people or a group not there")
    posters = and_(Upload.poster_sha.is_not(None), ~exists().where(Blob.sha256 == Upload.poster_sha))
    yield from _rows_of(Upload.__table__, posters, "with a poster that is no file")  # type: ignore[arg-type]
    stranger = and_(Message.sender_id != 0, ~exists().where(User.id == Message.sender_id))
    yield from _rows_of(Message.__table__, stranger, "of a sender who is not there")  # type: ignore[arg-type]


def _drop_orphans() -> None:
    for model, lost in _lost():
        for some in spans(model, lost):
            db.session.execute(delete(model).where(some).execution_options(synchronize_session=False))


def _friends() -> Lines:
    back = aliased(Contact)
    one_way = ~exists().where(
        back.ownerid == Contact.dstobj, back.dstobj == Contact.ownerid, back.cate == PERSON
    )
    query = select(Contact.ownerid, Contact.dstobj).where(Contact.cate == PERSON, one_way)
    for owner, friend in rule.told(query.order_by(Contact.id)):
        yield f"user {owner} has user {friend} as a friend, and not the other way round"
    query = select(Contact.ownerid, Contact.dstobj).where(Contact.cate == PERSON, ~talks())
    for owner, friend in rule.told(query.order_by(Contact.id)):
        yield f"user {owner} has user {friend} as a friend, and does not stand in their conversation"


_IN_GROUP = select(Conversation.id).where(Conversation.kind == GROUP)
_OWNER_ROW = and_(
    Contact.dstobj == Community.id, Contact.cate == COMMUNITY, Contact.ownerid == Community.ownerid
)


def _members() -> Lines:
    query = select(Contact.ownerid, Contact.dstobj).where(Contact.cate == COMMUNITY, ~stands())
    for user, group in rule.told(query.order_by(Contact.id)):
        yield f"user {user} is a member of group {group}, and does not stand in its conversation"
    places = select(Position.user_id, Position.conversation_id).where(
        Position.active, Position.conversation_id.in_(_IN_GROUP), ~is_member()
    )
    for user, conversation in rule.told(places):
        yield f"user {user} stands in conversation {conversation}, and is no member of its group"


def _groups() -> Lines:
    has_log = exists().where(Conversation.kind == GROUP, Conversation.low_id == Community.id)
    for (group,) in rule.told(select(Community.id).where(~has_log)):
        yield f"group {group} has no conversation"
    leads = exists().where(_OWNER_ROW, Contact.role == Role.OWNER)
    alive = Community.dissolved_at.is_(None)
    query = select(Community.id, Community.ownerid).where(~leads, alive)
    for group, owner in rule.told(query):
        yield f"group {group}: its owner, user {owner}, is not its member who leads it"
    other = select(Contact.dstobj, Contact.ownerid).join(Community, Community.id == Contact.dstobj)
    other = other.where(Contact.cate == COMMUNITY, Contact.role == Role.OWNER)
    for group, user in rule.told(other.where(Contact.ownerid != Community.ownerid)):
        yield f"group {group}: user {user} leads it, and is not its owner"


RULES = (
    Rule("references", "what a row refers to is there", _references),
    Rule("orphans", "nothing is left of what is gone", _orphans, in_transactions(_drop_orphans)),
    Rule("parties", "what people said and sent is of people and files that are there", _parties),
    Rule("friends", "friends have each other and a conversation", _friends, in_transactions(open_talks)),
    Rule("groups", "each group has one owner and a conversation", _groups, in_transactions(put_owners)),
    Rule("members", "who is a member stands in the conversation", _members, in_transactions(put_members)),
)
