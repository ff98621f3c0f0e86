"""`check` takes as much memory, and as many statements for each row, however much is stored."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from pymysql.cursors import Cursor, SSCursor
from sqlalchemy import insert, select, text, update

from fastim.models import Attachment, Contact, Conversation, Message, Position, User, db
from fastim.models.base import utc_now
from fastim.models.contact import PERSON
from fastim.operations.checks import files, log, rule
from fastim.operations.checks.standing import talks
from fastim.operations.go_links import Friends, befriend
from fastim.protocol.frames import PICTURE
from fastim.services import consistency
from fastim.services.seeding import add_messages, seed
from tests.commands.planted import World, healthy
from tests.conftest import MakeApp
from tests.queries import statements


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
        read = text(
            "SELECT SUM(variable_value) FROM information_schema.session_status "
            "WHERE variable_name IN ('Handler_read_next', 'Handler_read_rnd_next')"
        )
        before = db.session.scalar(read)
        missing = db.session.scalars(select(Contact.id).where(Contact.cate == PERSON, ~talks())).all()
        rows = db.session.scalar(read) - before
    assert missing == []
    assert rows < 10 * 3 * friends
