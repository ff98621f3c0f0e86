"""The Go version's people, friends, groups and pictures come over: all of them, once."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select

from fastim.commands import commands
from fastim.models import Blob, Contact, Upload, User, db
from fastim.operations.go_import import GoImport
from fastim.services import consistency
from tests.client import PASSWORD, Client, new_mobile
from tests.commands.go_version import DATE, GoVersion, user
from tests.pictures import picture


def bring(app: Flask, go: GoVersion, *words: str, answer: str | None = None) -> Result:
    arguments = ["import-go", go.url, "--resource", str(go.resource), "--zone", "Asia/Shanghai", *words]
    if answer is None:
        arguments.append("--yes")
    return app.test_cli_runner().invoke(commands, arguments, input=answer)


def report(app: Flask) -> list[dict[str, Any]]:
    path = app.extensions["fastim"].settings.instance / "import-go.jsonl"
    assert path.stat().st_mode & 0o077 == 0
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def shown(person: Client, url: str) -> bytes:
    """A picture, as the pages load it."""
    with person.http.get(url) as answer:
        assert answer.status_code == 200
        return answer.data


def fill(go: GoVersion) -> None:
    """Two friends and a third, a group with a picture, avatars that share one file."""
    avatar = picture()
    (go.resource / "1577000000aaa.png").write_bytes(avatar)
    (go.resource / "1577000001bbb.png").write_bytes(avatar)
    (go.resource / "1577000002chat.png").write_bytes(picture())
    go.add(
        "user",
        user(3, "13900000003", avatar="./resource/1577000000aaa.png"),
        user(5, "13900000005", "小红", avatar="/resource/1577000001bbb.png", sex="W"),
        user(9, "13900000009", avatar="/asset/images/avatar0.png"),
    )
    go.add("community", (4, "读书会", 5, "./resource/1577000000aaa.png", 1, "每周一本", DATE))
    go.add(
        "contact",
        (1, 3, 5, 1, "红红", DATE),
        (2, 5, 3, 1, "", DATE),
        (3, 5, 4, 2, "", DATE),
        (4, 9, 4, 2, "", DATE),
    )


def test_people_enter_with_their_old_passwords_and_find_everything(app: Flask, go: GoVersion) -> None:
    """Ids stay where nobody is here; the md5 lasts until the first log-in, files are stored once."""
    fill(go)
    done = bring(app, go)
    assert done.exit_code == 0, done.output
    assert "3 people" in done.output
    assert "Ids stay." in done.output
    with app.app_context():
        assert consistency.problems() == []
        assert db.session.scalar(select(func.count()).select_from(Blob)) == 2
        assert len(db.session.get_one(User, 3).passwd) == 32
    one = Client(app).login("13900000003", "secret-3")
    assert one.id == 3
    with app.app_context():
        stored = db.session.get_one(User, 3)
        assert stored.passwd.startswith("$argon2id$")
        assert stored.createat == datetime(2019, 12, 26, 12, 15, tzinfo=UTC)
    (friend,) = one.post("/contact/loadfriend").rows
    assert (friend["id"], friend["nickname"], friend["remark"]) == (5, "小红", "红红")
    assert shown(one, one.me["avatar"]) == shown(one, friend["avatar"])
    other = Client(app).login("13900000005", "secret-5")
    (group,) = other.post("/contact/loadcommunity").rows
    assert (group["id"], group["name"], group["ownerid"], group["members"]) == (4, "读书会", 5, 2)
    assert shown(other, group["icon"]) == shown(one, one.me["avatar"])
    assert Client(app).login("13900000009", "secret-9").me["avatar"] == "/asset/images/avatar0.png"
    assert report(app) == []


def test_a_second_run_brings_only_what_is_new(app: Flask, go: GoVersion) -> None:
    """Who has logged in since keeps the new password; nothing is there twice."""
    fill(go)
    bring(app, go)
    person = Client(app).login("13900000003", "secret-3")
    person.post("/user/update", nickname="changed")
    stranger = Client(app).register()
    go.add("user", user(12, "13900000012"))
    go.add("contact", (5, 12, 3, 1, "", DATE), (6, 3, 12, 1, "", DATE), (7, 12, 4, 2, "", DATE))
    again = bring(app, go)
    assert again.exit_code == 0, again.output
    assert "1 people (3 were brought before)" in again.output
    assert "Ids are new" in again.output
    with app.app_context():
        assert consistency.problems() == []
        assert db.session.scalar(select(func.count()).select_from(User)) == 5
        assert db.session.scalar(select(func.count()).select_from(Contact)) == 7
        assert db.session.scalar(select(func.count()).select_from(Upload)) == 6
    late = Client(app).login("13900000012", "secret-12")
    assert late.id not in (3, 5, 9, stranger.id)
    assert {row["nickname"] for row in late.post("/contact/loadfriend").rows} == {"changed"}
    third = bring(app, go)
    assert "0 people (4 were brought before)" in third.output
    assert "0 friendships" in third.output


def fill_with_faults(go: GoVersion) -> None:
    """What the Go version's tables may hold, as nothing there ever looked."""
    (go.resource / "text.png").write_text("no picture")
    (go.resource.parent / "secret.png").write_bytes(picture())
    go.add(
        "user",
        user(1, "13900000001", "", createat="0000-00-00 00:00:00", sex="?"),
        user(2, "13900000001", "double"),
        user(3, None),
        user(4, "admin", "\u202e名", avatar="./resource/text.png", createat="0001-01-01 00:00:00"),
        user(5, "13900000005", avatar="./resource/../secret.png", passwd="plain"),
        user(6, "13900000006", avatar="./resource/gone.png", createat=None),
    )
    go.add(
        "community",
        (1, "club", 1, "", 9, "", DATE),
        (2, "club", 99, "http://elsewhere.example/x.png", 0, "", DATE),
        (3, "nobody's", 99, "", 0, "", DATE),
        (4, "", 4, "", 0, "", DATE),
    )
    go.add(
        "contact",
        (1, 1, 4, 1, "", DATE),
        (2, 1, 77, 1, "", DATE),
        (3, 78, 1, 1, "", DATE),
        (4, 1, 4, 1, "again", DATE),
        (5, 1, 1, 1, "", DATE),
        (6, 1, 33, 2, "", DATE),
        (7, 6, 2, 2, "", DATE),
        (8, 6, 2, 2, "", DATE),
        (9, 5, 1, 7, "", DATE),
        (10, 2, 1, 1, "", DATE),
    )


def test_what_is_broken_is_listed_with_its_reason(sqlite_app: Flask, go: GoVersion) -> None:
    """Nothing is dropped in silence."""
    fill_with_faults(go)
    done = bring(sqlite_app, go)
    assert done.exit_code == 0, done.output
    lines = report(sqlite_app)
    left = {(one["table"], one["id"]): one["why"] for one in lines if one["left"] and "table" in one}
    assert "same number as user 1" in left["user", 2]
    assert "no number" in left["user", 3]
    assert "unsupported_file" in left["user", 4]
    assert "not_in_resource" in left["user", 5]
    assert "not_found" in left["user", 6]
    assert "not_in_resource" in left["community", 2]
    assert "no member" in left["community", 3]
    assert {key[1] for key in left if key[0] == "contact"} == {2, 3, 4, 5, 6, 8, 9, 10}
    changed = [(one["table"], one["id"], one["why"]) for one in lines if not one["left"]]
    assert ("contact", 1, "user 4 did not have user 1 in return: now both have each other") in changed
    assert [why for table, id_, why in changed if (table, id_) == ("community", 2)] == [
        "its owner, user 99, is not brought: user 6 is its owner now",
        "its name 'club' is 'club (2)' here",
    ]
    assert any("reset-password" in why for table, id_, why in changed if (table, id_) == ("user", 5))


def test_one_bad_row_keeps_no_good_one_away(sqlite_app: Flask, go: GoVersion) -> None:
    """Whoever can be brought logs in and finds their groups."""
    fill_with_faults(go)
    bring(sqlite_app, go)
    with sqlite_app.app_context():
        assert consistency.problems() == []
    assert Client(sqlite_app).login("admin", "secret-4").me["nickname"] == "名"
    wrong = Client(sqlite_app).post("/user/login", mobile="13900000005", passwd="plain")
    assert wrong.error == "wrong_login"
    owner = Client(sqlite_app).login("13900000001", "secret-1")
    assert [row["id"] for row in owner.post("/contact/loadcommunity").rows] == [1]


def test_a_taken_number_is_a_conflict_that_is_told(sqlite_client: Client, go: GoVersion) -> None:
    """Whoever registered it here keeps account and password; on demand the two are one person."""
    here = sqlite_client.register(new_mobile())
    go.add("user", user(7, here.mobile), user(8, "13900000008"))
    go.add("contact", (1, 7, 8, 1, "", DATE), (2, 8, 7, 1, "", DATE))
    done = bring(sqlite_client.app, go, "--dry-run")
    assert f"user 7: its number is taken by user {here.id} here" in done.output
    assert sqlite_client.post("/user/login", mobile="13900000008", passwd="secret-8").error == "wrong_login"
    linked = bring(sqlite_client.app, go, "--link-taken")
    assert linked.exit_code == 0, linked.output
    assert sqlite_client.login(here.mobile, PASSWORD).id == here.id
    assert len(here.post("/contact/loadfriend").rows) == 1


def test_it_asks_first(sqlite_app: Flask, go: GoVersion) -> None:
    """No is no: nothing was written."""
    fill(go)
    refused = bring(sqlite_app, go, answer="n\n")
    assert refused.exit_code == 1
    with sqlite_app.app_context():
        assert db.session.scalar(select(func.count()).select_from(User)) == 0
    assert bring(sqlite_app, go, answer="y\n").exit_code == 0


def test_a_run_that_was_cut_goes_on(
    sqlite_app: Flask, go: GoVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cut at any place: the next run does the rest, and nothing twice."""
    fill(go)
    go.add("community", (6, "of nobody but its owner", 9, "", 0, "", DATE))
    for name in ("_add_communities", "_add_friendships", "_add_memberships", "_add_pictures"):
        with monkeypatch.context() as cut:
            cut.setattr(GoImport, name, lambda *_: exit(9))
            assert bring(sqlite_app, go).exit_code == 9
        with sqlite_app.app_context():
            db.session.remove()
    done = bring(sqlite_app, go)
    assert "Ids stay." in done.output
    with sqlite_app.app_context():
        assert consistency.problems() == []
        assert db.session.scalar(select(func.count()).select_from(Contact)) == 5
    assert Client(sqlite_app).login("13900000005", "secret-5").me["avatar"].startswith("/resource/")


@pytest.mark.parametrize("fault", ["no server", "no table", "no zone", "sqlite", "no report"])
def test_what_cannot_be_read_is_a_line(sqlite_app: Flask, go: GoVersion, fault: str) -> None:
    """Said before anything is planned."""
    if fault == "no table":
        go.drop("contact")
    if fault == "no server":
        go.url = "mysql://root@127.0.0.1:1/chat"
    words = ["--zone", "Mars/Olympus"] if fault == "no zone" else []
    if fault == "no report":
        (go.resource / "file").touch()
        words = ["--report", str(go.resource / "file" / "list.jsonl")]
    if fault == "sqlite":
        go.url = "sqlite:///chat.db"
    done = bring(sqlite_app, go, *words)
    assert done.exit_code in (1, 2)
    assert "Traceback" not in done.output
    expected = {
        "no server": "unreachable_source",
        "no table": "it lacks contact",
        "no zone": "Mars/Olympus",
        "sqlite": "mysql://",
        "no report": "resource-of-go/file: File exists",
    }
    assert expected[fault] in done.output
