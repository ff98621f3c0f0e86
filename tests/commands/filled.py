"""A database with something in every corner: what is lost on a way must be there to be missed."""

from __future__ import annotations

import random
from typing import Any

from flask import Flask
from sqlalchemy import BigInteger, Boolean, Integer, SmallInteger, Table, insert

from fastim.models import db
from fastim.models.base import UtcDateTime, utc_now
from fastim.operations import schema
from fastim.services.seeding import Seeded, add_messages, seed
from tests.client import Client
from tests.pictures import picture

TEXTS = (
    "héllo wörld",
    "吃饭了吗",
    "👩‍👩‍👧‍👦 \U0001f600",
    "trailing ",
    "'; DROP TABLE user; --",
    '\n\t"quoted"',
)


def fill(app: Flask, messages: int = 120) -> Seeded:
    """People in pairs, a room, a talk, pictures in profiles, and a row in each table that has none yet."""
    with app.app_context():
        seeded = seed(app.extensions["fastim"].bus, 6, [4])
        one, other = seeded.people[0][0], seeded.people[1][0]
        add_messages((one, other), messages, read=messages // 2)
    person = Client(app)
    person.http.set_cookie("fastim", seeded.people[0][1])
    uploaded = person.post("/attach/upload", file=(_stream(), "face.png"))
    person.post("/user/update", nickname="吃饭 ☺", avatar=uploaded.data)
    with app.app_context():
        chance = random.Random(5)
        for table in schema.stored_tables():
            if db.session.execute(db.select(table).limit(1)).first() is None:
                db.session.execute(insert(table).values(_row(table, seeded, chance)))
        db.session.commit()
    return seeded


def _stream() -> Any:
    import io

    return io.BytesIO(picture())


def _row(table: Table, seeded: Seeded, chance: random.Random) -> dict[str, Any]:
    """A row that the table's constraints take."""
    values: dict[str, Any] = {}
    for column in table.columns:
        reference = next(iter(column.foreign_keys), None)
        if reference is not None:
            target = reference.column
            values[column.name] = db.session.scalar(db.select(target).limit(1))
        elif isinstance(column.type, UtcDateTime):
            values[column.name] = utc_now()
        elif isinstance(column.type, Boolean):
            values[column.name] = True
        elif isinstance(column.type, BigInteger | Integer | SmallInteger):
            values[column.name] = chance.randrange(1, 1 << 31)
        else:
            length = getattr(column.type, "length", None) or 60
            values[column.name] = chance.choice(TEXTS)[:length]
    return values
