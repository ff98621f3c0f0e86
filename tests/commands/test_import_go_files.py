"""The Go version's folder of uploads comes over whole, and its old addresses answer."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from fastim.models import db
from fastim.models.base import utc_now
from fastim.operations import go_files, go_folder
from fastim.operations.go_folder import GoFolder
from fastim.services import consistency
from tests.client import Client
from tests.commands.go_version import GoVersion, user
from tests.commands.test_import_go import bring, fill, report
from tests.pictures import picture

CHAT = "1577000002chat.png"


def answer(person: Client, url: str) -> tuple[int, bytes]:
    with person.http.get(url) as got:
        return got.status_code, got.data


def test_old_addresses_answer_whether_a_row_names_them_or_not(app: Flask, go: GoVersion) -> None:
    """To whoever is signed in; a page of a stranger's is saved, not shown; collection leaves all alone."""
    fill(go)
    (go.resource / "voices").mkdir()
    (go.resource / "voices" / "录音 1.html").write_bytes(b"<script>1</script>")
    (go.resource / "broken.png").write_bytes(b"no picture")
    done = bring(app, go)
    assert done.exit_code == 0, done.output
    assert "5 files" in done.output
    with app.app_context():
        app.extensions["fastim"].collection.collect(utc_now() + timedelta(days=30))
        assert consistency.problems() == []
    person = Client(app).login("13900000003", "secret-3")
    for start in ("/resource/", "/mnt/"):
        assert answer(person, start + CHAT)[0] == 200
        assert answer(person, start + "1577000000aaa.png")[0] == 200
        assert answer(person, start + "broken.png") == (200, b"no picture")
        assert answer(person, start + "voices/录音 1.html") == (200, b"<script>1</script>")
        assert answer(person, start + "voices/none.html")[0] == 404
        assert answer(Client(app), start + CHAT)[0] == 401
    with person.http.get("/mnt/voices/录音 1.html") as page:
        assert page.headers["Content-Disposition"].startswith("attachment")


def test_an_avatar_in_the_folder_mnt_is_found(sqlite_app: Flask, go: GoVersion) -> None:
    """The folder had that name once."""
    (go.resource / CHAT).write_bytes(picture())
    go.add("user", user(3, "13900000003", avatar="./mnt/" + CHAT))
    assert bring(sqlite_app, go).exit_code == 0
    person = Client(sqlite_app).login("13900000003", "secret-3")
    assert answer(person, person.me["avatar"])[0] == 200


def test_what_cannot_be_brought_is_listed(app: Flask, go: GoVersion) -> None:
    """An empty file, links that lead out, in a circle, nowhere and to a folder, a pipe, and names that this
    server gives to its own, that are no text, or that differ from another by what MariaDB does not see."""
    (go.resource / "empty").write_bytes(b"")
    (go.resource / "circle").symlink_to("circle")
    (go.resource / "nowhere").symlink_to("not-there")
    (go.resource / "folder").mkdir()
    (go.resource / "linked").symlink_to("folder")
    (go.resource / "folder" / "up").symlink_to("..")
    os.mkfifo(go.resource / "pipe")
    (go.resource / "same").write_bytes(b"same")
    (go.resource / "same ").write_bytes(b"other")
    (go.resource.parent / "secret.png").write_bytes(picture())
    (go.resource / "link.png").symlink_to(go.resource.parent / "secret.png")
    (go.resource / f"{'a' * 32}.png").write_bytes(picture())
    (go.resource / os.fsdecode(b"\xff.png")).write_bytes(picture())
    assert bring(app, go).exit_code == 0
    assert {one["file"]: one["why"] for one in report(app)} == {
        "empty": "damaged_file",
        "circle": "not_found",
        "nowhere": "not_found",
        "linked": "not_readable",
        "folder/up": "not_readable",
        "pipe": "not_found",
        "same ": "bad_path",
        "link.png": "not_in_resource",
        f"{'a' * 32}.png": "bad_path",
        "\\udcff.png": "bad_path",
    }


def test_a_folder_that_cannot_be_read_is_listed(
    sqlite_app: Flask, go: GoVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The files beside it come over."""
    (go.resource / "closed").mkdir()
    (go.resource / "beside").write_bytes(b"1")
    look = os.scandir

    def scandir(folder: Path) -> Any:
        if folder.name == "closed":
            raise PermissionError
        return look(folder)

    monkeypatch.setattr(go_files.os, "scandir", scandir)
    done = bring(sqlite_app, go)
    assert "files: 2 of 2" in done.output
    assert [(one["file"], one["why"]) for one in report(sqlite_app)] == [("closed", "not_readable")]


def test_a_folder_is_brought_batch_by_batch(
    sqlite_app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many files there are, no statement names more than a batch; a run that was cut goes on."""
    monkeypatch.setattr(go_folder, "FILES", 4)
    source = tmp_path / "go"
    for number in range(13):
        (source / str(number % 2)).mkdir(parents=True, exist_ok=True)
        (source / str(number % 2) / f"{number}.bin").write_bytes(b"%d" % number)
    most = 0
    told: list[int] = []
    left: list[str] = []

    def count(_: Any, __: Any, statement: str, parameters: Any, *___: Any) -> None:
        nonlocal most
        if "imported_file" in statement:
            most = max(most, len(parameters))

    def cut(_: str, done: int, __: int) -> None:
        told.append(done)
        if done == 8:
            raise InterruptedError

    with sqlite_app.app_context():
        parts = sqlite_app.extensions["fastim"]
        event.listen(db.engine, "before_cursor_execute", count)
        folder = GoFolder(parts.bus, parts.uploads, source, cut, lambda path, _: left.append(path))
        assert folder.count() == (13, 0)
        with pytest.raises(InterruptedError):
            folder.bring(13)
        assert folder.count() == (13, 8)
        again = GoFolder(
            parts.bus, parts.uploads, source, lambda *_: None, lambda path, _: left.append(path)
        )
        again.bring(13)
        assert again.count() == (13, 13)
    assert (most, told, left) == (4, [4, 8], [])
