"""Whoever names what is another's is refused, and not one row changes: every route and every frame.

A route that is new has to be put into one of the tables here.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import inspect, select

from fastim.models import Session, db
from fastim.protocol import codec, frames
from fastim.realtime import connection, framing
from fastim.realtime.dispatch import HANDLERS
from fastim.routes.endpoint import ENDPOINTS
from tests.api.group import Group
from tests.api.test_hostile_frames import read
from tests.api.test_upload import upload
from tests.client import Client
from tests.talk import Talk
from tests.wire import Line, connect

PIECE = b"what Ann sends" * 5000


@dataclass
class World:
    """Ann leads a group that Bob and Cid are in, and talks with Bob. Dan waits for her to be let in, twice.
    Eve, a friend of Fred's, has no part in any of it."""

    group: Group
    ids: dict[str, Any]
    """What the tables call by name: rows and addresses that are Ann's or the group's."""

    def filled(self, fields: dict[str, Any]) -> dict[str, Any]:
        return {
            name: self.ids.get(value, value) if isinstance(value, str) else value
            for name, value in fields.items()
        }

    def rows(self) -> dict[str, list[Any]]:
        """All that the database has, but when sessions were used last."""
        with self.group.app.app_context():
            there = set(inspect(db.engine).get_table_names()) - {"session"}
            return {
                table.name: [tuple(row) for row in db.session.execute(select(table))]
                for table in db.metadata.sorted_tables
                if table.name in there
            } | {"session": list(db.session.scalars(select(Session.id)))}


@pytest.fixture
def world(sqlite_client: Client) -> World:
    group = Group(sqlite_client)
    ann, bob = group.ann, group.bob
    ann.befriend(bob)
    talk = Talk(group.app, ann, bob, frames.SINGLE, 0)
    circle = Talk(group.app, ann, bob, frames.GROUP, group.id)
    link = group.must(ann, "makelink")
    group.must(ann, "mode", mode="approve")
    group.must(ann, "putnotice", text="by Ann")
    ann.post("/user/update", askfirst="true")
    dan, fred = sqlite_client.register(nickname="Dan"), sqlite_client.register(nickname="Fred")
    fred.befriend(group.eve)
    assert dan.post("/contact/addfriend", dstid=ann.id).data["state"] == "requested"
    assert dan.post("/community/join", dstid=group.id).data["state"] == "requested"
    said = {"talk": talk.say(ann, "to Bob"), "circle": circle.say(ann, "to all", msgid="mine")}
    assert circle.amend(ann, "pin", said["circle"]) != "not_admin"
    assert ann.post("/message/favourite", cmd=11, dstid=group.id, seq=said["circle"]).code == 0
    picture = upload(ann).data
    assert ann.post("/attach/keepsticker", url=picture).code == 0
    begun = ann.post("/attach/begin", bytes=len(PIECE), name="a.bin").data["id"]
    return World(
        group,
        {
            "$ann": ann.id,
            "$bob": bob.id,
            "$fred": fred.id,
            "$group": group.id,
            "$link": link["id"],
            "$talk": said["talk"],
            "$circle": said["circle"],
            "$picture": picture,
            "$partial": begun,
            "$session": ann.post("/user/devices").rows[0]["id"],
            "$request": ann.post("/contact/requests").rows[0]["id"],
            "$joining": group.ask(ann, "requests").rows[0]["id"],
            "$favourite": ann.post("/message/favourites").rows[0]["id"],
        },
    )


ONE = {"cmd": 11, "dstid": "$group", "seq": "$circle"}
SOME = {"cmd": 11, "dstid": "$group", "seqs": [1, 2, 3]}
IN = {"dstid": "$group"}
WHOM = {"dstid": "$group", "memberid": "$bob"}

STRANGER: dict[str, tuple[dict[str, Any], str]] = {
    "/user/enddevice": ({"id": "$session"}, "not_found"),
    "/contact/accept": ({"id": "$request"}, "not_found"),
    "/contact/decline": ({"id": "$request"}, "not_found"),
    "/contact/remark": ({"dstid": "$ann", "remark": "x"}, "not_friends"),
    "/contact/tags": ({"dstid": "$ann", "tags": ["x"]}, "not_friends"),
    "/contact/deletefriend": ({"dstid": "$ann"}, "not_friends"),
    "/contact/updatecommunity": ({"dstid": "$group", "name": "x", "icon": "$picture"}, "not_member"),
    "/contact/members": (IN, "not_found"),
    "/contact/leavecommunity": (IN, "not_member"),
    "/community/alias": ({**IN, "alias": "x"}, "not_member"),
    "/community/admin": (WHOM, "not_member"),
    "/community/transfer": (WHOM, "not_member"),
    "/community/remove": (WHOM, "not_member"),
    "/community/mute": ({**WHOM, "seconds": 9}, "not_member"),
    "/community/muteall": ({**IN, "seconds": 9}, "not_member"),
    "/community/mode": ({**IN, "mode": "open"}, "not_member"),
    "/community/dissolve": (IN, "not_member"),
    "/community/requests": (IN, "not_member"),
    "/community/admit": ({"id": "$joining"}, "not_found"),
    "/community/turnaway": ({"id": "$joining"}, "not_found"),
    "/community/links": (IN, "not_member"),
    "/community/makelink": (IN, "not_member"),
    "/community/revokelink": ({**IN, "id": "$link"}, "not_member"),
    "/community/notice": (IN, "not_found"),
    "/community/putnotice": ({**IN, "text": "x"}, "not_member"),
    "/community/readnotice": ({**IN, "seq": 1}, "not_found"),
    "/community/invite": ({**IN, "friendids": [1]}, "not_member"),
    "/message/history": (IN | {"cmd": 11}, "not_found"),
    "/message/readers": (ONE, "not_found"),
    "/message/settings": (IN | {"cmd": 11, "pinned": True, "draft": "x"}, "not_found"),
    "/message/erase": (SOME, "not_found"),
    "/message/played": (SOME, "not_found"),
    "/message/card": (ONE, "not_found"),
    "/message/entries": (SOME, "not_found"),
    "/message/pins": (IN | {"cmd": 11}, "not_found"),
    "/message/reactions": (ONE, "not_found"),
    "/message/versions": (ONE, "not_found"),
    "/message/favourite": (ONE, "not_found"),
    "/message/unfavourite": ({"id": "$favourite"}, ""),
    "/message/marks": (IN | {"cmd": 11}, "not_found"),
    "/search/messages": (IN | {"cmd": 11, "text": "to all"}, "not_found"),
    "/attach/dropsticker": ({"url": "$picture"}, "not_found"),
    "/attach/poster": ({"url": "$picture", "poster": "$picture"}, "bad_url"),
    "/attach/state": ({"id": "$partial"}, "not_found"),
    "/attach/finish": ({"id": "$partial"}, "not_found"),
    "/attach/abandon": ({"id": "$partial"}, "not_found"),
    "/attach/address": ({"id": "$partial", "offset": 0}, "not_found"),
}
"""What Eve asks for, and the name of the refusal; "" where what is not there is as good as gone."""

MEMBER: dict[str, tuple[dict[str, Any], str]] = {
    "/contact/updatecommunity": ({"dstid": "$group", "name": "x", "icon": "$picture"}, "not_admin"),
    "/community/admin": ({**WHOM, "memberid": "$bob"}, "not_owner"),
    "/community/transfer": (WHOM, "not_owner"),
    "/community/remove": ({**IN, "memberid": "$ann"}, "not_admin"),
    "/community/mute": ({**IN, "memberid": "$ann", "seconds": 9}, "not_admin"),
    "/community/muteall": ({**IN, "seconds": 9}, "not_admin"),
    "/community/mode": ({**IN, "mode": "open"}, "not_admin"),
    "/community/dissolve": (IN, "not_owner"),
    "/community/requests": (IN, "not_admin"),
    "/community/admit": ({"id": "$joining"}, "not_found"),
    "/community/turnaway": ({"id": "$joining"}, "not_found"),
    "/community/revokelink": ({**IN, "id": "$link"}, "not_found"),
    "/community/putnotice": ({**IN, "text": "x"}, "not_admin"),
    "/message/versions": (ONE, "forbidden"),
}
"""What Bob asks for, who is in the group and leads nothing."""

OWN = {
    "/user/register", "/user/login", "/user/logout", "/user/logoutall", "/user/devices", "/user/password",
    "/user/me", "/user/update", "/user/find", "/user/named", "/contact/addfriend", "/contact/loadfriend",
    "/contact/requests", "/contact/renametag", "/contact/droptag", "/contact/block", "/contact/blocked",
    "/contact/createcommunity", "/contact/joincommunity", "/contact/loadcommunity", "/community/join",
    "/community/look", "/community/enter", "/message/sync", "/message/favourites", "/search/people",
    "/search/groups", "/settings/privacy", "/settings/notices", "/settings/addcode", "/settings/dropcode",
    "/attach/upload", "/attach/probe", "/attach/claim", "/attach/begin", "/attach/unfinished",
    "/attach/stickers", "/attach/keepsticker", "/push/subscribe", "/push/unsubscribe",
}  # fmt: skip
"""These name no row of another's, or only one by which everybody may find it."""


def test_every_route_is_known_to_these_tables() -> None:
    paths = {endpoint.path for endpoint in ENDPOINTS}
    assert paths == OWN | set(STRANGER)
    assert not OWN & set(STRANGER)
    assert set(MEMBER) <= set(STRANGER)


def _ask(world: World, who: Client, table: dict[str, tuple[dict[str, Any], str]]) -> None:
    before = world.rows()
    answers = {path: who.post_json(path, world.filled(fields)).error for path, (fields, _) in table.items()}
    assert answers == {path: error for path, (_, error) in table.items()}
    after = world.rows()
    assert {name: rows for name, rows in after.items() if rows != before[name]} == {}


def test_what_is_anothers_is_refused_and_stays_as_it_is(world: World) -> None:
    _ask(world, world.group.eve, STRANGER)
    digest = base64.b64encode(hashlib.sha256(PIECE).digest()).decode()
    part = world.group.eve.http.put(
        f"/attach/part/{world.ids['$partial']}",
        data=PIECE,
        headers={"Upload-Offset": "0", "Content-Digest": f"sha-256=:{digest}:"},
    )
    assert (part.status_code, part.get_json()["error"]) == (404, "not_found")
    assert world.group.ann.post("/attach/state", id=world.ids["$partial"]).data["offset"] == 0


def test_a_plain_member_changes_nothing_of_the_group(world: World) -> None:
    _ask(world, world.group.bob, MEMBER)


HERE = {"kind": 11, "dstid": "$group"}
THERE = {"kind": 10, "dstid": "$ann"}
OUT = {"kind": 10, "dstid": "$fred"}
QUOTED = {"from_kind": 11, "from_id": "$group", "seqs": [1], "msgid": "hostile"}
NOTED = {"seq": "$circle", "msgid": "hostile"}
FRAMES: list[tuple[type, dict[str, Any], str]] = [
    (frames.SendSingle, {"dstid": "$ann", "content": "x", "msgid": "hostile"}, "not_friends"),
    (frames.SendGroup, {"dstid": "$group", "content": "x", "msgid": "hostile"}, "not_member"),
    (frames.SendGroup, {"dstid": "$group", "content": "x", "msgid": "mine"}, "not_member"),
    (frames.SendGroup, {"dstid": "$group", "content": "x", "userid": "$ann", "msgid": "h"}, "not_you"),
    (frames.Recall, {**HERE, **NOTED}, "not_found"),
    (frames.Recall, {**THERE, **NOTED}, "not_found"),
    (frames.Edit, {**HERE, **NOTED, "content": "x"}, "not_member"),
    (frames.Edit, {**THERE, **NOTED, "content": "x"}, "not_friends"),
    (frames.React, {**HERE, **NOTED, "emoji": "👍"}, "not_member"),
    (frames.React, {**THERE, **NOTED, "emoji": "👍"}, "not_friends"),
    (frames.Pin, {**HERE, **NOTED}, "not_member"),
    (frames.Pin, {**THERE, **NOTED}, "not_friends"),
    (frames.Forward, {**HERE, **QUOTED}, "not_member"),
    (frames.Forward, {**THERE, **QUOTED}, "not_friends"),
    (frames.Forward, {**OUT, **QUOTED}, "not_found"),
    (frames.Forward, {**OUT, **QUOTED, "from_kind": 10, "from_id": "$ann"}, "not_found"),
    (frames.MarkRead, {**HERE, "seq": 1}, "not_member"),
    (frames.MarkRead, {**THERE, "seq": 1}, "not_friends"),
    (frames.MarkDelivered, {"dstid": "$ann", "seq": 1}, "not_friends"),
    (frames.Typing, HERE, "not_member"),
    (frames.Typing, THERE, "not_friends"),
]  # fmt: skip
"""What Eve says on her socket, and the refusal."""

OF_BOB: list[tuple[type, dict[str, Any], str]] = [
    (frames.Recall, {**HERE, **NOTED}, "not_yours"),
    (frames.Edit, {**HERE, **NOTED, "content": "x"}, "not_yours"),
    (frames.Edit, {**THERE, "seq": "$talk", "content": "x"}, "not_yours"),
    (frames.Pin, {**HERE, **NOTED, "on": False}, "not_admin"),
    (frames.SendGroup, {"dstid": "$group", "content": "x", "at": [0], "msgid": "h"}, "not_admin"),
    (frames.SendGroup, {"dstid": "$group", "content": "x", "at": [9999], "msgid": "h"}, "no_such_member"),
]
"""What Bob says, who may speak there."""

OF_ONESELF = {frames.Heartbeat, frames.Attend}


def test_every_frame_is_known_to_these_tables() -> None:
    assert {kind for kind, _, _ in FRAMES} | OF_ONESELF == set(HANDLERS)


@pytest.mark.parametrize(("who", "table"), [("eve", FRAMES), ("bob", OF_BOB)])
def test_a_frame_that_names_what_is_anothers_is_refused_and_told_to_nobody(
    world: World, who: str, table: list[tuple[type, dict[str, Any], str]]
) -> None:
    app, group = world.group.app, world.group
    running = app.extensions["fastim"].realtime
    others = [connect(app, person)[1] for person in (group.ann, group.cid)]
    node, line = connect(app, getattr(group, who))
    before = world.rows()
    for kind, fields, error in table:
        said = codec.encode(kind(**world.filled(fields)))
        assert (kind, _answer(app, node, line, said)) == (kind, error)
    running.write_behind()
    assert {name: rows for name, rows in world.rows().items() if rows != before[name]} == {}
    assert [other.written for other in others] == [b"", b""]


def _answer(app: Flask, node: Any, line: Line, said: bytes) -> str:
    """The refusal of a frame."""
    line.written = b""
    connection.take(app.extensions["fastim"].realtime.services, node, framing.TEXT, said)
    (frame,) = read(line.wait_for(lambda written: written))
    assert frame["cmd"] == frames.REFUSAL
    return str(frame["error"])
