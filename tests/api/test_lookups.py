"""Searching by number is bounded, so that trying numbers out gives no directory."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import delete

from fastim.models import Contact, db
from fastim.models.contact import PERSON
from tests.client import Client
from tests.conftest import MakeApp


def test_searches_by_number_are_bounded_and_searches_by_id_are_not(make_app: MakeApp) -> None:
    app = make_app(rate_limits="on", lookup_rate="2/hour", register_rate="100/hour")
    one, other = Client(app).register(), Client(app).register()
    assert one.post("/user/find", mobile=other.mobile).code == 0
    assert one.post("/contact/addfriend", dstname=other.mobile).code == 0
    third = one.post("/user/find", mobile="13900000000")
    assert (third.status, third.error) == (429, "too_often")
    assert int(third.http.headers["Retry-After"]) > 3000
    assert one.post("/contact/addfriend", dstname=other.mobile).error == "too_often"
    assert one.post("/user/find", id=other.id).code == 0
    assert other.post("/user/find", mobile=one.mobile).code == 0


def test_ids_are_counted_but_for_those_of_people_whom_one_has_met(
    make_app: MakeApp, database_url: str
) -> None:
    """Friends, also where only one of two has the other; whom one asked, or blocked; who is in a group of
    one's own. Ids of nobody are counted as those of strangers, and so is whom one adds or blocks by id."""
    app = make_app(
        database_url=database_url, rate_limits="on", lookup_rate="6/hour", register_rate="100/hour"
    )
    ann, bob, cid, dan, eve, fay, stranger = (Client(app).register() for _ in range(7))
    fay.post("/user/update", askfirst="true")
    ann.befriend(bob)
    ann.befriend(cid)
    _forget(app, ann.id, cid.id)
    assert ann.post("/contact/block", dstid=dan.id).code == 0
    assert ann.post("/contact/addfriend", dstid=fay.id).data["state"] == "requested"
    group = ann.post("/contact/createcommunity", name=f"of {ann.id}").data["id"]
    assert eve.post("/contact/joincommunity", dstid=group).code == 0
    met = (ann, bob, cid, dan, eve, fay)  # four of the six are gone

    def find(of: int) -> str:
        return ann.post("/user/find", id=of).error

    for _ in range(2):
        assert [find(one.id) for one in met] == [""] * len(met)
    assert find(stranger.id) == ""
    assert find(stranger.id + 1000) == "no_such_user"
    assert find(stranger.id) == find(stranger.id + 1000) == "too_often"
    assert [find(one.id) for one in met] == [""] * len(met)


def test_a_number_is_shown_to_whom_its_owner_has_for_a_friend(client: Client) -> None:
    """Whether or not they have the owner for one: in what the Go version left, there are such."""
    ann, bob = client.register(), client.register()
    ann.befriend(bob)
    _forget(client.app, ann.id, bob.id)
    assert ann.post("/user/find", id=bob.id).data["mobile"] == bob.mobile
    assert bob.post("/user/find", id=ann.id).data["mobile"] == ""


def _forget(app: Flask, owner_id: int, other_id: int) -> None:
    """One has the other for a friend no more."""
    with app.app_context():
        both = (Contact.ownerid == owner_id, Contact.dstobj == other_id, Contact.cate == PERSON)
        db.session.execute(delete(Contact).where(*both))
        db.session.commit()
