"""How one comes into a group: its modes, invitations and links."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import update

from fastim.models import InviteLink, db
from fastim.models.base import utc_now
from fastim.protocol import limits
from fastim.services.transaction import transaction
from tests.api.group import Group
from tests.client import Client


def test_the_four_ways_of_joining(group: Group) -> None:
    name = f"circle {group.ann.id}"

    def ways() -> tuple[str, str, str]:
        """By name on the old route, by id, by name on today's."""
        return (
            group.eve.post("/contact/joincommunity", dstname=name).error,
            group.ask(group.eve, "join").error,
            group.eve.post("/community/join", dstname=name, note="let me in").error,
        )

    group.must(group.ann, "mode", mode="approve")
    assert group.ask(group.ann, "mode", mode="approve").error == "nothing_changed"
    assert ways() == ("join_requested", "", "")
    (request,) = group.ask(group.ann, "requests").rows
    assert (request["user"]["id"], request["note"], request["inviter"]) == (group.eve.id, "let me in", 0)
    assert [group.view(who)["waiting"] for who in (group.ann, group.bob)] == [1, 0]
    assert group.eve.post("/community/admit", id=request["id"]).status == 404
    assert group.bob.post("/community/admit", id=request["id"]).status == 404
    assert group.ann.post("/community/admit", id=request["id"]).code == 0
    assert group.ann.post("/community/admit", id=request["id"]).status == 404
    assert group.told(group.ann)[-1] == ("joined", group.eve.id, "", group.ann.id)
    assert group.eve.post("/contact/leavecommunity", dstid=group.id).code == 0

    assert ways() == ("join_requested", "", "")
    (request,) = group.ask(group.ann, "requests").rows
    assert group.ann.post("/community/turnaway", id=request["id"]).code == 0
    assert group.view(group.eve) == {}
    assert group.ask(group.eve, "join").data["state"] == "requested"

    for mode in ("invite", "closed"):
        group.must(group.ann, "mode", mode=mode)
        assert group.ask(group.ann, "requests").rows == []
        assert ways() == ("no_such_group",) * 3
    assert group.ask(group.ann, "mode", mode="secret").status == 400
    group.must(group.ann, "mode", mode="open")
    assert ways() == ("", "", "")


def test_friends_are_brought_in_as_far_as_the_group_lets(group: Group, client: Client) -> None:
    friends = [client.register(nickname=f"friend {place}") for place in range(3)]
    for friend in friends:
        group.bob.befriend(friend)
    blocker = client.register()
    group.bob.befriend(blocker)
    blocker.post("/contact/block", dstid=group.bob.id, blocked="true")
    ids = [friend.id for friend in friends]

    group.must(group.ann, "mode", mode="approve")
    wanted = [ids[0], ids[0], group.eve.id, blocker.id, group.cid.id, 0]
    assert group.must(group.bob, "invite", friendids=wanted) == {"joined": [], "requested": [ids[0]]}
    (request,) = group.ask(group.ann, "requests").rows
    assert (request["user"]["id"], request["inviter"]) == (ids[0], group.bob.id)

    group.must(group.ann, "mode", mode="invite")
    assert group.ask(group.bob, "invite", friendids=ids).error == "not_admin"
    group.must(group.ann, "mode", mode="closed")
    assert group.ask(group.ann, "invite", friendids=ids).error == "group_closed"
    group.must(group.ann, "mode", mode="open")
    assert group.must(group.bob, "invite", friendids=ids) == {"joined": ids, "requested": []}
    assert group.told(group.ann)[-1] == ("invited", group.bob.id, " ".join(map(str, ids)), 0)
    assert all(group.view(friend)["members"] == 6 for friend in friends)
    assert group.must(group.bob, "invite", friendids=ids) == {"joined": [], "requested": []}
    for body in ([], [-1], ["x"], list(range(1, limits.INVITED_AT_ONCE + 2))):
        assert group.ask(group.bob, "invite", friendids=body).status == 400


def test_a_link_lets_in_as_many_as_it_says_and_as_long(group: Group, client: Client) -> None:
    link = group.must(group.ann, "makelink", most=1)
    assert (link["most"], link["used"], link["maker"]) == (1, 0, group.ann.id)
    assert link["expires"] > link["createat"]
    for reader in (client, group.eve, group.bob):  # nobody, a stranger, a member
        seen = reader.post("/community/look", code=link["code"]).data
        assert (seen["id"], seen["members"], seen["by"], seen["asks"]) == (group.id, 3, "Ann", False)
        assert seen["member"] is (reader is group.bob)
    assert client.post("/community/enter", code=link["code"]).status == 401
    assert group.bob.post("/community/enter", code=link["code"]).data["state"] == "joined"
    joined = group.eve.post("/community/enter", code=link["code"]).data
    assert (joined["state"], joined["community"]["members"]) == ("joined", 4)
    assert group.told(group.ann)[-1] == ("joined", group.eve.id, "", group.ann.id)
    late = client.register()
    for code in (link["code"], link["code"].swapcase(), "", "x" * 22):
        assert late.post("/community/enter", code=code).error == "bad_link"
        assert late.post("/community/look", code=code).error == "bad_link"
    assert group.ask(group.ann, "links").rows == []

    short = group.must(group.ann, "makelink", seconds=60)
    endless = group.must(group.ann, "makelink", seconds=0)
    assert endless["expires"] == ""
    with group.app.app_context(), transaction(group.app.extensions["fastim"].bus):
        query = update(InviteLink).where(InviteLink.id == short["id"])
        db.session.execute(query.values(expires_at=utc_now() - timedelta(seconds=1)))
    assert late.post("/community/enter", code=short["code"]).error == "bad_link"
    assert [row["id"] for row in group.ask(group.ann, "links").rows] == [endless["id"]]
    assert group.ask(group.bob, "links").rows == []
    assert group.ask(group.bob, "revokelink", id=endless["id"]).status == 404
    group.must(group.ann, "revokelink", id=endless["id"])
    assert late.post("/community/enter", code=endless["code"]).error == "bad_link"


def test_a_link_is_worth_what_its_maker_may(group: Group, client: Client) -> None:
    """A member's link asks where members ask, and opens nothing where members may not invite."""
    by_bob, by_ann = (group.must(who, "makelink")["code"] for who in (group.bob, group.ann))
    group.must(group.ann, "mode", mode="approve")
    assert group.eve.post("/community/look", code=by_bob).data["asks"] is True
    assert group.eve.post("/community/enter", code=by_bob).data == {"state": "requested", "community": None}
    (request,) = group.ask(group.ann, "requests").rows
    assert (request["user"]["id"], request["inviter"]) == (group.eve.id, group.bob.id)
    assert group.eve.post("/community/enter", code=by_ann).data["state"] == "joined"
    assert group.ask(group.ann, "requests").rows == []
    late = client.register()
    group.must(group.ann, "mode", mode="invite")
    assert late.post("/community/enter", code=by_bob).error == "bad_link"
    assert group.ask(group.bob, "makelink").error == "not_admin"
    group.must(group.ann, "mode", mode="closed")
    assert late.post("/community/enter", code=by_ann).error == "group_closed"
    group.must(group.ann, "mode", mode="invite")
    assert late.post("/community/enter", code=by_ann).data["state"] == "joined"


def test_one_member_has_so_many_links_at_a_time(group: Group) -> None:
    for _ in range(limits.COMMUNITY_LINKS):
        group.must(group.bob, "makelink")
    assert group.ask(group.bob, "makelink").error == "too_many_links"
    group.must(group.cid, "makelink")
    first = group.ask(group.bob, "links").rows[-1]
    group.must(group.ann, "revokelink", id=first["id"])
    group.must(group.bob, "makelink")
    for body in ({"seconds": -1}, {"seconds": limits.LINK_SECONDS + 1}, {"most": -1}):
        assert group.ask(group.bob, "makelink", **body).status == 400
