"""`check` finds each fault that is planted, and repairs what other rows say better."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import delete, func, insert, select, update

from fastim.backends import mysql_line
from fastim.backends.search import Doc
from fastim.commands import commands
from fastim.models import (
    Amended,
    Attachment,
    Blob,
    Community,
    Contact,
    Conversation,
    Mention,
    Message,
    Notice,
    NoticeReader,
    Pin,
    Position,
    Reaction,
    TalkSetting,
    Upload,
    db,
)
from fastim.models.contact import COMMUNITY, PERSON, Role
from fastim.operations import schema
from fastim.operations.checks import links
from fastim.services.conversations import GROUP, SINGLE
from fastim.services.seeding import Seeded, add_messages, seed
from tests.client import Client
from tests.conftest import MakeApp
from tests.pictures import picture


@dataclass
class World:
    """A healthy server, in an app context."""

    app: Flask
    seeded: Seeded
    file: str
    """The name of an upload that a message shows."""

    @property
    def one(self) -> int:
        return self.seeded.people[0][0]

    @property
    def other(self) -> int:
        return self.seeded.people[1][0]

    @property
    def room(self) -> int:
        return self.seeded.rooms[0]

    def talk(self, kind: int = SINGLE) -> int:
        query = select(Conversation.id).where(Conversation.kind == kind).order_by(Conversation.id)
        found = db.session.scalar(query)
        assert found is not None
        return found


@pytest.fixture
def world(sqlite_app: Flask) -> World:
    """Where one kind of database is enough."""
    return healthy(sqlite_app)


def healthy(app: Flask) -> World:
    with app.app_context():
        seeded = seed(app.extensions["fastim"].bus, 4, [3])
        add_messages((seeded.people[0][0], seeded.people[1][0]), 12, read=6)
    person = Client(app)
    person.http.set_cookie("fastim", seeded.people[0][1])
    urls = [person.post("/attach/upload", file=(BytesIO(picture()), "a.png")).data for _ in range(2)]
    person.post("/user/update", avatar=urls[0])
    assert person.post("/community/putnotice", dstid=seeded.rooms[0], text="listen").code == 0
    file = urls[1].removeprefix("/resource/")
    with app.app_context():
        shows = select(Message.id).where(Message.seq == 12).scalar_subquery()
        body = f'{{"url":"{urls[1]}","pic":"{urls[1]}"}}'
        change = update(Message).where(Message.seq == 12).values(media=4, body=body)
        db.session.execute(change)
        db.session.execute(insert(Attachment).values(upload_name=file, message_id=shows))
        db.session.commit()
        app.extensions["fastim"].indexer.catch_up()
    return World(app, seeded, file)


def check(world: World, *words: str) -> Result:
    """As an operator whose server is stopped: nobody else has the database open."""
    with world.app.app_context():
        db.session.remove()
        db.engine.dispose()
    parts = world.app.extensions["fastim"]
    parts.questions.close()
    parts.indexer.close()
    return world.app.test_cli_runner().invoke(commands, ["check", *words])


def wrong(done: Result) -> set[str]:
    """The names of the rules that are broken."""
    return {line.split()[1].rstrip(":") for line in done.output.splitlines() if line.startswith("WRONG")}


def test_a_healthy_server_is_whole(app: Flask) -> None:
    """Every rule is told of, with what it promises."""
    world = healthy(app)
    done = check(world, "--deep")
    assert (done.exit_code, wrong(done)) == (0, set()), done.output
    assert done.output.endswith("everything is whole\n")
    assert done.output.count("ok ") == len(FAULTS | UNREPAIRABLE | {"search": None})


def last_seq(world: World) -> None:
    db.session.execute(update(Conversation).where(Conversation.id == world.talk()).values(last_seq=20))


def last_id(world: World) -> None:
    db.session.execute(update(Conversation).where(Conversation.id == world.talk()).values(last_id=1))


def mark(world: World) -> None:
    db.session.execute(update(Position).where(Position.user_id == world.one).values(read_seq=99))


def orphans(world: World) -> None:
    db.session.execute(insert(Reaction).values(message_id=10**9, emoji="👍", user_id=world.one))
    first = db.session.scalar(select(func.min(Message.id)))
    db.session.execute(insert(Reaction).values(message_id=first, emoji="👍", user_id=10**6))
    db.session.execute(insert(Mention).values(conversation_id=world.talk(), user_id=10**6, seq=1))
    db.session.execute(insert(Attachment).values(upload_name="gone.png", message_id=first))
    db.session.execute(
        insert(Amended).values(message_id=10**9, conversation_id=world.talk(), seq=77, rev=78, body="{}")
    )
    db.session.execute(insert(Pin).values(message_id=10**9, conversation_id=world.talk(), pinned_ms=1))
    db.session.execute(insert(Mention).values(conversation_id=world.talk(), user_id=0, seq=77))
    db.session.execute(insert(TalkSetting).values(user_id=world.one, conversation_id=10**6, revision=1))
    db.session.execute(insert(Contact).values(ownerid=world.one, dstobj=10**6, cate=PERSON))


def friends(world: World) -> None:
    db.session.execute(delete(Position).where(Position.conversation_id == world.talk()))


def owner(world: World) -> None:
    group = (Contact.dstobj == world.room, Contact.cate == COMMUNITY)
    db.session.execute(update(Contact).where(*group, Contact.ownerid == world.one).values(role=Role.MEMBER))
    db.session.execute(
        update(Contact).where(*group, Contact.ownerid == world.other).values(role=Role.OWNER)
    )


def member(world: World) -> None:
    place = update(Position).where(Position.conversation_id == world.talk(GROUP))
    db.session.execute(place.where(Position.user_id == world.one).values(active=False))
    db.session.execute(delete(Contact).where(Contact.cate == COMMUNITY, Contact.ownerid == world.other))


def attachment(world: World) -> None:
    db.session.execute(delete(Attachment))


def reader(world: World) -> None:
    """One of a notice that is still to come, one of none at all."""
    db.session.execute(update(NoticeReader).values(seq=10**6))  # of who wrote it
    nowhere = {"community_id": world.room, "user_id": world.other, "seq": -1}
    db.session.execute(insert(NoticeReader).values(nowhere))


def setting(world: World) -> None:
    """A list that hides what is still to come, drafts that answer it, and numbers below the first."""
    places = [(world.one, world.talk(), 99, 0), (world.other, world.talk(), 0, 99)]
    places += [(world.one, world.talk(GROUP), -1, 0), (world.other, world.talk(GROUP), 0, -1)]
    for user_id, conversation_id, hidden, reply in places:
        db.session.execute(
            insert(TalkSetting).values(
                user_id=user_id,
                conversation_id=conversation_id,
                revision=1,
                hidden_seq=hidden,
                reply_seq=reply,
            )
        )


FAULTS: dict[str, Callable[[World], None]] = {
    "numbers": last_seq,
    "last-ids": last_id,
    "marks": mark,
    "orphans": orphans,
    "friends": friends,
    "groups": owner,
    "members": member,
    "attachments": attachment,
    "readers": reader,
    "settings": setting,
}


def hole(world: World) -> None:
    db.session.execute(delete(Message).where(Message.seq == 5))


def stranger(world: World) -> None:
    db.session.execute(
        insert(Message).values(
            conversation_id=10**6, seq=1, sender_id=world.one, media=1, body="{}", time_ms=1
        )
    )


def swapped(world: World) -> None:
    for old, new in ((3, 1003), (4, 3), (1003, 4)):
        db.session.execute(update(Message).where(Message.seq == old).values(seq=new))


def nobody(world: World) -> None:
    db.session.execute(update(Message).where(Message.seq == 7).values(sender_id=10**6))
    db.session.execute(
        insert(Conversation).values(kind=SINGLE, low_id=world.one, high_id=10**6, last_seq=0, last_id=0)
    )


def reference(world: World) -> None:
    off, on = ("PRAGMA foreign_keys=OFF", "PRAGMA foreign_keys=ON")
    if db.engine.dialect.name != "sqlite":
        off, on = ("SET foreign_key_checks=0", "SET foreign_key_checks=1")
    db.session.commit()
    with db.engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        cursor = raw.cursor()
        cursor.execute(off)
        cursor.execute("INSERT INTO block VALUES (1, 987654, '2026-01-01')")
        raw.commit()
        cursor.execute(on)
        cursor.close()


def file(world: World) -> None:
    for sha256 in db.session.scalars(select(Blob.sha256)):
        world.app.extensions["fastim"].storage.delete(sha256)


def shown(world: World) -> None:
    db.session.execute(update(Community).values(icon="/resource/" + "0" * 32 + ".png"))
    db.session.execute(delete(Attachment))
    db.session.execute(delete(Upload).where(Upload.name == world.file))


def notice(world: World) -> None:
    db.session.execute(update(Notice).values(seq=10**6))


UNREPAIRABLE: dict[str, Callable[[World], None]] = {
    "numbers": hole,
    "strangers": stranger,
    "order": swapped,
    "parties": nobody,
    "references": reference,
    "notices": notice,
    "files": file,
    "shown": shown,
}


def plant(world: World, fault: Callable[[World], None]) -> None:
    with world.app.app_context():
        fault(world)
        db.session.commit()


@pytest.mark.parametrize("rule", FAULTS)
def test_a_fault_is_found_and_repaired(world: World, rule: str) -> None:
    """Looking changes nothing; after the repair all is whole, and people's messages are as before."""
    with world.app.app_context():
        before = db.session.execute(select(Message.seq, Message.body).order_by(Message.id)).all()
    plant(world, FAULTS[rule])
    found = check(world)
    assert (found.exit_code, rule in wrong(found)) == (1, True), found.output
    repaired = check(world, "--repair")
    assert (repaired.exit_code, repaired.output[-20:]) == (0, "everything is whole\n"), repaired.output
    with world.app.app_context():
        after = db.session.execute(select(Message.seq, Message.body).order_by(Message.id)).all()
    assert after[: len(before)] == before


@pytest.mark.parametrize("rule", UNREPAIRABLE)
def test_what_nothing_else_says_is_only_told(world: World, rule: str) -> None:
    """No repair makes up what people wrote."""
    plant(world, UNREPAIRABLE[rule])
    repaired = check(world, "--repair")
    assert (repaired.exit_code, rule in wrong(repaired)) == (1, True)


def test_many_faults_at_once_are_found_on_both_databases(app: Flask) -> None:
    """And repaired together, but for what nothing else says."""
    world = healthy(app)
    for fault in (*FAULTS.values(), stranger, reference):
        if fault is not last_seq:  # it would hide what is wrong with last_id
            plant(world, fault)
    repaired = check(world, "--repair")
    assert wrong(repaired) == FAULTS.keys() - {"numbers"} | {"strangers", "references"}, repaired.output
    assert wrong(check(world)) == {"strangers", "references"}


def test_nothing_is_repaired_while_somebody_has_the_database_open(
    make_app: MakeApp, mariadb_url: str
) -> None:
    """Looking is allowed."""
    world = healthy(make_app(database_url=mariadb_url))
    plant(world, mark)
    other = mysql_line.connect(mariadb_url)
    try:
        refused = check(world, "--repair")
        assert (refused.exit_code, "the database is in use" in refused.output) == (1, True), refused.output
        assert wrong(check(world)) == {"marks"}
    finally:
        other.close()
    assert check(world, "--repair").exit_code == 0


def test_every_reference_of_every_table_is_looked_at() -> None:
    """By the database, by a rule, or named as one that leads nowhere: a new table brings its own."""
    known = {f"{one.class_.__tablename__}.{one.key}" for one in (*links.LOOSE, *links.NOT_LOOSE)}
    found = set()
    for table in schema.stored_tables():
        for column in table.columns:
            is_own = column.primary_key and len(table.primary_key.columns) == 1 and column.name == "id"
            refers = column.name.endswith(("_id", "_sha")) or column.name in ("dstobj", "upload_name")
            if refers and not is_own and not column.foreign_keys:
                found.add(f"{table.name}.{column.name}")
    assert found == known


def test_only_a_deep_look_sees_changed_content(world: World) -> None:
    """As long as before, and another content: a disk's fault."""
    folder = world.app.extensions["fastim"].settings.storage_folder
    path = next(iter(folder.glob("??/??/*")))
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    assert wrong(check(world)) == set()
    deep = check(world, "--deep")
    assert wrong(deep) == {"files"}
    assert f"file {path.name}: its content has changed" in deep.output


def test_an_index_that_lost_messages_is_made_anew(world: World) -> None:
    """It says that it has read everything, and does not find it."""
    index = world.app.extensions["fastim"].indexer._index
    with world.app.app_context():
        position = index.run(index.position)
        ids = list(db.session.scalars(select(Message.id).where(Message.seq < 5)))
        lost = [Doc(id_, world.talk(), frozenset()) for id_ in ids]
        index.run(lambda: index.write(lost, position, position))
    done = check(world)
    assert wrong(done) == {"search"}
    assert done.output.count("is not found by its own words") == 4
    assert check(world, "--repair").exit_code == 0
