"""What no page of the Go version would write may stand in its tables: it comes over, or is listed."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from fastim.models import Contact, User, db
from fastim.operations.checks import links, log
from tests.client import Client
from tests.commands.go_version import DATE, GoVersion, user
from tests.commands.test_import_go import bring, fill, report
from tests.pictures import picture


def test_whatever_an_address_of_a_picture_says_is_listed(sqlite_app: Flask, go: GoVersion) -> None:
    """No address, one in a circle of links, and one longer than a disk takes: all others come over."""
    (go.resource / "circle").symlink_to("circle")
    (go.resource / "face.png").write_bytes(picture())
    go.add(
        "user",
        user(1, "13900000001", avatar="http://[x/a.png"),
        user(2, "13900000002", avatar="./resource/circle"),
        user(3, "13900000003", avatar="./resource/" + "长" * 120),
        user(4, "13900000004", avatar="./resource/face.png"),
    )
    done = bring(sqlite_app, go)
    assert done.exit_code == 0, done.output
    whys = {one["id"]: one["why"].rpartition(" ")[2] for one in report(sqlite_app) if "table" in one}
    assert whys == {1: "not_in_resource", 2: "not_found", 3: "not_found"}
    assert Client(sqlite_app).login("13900000004", "secret-4").me["avatar"].startswith("/resource/")


def test_names_that_mariadb_takes_for_one_are_one(app: Flask, go: GoVersion) -> None:
    """The Go version took any text for a number, and compared it to the letter; here `Bob` and `bob` are
    the same, so the second is left as any number that is there twice."""
    go.add("user", user(1, "bob"), user(2, "BOB"), user(3, "bób"), user(4, "ann"))
    go.add("contact", (1, 4, 1, 1, "m" * 120, DATE), (2, 2, 4, 1, "", DATE))
    done = bring(app, go)
    assert done.exit_code == 0, done.output
    left = {(one["table"], one["id"]) for one in report(app) if one["left"]}
    assert left == {("user", 2), ("user", 3), ("contact", 2)}
    go.add("user", user(5, "ANN"))
    again = bring(app, go)
    assert again.exit_code == 0, again.output
    assert "same number as user 4" in again.output


def test_a_remark_that_is_too_long_is_cut(app: Flask, go: GoVersion) -> None:
    """Somebody made the column wider; MariaDB would refuse the row, and SQLite keep it too long."""
    go.retype("contact", "memo", "VARCHAR(300)")
    go.add("user", user(1, "13900000001"), user(2, "13900000002"))
    go.add("contact", (1, 1, 2, 1, "长" * 200, DATE), (2, 2, 1, 1, "", DATE))
    done = bring(app, go)
    assert done.exit_code == 0, done.output
    assert [(one["table"], one["id"], one["why"]) for one in report(app)] == [
        ("contact", 1, "what it calls its friend is cut")
    ]
    with app.app_context():
        assert db.session.scalar(select(Contact.memo).where(Contact.ownerid == 1)) == "长" * 120


def test_columns_of_any_encoding_are_read_as_text(sqlite_app: Flask, go: GoVersion) -> None:
    """Latin-1, bytes, and bytes that are no text; and nobody is user 0, which is everybody here."""
    go.retype("user", "memo", "VARCHAR(140) CHARACTER SET latin1")
    go.retype("user", "nickname", "VARBINARY(60)")
    go.add(
        "user",
        user(1, "13900000001", "小明😀", memo="café"),
        user(2, "13900000002", b"a\xffb"),  # type: ignore[arg-type]
        user(3, "13900000003", "nobody"),
    )
    go.renumber("user", 3, 0)
    assert bring(sqlite_app, go).exit_code == 0
    assert [(one["id"], one["why"]) for one in report(sqlite_app)] == [(0, "its id is no number above 0")]
    with sqlite_app.app_context():
        found = db.session.execute(select(User.id, User.nickname, User.memo).order_by(User.id)).all()
    assert found == [(1, "小明😀", "café"), (2, "a\ufffdb", "")]


def test_who_left_a_group_here_and_is_in_it_there_stands_in_it(app: Flask, go: GoVersion) -> None:
    """A later run brings the membership, from the group's end on."""
    fill(go)
    bring(app, go)
    person = Client(app).login("13900000003", "secret-3")
    assert person.post("/contact/joincommunity", dstname="读书会").error == ""
    assert person.post("/contact/leavecommunity", dstid=4).error == ""
    go.add("contact", (8, 3, 4, 2, "", DATE))
    again = bring(app, go)
    assert again.exit_code == 0, again.output
    assert [row["id"] for row in person.post("/contact/loadcommunity").rows] == [4]
    with app.app_context():
        assert [line for rule in (*links.RULES, *log.RULES) for line in rule.find()] == []
