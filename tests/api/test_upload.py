"""Uploads over HTTP: what is taken, what is refused, how it is served."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage as Part
from werkzeug.test import EnvironBuilder, TestResponse

from fastim.models import Blob, Proof, Source, Upload, db
from fastim.protocol import limits
from tests import pictures, recordings
from tests.client import Answer, Client

PICTURE = pictures.picture("JPEG", 800, 600)


def upload(person: Client, content: bytes = PICTURE, name: str = "a.jpg", **fields: str) -> Answer:
    """POST /attach/upload as a browser does."""
    part = Part(io.BytesIO(content), name, content_type="image/png")
    with closing(EnvironBuilder("/attach/upload", method="POST", data={**fields, "file": part})) as request:
        environ = request.get_environ()
        with environ["wsgi.input"]:
            return Answer(person.http.open(environ))


def get(person: Client, url: str, **headers: str) -> TestResponse:
    """The whole answer, read and closed."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return person.http.get(url, headers=named, buffered=True)


def left(app: Flask) -> tuple[int, int]:
    """Rows of all upload tables, files in the storage."""
    with app.app_context():
        counts = [
            db.session.scalar(select(func.count()).select_from(table)) or 0
            for table in (Upload, Blob, Source, Proof)
        ]
    folder = Path(app.extensions["fastim"].settings.storage_folder)
    return sum(counts), sum(path.is_file() for path in folder.rglob("*"))


def test_a_picture_goes_up_and_comes_back(client: Client) -> None:
    """`data` is its address, `file` says what was stored."""
    person = client.register()
    answer = upload(person)
    file = answer.json["file"]
    assert answer.data == file["url"]
    assert (file["kind"], file["width"], file["height"], file["name"]) == ("picture", 800, 600, "a.jpg")
    got = get(person, file["url"])
    assert (got.status_code, got.content_type, len(got.data)) == (200, file["type"], file["bytes"])
    assert pictures.opened(got.data).size == (800, 600)
    small = get(person, file["thumb"])
    assert (small.content_type, pictures.opened(small.data).size) == ("image/webp", (400, 300))


def test_a_file_is_served_for_good_and_never_run(sqlite_client: Client) -> None:
    """It never changes, nobody else's cache may keep it, and no script of it runs."""
    person = sqlite_client.register()
    headers = get(person, upload(person).data).headers
    assert headers["Cache-Control"] == "private, max-age=31536000, immutable"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in headers["Content-Security-Policy"]
    assert headers["Content-Disposition"].startswith("inline")
    assert headers["Accept-Ranges"] == "bytes"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (pictures.HTML, "a.html"),
        (pictures.SVG, "a.svg"),
        (b"%PDF-1.7 ", "a.pdf"),
        (b"PK\x03\x04", "a.zip"),
        (b"function f() {}", "a.js"),
        (b"<?xml version='1.0'?><x/>", "a.xml"),
    ],
    ids=["html", "svg", "pdf", "zip", "js", "xml"],
)
def test_what_a_browser_would_run_is_only_saved(sqlite_client: Client, content: bytes, name: str) -> None:
    """Under the name that its sender gave it, as bytes of no type, whatever the sender says."""
    person = sqlite_client.register()
    answer = upload(person, content, name)
    got = get(person, answer.data)
    assert got.content_type == "application/octet-stream"
    assert got.headers["Content-Disposition"] == f"attachment; filename=\"{name}\"; filename*=UTF-8''{name}"
    assert answer.data.endswith(".bin")


def test_names_for_saving_follow_the_rules(sqlite_client: Client) -> None:
    """RFC 6266: an ASCII name for old programs, the real one encoded; no header can be broken out of."""
    person = sqlite_client.register()
    answer = upload(person, b"plain", '报告 "1";\r\nSet-Cookie: a=b.txt')
    found = get(person, answer.data).headers
    assert "Set-Cookie" not in found
    assert found["Content-Disposition"].isascii()
    assert "filename*=UTF-8''%E6%8A%A5%E5%91%8A" in found["Content-Disposition"]


@pytest.mark.parametrize(
    "name", ["../../../etc/passwd.png", "..\\..\\a.png", "/etc/a.png", "a\0.png", ".png", "a/../../b.png"]
)
def test_no_name_leads_anywhere(sqlite_client: Client, name: str) -> None:
    """The server makes the names; files lie under their hashes."""
    person = sqlite_client.register()
    answer = upload(person, PICTURE, name)
    stem, _, extension = answer.data.removeprefix("/resource/").partition(".")
    assert len(bytes.fromhex(stem)) == 16
    assert extension in ("jpg", "webp")
    assert not set(answer.json["file"]["name"]) & set("/\\\0")


@pytest.mark.parametrize(
    "path", ["../fastim.db", "..%2ffastim.db", "%2e%2e/fastim.db", "....//a", "a" * 300, "%00", "x?thumb=1"]
)
def test_no_path_leads_out(sqlite_client: Client, path: str) -> None:
    person = sqlite_client.register()
    assert get(person, f"/resource/{path}").status_code == 404


@pytest.mark.parametrize(
    ("content", "name", "fields", "error"),
    [
        (b"", "a.png", {}, "damaged_file"),
        (pictures.HTML, "a.png", {}, "unsupported_file"),
        (pictures.HTML, "blob", {"filetype": ".png"}, "unsupported_file"),
        (pictures.SVG, "a.png", {"kind": "picture"}, "unsupported_file"),
        (pictures.HTML, "a.ogg", {"kind": "voice"}, "unsupported_file"),
        (PICTURE[:5000], "a.jpg", {}, "damaged_file"),
        (PICTURE[:5000], "a.txt", {}, "damaged_file"),
        (b"\x89PNG\r\n\x1a\n" + pictures.HTML, "a.png", {}, "damaged_file"),
        (pictures.bomb_png(), "a.png", {}, "picture_too_large"),
        (pictures.png(2**31 - 1, 2**31 - 1), "a.png", {}, "picture_too_large"),
        (pictures.gif(1_000_000, 1, 1), "a.gif", {}, "picture_too_large"),
    ],
    ids=[
        "empty",
        "HTML named PNG",
        "HTML with a picture's filetype",
        "SVG",
        "HTML as voice",
        "truncated",
        "truncated and named text",
        "PNG in its first bytes only",
        "a hundred megapixels",
        "huge dimensions",
        "a million frames",
    ],
)
def test_hostile_files_get_a_clear_error_and_leave_nothing(
    client: Client, content: bytes, name: str, fields: dict[str, str], error: str
) -> None:
    """No row, no file, whole or unfinished."""
    person = client.register()
    answer = upload(person, content, name, **fields)
    assert (answer.status, answer.code, answer.error) == (200, -1, error)
    assert left(client.app) == (0, 0)


def test_a_polyglot_comes_back_as_a_picture_only(sqlite_client: Client) -> None:
    person = sqlite_client.register()
    got = get(person, upload(person, PICTURE + pictures.HTML).data)
    assert b"script" not in got.data


@pytest.mark.parametrize(
    ("fields", "status"),
    [({"kind": "movie"}, 400), ({"userid": "999"}, 403), ({"filetype": "x" * 200}, 400)],
)
def test_a_request_of_the_wrong_shape_leaves_nothing(
    sqlite_client: Client, fields: dict[str, str], status: int
) -> None:
    person = sqlite_client.register()
    assert upload(person, **fields).status == status
    assert person.post("/attach/upload", kind="file").json["field"] == "file"
    assert left(sqlite_client.app) == (0, 0)


def test_one_may_say_who_one_is(sqlite_client: Client) -> None:
    """As the old pages do."""
    person = sqlite_client.register()
    assert upload(person, userid=str(person.id)).code == 0


def test_limits_are_kept(make_app: Callable[..., Flask]) -> None:
    """Of a kind, and of the body as a whole before it is read to its end."""
    app = make_app(picture_bytes="10K", file_bytes="50K", quota_bytes="60K")
    person = Client(app).register()
    assert upload(person).json["limit"] == 10 << 10
    assert upload(person, os.urandom(55 << 10), "a").status == 413
    assert upload(person, os.urandom(500 << 10), "a").status == 413
    assert left(app) == (0, 0)
    assert upload(person, os.urandom(40 << 10), "a").code == 0
    before = left(app)
    assert upload(person, os.urandom(40 << 10), "a").error == "quota_full"
    assert left(app) == before


def test_a_stranger_uploads_a_small_picture_only(client: Client) -> None:
    """For the old register page; it is readable without a session, as its maker has none."""
    answer = upload(client)
    assert answer.json["file"]["kind"] == "picture"
    assert get(client, answer.data).status_code == 200
    before = left(client.app)
    assert upload(client, recordings.OGG, "a.ogg").error == "unsupported_file"
    assert upload(client, bytes(limits.GUEST_PICTURE_BYTES + 1), "a.png").status == 413
    assert upload(client, bytes(limits.GUEST_PICTURE_BYTES * 2), "a.png").status == 413
    assert left(client.app) == before


def test_a_strangers_picture_becomes_the_new_accounts(client: Client) -> None:
    """Registering with it claims it; from then on it takes a session."""
    url = upload(client).data
    person = client.register(avatar=url)
    assert person.me["avatar"] == url
    assert get(client, url).status_code == 401
    assert get(person, url).status_code == 200


def test_strangers_may_not_come_too_often(make_app: Callable[..., Flask]) -> None:
    """By address; who is signed in is not counted."""
    app = make_app(rate_limits="on", guest_upload_rate="2/hour")
    stranger = Client(app)
    assert [upload(stranger).status for _ in range(3)] == [200, 200, 429]
    assert upload(stranger).json["retry_after"] > 1000
    assert upload(Client(app).register()).status == 200


def test_a_file_takes_a_session(sqlite_client: Client) -> None:
    """Whoever has one may read, as names cannot be guessed; a stranger does not even learn which exist."""
    person, other = sqlite_client.register(), sqlite_client.register()
    url = upload(person).data
    assert get(other, url).status_code == 200
    assert get(sqlite_client, url).status_code == 401
    assert get(sqlite_client, "/resource/" + "0" * 32 + ".webp").status_code == 401
    assert get(person, "/resource/" + "0" * 32 + ".webp").status_code == 404


def test_a_part_of_a_file(sqlite_client: Client) -> None:
    """RFC 9110: one range, from the end too; one that is not there is 416."""
    person = sqlite_client.register()
    content = os.urandom(300_000)
    url = upload(person, content, "a").data
    for asked, start, end in (
        ("bytes=0-9", 0, 9),
        ("bytes=70000-200000", 70_000, 200_000),
        ("bytes=-5", 299_995, 299_999),
        ("bytes=299990-", 299_990, 299_999),
    ):
        got = get(person, url, Range=asked)
        assert (got.status_code, got.data) == (206, content[start : end + 1])
        assert got.headers["Content-Range"] == f"bytes {start}-{end}/300000"
    missing = get(person, url, Range="bytes=300000-")
    assert (missing.status_code, missing.headers["Content-Range"]) == (416, "bytes */300000")


def test_a_file_that_is_there_already_is_not_sent_again(sqlite_client: Client) -> None:
    """By its ETag; a stranger's ETag gets him nothing."""
    person = sqlite_client.register()
    url = upload(person).data
    tag = get(person, url).headers["ETag"]
    again = get(person, url, If_None_Match=tag)
    assert (again.status_code, again.data) == (304, b"")
    assert get(person, url, If_None_Match='"other"').status_code == 200
    assert get(person, url, Range="bytes=0-9", If_Range='"other"').status_code == 200
    assert get(sqlite_client, url, If_None_Match=tag).status_code == 401
    head = person.http.head(url, buffered=True)
    assert (head.status_code, head.data, head.headers["ETag"]) == (200, b"", tag)


def test_an_animated_picture_stays_animated(sqlite_client: Client) -> None:
    person = sqlite_client.register()
    got = get(person, upload(person, pictures.animation("GIF", 4), "a.gif").data)
    assert getattr(pictures.opened(got.data), "n_frames", 1) == 4
