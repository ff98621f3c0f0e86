"""One file holds everything, comes back into either kind of database, and says when it is damaged."""

from __future__ import annotations

import tarfile
from io import BytesIO
from pathlib import Path
from unittest.mock import Mock

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import delete, func, insert, select

from fastim.commands import commands
from fastim.errors import Refused
from fastim.models import Blob, Message, User, db
from fastim.operations import archive, backup, schema
from fastim.operations.target import Target
from fastim.services.search_index import Indexer
from tests.client import Client
from tests.commands.filled import fill
from tests.commands.test_migrate_db import release, sums
from tests.conftest import MakeApp
from tests.servers import MariaDb


def run(app: Flask, *words: object) -> Result:
    return app.test_cli_runner().invoke(commands, [str(word) for word in words])


@pytest.fixture
def saved(make_app: MakeApp, tmp_path: Path) -> Path:
    """A backup of a small SQLite server."""
    app = make_app()
    fill(app, 60)
    file = tmp_path / "small.tar"
    done = run(app, "backup", file)
    assert done.exit_code == 0, done.output
    release(app)
    return file


@pytest.mark.parametrize("way", ["sqlite to mariadb", "mariadb to sqlite"])
def test_it_comes_back_into_the_other_kind(
    make_app: MakeApp, sqlite_url: str, mariadb: MariaDb, tmp_path: Path, way: str
) -> None:
    """Every row, every file; people sign in with what they had, and see their pictures."""
    mariadb.create("fastim_backup")
    there = mariadb.url("fastim_backup")
    source, target = (sqlite_url, there) if way == "sqlite to mariadb" else (there, sqlite_url)
    if source == there:
        engine = schema.engine_of(there.replace("mysql:", "mysql+pymysql:"))
        schema.upgrade(engine)
        engine.dispose()
    app = make_app(database_url=source)
    seeded = fill(app, 700)
    file = tmp_path / "backup.tar"
    done = run(app, "backup", file)
    assert done.exit_code == 0, done.output
    assert file.stat().st_mode & 0o077 == 0
    release(app)
    fresh = make_app(database_url=target, storage_url=f"file:{tmp_path / 'elsewhere'}")
    assert run(fresh, "restore", file, "--check").output.startswith("whole: ")
    back = run(fresh, "restore", file)
    assert back.exit_code == 0, back.output
    assert "message: 700 of 700\n" in back.output
    assert "compare message: 700 of 700\n" in back.output
    release(fresh)
    urls = [url.replace("mysql:", "mysql+pymysql:") for url in (source, target)]
    assert sums(urls[0]) == sums(urls[1])
    person = Client(fresh)
    person.http.set_cookie("fastim", seeded.people[0][1])
    me = person.post("/user/me").data
    with person.http.get(me["avatar"]) as picture:
        assert picture.status_code == 200
    (hit,) = person.post("/search/messages", text="message 644").rows
    assert hit["entry"]["seq"] == 644


def test_it_is_of_one_moment_while_people_write(
    make_app: MakeApp, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody registers, and somebody's messages go, after the snapshot was taken: neither is seen."""
    app = make_app(database_url=database_url)
    fill(app, 40)
    before = sums(database_url.replace("mysql:", "mysql+pymysql:"))
    save_table = backup._save_table

    def write_first(connection, table, writer, shelf, told):
        if table.name == "message":
            with app.app_context():
                db.session.execute(insert(User).values(mobile="13912345678", passwd="!"))
                db.session.execute(delete(Message).where(Message.seq > 20))
                db.session.commit()
        return save_table(connection, table, writer, shelf, told)

    monkeypatch.setattr(backup, "_save_table", write_first)
    file = tmp_path / "hot.tar"
    assert run(app, "backup", file).exit_code == 0
    with file.open("rb") as content:
        assert archive.check(content)[1].sums == before


def test_every_changed_byte_is_noticed(saved: Path) -> None:
    """One bit, at places all over the file, headers, padding and end included."""
    whole = bytearray(saved.read_bytes())
    archive.check(BytesIO(whole))
    places = [*range(600), *range(600, len(whole), 211), *range(len(whole) - 600, len(whole))]
    for place in places:
        whole[place] ^= 4
        with pytest.raises(Refused):
            archive.check(BytesIO(whole))
        whole[place] ^= 4


def test_every_cut_is_noticed(saved: Path) -> None:
    """At any length, by a byte or by almost all."""
    whole = saved.read_bytes()
    for length in [*range(0, len(whole), 1013), len(whole) - 1, len(whole) - 512, len(whole) - 5000]:
        with pytest.raises(Refused):
            archive.check(BytesIO(whole[:length]))
    with pytest.raises(Refused):
        archive.check(BytesIO(whole + b"\0" * 100))


def test_a_damaged_backup_restores_nothing(saved: Path, make_app: MakeApp, tmp_path: Path) -> None:
    """Said before anything is written, by name."""
    content = bytearray(saved.read_bytes())
    content[len(content) // 2] ^= 1
    saved.write_bytes(content)
    url = f"sqlite:///{tmp_path / 'fresh.db'}"
    done = run(make_app(database_url=url), "restore", saved)
    assert (done.exit_code, "damaged_backup" in done.output) == (1, True)
    assert not (tmp_path / "fresh.db").exists() or not (tmp_path / "fresh.db").stat().st_size
    saved.write_bytes(b"GIF89a" + bytes(5000))
    assert "not_a_backup" in run(make_app(database_url=url), "restore", saved).output


def test_a_full_database_is_left_alone(saved: Path, make_app: MakeApp, sqlite_url: str) -> None:
    """Nobody restores over people's messages by mistake."""
    before = sums(sqlite_url)
    done = run(make_app(), "restore", saved)
    assert (done.exit_code, "target_not_empty" in done.output) == (1, True)
    assert sums(sqlite_url) == before


def test_a_restore_that_was_killed_begins_again(
    saved: Path, make_app: MakeApp, sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half of it was there; the next run leaves nothing of that half."""
    url = f"sqlite:///{tmp_path / 'fresh.db'}"
    app = make_app(database_url=url)
    with monkeypatch.context() as cut:
        cut.setattr(backup, "_restore_file", lambda *_: exit(9))
        assert run(app, "restore", saved).exit_code == 9
    refused = run(app, "backup", tmp_path / "half.tar")
    assert "unfinished_copy" in refused.output
    assert not list(tmp_path.glob("half.tar*"))
    assert run(app, "restore", saved).exit_code == 0
    assert sums(url) == sums(sqlite_url)


def test_a_restore_that_is_stopped_at_the_index_is_whole(
    saved: Path, make_app: MakeApp, sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The index of millions of messages takes longer than they do, and is the server's to make."""
    url = f"sqlite:///{tmp_path / 'fresh.db'}"
    app = make_app(database_url=url)
    with monkeypatch.context() as cut:
        cut.setattr(Indexer, "catch_up", Mock(side_effect=KeyboardInterrupt))
        done = run(app, "restore", saved)
    assert (done.exit_code, "The server makes the rest" in done.output) == (0, True), done.output
    assert sums(url) == sums(sqlite_url)
    assert "60 entries still to read" in run(app, "check").output
    assert run(app, "backup", tmp_path / "again.tar").exit_code == 0


def test_a_missing_file_is_told_and_the_rest_is_saved(make_app: MakeApp, tmp_path: Path) -> None:
    app = make_app()
    fill(app, 10)
    with app.app_context():
        lost = db.session.scalars(select(Blob.sha256)).first()
        assert lost is not None
        kept = (db.session.scalar(select(func.count()).select_from(Blob)) or 0) - 1
    app.extensions["fastim"].storage.delete(lost)
    done = run(app, "backup", tmp_path / "b.tar")
    assert f"{kept} files" in done.output
    assert "1 files were not there" in done.output


def test_no_file_is_overwritten(sqlite_app: Flask, tmp_path: Path) -> None:
    (tmp_path / "mine.tar").write_text("precious")
    assert run(sqlite_app, "backup", tmp_path / "mine.tar").exit_code == 2
    assert run(sqlite_app, "backup", tmp_path / "no" / "such.tar").exit_code == 1
    assert (tmp_path / "mine.tar").read_text() == "precious"


def test_any_tar_reads_it(saved: Path) -> None:
    """In ten years, without FastIM."""
    with tarfile.open(saved) as tar:
        names = tar.getnames()
    assert names[0] == "fastim-backup.json"
    assert names[-1].startswith("manifest.")
    assert "tables/message/000001.msgpack.gz" in names
    assert any(name.startswith("files/") for name in names)


def test_another_version_is_refused(saved: Path, make_app: MakeApp, tmp_path: Path, monkeypatch) -> None:
    """Its tables are not ours."""
    monkeypatch.setattr(schema, "head", lambda: "9999")
    done = run(make_app(database_url=f"sqlite:///{tmp_path / 'x.db'}"), "restore", saved)
    assert "backup_of_another_version" in done.output


def test_a_target_of_something_else_is_refused(saved: Path, make_app: MakeApp, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'x.db'}"
    engine = schema.engine_of(url)
    Target(engine, "0" * 64).begin(False)
    engine.dispose()
    assert "target_of_another" in run(make_app(database_url=url), "restore", saved).output
