"""What people show, by what they are found, and their own labels: over HTTP, on both databases."""

from __future__ import annotations

from typing import Any

import pytest

from fastim.protocol import limits
from tests.client import Client, new_mobile
from tests.conftest import MakeApp


@pytest.fixture
def ann(client: Client) -> Client:
    return client.register(nickname="Ann")


@pytest.fixture
def bob(client: Client) -> Client:
    return client.register(nickname="Bob")


def here(person: Client) -> None:
    """Everybody is connected with a phone."""
    parts = person.app.extensions["fastim"]
    for service in (parts.accounts, parts.contacts, parts.groups.members, parts.finding, parts.privacy):
        service._devices_of = lambda _: ("phone",)


def privacy(person: Client, **fields: Any) -> dict[str, Any]:
    return dict(person.post_json("/settings/privacy", fields).data["privacy"])


def found(person: Client, **query: Any) -> str:
    """The error's name, or "" where somebody is found."""
    return person.post("/user/find", **query).error


def test_settings_begin_open_but_for_the_nickname_and_are_ones_own(ann: Client, bob: Client) -> None:
    open_to_friends = {
        "online": True, "lastseen": True, "receipts": True,
        "adding": "open", "bynumber": True, "bynickname": False,
    }  # fmt: skip
    assert ann.post("/user/me").data["privacy"] == open_to_friends
    wanted = {"online": False, "lastseen": False, "receipts": False, "adding": "nobody",
              "bynumber": False, "bynickname": True}  # fmt: skip
    assert privacy(ann, **wanted) == wanted
    assert privacy(ann, online=True) == wanted | {"online": True}
    assert bob.post("/user/me").data["privacy"] == open_to_friends
    other = ann.login(ann.mobile)
    assert other.post("/user/me").data["privacy"]["adding"] == "nobody"
    for body, field in (({"adding": "friends"}, "adding"), ({"online": "maybe"}, "online")):
        answer = ann.post_json("/settings/privacy", body)
        assert (answer.status, answer.json["field"]) == (400, field)
    answer = ann.post_json("/settings/privacy", {"userid": bob.id, "online": False})
    assert (answer.status, answer.error) == (403, "not_you")
    assert "privacy" not in bob.post("/user/find", id=ann.id).data


def test_friends_see_of_online_and_last_seen_what_one_shows(ann: Client, bob: Client) -> None:
    ann.befriend(bob)
    here(ann)
    group = ann.post("/contact/createcommunity", name=f"shown {ann.id}").data["id"]
    bob.post("/contact/joincommunity", dstid=group)

    def seen() -> set[int]:
        """How each list shows Bob to Ann."""
        rows = [
            *ann.post("/contact/loadfriend").rows,
            *(row for row in ann.post("/contact/members", dstid=group).rows if row["id"] == bob.id),
            ann.post("/user/find", id=bob.id).data,
        ]
        assert all(not row["lastseen"] for row in rows)
        return {row["online"] for row in rows}

    assert seen() == {1}
    privacy(bob, online=False)
    assert seen() == {0}
    assert bob.post("/user/me").data["online"] == 1
    privacy(bob, online=True)
    assert seen() == {1}


def test_who_may_add_one_is_ones_own_choice(ann: Client, bob: Client) -> None:
    privacy(bob, adding="nobody")
    assert ann.post("/contact/addfriend", dstid=bob.id).error == "not_adding"
    assert ann.post("/contact/addfriend", dstname=bob.mobile).error == "not_adding"
    assert ann.post("/contact/requests").rows == bob.post("/contact/requests").rows == []
    privacy(bob, adding="ask")
    assert bob.post("/user/me").data["askfirst"] is True
    assert ann.post("/contact/addfriend", dstid=bob.id).data["state"] == "requested"
    privacy(bob, adding="nobody")
    (request,) = bob.post("/contact/requests").rows
    assert bob.post("/contact/accept", id=request["id"]).code == 0  # what one was asked before stays
    assert bob.post("/user/update", askfirst="true").data["privacy"]["adding"] == "nobody"
    assert bob.post("/user/update", askfirst="false").data["privacy"]["adding"] == "open"


def test_whom_one_asked_oneself_may_answer_whatever_one_takes(ann: Client, bob: Client) -> None:
    privacy(ann, adding="nobody")
    privacy(bob, adding="ask")
    assert ann.post("/contact/addfriend", dstid=bob.id).data["state"] == "requested"
    assert bob.post("/contact/addfriend", dstid=ann.id).data["state"] == "added"


def test_who_hides_the_number_is_unknown_by_it_but_to_friends(ann: Client, bob: Client) -> None:
    privacy(bob, bynumber=False)
    hidden = ann.post("/user/find", mobile=bob.mobile)
    unknown = ann.post("/user/find", mobile=new_mobile())
    assert hidden.json == unknown.json
    assert ann.post("/contact/addfriend", dstname=bob.mobile).json == hidden.json
    assert bob.post("/user/find", mobile=bob.mobile).data["id"] == bob.id
    ann.befriend(bob)
    assert found(ann, mobile=bob.mobile) == ""


def test_a_nickname_is_found_as_a_whole_where_its_owner_wants_it(client: Client) -> None:
    ann, zoe, other, hidden = (
        client.register(nickname=n) for n in ("Ann", "Zoë Liú", "zoë liú", "ZOË LIÚ")
    )

    def named(words: str) -> list[int]:
        return [row["id"] for row in ann.post("/user/named", nickname=words).rows]

    assert named("Zoë Liú") == []
    for person in (zoe, other):
        privacy(person, bynickname=True)
    rows = ann.post("/user/named", nickname=" zoe\u0308  LIÚ").rows
    assert [row["id"] for row in rows] == [zoe.id, other.id]
    assert all(row["mobile"] == row["lastseen"] == "" and not row["online"] for row in rows)
    for words in ("Zoe Liu", "Zoë", "%", "Zoë Li_", hidden.mobile):
        assert named(words) == []
    assert ann.post("/user/named", nickname="\u2800").error == "name_needed"
    other.post("/user/update", nickname="Somebody")
    assert (named("zoë liú"), named("SOMEBODY")) == ([zoe.id], [other.id])
    privacy(other, bynickname=False)
    assert named("somebody") == []
    assert zoe.post("/user/named", nickname="zoë liú").rows == []  # oneself


def test_a_link_leads_to_its_owner_until_another_is_made(ann: Client, bob: Client) -> None:
    privacy(bob, adding="nobody", bynumber=False)
    code = bob.post("/settings/addcode").data["code"]
    assert len(code) == 22
    assert bob.post("/settings/addcode").data["code"] == code
    seen = ann.post("/user/find", code=code).data
    assert (seen["id"], seen["mobile"], seen["online"]) == (bob.id, "", 0)
    renewed = bob.post("/settings/addcode", renew="true").data["code"]
    assert renewed != code
    assert found(ann, code=code) == "no_such_user"
    assert found(ann, code=renewed.swapcase()) == "no_such_user"
    assert ann.post("/contact/addfriend", code=code).error == "no_such_user"
    # Giving the link away was an invitation, though not a promise.
    assert ann.post("/contact/addfriend", code=renewed, note="from the poster").data["state"] == "requested"
    assert bob.post("/settings/dropcode").data is None
    assert found(ann, code=renewed) == "no_such_user"
    assert ann.http.get(f"/add/{renewed}").headers["Location"] == f"/index.shtml#/add/{renewed}"
    assert ann.http.get("/add/..%2f..%2fevil").status_code == 404


def test_trying_out_finds_nobody_for_long(make_app: MakeApp) -> None:
    """Numbers, nicknames, codes and the ids of strangers share one count; people one knows are free."""
    app = make_app(rate_limits="on", lookup_rate="4/hour", register_rate="100/hour")
    ann, bob, stranger = (Client(app).register() for _ in range(3))
    ann.befriend(bob)  # a stranger's id then
    tries = [{"mobile": new_mobile()}, {"code": "x" * 22}, {"id": stranger.id + 999}]
    assert [found(ann, **query) for query in tries] == ["no_such_user"] * 3
    for query in ({"id": stranger.id}, {"mobile": stranger.mobile}, {"code": "y"}):
        assert found(ann, **query) == "too_often"
    assert ann.post("/user/named", nickname="x").error == "too_often"
    assert ann.post("/contact/addfriend", dstid=stranger.id).error == "too_often"
    assert ann.post("/contact/block", dstid=stranger.id, blocked="true").error == "too_often"
    assert ann.post("/contact/blocked").rows == []
    assert found(ann, id=bob.id) == found(ann, id=ann.id) == ""
    group = stranger.post("/contact/createcommunity", name="the stranger's").data["id"]
    ann.post("/contact/joincommunity", dstid=group)
    assert found(ann, id=stranger.id) == ""


def test_labels_are_ones_own_and_go_with_the_friendship(ann: Client, bob: Client, client: Client) -> None:
    third = client.register()
    for friend in (bob, third):
        ann.befriend(friend)

    def tags(person: Client = ann) -> dict[int, list[str]]:
        return {row["id"]: row["tags"] for row in person.post("/contact/loadfriend").rows}

    def put(friend: Client, *names: str) -> Any:
        return ann.post_json("/contact/tags", {"dstid": friend.id, "tags": names})

    assert put(bob, " 同事 ", "Chess", "chess", "同事").rows == ["Chess", "chess", "同事"]
    put(third, "chess")
    assert tags() == {bob.id: ["Chess", "chess", "同事"], third.id: ["chess"]}
    assert tags(bob) == {ann.id: []}
    assert ann.post("/contact/renametag", tag="Chess", name="chess").code == 0
    assert ann.post("/contact/renametag", tag="chess", name="Go").code == 0
    assert tags() == {bob.id: ["Go", "同事"], third.id: ["Go"]}
    assert ann.post("/contact/droptag", tag="Go").code == 0
    assert tags() == {bob.id: ["同事"], third.id: []}
    for path in ("/contact/droptag", "/contact/renametag"):
        assert bob.post(path, tag="同事", name="mine").error == "no_such_tag"
    assert put(client.register(), "x").error == "not_friends"
    assert put(bob, " ").error == "name_needed"
    assert put(bob, "x" * 21).error == "text_too_long"
    assert put(bob, *map(str, range(limits.TAGS_OF_FRIEND + 1))).error == "too_many_tags"
    ann.post("/contact/deletefriend", dstid=bob.id)
    ann.befriend(bob)
    assert tags()[bob.id] == []


def test_different_labels_are_limited(ann: Client, bob: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    ann.befriend(bob)
    monkeypatch.setattr(limits, "TAGS", 2)
    assert ann.post_json("/contact/tags", {"dstid": bob.id, "tags": ["a", "b"]}).code == 0
    monkeypatch.setattr(limits, "TAGS", 1)
    assert ann.post_json("/contact/tags", {"dstid": bob.id, "tags": ["c", "d"]}).error == "too_many_tags"
    assert ann.post("/contact/loadfriend").rows[0]["tags"] == ["a", "b"]


def test_notice_rules_are_kept_for_all_devices(ann: Client, bob: Client) -> None:
    made = ann.post("/user/me").data["notices"]
    assert (made["enabled"], made["preview"], made["quiet"]) == (True, True, False)
    wanted = {"quiet": True, "quietfrom": 23 * 60, "quietto": 0, "quietdays": 31, "zone": "Asia/Shanghai"}
    assert ann.post_json("/settings/notices", wanted).data["notices"] == made | wanted
    changed = ann.login(ann.mobile).post_json("/settings/notices", {"preview": False}).data["notices"]
    assert changed == made | wanted | {"preview": False}
    for bad in (
        {"quietfrom": 1440}, {"quietto": -1}, {"quietdays": 128}, {"pauseduntil": 1 << 53},
        {"zone": "../etc/passwd"}, {"zone": "A" * 65}, {"zone": "Asia/\n"},
    ):  # fmt: skip
        answer = ann.post_json("/settings/notices", bad)
        assert (answer.status, answer.json["field"]) == (400, next(iter(bad)))
    assert ann.post("/user/me").data["notices"] == changed
    assert bob.post("/user/me").data["notices"] == made


def test_who_switched_receipts_off_is_told_none_and_tells_none(ann: Client, bob: Client) -> None:
    """In the list of readers; sync and live frames are in tests/live/test_privacy.py."""
    ann.befriend(bob)
    query = {"cmd": 10, "dstid": bob.id, "seq": 1}
    assert ann.post_json("/message/readers", query).data == {"read": [], "unread": [bob.id], "hidden": 0}
    privacy(bob, receipts=False)
    assert ann.post_json("/message/readers", query).data == {"read": [], "unread": [], "hidden": 1}
    assert bob.post_json("/message/readers", query | {"dstid": ann.id}).error == "receipts_off"
