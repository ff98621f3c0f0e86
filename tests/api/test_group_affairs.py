"""What goes on within a group: roles, mutes, notices, names, and its end."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import insert, update

from fastim.models import Contact, Message, Mute, Position, User, db
from fastim.models.base import utc_now
from fastim.models.contact import COMMUNITY
from fastim.protocol import limits
from fastim.services.transaction import transaction
from tests.api.group import Group
from tests.api.test_communities import create
from tests.client import Client
from tests.queries import selects

ROUTES_OF_LEADERS: list[tuple[str, dict[str, Any]]] = [
    ("mode", {"mode": "closed"}),
    ("muteall", {"seconds": 60}),
    ("putnotice", {"text": "hello"}),
    ("requests", {}),
]


def test_what_leaders_may_members_may_not_and_strangers_learn_nothing(group: Group) -> None:
    """A group that one is not in and one that does not exist answer alike."""
    target = {"memberid": group.cid.id}
    for what, fields in [*ROUTES_OF_LEADERS, ("mute", target | {"seconds": 60}), ("remove", target)]:
        assert group.ask(group.bob, what, **fields).error == "not_admin", what
        stranger, unknown = (
            group.eve.post_json(f"/community/{what}", {"dstid": dst, **fields})
            for dst in (group.id, 999_999)
        )
        assert stranger.error == "not_member", what
        assert stranger.http.data == unknown.http.data
    for what, fields in [("admin", target), ("transfer", target), ("dissolve", {})]:
        assert group.ask(group.bob, what, **fields).error == "not_owner", what
        assert group.ask(group.eve, what, **fields).error == "not_member", what
    for what, fields in [("links", {}), ("makelink", {}), ("alias", {"alias": "x"})]:
        assert group.ask(group.eve, what, **fields).error == "not_member", what
    assert group.ask(group.eve, "notice").status == 404
    assert group.ask(group.eve, "invite", friendids=[group.ann.id]).error == "not_member"
    assert group.bob.post("/contact/updatecommunity", dstid=group.id, name="mine now").error == "not_admin"
    assert group.view(group.ann)["name"] == f"circle {group.ann.id}"


def test_an_admin_may_what_the_owner_may_but_for_roles_and_the_end(group: Group) -> None:
    group.must(group.ann, "admin", memberid=group.bob.id)
    assert group.roles() == {"Ann": "owner", "Bob": "admin", "Cid": "member"}
    assert group.view(group.bob)["role"] == "admin"
    group.must(group.bob, "mode", mode="approve")
    group.must(group.bob, "mute", memberid=group.cid.id, seconds=60)
    assert group.bob.post("/contact/updatecommunity", dstid=group.id, memo="ours").data["memo"] == "ours"
    for what in ("mute", "remove"):
        for target in (group.ann, group.bob):
            assert group.ask(group.bob, what, memberid=target.id, seconds=1).error == "outranked"
    assert group.ask(group.ann, "admin", memberid=group.bob.id).error == "nothing_changed"
    assert group.ask(group.ann, "admin", memberid=group.eve.id).error == "no_such_member"
    assert group.ask(group.ann, "admin", memberid=group.ann.id).error == "outranked"
    group.must(group.ann, "admin", memberid=group.bob.id, admin=False)
    assert group.ask(group.bob, "mode", mode="open").error == "not_admin"
    what = [told[0] for told in group.told(group.cid)]
    assert what == ["joined", "promoted", "mode", "muted", "described", "demoted"]


def test_a_group_handed_on_has_one_owner_and_counts_for_that_one(make_app: Any, database_url: str) -> None:
    group = Group(Client(make_app(database_url=database_url, communities_per_user=1)))
    assert group.ask(group.bob, "transfer", memberid=group.bob.id).error == "not_owner"
    assert group.ask(group.ann, "transfer", memberid=group.ann.id).error == "outranked"
    create(group.cid, "Cid has one")
    assert group.ask(group.ann, "transfer", memberid=group.cid.id).error == "too_many_groups"
    group.must(group.ann, "mute", memberid=group.bob.id, seconds=60)
    group.must(group.ann, "transfer", memberid=group.bob.id)
    assert group.roles() == {"Bob": "owner", "Ann": "admin", "Cid": "member"}
    assert group.view(group.cid)["ownerid"] == group.bob.id
    assert group.view(group.bob)["muted"] == ""
    assert group.told(group.cid)[-1] == ("transferred", group.ann.id, "", group.bob.id)
    create(group.ann, "Ann has room again")
    assert group.ann.post("/contact/leavecommunity", dstid=group.id).code == 0
    assert group.bob.post("/contact/leavecommunity", dstid=group.id).error == "owner_cannot_leave"


def test_who_was_removed_is_out_and_the_others_are_told_by_whom(group: Group) -> None:
    link = group.must(group.bob, "makelink")
    group.must(group.ann, "remove", memberid=group.bob.id)
    assert group.view(group.bob) == {}
    assert group.bob.post("/message/history", cmd=11, dstid=group.id).status == 404
    assert group.told(group.cid)[-1] == ("removed", group.ann.id, "", group.bob.id)
    assert group.ask(group.ann, "remove", memberid=group.bob.id).error == "no_such_member"
    assert group.eve.post("/community/enter", code=link["code"]).error == "bad_link"


def test_a_mute_ends_with_its_time_and_is_told(group: Group) -> None:
    group.must(group.ann, "mute", memberid=group.bob.id, seconds=3600)
    assert group.view(group.bob)["muted"] > group.view(group.bob)["createat"]
    assert [row["nickname"] for row in group.members(group.cid, only="muted")] == ["Bob"]
    with group.app.app_context(), transaction(group.app.extensions["fastim"].bus):
        db.session.execute(update(Mute).values(until=utc_now() - timedelta(seconds=1)))
    assert group.view(group.bob)["muted"] == ""
    assert group.ask(group.ann, "mute", memberid=group.bob.id, seconds=0).error == "nothing_changed"
    group.must(group.ann, "mute", memberid=group.bob.id, seconds=60)
    group.must(group.ann, "mute", memberid=group.bob.id, seconds=0)
    group.must(group.ann, "muteall", seconds=limits.MUTE_SECONDS)
    assert group.view(group.cid)["allmuted"] > "2036"
    group.must(group.ann, "muteall", seconds=0)
    assert group.ask(group.ann, "muteall", seconds=0).error == "nothing_changed"
    for body in ({"seconds": -1}, {"seconds": limits.MUTE_SECONDS + 1}, {"seconds": "soon"}, {}):
        assert group.ask(group.ann, "muteall", **body).status == 400
    what = [(told[0], told[3]) for told in group.told(group.cid)[1:]]
    bob = group.bob.id
    assert what == [("muted", bob), ("muted", bob), ("unmuted", bob), ("muted", 0), ("unmuted", 0)]


def test_a_notice_is_read_by_whom_it_was_read(group: Group) -> None:
    assert group.ask(group.bob, "notice").status == 404
    group.must(group.ann, "putnotice", text="Meet at nine.\nBring tea.")
    notice = group.must(group.bob, "notice")
    assert (notice["text"], notice["author"]) == ("Meet at nine.\nBring tea.", group.ann.id)
    assert notice["readers"] == 1  # who wrote it
    view = group.view(group.bob)
    assert (view["noticeseq"], view["noticeread"]) == (notice["seq"], 0)
    for _ in range(2):
        group.must(group.bob, "readnotice", seq=notice["seq"])
    assert group.must(group.ann, "notice")["readers"] == 2
    assert group.view(group.bob)["noticeread"] == notice["seq"]
    names = {
        only: [row["nickname"] for row in group.members(group.ann, only=only, seq=notice["seq"])]
        for only in ("read", "unread")
    }
    assert names == {"read": ["Ann", "Bob"], "unread": ["Cid"]}
    group.must(group.ann, "putnotice", text="Meet at ten.")
    assert group.ask(group.cid, "readnotice", seq=notice["seq"]).status == 404
    assert group.must(group.ann, "notice")["readers"] == 1
    assert group.told(group.bob)[-1][:3] == ("notice", group.ann.id, "Meet at ten.")
    group.must(group.ann, "putnotice", text="")
    assert group.view(group.bob)["noticeseq"] == 0
    assert group.ask(group.ann, "putnotice", text=" ").error == "nothing_changed"
    long = "x" * (limits.NOTICE_CHARS + 1)
    assert group.ask(group.ann, "putnotice", text=long).error == "text_too_long"


def test_who_switched_receipts_off_is_not_told_of_a_notices_readers_and_is_none(group: Group) -> None:
    """As with messages: neither as one who has read it nor as one who has not."""
    group.must(group.ann, "putnotice", text="Meet at nine.")
    seq = group.must(group.ann, "notice")["seq"]
    for member in (group.bob, group.cid):
        group.must(member, "readnotice", seq=seq)
    assert group.must(group.ann, "notice")["readers"] == 3
    assert group.bob.post("/settings/privacy", receipts="false").code == 0
    assert group.must(group.ann, "notice")["readers"] == 2
    listed = {
        only: [row["nickname"] for row in group.members(group.ann, only=only, seq=seq)]
        for only in ("read", "unread")
    }
    assert listed == {"read": ["Ann", "Cid"], "unread": []}
    assert group.must(group.bob, "notice")["readers"] == 0
    for only in ("read", "unread"):
        answer = group.bob.post("/contact/members", dstid=group.id, only=only, seq=seq)
        assert answer.error == "receipts_off"
    assert group.view(group.bob)["noticeread"] == seq, "one's own is one's own business"


def test_a_name_that_holds_in_the_group_alone(group: Group) -> None:
    assert group.must(group.bob, "alias", alias="  Captain  Bob ") == "Captain Bob"
    assert [row["alias"] for row in group.members(group.ann)] == ["", "Captain Bob", ""]
    assert group.view(group.bob)["alias"] == "Captain Bob"
    assert group.told(group.ann)[-1] == ("aliased", group.bob.id, "Captain Bob", 0)
    before = group.told(group.ann)
    group.must(group.bob, "alias", alias="Captain Bob")
    assert group.told(group.ann) == before
    assert group.must(group.bob, "alias", alias="") == ""
    assert group.ask(group.bob, "alias", alias="x" * 41).error == "text_too_long"


def test_a_dissolved_group_may_be_read_and_left_and_nothing_else(group: Group, client: Client) -> None:
    code = group.must(group.ann, "makelink")["code"]
    group.must(group.ann, "admin", memberid=group.bob.id)
    group.must(group.ann, "dissolve")
    assert group.view(group.cid)["dissolved"] > "2026"
    assert group.told(group.cid)[-1] == ("dissolved", group.ann.id, "", 0)
    for what, fields in [*ROUTES_OF_LEADERS[:3], ("alias", {"alias": "x"}), ("makelink", {})]:
        assert group.ask(group.bob, what, **fields).error == "group_dissolved", what
    assert group.ask(group.ann, "dissolve").error == "group_dissolved"
    assert group.ask(group.ann, "transfer", memberid=group.bob.id).error == "group_dissolved"
    assert client.post("/community/look", code=code).error == "bad_link"
    assert group.ask(group.eve, "join").error == "no_such_group"
    assert create(group.eve, f"circle {group.ann.id}")["id"] != group.id  # the name is free again
    for person in (group.ann, group.cid):
        assert person.post("/contact/leavecommunity", dstid=group.id).code == 0
    assert len(group.members(group.bob)) == 1


def crowd(group: Group, count: int) -> None:
    """So many members more, who have no way to log in."""
    with group.app.app_context(), transaction(group.app.extensions["fastim"].bus):
        first = (db.session.scalar(db.select(db.func.max(User.id))) or 0) + 1
        ids = range(first, first + count)
        names = ("林小雨", "Noah Berg", "陈一", "Maya", "小雨")
        db.session.execute(
            insert(User),
            [
                {"id": n, "mobile": f"+98{n:010d}", "passwd": "!", "nickname": f"{names[n % 5]} {n}"}
                for n in ids
            ],
        )
        rows = [{"ownerid": n, "dstobj": group.id, "cate": COMMUNITY} for n in ids]
        db.session.execute(insert(Contact), rows)
        conversation = db.session.scalar(db.select(Message.conversation_id).limit(1))
        db.session.execute(insert(Position), [{"user_id": n, "conversation_id": conversation} for n in ids])


def test_a_crowd_is_listed_by_pages_and_found_by_parts_of_names(group: Group) -> None:
    """Each page costs the same few statements, however many members there are."""
    crowd(group, 1200)
    seen: list[dict[str, Any]] = []
    costs = set()
    after = ""
    while True:
        with selects(group.app) as ran:
            answer = group.ann.post_json(
                "/contact/members", {"dstid": group.id, "after": after, "limit": 250}
            )
        costs.add(len(ran))
        seen += answer.rows
        after = answer.json["next"]
        if not after:
            break
    assert len(seen) == len({row["id"] for row in seen}) == 1203
    assert [row["role"] for row in seen[:2]] == ["owner", "member"]
    assert max(costs) <= 3
    found = group.members(group.ann, query="小雨", limit=500)
    assert len(found) == 480
    assert all("小雨" in row["nickname"] for row in found)
    assert {row["nickname"].split()[0] for row in group.members(group.ann, query="noah b")} == {"Noah"}
    group.must(group.bob, "alias", alias="100%_sure")
    assert [row["id"] for row in group.members(group.ann, query="%_")] == [group.bob.id]
    assert group.members(group.ann, query="%") == group.members(group.ann, query="100%_sure")
    ids = [group.cid.id, seen[-1]["id"], group.eve.id]
    assert {row["id"] for row in group.members(group.bob, ids=ids)} == set(ids[:2])
    for after in ("x", "1", "1-", "-1", "9-9-9", "①-1"):
        assert group.ann.post_json("/contact/members", {"dstid": group.id, "after": after}).status == 400
