"""Uploads by those who mean harm: in the form, in the file, in the address."""

from __future__ import annotations

import io
import os
from contextlib import closing
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage as Part
from werkzeug.test import EnvironBuilder, TestResponse

from fastim.models import Blob, Proof, Source, Upload, db
from tests import pictures
from tests.client import Answer, Client

BOUNDARY = "--------------------------7731"
PICTURE = pictures.picture("JPEG", 300, 200)


def part(content: bytes, head: str = 'name="file"; filename="a.png"') -> bytes:
    return f"--{BOUNDARY}\r\nContent-Disposition: form-data; {head}\r\n\r\n".encode() + content + b"\r\n"


END = f"--{BOUNDARY}--\r\n".encode()


def stored_files(app: Flask) -> list[str]:
    folder = Path(app.extensions["fastim"].settings.storage_folder)
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def assert_nothing_is_left(app: Flask) -> None:
    """Neither rows nor files, whole or unfinished."""
    with app.app_context():
        for table in (Upload, Blob, Source, Proof):
            assert db.session.scalar(select(func.count()).select_from(table)) == 0
    assert stored_files(app) == []


def send(
    person: Client, body: bytes, content_type: str = f"multipart/form-data; boundary={BOUNDARY}"
) -> Answer:
    return Answer(person.http.post("/attach/upload", data=body, content_type=content_type))


def upload(person: Client, content: bytes, name: str = "a.png", **fields: str) -> Answer:
    data = {**fields, "file": Part(io.BytesIO(content), name)}
    with closing(EnvironBuilder("/attach/upload", method="POST", data=data)) as request:
        environ = request.get_environ()
        with environ["wsgi.input"]:
            return Answer(person.http.open(environ))


def get(person: Client, url: str, **headers: str) -> TestResponse:
    return person.http.get(url, headers=headers, buffered=True)


class Untouchable:
    """A body that must not be read."""

    def read(self, size: int = -1) -> bytes:
        raise AssertionError("the body was read")


def head_only(person: Client, length: int, **headers: str) -> Answer:
    """The answer to an upload of which only the head may be looked at."""
    return Answer(
        person.http.post(
            "/attach/upload",
            environ_overrides={"wsgi.input": Untouchable(), "CONTENT_LENGTH": str(length)},
            content_type=f"multipart/form-data; boundary={BOUNDARY}",
            headers={name.replace("_", "-"): value for name, value in headers.items()},
        )
    )


# The form


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (END, 400),
        (part(PICTURE)[:60], 400),
        (part(PICTURE, 'name="file"') + END, 400),
        (part(PICTURE, 'name="files"; filename="a.png"') + END, 400),
        (part(PICTURE, "filename=a.png") + END, 400),
        (part(b"1", 'name="a"') * 50 + part(PICTURE) + END, 413),
        (part(bytes(3 << 20), 'name="kind"') + part(PICTURE) + END, 413),
        (part(b"movie", 'name="kind"') + part(PICTURE) + END, 400),
        (part(b"999999", 'name="userid"') + part(PICTURE) + END, 403),
        (part(b"\xff\xfe\0", 'name="ownerid"') + part(PICTURE) + END, 403),
    ],
    ids=[
        "nothing",
        "an end only",
        "cut off in a header",
        "a field where the file belongs",
        "another name",
        "no name",
        "fifty fields",
        "a field of 3 MB",
        "an unknown kind",
        "somebody else",
        "nobody at all",
    ],
)
def test_a_twisted_form_is_refused_and_leaves_nothing(
    sqlite_client: Client, body: bytes, status: int
) -> None:
    person = sqlite_client.register()
    assert send(person, body).status == status
    assert_nothing_is_left(sqlite_client.app)


@pytest.mark.parametrize(
    "content_type",
    ["", "multipart/form-data", "multipart/form-data; boundary=", "text/plain", "application/json",
     "application/x-www-form-urlencoded", f"multipart/mixed; boundary={BOUNDARY}"],
)  # fmt: skip
def test_a_form_under_another_type_is_refused(sqlite_client: Client, content_type: str) -> None:
    person = sqlite_client.register()
    assert send(person, part(PICTURE) + END, content_type).status == 400
    assert_nothing_is_left(sqlite_client.app)


def test_another_sites_page_uploads_nothing(sqlite_client: Client) -> None:
    """The browser would send the cookie along; the body is not even read."""
    person = sqlite_client.register()
    for answer in (
        head_only(person, 1000, Origin="https://evil.example"),
        head_only(person, 1000, Sec_Fetch_Site="cross-site"),
    ):
        assert (answer.status, answer.error) == (403, "cross_site")


def test_too_long_a_body_is_refused_unread(sqlite_client: Client) -> None:
    """By what the request says of its length, for strangers sooner."""
    person = sqlite_client.register()
    for answer in (head_only(person, 10 << 30), head_only(sqlite_client, 5 << 20)):
        assert (answer.status, answer.error) == (413, "too_large")


# The file


def test_where_a_photograph_was_taken_is_told_to_nobody(sqlite_client: Client) -> None:
    """Neither the picture nor its thumbnail has it, nor has the folder."""
    exif = Image.Exif()
    exif[0x010F] = "canary-camera"
    exif.get_ifd(0x8825).update({1: "N", 2: (31.0, 14.0, 2.0), 29: "canary-date"})
    photo = pictures.picture("JPEG", 900, 600, exif=exif, comment=b"canary-comment")
    person = sqlite_client.register()
    file = upload(person, photo, "a.jpg").json["file"]
    for url in (file["url"], file["thumb"]):
        assert b"canary" not in get(person, url).data
    folder = Path(sqlite_client.app.extensions["fastim"].settings.storage_folder)
    for path in folder.rglob("*"):
        assert not path.is_file() or b"canary" not in path.read_bytes()


def test_a_page_inside_a_picture_is_gone(sqlite_client: Client) -> None:
    """In a JPEG's comment, where a browser that guesses would find it."""
    person = sqlite_client.register()
    answer = upload(person, pictures.picture("JPEG", comment=pictures.HTML), "a.html")
    got = get(person, answer.data)
    assert b"script" not in got.data
    assert got.content_type in ("image/webp", "image/jpeg")


# The address


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("bytes=5-2", 416),
        ("bytes=-0", 416),
        ("bytes=999999999-", 416),
        ("bytes=0-99999999999999999999", 206),
        ("bytes=0-0", 206),
    ],
)
def test_odd_ranges(sqlite_client: Client, asked: str, status: int) -> None:
    """The length that is said is the length that comes."""
    person = sqlite_client.register()
    url = upload(person, os.urandom(100_000), "a").data
    got = get(person, url, Range=asked)
    assert got.status_code == status
    assert int(got.headers["Content-Length"]) == len(got.data) <= 100_000


@pytest.mark.parametrize(
    "asked", ["bytes=" + "0-," * 2000 + "0-", "bytes=abc", "items=0-1", "bytes=", "\xff"]
)
def test_a_range_that_asks_for_much_gets_the_file_once_at_most(sqlite_client: Client, asked: str) -> None:
    """Two thousand times the same file in one answer has stopped servers before."""
    person = sqlite_client.register()
    content = os.urandom(100_000)
    url = upload(person, content, "a").data
    got = get(person, url, Range=asked)
    assert (got.status_code, got.data) in ((200, content), (416, b""))


def test_a_name_is_read_to_the_letter(client: Client) -> None:
    """Databases that compare more kindly than that would serve one file under many names."""
    person = client.register()
    url = upload(person, PICTURE).data
    stem, _, suffix = url.rpartition(".")
    turned = "".join(one.upper() if one.isalpha() else one for one in stem.removeprefix("/resource/"))
    for other in (f"/resource/{turned}.{suffix}", f"{stem}.{suffix.upper()}", f"{url}%20", f"{url}%00",
                  f"{url}%0a", f"{url}%E2%80%8B", stem, f"{url}/", f"{stem}%C3%A1.{suffix}"):  # fmt: skip
        if other != url:
            assert get(person, other).status_code == 404, other
    assert get(person, url).status_code == 200


@pytest.mark.parametrize("content", [pictures.bomb_png(), pictures.picture("JPEG", comment=b"secret")])
def test_a_picture_sent_as_a_file_is_shown_to_nobody(sqlite_client: Client, content: bytes) -> None:
    """It has not been decoded: it may be a bomb, and it says where it was taken. It is saved as it is."""
    person = sqlite_client.register()
    answer = upload(person, content, kind="file")
    got = get(person, answer.data)
    assert got.content_type == "application/octet-stream"
    assert got.headers["Content-Disposition"].startswith("attachment")
    assert got.data == content
    assert person.post("/user/update", avatar=answer.data).error == "bad_url"
    made = person.post("/contact/createcommunity", name="a group", icon=answer.data)
    assert made.error == "bad_url"


# The proof


@pytest.mark.parametrize(
    "fields",
    [
        {"nonce": "", "proof": ""},
        {"nonce": "é" * 32, "proof": "é" * 64},
        {"nonce": "\0" * 32, "proof": "\0" * 64},
        {"nonce": "%", "proof": "%"},
        {"nonce": "' OR 1=1 --", "proof": "' OR 1=1 --"},
    ],
)
def test_an_odd_claim_gets_nothing(client: Client, fields: dict[str, str]) -> None:
    """Whatever stands where hexadecimal digits belong."""
    person = client.register()
    upload(person, PICTURE)
    before = stored_files(client.app)
    sha256 = "0" * 64
    answer = person.post("/attach/claim", sha256=sha256, bytes=len(PICTURE), **fields)
    assert answer.error in ("upload_needed", "bad_request")
    assert stored_files(client.app) == before


@pytest.mark.parametrize("size", [2**53 + 1, 2**63, 10**30, -1])
@pytest.mark.parametrize("path", ["/attach/probe", "/attach/claim"])
def test_no_file_has_such_a_size(client: Client, path: str, size: int) -> None:
    """Neither has a database a place for it."""
    person = client.register()
    answer = person.post(path, sha256="0" * 64, bytes=size, nonce="", proof="")
    assert (answer.status, answer.json["field"]) == (400, "bytes")
