"""`check` takes as much memory, and as many statements for each row, however much is stored."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from pymysql.cursors import Cursor, SSCursor
from sqlalchemy import Connection, Engine, Select, delete, event, func, insert, select, text, update

from fastim.models import Attachment, Contact, Conversation, Message, Position, Reaction, User, db
from fastim.models.base import utc_now
from fastim.models.contact import COMMUNITY, PERSON, Role
from fastim.operations.checks import files, links, log, rule
from fastim.operations.checks.standing import talks
from fastim.operations.go_links import Friends, befriend
from fastim.protocol.frames import PICTURE
from fastim.services import consistency
from fastim.services.conversations import GROUP, SINGLE
from fastim.services.seeding import add_messages, seed
from tests.commands.planted import World, healthy
from tests.conftest import MakeApp
from tests.queries import statements

ROWS_READ = text(
    "SELECT SUM(variable_value) FROM information_schema.session_status "
    "WHERE variable_name IN ('Handler_read_next', 'Handler_read_rnd_next')"
)
"""By MariaDB, on the connection that asks."""


def test_files_are_looked_for_many_at_a_time(app: Flask) -> None:
    """A picture more, in a message or a profile, is no statement more; each took one or two."""
    world = healthy(app)
    counts = []
    for count in (1, 40):
        with app.app_context():
            show(world, count)
        with statements(app) as ran, app.app_context():
            for one in files.rules(app.extensions["fastim"].storage, deep=False):
                assert list(one.find()) == []
        counts.append(len(ran))
    assert counts[0] == counts[1]


def test_what_is_wrong_is_put_right_many_at_a_time(app: Flask) -> None:
    """One more is no statement more; a friendship, a membership and a message took up to four each."""
    world = healthy(app)
    with app.app_context():
        seed(app.extensions["fastim"].bus, 120, [3] * 60)
        show(world, 60)
    every = (*log.RULES, *links.RULES, *files.rules(app.extensions["fastim"].storage, deep=False))
    rules = {one.name: one for one in every}
    for name, spoil in SPOILED.items():
        one, counts = rules[name], []
        assert one.repair is not None
        for count in (1, 20):
            with app.app_context():
                spoil(count)
                db.session.commit()
                broken = len(list(one.find()))
            with statements(app) as ran, app.app_context():
                one.repair()
            with app.app_context():
                assert list(one.find()) == []
            counts.append((len(ran), broken))
        (few, first), (many, last) = counts
        assert (few, last >= 20 * first) == (many, True), (name, counts)


def some_ids(count: int, query: Select[int]) -> list[int]:
    """The first of what is asked for, to be changed."""
    return list(db.session.scalars(query.limit(count)))


def wrong_ends(count: int) -> None:
    """Of talks in which something was said, or nothing."""
    silent = select(Conversation.id).where(Conversation.kind == SINGLE, Conversation.last_seq == 0)
    ids = some_ids(count, silent.order_by(Conversation.id))
    rows = [
        {"conversation_id": id_, "seq": 1, "sender_id": 0, "media": 1, "body": "{}", "time_ms": 0}
        for id_ in ids
    ]
    db.session.execute(insert(Message), rows)


def without_talks(count: int) -> None:
    """As many friendships without any conversation, and as many without places in theirs."""
    silent = select(Conversation.id).where(Conversation.kind == SINGLE, Conversation.last_seq == 0)
    ids = some_ids(2 * count, silent.order_by(Conversation.id.desc()))
    db.session.execute(delete(Position).where(Position.conversation_id.in_(ids)))
    db.session.execute(delete(Conversation).where(Conversation.id.in_(ids[::2])))


def without_owners(count: int) -> None:
    """As many groups without who leads them, and as many that somebody else leads too."""
    owners = select(Contact.id).where(Contact.cate == COMMUNITY, Contact.role == Role.OWNER)
    ids = some_ids(count, owners.order_by(Contact.id))
    others = select(Contact.id).where(Contact.cate == COMMUNITY, Contact.role == Role.MEMBER)
    leaders = some_ids(count, others.order_by(Contact.id))
    db.session.execute(update(Contact).where(Contact.id.in_(ids)).values(role=Role.MEMBER))
    db.session.execute(update(Contact).where(Contact.id.in_(leaders)).values(role=Role.OWNER))


def without_places(count: int) -> None:
    """As many members without a place, as many who left it, and as many places of nobody's."""
    of_three = select(Contact.dstobj).where(Contact.cate == COMMUNITY).group_by(Contact.dstobj)
    of_three = of_three.having(func.count() == 3).scalar_subquery()
    groups = select(Conversation.low_id, Conversation.id)
    groups = groups.where(Conversation.kind == GROUP, Conversation.low_id.in_(of_three)).limit(count)
    for group, talk in db.session.execute(groups).all():
        members = select(Contact.ownerid).where(Contact.cate == COMMUNITY, Contact.dstobj == group)
        one, other, third = some_ids(3, members.order_by(Contact.role, Contact.ownerid))
        there = Position.conversation_id == talk
        db.session.execute(delete(Position).where(there, Position.user_id == one))
        db.session.execute(update(Position).where(there, Position.user_id == other).values(active=False))
        gone = (Contact.cate == COMMUNITY, Contact.dstobj == group, Contact.ownerid == third)
        db.session.execute(delete(Contact).where(*gone))


def without_attachments(count: int) -> None:
    ids = some_ids(count, select(Attachment.message_id).order_by(Attachment.message_id))
    db.session.execute(delete(Attachment).where(Attachment.message_id.in_(ids)))


SPOILED: dict[str, Callable[[int], None]] = {
    "numbers": wrong_ends,
    "friends": without_talks,
    "groups": without_owners,
    "members": without_places,
    "attachments": without_attachments,
}


def show(world: World, count: int) -> None:
    """So many more messages and profiles have the picture."""
    url = f"/resource/{world.file}"
    talk = db.session.get_one(Conversation, world.talk())
    for _ in range(count):
        talk.last_seq += 1
        message = Message(
            conversation_id=talk.id, seq=talk.last_seq, sender_id=world.one, media=PICTURE,
            body=f'{{"url":"{url}"}}', time_ms=0,
        )  # fmt: skip
        db.session.add(message)
        db.session.flush()
        talk.last_id = message.id
        db.session.execute(insert(Attachment).values(upload_name=world.file, message_id=message.id))
        db.session.execute(insert(User).values(mobile=f"+99{message.id}", passwd="!", avatar=url))
    db.session.commit()


def test_the_driver_holds_some_of_what_is_wrong(
    make_app: MakeApp, mariadb_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All marks and ids may be: they are told of as they are read."""
    monkeypatch.setattr(rule, "AT_ONCE", 3)
    monkeypatch.setattr(consistency, "AT_ONCE", 3)
    held: list[int] = []
    run, some = Cursor.execute, SSCursor.fetchmany

    def execute(self: Cursor, query: str, args: Any = None) -> int:
        count = run(self, query, args)
        if not isinstance(self, SSCursor):
            held.append(count)
        return count

    def fetchmany(self: SSCursor, size: int | None = None) -> Any:
        rows = some(self, size)
        held.append(len(rows))
        return rows

    monkeypatch.setattr(Cursor, "execute", execute)
    monkeypatch.setattr(SSCursor, "fetchmany", fetchmany)
    app = make_app(database_url=mariadb_url)
    with app.app_context():
        seeded = seed(app.extensions["fastim"].bus, 20, [])
        for (one, _), (other, _) in zip(seeded.people[::2], seeded.people[1::2], strict=True):
            add_messages((one, other), 2)
        db.session.execute(update(Position).values(read_seq=9))
        db.session.execute(update(Conversation).values(last_id=9999))
        db.session.commit()
        held.clear()
        found = [line for one in log.RULES for line in one.find()]
    assert len(found) == 30
    assert max(held) == 3


def test_a_person_with_many_friends_is_looked_at_once_for_each(make_app: MakeApp, mariadb_url: str) -> None:
    """Not once for each two of them: MariaDB reads some rows for every friend, however many there are."""
    app = make_app(database_url=mariadb_url)
    friends = 200
    with app.app_context():
        seeded = seed(app.extensions["fastim"].bus, friends + 2, [])
        first, *others = [one for one, _ in seeded.people]
        befriend([Friends(first, other, ("", ""), utc_now()) for other in others[1:]])
        db.session.commit()
        db.session.execute(text("ANALYZE TABLE conversation, position, contact"))
        before = db.session.scalar(ROWS_READ)
        missing = db.session.scalars(select(Contact.id).where(Contact.cate == PERSON, ~talks())).all()
        rows = db.session.scalar(ROWS_READ) - before
    assert missing == []
    assert rows < 10 * 3 * friends


def test_a_step_of_a_repair_reads_what_it_is_about(
    make_app: MakeApp, mariadb_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """MariaDB would read all places, or all messages, for each: the last of many steps took a second."""
    members, at_once = 300, 10
    monkeypatch.setattr(rule, "AT_ONCE", at_once)
    app = make_app(database_url=mariadb_url)
    rules = {one.name: one for one in links.RULES}
    with app.app_context():
        seeded = seed(app.extensions["fastim"].bus, members, [members, members])
        add_messages((seeded.people[0][0], seeded.people[1][0]), members)
        talk = db.session.scalars(select(func.max(Conversation.id))).one()
        db.session.execute(delete(Position).where(Position.conversation_id == talk))
        lost = [{"message_id": 10**9, "emoji": "x", "user_id": one} for one, _ in seeded.people]
        db.session.execute(insert(Reaction), lost)
        db.session.commit()
        db.session.execute(text("ANALYZE TABLE conversation, position, contact, message, reaction"))
        for name in ("members", "orphans"):
            read: list[int] = []
            with read_by_transactions(db.engine, read):
                rules[name].repair()
            assert len(read) > 2 * members / at_once
            assert sum(read) < 20 * members, (name, read)
            assert list(rules[name].find()) == []


@contextmanager
def read_by_transactions(engine: Engine, read: list[int]) -> Iterator[None]:
    """Rows that MariaDB reads for each transaction: added to `read`."""
    before = 0

    def began(connection: Connection) -> None:
        nonlocal before
        before = int(connection.scalar(ROWS_READ) or 0)

    def ended(connection: Connection) -> None:
        read.append(int(connection.scalar(ROWS_READ) or 0) - before)

    listeners = {"begin": began, "commit": ended, "rollback": ended}
    for name, listener in listeners.items():
        event.listen(engine, name, listener)
    try:
        yield
    finally:
        for name, listener in listeners.items():
            event.remove(engine, name, listener)
