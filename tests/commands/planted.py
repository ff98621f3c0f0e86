"""A healthy server, and the faults that `check` is to find in it, each by the name of its rule."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

from click.testing import Result
from flask import Flask
from sqlalchemy import delete, func, insert, select, update

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
from fastim.services.conversations import GROUP, SINGLE
from fastim.services.seeding import Seeded, add_messages, seed
from tests.client import Client
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


def last_seq(world: World) -> None:
    db.session.execute(update(Conversation).where(Conversation.id == world.talk()).values(last_seq=20))


def last_id(world: World) -> None:
    db.session.execute(update(Conversation).where(Conversation.id == world.talk()).values(last_id=1))


def mark(world: World) -> None:
    beyond = update(Position).where(Position.user_id == world.one)
    db.session.execute(beyond.values(read_seq=99, delivered_seq=99))


def many_orphans(world: World) -> None:
    """A hundred, alike but for the last part of their key."""
    lost = [{"message_id": 10**9, "emoji": "👍", "user_id": 10**6 + number} for number in range(100)]
    db.session.execute(insert(Reaction), lost)


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
