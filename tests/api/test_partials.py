"""Files in parts: sent, broken off, gone on with, finished, and what hostile senders get."""

from __future__ import annotations

import base64
import hashlib
import os
import threading
from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from fastim.models import Partial, Upload, db
from fastim.models.base import utc_now
from fastim.protocol import limits
from tests import pictures, recordings
from tests.client import Answer, Client

PART = limits.PART_LEAST_BYTES


def begin(person: Client, content: bytes, **fields: object) -> Answer:
    return person.post_json("/attach/begin", {"bytes": len(content), "name": "a.bin", **fields})


def digest(part: bytes) -> str:
    return f"sha-256=:{base64.b64encode(hashlib.sha256(part).digest()).decode()}:"


def put(person: Client, partial_id: str, offset: object, part: bytes, checksum: str = "") -> Answer:
    headers = {"Upload-Offset": str(offset), "Content-Digest": checksum or digest(part)}
    return Answer(person.http.put(f"/attach/part/{partial_id}", data=part, headers=headers))


def send(person: Client, content: bytes, size: int = PART, **fields: object) -> Answer:
    """A whole file in parts of `size`."""
    partial_id = begin(person, content, **fields).data["id"]
    for offset in range(0, len(content), size):
        assert put(person, partial_id, offset, content[offset : offset + size]).code == 0
    return person.post("/attach/finish", id=partial_id)


def rest(app: Flask) -> tuple[int, int, int]:
    """Rows of partial files and of uploads, and files of either."""
    folder = Path(app.extensions["fastim"].settings.storage_folder)
    with app.app_context():
        rows = [
            db.session.scalar(select(func.count()).select_from(table)) or 0 for table in (Partial, Upload)
        ]
    return rows[0], rows[1], len([path for path in folder.rglob("*") if path.is_file()])


def test_a_file_in_parts_is_the_file(client: Client) -> None:
    """After breaks too: the server says where it stands, and a part that is not whole changes nothing."""
    ann = client.register()
    content = os.urandom(PART * 3 + 100)
    sha256 = hashlib.sha256(content).hexdigest()
    begun = begin(ann, content, sha256=sha256, name="../film\n.bin", kind="file").data
    rest_of_it = {"bytes": len(content), "name": "film.bin", "part_bytes": limits.PART_BYTES, "way": ""}
    assert begun == {"id": begun["id"], "offset": 0, **rest_of_it}
    partial_id = begun["id"]
    assert put(ann, partial_id, 0, content[:PART]).data["offset"] == PART
    early = ann.post("/attach/finish", id=partial_id)
    assert (early.status, early.error, early.json["offset"]) == (409, "wrong_offset", PART)
    again = put(ann, partial_id, 0, content[:PART])
    assert (again.status, again.error, again.json["offset"]) == (409, "wrong_offset", PART)
    lie = put(ann, partial_id, PART, content[PART : 2 * PART], digest(b"something else"))
    assert (lie.status, lie.error) == (400, "bad_checksum")
    assert ann.post("/attach/state", id=partial_id).data["offset"] == PART
    assert [one["id"] for one in ann.post("/attach/unfinished").rows] == [partial_id]
    assert put(ann, partial_id, PART, content[PART : 3 * PART]).data["offset"] == 3 * PART
    assert put(ann, partial_id, 3 * PART, content[3 * PART :]).data["offset"] == len(content)
    done = ann.post("/attach/finish", id=partial_id)
    assert done.json["file"]["name"] == "film.bin"
    assert ann.http.get(done.data, buffered=True).data == content
    assert ann.post("/attach/finish", id=partial_id).status == 404
    assert rest(client.app) == (0, 1, 1)
    known = ann.post("/attach/probe", sha256=sha256, bytes=len(content)).data["nonce"]
    assert known, "the next sender need not send it"


@pytest.mark.parametrize(
    ("content", "kind", "served"),
    [
        (pictures.picture("PNG", 300, 400, compress_level=0), "picture", "image/webp"),
        (recordings.MP4 + bytes(PART), "video", "video/mp4"),
        (recordings.WEBM_VOICE + bytes(PART), "voice", "audio/webm"),
        (b"PK\x03\x04" + bytes(2 * PART), "file", "application/octet-stream"),
    ],
    ids=["picture", "video", "voice", "archive of zeros, which nobody opens"],
)
def test_parts_become_what_they_are(sqlite_client: Client, content: bytes, kind: str, served: str) -> None:
    ann = sqlite_client.register()
    assert send(ann, content, kind=kind).json["file"]["type"] == served
    assert send(ann, content).json["file"]["kind"] == kind


def test_a_part_may_be_large(sqlite_client: Client) -> None:
    """Larger than other requests' bodies."""
    ann = sqlite_client.register()
    content = os.urandom(limits.PART_BYTES + 7)
    assert ann.http.get(send(ann, content, limits.PART_BYTES).data, buffered=True).data == content


def test_what_is_not_what_it_claims_ends(sqlite_client: Client) -> None:
    """A lie about kind or sum is found at the end, and nothing is left of it."""
    ann = sqlite_client.register()
    html = pictures.HTML + bytes(PART)
    assert send(ann, html, kind="video").error == "unsupported_file"
    assert send(ann, recordings.MP4_VOICE, kind="video").error == "unsupported_file"
    assert send(ann, recordings.MP4, kind="voice").error == "unsupported_file"
    assert send(ann, html, sha256="0" * 64).error == "bad_checksum"
    assert begin(ann, b"").error == "damaged_file"
    assert rest(sqlite_client.app) == (0, 0, 0)
    partial_id = begin(ann, html).data["id"]
    put(ann, partial_id, 0, html[:PART]), put(ann, partial_id, PART, html[PART:])
    folder = Path(sqlite_client.app.extensions["fastim"].settings.storage_folder)
    (folder / "partial" / partial_id).write_bytes(html[:PART])  # as a crash of the machine leaves it
    assert ann.post("/attach/finish", id=partial_id).error == "bad_checksum"
    assert rest(sqlite_client.app) == (0, 0, 0)


def test_hostile_parts_change_nothing(client: Client) -> None:
    """Wrong places, sizes and sums; ten thousand crumbs; another's upload; no session."""
    ann, eve = client.register(), client.register()
    content = os.urandom(PART * 2)
    partial_id = begin(ann, content).data["id"]
    for offset in (1, PART, -1, 1 << 60, "x", "", "٣", "9" * 400):
        assert put(ann, partial_id, offset, content[:PART]).status in (400, 409)
    for size in (0, 1, PART - 1, len(content) + 1):
        assert put(ann, partial_id, 0, bytes(size)).status == 400, "10,000 crumbs are 10,000 refusals"
    for checksum in ("sha-256=::", "md5=:AAAA:", "sha-256=:" + "A" * 44 + ":", "\x7f"):
        assert put(ann, partial_id, 0, content[:PART], checksum).status == 400
    assert put(ann, "../../fastim.db", 0, content[:PART]).status == 404
    assert put(client, partial_id, 0, content[:PART]).status == 401
    for path in ("state", "finish", "abandon"):
        assert eve.post(f"/attach/{path}", id=partial_id).status == 404
    assert put(eve, partial_id, 0, content[:PART]).status == 404
    assert eve.post("/attach/unfinished").rows == []
    assert ann.post("/attach/state", id=partial_id).data["offset"] == 0
    assert rest(client.app) == (1, 0, 0)
    ann.post("/attach/abandon", id=partial_id)
    assert rest(client.app) == (0, 0, 0)


def test_open_uploads_are_bounded_and_count_towards_the_quota(make_app: Callable[..., Flask]) -> None:
    app = make_app(file_bytes="1M", picture_bytes="100K", quota_bytes="2M")
    ann = Client(app).register()
    assert ann.post("/attach/begin", bytes=(1 << 20) + 1).status == 413
    assert ann.post("/attach/begin", bytes=200_000, kind="picture").json["limit"] == 100 << 10
    photo = pictures.picture("PNG", 400, 300, compress_level=0)
    assert send(ann, photo).json["limit"] == 100 << 10
    assert rest(app) == (0, 0, 0), "what is too large for a picture is not tried again"
    first = ann.post("/attach/begin", bytes=1 << 20).data["id"]
    assert ann.post("/attach/begin", bytes=900_000).code == 0
    assert ann.post("/attach/begin", bytes=200_000).error == "quota_full"
    ann.post("/attach/abandon", id=first)
    for _ in range(limits.PARTIALS_PER_USER - 1):
        assert ann.post("/attach/begin", bytes=1000).code == 0
    assert ann.post("/attach/begin", bytes=1000).error == "too_many_uploads"


def test_one_user_does_not_keep_all_the_others_out(sqlite_client: Client) -> None:
    """However many slow parts they send at a time; a place is given back after each."""
    ann, bob = sqlite_client.register(), sqlite_client.register()
    content = os.urandom(PART)
    partials = sqlite_client.app.extensions["fastim"].partials
    with ExitStack() as stack:
        for _ in range(limits.PARTS_PER_USER):
            stack.enter_context(partials.places.place(ann.id))
        assert put(ann, begin(ann, content).data["id"], 0, content).error == "busy"
        assert put(bob, begin(bob, content).data["id"], 0, content).code == 0
    assert put(ann, begin(ann, content).data["id"], 0, content).code == 0
    assert not partials.places._coming


def test_what_stands_still_for_a_day_expires(client: Client) -> None:
    """With its file; also a file that lost its row."""
    ann = client.register()
    content = os.urandom(PART)
    old, young = begin(ann, content).data["id"], begin(ann, content).data["id"]
    put(ann, old, 0, content)
    put(ann, young, 0, content)
    partials = client.app.extensions["fastim"].partials
    folder = Path(client.app.extensions["fastim"].settings.storage_folder)
    (folder / "partial" / ("0" * 32)).write_bytes(b"stray")
    past = (utc_now() - timedelta(days=2)).timestamp()
    for name in (old, "0" * 32):
        os.utime(folder / "partial" / name, (past, past))
    with client.app.app_context():
        db.session.execute(
            db.update(Partial).where(Partial.id == old).values(heard_at=utc_now() - timedelta(days=2))
        )
        db.session.commit()
        assert partials.expire(utc_now()) == 2
        assert partials.expire(utc_now()) == 0
    assert put(ann, old, PART, b"x").status == 404
    assert ann.post("/attach/finish", id=young).code == 0


def test_nobody_writes_to_a_file_that_is_being_finished(sqlite_client: Client) -> None:
    """Else its hash would name other bytes, and whoever claims the hash would be given those."""
    ann = sqlite_client.register()
    content = os.urandom(PART * 2)
    partial_id = begin(ann, content).data["id"]
    put(ann, partial_id, 0, content[:PART])
    files = sqlite_client.app.extensions["fastim"].partials._files
    with files.open(partial_id):
        assert put(ann, partial_id, PART, content[PART:]).error == "busy"
    assert put(ann, partial_id, PART, content[PART:]).code == 0
    with files.open(partial_id):
        assert ann.post("/attach/finish", id=partial_id).error == "busy"
    assert ann.post("/attach/finish", id=partial_id).code == 0


def test_the_same_part_over_two_lines_counts_once(client: Client) -> None:
    content = os.urandom(PART * 2)
    ann = client.register()
    partial_id = begin(ann, content).data["id"]
    answers: list[int] = []
    devices = [client.login(ann.mobile) for _ in range(4)]
    threads = [
        threading.Thread(
            target=lambda d=device: answers.append(put(d, partial_id, 0, content[:PART]).status)
        )
        for device in devices
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [200, 409, 409, 409]
    assert put(ann, partial_id, PART, content[PART:]).data["offset"] == len(content)
    assert ann.http.get(ann.post("/attach/finish", id=partial_id).data, buffered=True).data == content
