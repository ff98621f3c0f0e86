"""Groups over HTTP: creating, joining, leaving, who is in them."""

from __future__ import annotations

from typing import Any

import pytest

from fastim.protocol.events import CommunityJoined, CommunityLeft, Event
from tests.client import Client


@pytest.fixture
def ann(client: Client) -> Client:
    return client.register(nickname="Ann")


@pytest.fixture
def bob(client: Client) -> Client:
    return client.register(nickname="Bob")


def create(person: Client, name: str = "readers", **fields: Any) -> dict[str, Any]:
    return dict(person.post("/contact/createcommunity", name=name, **fields).data)


def heard(client: Client) -> list[Event]:
    """Memberships that change from now on."""
    events: list[Event] = []

    def listen(event: Event) -> None:
        if isinstance(event, CommunityJoined | CommunityLeft):
            events.append(event)

    client.app.extensions["fastim"].bus.subscribe(listen)
    return events


def test_a_new_group_has_its_maker_as_owner_and_first_member(ann: Client) -> None:
    events = heard(ann)
    group = create(ann, " Book \n club 读书 ", cate="4", memo="Mondays", icon="/asset/images/community.svg")
    assert group["name"] == "Book club 读书"
    assert (group["ownerid"], group["cate"], group["memo"], group["members"]) == (ann.id, 4, "Mondays", 1)
    assert group["icon"] == "/asset/images/community.svg"
    assert ann.post("/contact/loadcommunity").rows == [group]
    (member,) = ann.post("/contact/members", dstid=group["id"]).rows
    assert (member["id"], member["role"]) == (ann.id, "owner")
    (joined,) = events
    assert isinstance(joined, CommunityJoined)
    assert (joined.community_id, joined.user_id) == (group["id"], ann.id)


def test_a_new_group_has_a_conversation(ann: Client) -> None:
    group = create(ann)
    assert ann.post("/message/history", cmd=11, dstid=group["id"]).code == 0


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"name": ""}, "name_needed"),
        ({"name": " \t\n "}, "name_needed"),
        ({"name": "n" * 61}, "text_too_long"),
        ({"memo": "m" * 121}, "text_too_long"),
        ({"icon": "https://evil.example/i.png"}, "bad_url"),
    ],
)
def test_what_was_typed_wrong_is_refused_in_words(
    sqlite_client: Client, fields: dict[str, str], error: str
) -> None:
    person = sqlite_client.register()
    answer = person.post("/contact/createcommunity", **{"name": "x", **fields})
    assert (answer.status, answer.error) == (200, error)
    assert person.post("/contact/loadcommunity").rows == []


def test_a_name_belongs_to_one_group(ann: Client, bob: Client) -> None:
    create(ann, "readers")
    assert bob.post("/contact/createcommunity", name=" readers ").error == "group_name_taken"
    assert bob.post("/contact/loadcommunity").rows == []


def test_how_many_groups_one_may_own_is_a_setting(make_app, database_url: str) -> None:
    client = Client(make_app(database_url=database_url, communities_per_user=2))
    ann, bob = client.register(), client.register()
    create(ann, "one")
    create(ann, "two")
    assert ann.post("/contact/createcommunity", name="three").error == "too_many_groups"
    create(bob, "three")
    assert ann.post("/contact/joincommunity", dstname="three").code == 0


def test_a_group_is_joined_by_name_or_by_id(ann: Client, bob: Client, client: Client) -> None:
    group = create(ann, "读书会 1")
    events = heard(ann)
    assert bob.post("/contact/joincommunity", dstname=" 读书会 1 ").data == group | {
        "members": 2,
        "role": "member",
    }
    third = client.register()
    assert third.post("/contact/joincommunity", dstid=group["id"]).data["members"] == 3
    assert [(type(e), e.user_id) for e in events] == [  # type: ignore[attr-defined]
        (CommunityJoined, bob.id),
        (CommunityJoined, third.id),
    ]
    assert [row["members"] for row in ann.post("/contact/loadcommunity").rows] == [3]


def test_joining_twice_is_a_success_and_changes_nothing(ann: Client, bob: Client) -> None:
    group = create(ann)
    bob.post("/contact/joincommunity", dstid=group["id"])
    events = heard(ann)
    assert bob.post("/contact/joincommunity", dstid=group["id"]).data["members"] == 2
    assert len(bob.post("/contact/loadcommunity").rows) == 1
    assert events == []


@pytest.mark.parametrize("body", [{"dstname": "nothing"}, {"dstid": 999999}, {"dstname": ""}, {}])
def test_an_unknown_group_cannot_be_joined(sqlite_client: Client, body: dict[str, Any]) -> None:
    create(sqlite_client.register())
    answer = sqlite_client.register().post("/contact/joincommunity", **body)
    assert (answer.status, answer.error) == (200, "no_such_group")


def test_one_name_is_not_taken_for_another(ann: Client, bob: Client) -> None:
    """MariaDB's collations hold all emoji, and letters of either case, to be the same."""
    create(ann, "Readers 📚")
    for name in ("Readers 🎸", "readers 📚"):
        assert bob.post("/contact/joincommunity", dstname=name).error == "no_such_group"
    assert bob.post("/contact/joincommunity", dstname="Readers 📚").code == 0


def test_a_full_group_takes_nobody_but_its_members(make_app, database_url: str) -> None:
    client = Client(make_app(database_url=database_url, community_members=2))
    ann, bob, third = client.register(), client.register(), client.register()
    group = create(ann)
    assert bob.post("/contact/joincommunity", dstid=group["id"]).code == 0
    assert third.post("/contact/joincommunity", dstid=group["id"]).error == "group_full"
    assert bob.post("/contact/joincommunity", dstid=group["id"]).code == 0
    bob.post("/contact/leavecommunity", dstid=group["id"])
    assert third.post("/contact/joincommunity", dstid=group["id"]).code == 0


def test_leaving_ends_the_membership(ann: Client, bob: Client) -> None:
    group = create(ann)
    bob.post("/contact/joincommunity", dstid=group["id"])
    events = heard(ann)
    assert bob.post("/contact/leavecommunity", dstid=group["id"]).data is None
    assert bob.post("/contact/loadcommunity").rows == []
    assert [row["id"] for row in ann.post("/contact/members", dstid=group["id"]).rows] == [ann.id]
    (left,) = events
    assert isinstance(left, CommunityLeft)
    assert (left.community_id, left.user_id) == (group["id"], bob.id)
    assert bob.post("/message/history", cmd=11, dstid=group["id"]).status == 404
    assert bob.post("/contact/leavecommunity", dstid=group["id"]).error == "not_member"


def test_the_owner_cannot_leave(ann: Client) -> None:
    group = create(ann)
    assert ann.post("/contact/leavecommunity", dstid=group["id"]).error == "owner_cannot_leave"
    assert len(ann.post("/contact/loadcommunity").rows) == 1


def test_who_left_may_come_back(ann: Client, bob: Client) -> None:
    group = create(ann)
    for _ in range(2):
        assert bob.post("/contact/joincommunity", dstid=group["id"]).code == 0
        assert bob.post("/contact/leavecommunity", dstid=group["id"]).code == 0
    assert bob.post("/contact/joincommunity", dstid=group["id"]).data["members"] == 2


def test_members_are_shown_to_members_only(ann: Client, bob: Client) -> None:
    """An unknown group and somebody else's answer alike."""
    group = create(ann)
    answers = [bob.post("/contact/members", dstid=each) for each in (group["id"], 999999)]
    assert answers[0].code == -1
    assert answers[0].http.data == answers[1].http.data


def test_members_see_each_others_number_only_as_friends(ann: Client, bob: Client, client: Client) -> None:
    group = create(ann)
    third = client.register()
    for person in (bob, third):
        person.post("/contact/joincommunity", dstid=group["id"])
    ann.befriend(bob)
    rows = {row["id"]: row for row in ann.post("/contact/members", dstid=group["id"]).rows}
    assert rows[ann.id]["mobile"] == ann.mobile
    assert rows[bob.id]["mobile"] == bob.mobile
    assert rows[third.id]["mobile"] == ""
    assert {row["token"] for row in rows.values()} == {""}
    assert {id_: row["role"] for id_, row in rows.items()} == {
        ann.id: "owner",
        bob.id: "member",
        third.id: "member",
    }


def test_strangers_in_a_group_do_not_see_who_is_online(ann: Client, bob: Client) -> None:
    group = create(ann)
    bob.post("/contact/joincommunity", dstid=group["id"])
    ann.app.extensions["fastim"].groups.members._devices_of = lambda _: ("phone",)

    def online() -> dict[int, int]:
        return {row["id"]: row["online"] for row in ann.post("/contact/members", dstid=group["id"]).rows}

    assert online() == {ann.id: 1, bob.id: 0}
    ann.befriend(bob)
    assert online() == {ann.id: 1, bob.id: 1}
    bob.post("/contact/block", dstid=ann.id, blocked="true")
    assert online() == {ann.id: 1, bob.id: 0}
