"""A list of twenty costs the database as many statements as a list of two."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from sqlalchemy import update

from fastim.models import Block, Community, Contact, Conversation, FriendRequest, User, db
from fastim.models.base import utc_now
from fastim.models.contact import COMMUNITY, PERSON
from fastim.services import conversations
from fastim.services.transaction import Transaction, transaction
from tests.client import Client, new_mobile
from tests.queries import selects

_numbers = itertools.count(1)


def people(count: int) -> list[int]:
    """Ids of new accounts that nobody can log in to, which makes them cheap."""
    users = [User(mobile=new_mobile(), passwd="!", nickname="row", memo="") for _ in range(count)]
    db.session.add_all(users)
    db.session.flush()
    return [user.id for user in users]


def make_friends(tx: Transaction, me: int, count: int) -> None:
    """Every other one is blocked."""
    for place, other in enumerate(people(count)):
        db.session.add(Contact(ownerid=me, dstobj=other, cate=PERSON))
        db.session.add(Contact(ownerid=other, dstobj=me, cate=PERSON))
        conversations.open_single(me, other)
        if place % 2:
            db.session.add(Block(owner_id=me, blocked_id=other))


def make_groups(tx: Transaction, me: int, count: int) -> None:
    """Each with an owner and two members."""
    for owner, third in zip(people(count), people(count), strict=True):
        group = Community(name=f"group {next(_numbers)}", ownerid=owner, memo="")
        db.session.add(group)
        db.session.flush()
        conversations.open_group(group.id)
        for member in (owner, third, me):
            enter(tx, group.id, member)


def make_members(tx: Transaction, me: int, count: int) -> None:
    """Of the group that is there; half of them friends of `me`."""
    group = db.session.query(Community).filter_by(ownerid=me).one()
    for place, member in enumerate(people(count)):
        enter(tx, group.id, member)
        if place % 2:
            db.session.add(Contact(ownerid=me, dstobj=member, cate=PERSON))


def enter(tx: Transaction, group: int, member: int) -> None:
    db.session.add(Contact(ownerid=member, dstobj=group, cate=COMMUNITY))
    conversations.join(tx, group, member)


def make_requests(tx: Transaction, me: int, count: int) -> None:
    db.session.add_all(FriendRequest(from_id=other, to_id=me, note="") for other in people(count))


def make_blocks(tx: Transaction, me: int, count: int) -> None:
    db.session.add_all(
        Block(owner_id=me, blocked_id=other, created_at=utc_now()) for other in people(count)
    )


@pytest.mark.parametrize(
    ("path", "make", "most"),
    [
        ("/contact/loadfriend", make_friends, 3),
        ("/contact/loadcommunity", make_groups, 4),
        ("/contact/members", make_members, 4),
        ("/contact/requests", make_requests, 2),
        ("/contact/blocked", make_blocks, 2),
        ("/message/sync", make_friends, 7),
        ("/message/sync", make_groups, 7),
    ],
)
def test_twenty_rows_cost_no_more_statements_than_two(
    client: Client, path: str, make: Any, most: int
) -> None:
    """The session's own look-up is one of them."""
    ann = client.register()
    group = ann.post("/contact/createcommunity", name=f"mine {next(_numbers)}").data["id"]
    body = {"dstid": group} if path == "/contact/members" else {}
    counts, rows = [], []
    for count in (2, 18):
        with client.app.app_context(), transaction(client.app.extensions["fastim"].bus) as tx:
            make(tx, ann.id, count)
            silent = update(Conversation).where(Conversation.last_seq == 0)
            db.session.execute(silent.values(last_seq=1, last_id=1))  # something to sync
        with selects(client.app) as ran:
            answer = ann.post(path, **body)
        counts.append(sum("max(message.id)" not in statement for statement in ran))  # that is once a second
        listed = answer.data["conversations"] if path == "/message/sync" else answer.rows
        rows.append(len(listed))
    assert counts[0] == counts[1] <= most
    assert rows[1] - rows[0] == 18
