"""The same thing from many at once: decisions hold, and nobody gets a server error."""

from __future__ import annotations

import copy
import itertools
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.client import PASSWORD, new_mobile
from tests.databases import MARIADB_SCHEMA
from tests.environment import inherited_variables, variables
from tests.people import Person
from tests.servers import MariaDb, Server

Answers = list[dict[str, Any]]


@pytest.fixture(scope="module", params=["sqlite", "mariadb"])
def base(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server on each kind of database, for all tests of this module."""
    folder = tmp_path_factory.mktemp("races")
    if request.param == "mariadb":
        mariadb: MariaDb = request.getfixturevalue("mariadb")
        mariadb.empty(MARIADB_SCHEMA)
        url = mariadb.url(MARIADB_SCHEMA)
    else:
        url = f"sqlite:///{shutil.copy(request.getfixturevalue('sqlite_template'), folder / 'fastim.db')}"
    server = Server(
        folder, inherited_variables() | variables(folder, database_url=url, community_members=4)
    )
    yield server.url
    server.check_stop()


@pytest.fixture
def ann(base: str) -> Person:
    return Person(base, "Ann")


@pytest.fixture
def bob(base: str) -> Person:
    return Person(base, "Bob")


def at_device(person: Person, token: str = "") -> Person:
    """The same person with another session's token, or with none."""
    device = copy.copy(person)
    device.token = token
    return device


def at_once(*calls: Callable[[], dict[str, Any]]) -> Answers:
    """Every call in a thread of its own."""
    with ThreadPoolExecutor(len(calls)) as threads:
        return [future.result() for future in [threads.submit(call) for call in calls]]


def errors(answers: Answers) -> Counter[str]:
    return Counter(answer.get("error", "") for answer in answers)


def friends(person: Person) -> set[int]:
    return {row["id"] for row in person.post("/contact/loadfriend")["rows"]}


def check_agreement(people: Sequence[Person]) -> None:
    """Whoever has a friend is that friend's friend."""
    lists = {person.id: friends(person) for person in people}
    for one, other in itertools.permutations(lists, 2):
        assert (other in lists[one]) == (one in lists[other])


def test_eight_who_register_one_number_get_one_account(ann: Person) -> None:
    """However they write it; the others are told that it is taken."""
    guest = at_device(ann)
    mobile = new_mobile()
    spelled = [mobile, f"+86{mobile}", f"0086 {mobile}", f"+86 {mobile[:3]}-{mobile[3:]}"] * 2
    answers = at_once(
        *(lambda m=m: guest.post("/user/register", mobile=m, passwd=PASSWORD) for m in spelled)
    )
    assert errors(answers) == {"": 1, "mobile_taken": 7}
    logins = at_once(*[lambda: guest.post("/user/login", mobile=mobile, passwd=PASSWORD)] * 4)
    assert errors(logins) == {"": 4}
    assert len({answer["data"]["id"] for answer in logins}) == 1
    assert len({answer["data"]["token"] for answer in logins}) == 4


def test_eight_groups_of_one_owner_at_once_are_five(ann: Person) -> None:
    answers = at_once(
        *(lambda n=n: ann.post("/contact/createcommunity", name=f"{ann.id} {n}") for n in range(8))
    )
    assert errors(answers) == {"": 5, "too_many_groups": 3}
    assert len(ann.post("/contact/loadcommunity")["rows"]) == 5


def test_eight_groups_of_one_name_at_once_are_one(ann: Person, bob: Person) -> None:
    create = [lambda p=p: p.post("/contact/createcommunity", name=f"all {ann.id}") for p in (ann, bob)]
    assert errors(at_once(*create * 4)) == {"": 1, "group_name_taken": 7}


def test_joining_eight_times_at_once_is_joining_once(ann: Person, bob: Person) -> None:
    group = ann.create_group(f"group of {ann.id}")
    answers = at_once(*[lambda: bob.post("/contact/joincommunity", dstid=group)] * 8)
    assert errors(answers) == {"": 8}
    assert {answer["data"]["members"] for answer in answers} == {2}


def test_many_who_join_at_once_stay_within_the_limit(base: str, ann: Person) -> None:
    """And one who joins from three devices at once is a member once."""
    people = [Person(base) for _ in range(5)]
    group = ann.create_group(f"group of {ann.id}")
    answers = at_once(*(lambda p=p: p.post("/contact/joincommunity", dstid=group) for p in people * 3))
    assert set(errors(answers)) == {"", "group_full"}
    members = ann.post("/contact/members", dstid=group)["rows"]
    assert len(members) == len({member["id"] for member in members}) == 4


def test_joining_and_leaving_at_once_ends_in_or_out(base: str, ann: Person, bob: Person) -> None:
    """In the list, among the members and in the conversation, or in none of them."""
    group, others = ann.create_group(f"group of {ann.id}"), [bob, Person(base)]
    moves = ("/contact/joincommunity", "/contact/leavecommunity") * 6
    answers = at_once(*(lambda m=m, p=p: p.post(m, dstid=group) for m in moves for p in others))
    assert set(errors(answers)) <= {"", "not_member"}
    members = [row["id"] for row in ann.post("/contact/members", dstid=group)["rows"]]
    assert len(members) == len(set(members))
    for person in others:
        is_in = person.id in members
        assert (group in [row["id"] for row in person.post("/contact/loadcommunity")["rows"]]) is is_in
        can_read = person.post("/message/history", cmd=11, dstid=group)["code"] == 0
        assert can_read is is_in


def group_with(ann: Person, *others: Person, **mode: str) -> int:
    group = ann.create_group(f"group of {ann.id}", *others)
    if mode:
        assert ann.post("/community/mode", dstid=group, **mode)["code"] == 0
    return group


def roles_in(group: int, person: Person) -> dict[int, str]:
    return {row["id"]: row["role"] for row in person.post("/contact/members", dstid=group)["rows"]}


def told(group: int, person: Person) -> Counter[str]:
    return Counter(row["content"] for row in person.history(11, group, limit=200) if row["media"] == 20)


def test_a_request_to_join_is_answered_by_one_of_two_admins(base: str, ann: Person, bob: Person) -> None:
    """Both admit and turn away at the same moment; who asked is in once, or out."""
    group, eve = group_with(ann, bob, mode="approve"), Person(base, "Eve")
    assert ann.post("/community/admin", dstid=group, memberid=bob.id)["code"] == 0
    asked = at_once(*[lambda: eve.post("/community/join", dstid=group)] * 6)
    assert errors(asked) == {"": 6}
    (request,) = ann.post("/community/requests", dstid=group)["rows"]
    answers = at_once(
        *(
            lambda p=p, w=w: p.post(f"/community/{w}", id=request["id"])
            for p in (ann, bob)
            for w in ("admit", "turnaway") * 2
        )
    )
    assert errors(answers) == {"": 1, "not_found": 7}
    is_in = eve.id in roles_in(group, ann)
    assert told(group, ann)["joined"] == (3 if is_in else 2)
    assert ann.post("/community/requests", dstid=group)["rows"] == []


def test_a_group_has_one_owner_whoever_leaves_while_it_is_handed_on(
    base: str, ann: Person, bob: Person
) -> None:
    for _ in range(3):
        group, cid = group_with(ann, bob), Person(base, "Cid")
        assert cid.post("/contact/joincommunity", dstid=group)["code"] == 0
        answers = at_once(
            lambda g=group: ann.post("/community/transfer", dstid=g, memberid=bob.id),
            lambda g=group: bob.post("/contact/leavecommunity", dstid=g),
            lambda g=group, c=cid: ann.post("/community/transfer", dstid=g, memberid=c.id),
            lambda g=group: ann.post("/contact/leavecommunity", dstid=g),
            lambda g=group: ann.post("/community/remove", dstid=g, memberid=bob.id),
        )
        refused = {"", "no_such_member", "not_owner", "not_admin", "outranked", "not_member"}
        assert set(errors(answers)) <= refused | {"owner_cannot_leave"}
        roles = roles_in(group, cid)
        assert list(roles.values()).count("owner") == 1
        owner = next(user for user, role in roles.items() if role == "owner")
        (row,) = [r for r in cid.post("/contact/loadcommunity")["rows"] if r["id"] == group]
        assert row["ownerid"] == owner
        assert next(p for p in (ann, bob, cid) if p.id == owner).post(
            "/community/dissolve", dstid=group
        )["code"] == 0  # fmt: skip


def test_a_link_for_two_lets_two_of_six_in(base: str, ann: Person) -> None:
    group, people = group_with(ann), [Person(base) for _ in range(3)]
    link = ann.post("/community/makelink", dstid=group, most=2)["data"]
    answers = at_once(*(lambda p=p: p.post("/community/enter", code=link["code"]) for p in people * 2))
    assert set(errors(answers)) == {"", "bad_link"}
    assert len(roles_in(group, ann)) == 3
    assert ann.post("/community/links", dstid=group)["rows"] == []


def test_two_who_invite_the_same_friend_bring_one(base: str, ann: Person, bob: Person) -> None:
    group, cid = group_with(ann, bob), Person(base, "Cid")
    for person in (ann, bob):
        person.befriend(cid)
    answers = at_once(
        *(lambda p=p: p.post("/community/invite", dstid=group, friendids=[cid.id]) for p in (ann, bob) * 3)
    )
    assert sorted(answer["data"]["joined"] for answer in answers) == [[]] * 5 + [[cid.id]]
    assert told(group, ann)["invited"] == 1


def test_a_group_is_dissolved_once_and_nobody_speaks_after_the_answer(ann: Person, bob: Person) -> None:
    """What was acknowledged is in the log, and the end is told once."""
    group = group_with(ann, bob)
    with bob.chat() as chat:
        for place in range(200):
            chat.send(cmd=11, dstid=group, content=f"text {place}", msgid=f"d{group}-{place}")
        answers = at_once(*[lambda: ann.post("/community/dissolve", dstid=group)] * 4)
        assert errors(answers) == {"": 1, "group_dissolved": 3}
        assert chat.say(group, "too late", cmd=11)["error"] == "group_dissolved"
        frames = [chat.expect(lambda frame: frame["cmd"] in (12, 13)) for _ in range(200)]
        acked = {frame["seq"] for frame in frames if frame["cmd"] == 12}
        refused = [frame["error"] for frame in frames if frame["cmd"] == 13]
        assert set(refused) <= {"group_dissolved", "rate_limited"}
    rows = bob.history(11, group, limit=200)
    assert rows[-1]["content"] == "dissolved"
    rows = bob.history(11, group, before=rows[0]["seq"], limit=200) + rows
    assert acked <= {row["seq"] for row in rows}
    assert [row["content"] for row in rows if row["media"] == 20].count("dissolved") == 1


def test_adding_and_deleting_at_once_ends_in_both_lists_or_in_none(ann: Person, bob: Person) -> None:
    def add(me: Person, you: Person) -> dict[str, Any]:
        return me.post("/contact/addfriend", dstid=you.id)

    def delete(me: Person, you: Person) -> dict[str, Any]:
        return me.post("/contact/deletefriend", dstid=you.id)

    assert errors(at_once(*[lambda: add(ann, bob), lambda: add(bob, ann)] * 4)) == {
        "": 1,
        "already_friend": 7,
    }
    assert errors(at_once(*[lambda: delete(ann, bob), lambda: delete(bob, ann)] * 4)) == {
        "": 1,
        "not_friends": 7,
    }
    for _ in range(3):
        storm = [
            *(lambda: add(ann, bob), lambda: delete(bob, ann)),
            *(lambda: add(bob, ann), lambda: delete(ann, bob)),
        ] * 3
        assert set(errors(at_once(*storm))) <= {"", "already_friend", "not_friends"}
        check_agreement([ann, bob])


def test_a_request_is_made_once_and_answered_once(ann: Person, bob: Person) -> None:
    """Who accepts and declines at the same moment does one of both."""
    bob.post("/user/update", askfirst=True)
    asked = at_once(*[lambda: ann.post("/contact/addfriend", dstid=bob.id)] * 8)
    assert errors(asked) == {"": 1, "already_requested": 7}
    (request,) = bob.post("/contact/requests")["rows"]
    answered = at_once(
        *[
            lambda: bob.post("/contact/accept", id=request["id"]),
            lambda: bob.post("/contact/decline", id=request["id"]),
        ]
        * 4
    )
    assert errors(answered) == {"": 1, "not_found": 7}
    check_agreement([ann, bob])
    assert bob.post("/contact/requests")["rows"] == []


def test_blocking_and_adding_at_once_ends_in_both_lists_or_in_none(ann: Person, bob: Person) -> None:

    def block(me: Person, you: Person, blocked: bool) -> dict[str, Any]:
        return me.post("/contact/block", dstid=you.id, blocked=blocked)

    storm: list[Callable[[], dict[str, Any]]] = []
    for me, you in ((ann, bob), (bob, ann)) * 2:
        storm += [lambda m=me, y=you, b=b: block(m, y, b) for b in (True, False, True)]  # type: ignore[misc]
        storm.append(lambda m=me, y=you: m.post("/contact/addfriend", dstid=y.id))  # type: ignore[misc]
    allowed = {"", "already_friend", "already_requested"}
    assert set(errors(at_once(*storm))) <= allowed
    check_agreement([ann, bob])


def test_devices_that_end_each_other_at_once_are_each_ended_once(ann: Person) -> None:
    login = {"mobile": ann.mobile, "passwd": PASSWORD}
    tokens = [ann.post("/user/login", **login)["data"]["token"] for _ in range(4)]
    devices = [at_device(ann, token) for token in tokens]
    answers = at_once(*(lambda d=d: d.post("/user/logoutall") for d in devices))
    assert set(errors(answers)) <= {"", "not_signed_in"}
    assert sum(answer["data"]["ended"] for answer in answers if not answer.get("error")) == 5
    assert ann.post("/user/me")["error"] == "not_signed_in"
