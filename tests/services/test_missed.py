"""Where a process begins to tell a talk that it did not know, as the database says."""

from __future__ import annotations

import pytest
from flask import Flask

from fastim.models import Conversation, Message, Position, db
from fastim.protocol import frames
from fastim.services.missed import Missed, Moved
from tests.services.uploading import new_user


def new_talk(one_id: int, other_id: int, ids: list[int]) -> int:
    """A talk whose entries have these ids."""
    row = Conversation(
        kind=frames.SINGLE, low_id=one_id, high_id=other_id, last_seq=len(ids), last_id=max(ids, default=0)
    )
    db.session.add(row)
    db.session.flush()
    for user_id in (one_id, other_id):
        db.session.add(Position(user_id=user_id, conversation_id=row.id))
    for seq, message_id in enumerate(ids, 1):
        entry = {"sender_id": one_id, "media": 1, "body": "{}", "time_ms": 1}
        db.session.add(Message(id=message_id, conversation_id=row.id, seq=seq, **entry))
    db.session.commit()
    return row.id


@pytest.fixture
def people(app: Flask) -> list[int]:
    with app.app_context():
        return [new_user(f"1390000000{n}") for n in range(3)]


def test_of_a_user_those_talks_are_found_where_something_was_said_lately(
    app: Flask, people: list[int]
) -> None:
    ann, bob, eve = people
    with app.app_context():
        lately = new_talk(ann, bob, [10, 13])
        new_talk(ann, eve, [11])
        new_talk(bob, eve, [14])
    missed = Missed(app.extensions["fastim"].questions)
    assert missed.talks(ann, 11) == [Moved(lately, frames.SINGLE, ann, bob, 2)]


def test_a_talk_is_told_from_after_what_is_older(app: Flask, people: list[int]) -> None:
    with app.app_context():
        talk = new_talk(people[0], people[1], [10, 13, 17])
        new_talk(people[0], people[2], [11, 12])
    missed = Missed(app.extensions["fastim"].questions)
    assert [missed.last_seq(talk, 3, to_id) for to_id in (9, 10, 16, 17)] == [0, 1, 2, 3]
    assert [missed.last_seq(talk, to, 17) for to in (0, 1, 2)] == [0, 1, 2]
