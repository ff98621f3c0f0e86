"""Friends over HTTP: both directions at once, requests, remarks, blocking."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from fastim.models import Contact, db
from fastim.protocol import limits
from fastim.protocol.events import Event, FriendsChanged, RequestsChanged
from tests.client import Client, new_mobile


@pytest.fixture
def ann(client: Client) -> Client:
    return client.register(nickname="Ann")


@pytest.fixture
def bob(client: Client) -> Client:
    return client.register(nickname="Bob")


@pytest.fixture
def cautious(client: Client) -> Client:
    """Wants to be asked first."""
    person = client.register(nickname="Cautious")
    assert person.post("/user/update", askfirst="true").data["askfirst"] is True
    return person


def ids(person: Client) -> list[int]:
    return [friend["id"] for friend in person.post("/contact/loadfriend").rows]


def requests(person: Client) -> list[dict[str, Any]]:
    return person.post("/contact/requests").rows


def heard(app: Flask) -> list[Event]:
    """Events from now on."""
    events: list[Event] = []
    app.extensions["fastim"].bus.subscribe(events.append)
    return events


def test_adding_a_friend_writes_both_directions_at_once(ann: Client, bob: Client) -> None:
    events = heard(ann.app)
    added = ann.post("/contact/addfriend", dstname=f"+86 {bob.mobile}").data
    assert (added["state"], added["friend"]["id"]) == ("added", bob.id)
    assert (ids(ann), ids(bob)) == ([bob.id], [ann.id])
    assert [sorted(e.user_ids) for e in events if isinstance(e, FriendsChanged)] == [
        sorted((ann.id, bob.id))
    ]


def test_new_friends_have_a_conversation(ann: Client, bob: Client) -> None:
    ann.befriend(bob)
    assert ann.post("/message/history", cmd=10, dstid=bob.id).rows == []
    assert bob.post("/message/history", cmd=10, dstid=ann.id).code == 0


def test_a_friend_list_holds_what_friends_may_know_and_no_token(ann: Client, bob: Client) -> None:
    """The Go version's list carried each friend's token, with which one could act as the friend."""
    ann.befriend(bob)
    answer = ann.post("/contact/loadfriend")
    (friend,) = answer.rows
    assert friend["token"] == ""
    assert (friend["mobile"], friend["online"], friend["remark"]) == (bob.mobile, 0, "")
    assert friend["blocked"] is False
    for path in ("/contact/loadfriend", "/user/find", "/user/me"):
        text = ann.post(path, id=bob.id).http.text
        assert bob.token not in text
        assert "passwd" not in text


@pytest.mark.parametrize("body", [{"dstname": ""}, {"dstname": new_mobile()}, {"dstid": 999}, {}])
def test_an_unknown_person_cannot_be_added(sqlite_client: Client, body: dict[str, Any]) -> None:
    answer = sqlite_client.register().post("/contact/addfriend", **body)
    assert (answer.status, answer.error) == (200, "no_such_user")


def test_oneself_and_a_friend_cannot_be_added(ann: Client, bob: Client) -> None:
    assert ann.post("/contact/addfriend", dstname=ann.mobile).error == "yourself"
    ann.befriend(bob)
    for one, other in ((ann, bob), (bob, ann)):
        assert one.post("/contact/addfriend", dstid=other.id).error == "already_friend"


def test_who_wants_to_be_asked_is_asked(ann: Client, cautious: Client) -> None:
    events = heard(ann.app)
    added = ann.post("/contact/addfriend", dstid=cautious.id, note=" It is \n Ann ").data
    assert (added["state"], added["friend"]["mobile"]) == ("requested", "")
    assert events == [RequestsChanged(cautious.id)]
    (request,) = requests(cautious)
    assert (request["user"]["id"], request["note"]) == (ann.id, "It is Ann")
    assert request["user"]["mobile"] == ""
    assert ids(ann) == ids(cautious) == []
    assert ann.post("/contact/addfriend", dstid=cautious.id).error == "already_requested"


def test_an_accepted_request_is_a_friendship(ann: Client, cautious: Client) -> None:
    ann.post("/contact/addfriend", dstid=cautious.id)
    (request,) = requests(cautious)
    assert cautious.post("/contact/accept", id=request["id"]).data["id"] == ann.id
    assert (ids(ann), ids(cautious)) == ([cautious.id], [ann.id])
    assert requests(cautious) == []
    assert cautious.post("/contact/accept", id=request["id"]).status == 404


def test_a_declined_request_is_gone_and_may_be_made_again(ann: Client, cautious: Client) -> None:
    ann.post("/contact/addfriend", dstid=cautious.id)
    (request,) = requests(cautious)
    assert cautious.post("/contact/decline", id=request["id"]).data is None
    assert requests(cautious) == ids(ann) == []
    assert ann.post("/contact/addfriend", dstid=cautious.id).data["state"] == "requested"


def test_nobody_answers_somebody_elses_request(ann: Client, bob: Client, cautious: Client) -> None:
    """The one who asked cannot accept for the other, either."""
    ann.post("/contact/addfriend", dstid=cautious.id)
    (request,) = requests(cautious)
    for person in (ann, bob):
        for path in ("/contact/accept", "/contact/decline"):
            assert person.post(path, id=request["id"]).status == 404
    assert len(requests(cautious)) == 1


def test_who_has_been_asked_and_asks_too_is_a_friend_at_once(ann: Client, cautious: Client) -> None:
    ann.post("/user/update", askfirst="true")
    ann.post("/contact/addfriend", dstid=cautious.id)
    events = heard(ann.app)
    assert cautious.post("/contact/addfriend", dstid=ann.id).data["state"] == "added"
    assert ids(ann) == [cautious.id]
    assert requests(cautious) == []
    assert RequestsChanged(cautious.id) in events


def test_requests_that_wait_are_limited(
    ann: Client, cautious: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "REQUESTS_WAITING", 0)
    assert ann.post("/contact/addfriend", dstid=cautious.id).error == "too_many_requests"


def test_friends_are_limited_on_both_sides(
    ann: Client, bob: Client, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann.befriend(bob)
    monkeypatch.setattr(limits, "FRIENDS", 1)
    third = client.register()
    assert ann.post("/contact/addfriend", dstid=third.id).error == "too_many_friends"
    assert third.post("/contact/addfriend", dstid=ann.id).error == "too_many_friends"
    assert ids(third) == []


def test_a_remark_is_ones_own(ann: Client, bob: Client) -> None:
    ann.befriend(bob)
    assert ann.post("/contact/remark", dstid=bob.id, remark=" 老 鲍 ").data is None
    assert ann.post("/contact/loadfriend").rows[0]["remark"] == "老 鲍"
    assert bob.post("/contact/loadfriend").rows[0]["remark"] == ""
    assert ann.post("/contact/remark", dstid=bob.id, remark="").code == 0
    assert ann.post("/contact/loadfriend").rows[0]["remark"] == ""
    assert ann.post("/contact/remark", dstid=bob.id, remark="x" * 41).error == "text_too_long"


def test_only_friends_have_remarks_and_can_be_deleted(ann: Client, bob: Client) -> None:
    assert ann.post("/contact/remark", dstid=bob.id, remark="x").error == "not_friends"
    assert ann.post("/contact/deletefriend", dstid=bob.id).error == "not_friends"


def test_deleting_a_friend_ends_it_for_both_and_they_may_begin_again(ann: Client, bob: Client) -> None:
    ann.befriend(bob)
    events = heard(ann.app)
    assert ann.post("/contact/deletefriend", dstid=bob.id).data is None
    assert ids(ann) == ids(bob) == []
    assert {user_id for e in events if isinstance(e, FriendsChanged) for user_id in e.user_ids} == {
        ann.id,
        bob.id,
    }
    assert ann.post("/user/find", id=bob.id).data["mobile"] == ""
    bob.befriend(ann)
    assert ids(ann) == [bob.id]


def test_a_blocked_friend_stays_in_the_list_and_is_marked(ann: Client, bob: Client) -> None:
    ann.befriend(bob)
    for _ in range(2):  # doing it twice is the same
        assert ann.post("/contact/block", dstid=bob.id, blocked="true").data is None
    assert ann.post("/contact/loadfriend").rows[0]["blocked"] is True
    assert [row["id"] for row in ann.post("/contact/blocked").rows] == [bob.id]
    assert bob.post("/contact/loadfriend").rows[0]["blocked"] is False
    assert bob.post("/contact/blocked").rows == []
    assert ann.post("/contact/block", dstid=bob.id, blocked="false").data is None
    assert ann.post("/contact/blocked").rows == []


def test_a_stranger_can_be_blocked_but_not_nobody_or_oneself(ann: Client, bob: Client) -> None:
    assert ann.post("/contact/block", dstid=bob.id, blocked="true").code == 0
    assert ann.post("/contact/block", dstid=999999, blocked="true").error == "no_such_user"
    assert ann.post("/contact/block", dstid=ann.id, blocked="true").code == -1


def test_who_is_blocked_is_never_told(ann: Client, bob: Client, cautious: Client, client: Client) -> None:
    """Adding the blocker looks as adding somebody who wants to be asked and does not answer."""
    ann.post("/contact/block", dstid=bob.id, blocked="true")
    events = heard(ann.app)
    asked = bob.post("/contact/addfriend", dstid=ann.id).data
    honest = bob.post("/contact/addfriend", dstid=cautious.id).data
    assert asked["state"] == honest["state"] == "requested"
    assert set(asked["friend"]) == set(honest["friend"])
    assert bob.post("/contact/addfriend", dstid=ann.id).error == "already_requested"
    assert requests(ann) == []
    assert RequestsChanged(ann.id) not in events


def test_a_stranger_is_not_told_to_look_at_his_friends_again(ann: Client, bob: Client) -> None:
    """He would find nothing new, and know that somebody blocked him."""
    events = heard(ann.app)
    ann.post("/contact/block", dstid=bob.id, blocked="true")
    ann.post("/contact/block", dstid=bob.id, blocked="false")
    assert events == [FriendsChanged((ann.id,))] * 2


def test_a_hidden_request_is_shown_when_the_block_ends(ann: Client, bob: Client) -> None:
    ann.post("/contact/block", dstid=bob.id, blocked="true")
    bob.post("/contact/addfriend", dstid=ann.id)
    ann.post("/contact/block", dstid=bob.id, blocked="false")
    assert [row["user"]["id"] for row in requests(ann)] == [bob.id]


def test_blocking_withdraws_ones_own_request(ann: Client, cautious: Client) -> None:
    """Else the blocked one could become a friend by accepting it."""
    ann.post("/contact/addfriend", dstid=cautious.id)
    ann.post("/contact/block", dstid=cautious.id, blocked="true")
    assert requests(cautious) == []
    assert cautious.post("/contact/addfriend", dstid=ann.id).data["state"] == "requested"
    assert ids(ann) == []


def test_adding_somebody_ends_ones_own_block(ann: Client, bob: Client) -> None:
    ann.post("/contact/block", dstid=bob.id, blocked="true")
    ann.befriend(bob)
    assert ann.post("/contact/blocked").rows == []
    assert ann.post("/contact/loadfriend").rows[0]["blocked"] is False


def test_who_is_online_is_shown_to_friends_but_not_to_whom_one_blocked(ann: Client, bob: Client) -> None:
    """A stranger sees nobody online, either."""
    parts = ann.app.extensions["fastim"]
    for service in (parts.finding, parts.contacts, parts.communities):
        service._devices_of = lambda _: ("phone",)
    assert ann.post("/user/find", id=bob.id).data["online"] == 0
    ann.befriend(bob)
    assert ann.post("/contact/loadfriend").rows[0]["online"] == 1
    assert ann.post("/user/find", id=bob.id).data["online"] == 1
    bob.post("/contact/block", dstid=ann.id, blocked="true")
    assert ann.post("/contact/loadfriend").rows[0]["online"] == 0
    assert ann.post("/user/find", id=bob.id).data["online"] == 0
    assert bob.post("/contact/loadfriend").rows[0]["online"] == 1


def test_a_friendship_that_an_import_left_in_one_list_is_made_whole(ann: Client, bob: Client) -> None:
    with ann.app.app_context():
        db.session.add(Contact(ownerid=ann.id, dstobj=bob.id, cate=1))
        db.session.commit()
    ann.befriend(bob)
    with ann.app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Contact)) == 2
