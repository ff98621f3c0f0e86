"""Files past the server: signed addresses, what is made of what came, and what hostile senders get."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from fastim.models import Partial, Upload, db
from fastim.models.base import utc_now
from fastim.protocol import limits
from tests import pictures
from tests.api.test_partials import put
from tests.api.test_upload import upload
from tests.client import Answer, Client
from tests.conftest import MakeApp
from tests.object_store import Denied, Gate, ObjectStore, check_form

CONTENT = os.urandom(200_000)


@dataclass(frozen=True)
class Site:
    """FastIM with its files in a bucket behind a gate that reads signatures."""

    client: Client
    gate: Gate
    names: Callable[[], list[str]]

    @property
    def app(self) -> Flask:
        return self.client.app


@pytest.fixture
def gate(object_store: ObjectStore) -> Iterator[Gate]:
    made = Gate(object_store)
    yield made
    made.close()


@pytest.fixture
def make_site(make_app: MakeApp, object_store: ObjectStore, gate: Gate) -> Callable[..., Site]:
    def make(**settings: object) -> Site:
        bucket = object_store.bucket()
        app = make_app(storage_url=object_store.url(bucket, public=gate.url), **settings)
        return Site(Client(app), gate, lambda: object_store.names(bucket))

    return make


@pytest.fixture
def site(make_site: Callable[..., Site]) -> Site:
    return make_site()


def send(address: dict[str, Any], content: bytes) -> int:
    """Send bytes to an address as a browser does; the status."""
    body, headers = content, {"Content-Type": "application/octet-stream"}
    if address["method"] == "POST":
        headers["Content-Type"] = "multipart/form-data; boundary=mark"
        fields = "".join(
            f'--mark\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in address["fields"].items()
        )
        last = '--mark\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
        body = (fields + last).encode() + content + b"\r\n--mark--\r\n"
    request = urllib.request.Request(address["url"], body, headers, method=address["method"])
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code


def fetch(url: str, **headers: str) -> Any:
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=20) as answer:
        return answer, answer.read()


def begin(person: Client, content: bytes, **fields: object) -> Answer:
    said = {"bytes": len(content), "name": "a.bin", "direct": True, **fields}
    return person.post_json("/attach/begin", said)


def address(person: Client, partial_id: str, offset: int = 0) -> dict[str, Any]:
    return dict(person.post_json("/attach/address", {"id": partial_id, "offset": offset}).data)


def direct(person: Client, content: bytes, **fields: object) -> Answer:
    """A whole upload of a file that goes at once."""
    begun = begin(person, content, **fields).data
    assert begun["way"] == "form"
    assert send(address(person, begun["id"]), content) in (200, 204)
    return person.post("/attach/finish", id=begun["id"])


def test_a_file_goes_to_the_storage_and_comes_from_there(site: Site) -> None:
    """Pages are sent on to a signed address that tells the file's name; programs are served through us."""
    ann = site.client.register()
    done = direct(ann, CONTENT, name="Bericht 报告.bin")
    assert site.names() == [f"blob/{hashlib.sha256(CONTENT).hexdigest()}"]
    sent_on = ann.http.get(done.data)
    assert sent_on.status_code == 302
    assert sent_on.headers["Cache-Control"] == "private, max-age=270"
    assert sent_on.location == ann.http.get(done.data).location, "what a browser has it finds again"
    answer, body = fetch(sent_on.location, Range="bytes=10-19")
    assert (answer.status, body) == (206, CONTENT[10:20])
    assert "attachment; filename=" in answer.headers["Content-Disposition"]
    assert answer.headers["Content-Type"] == "application/octet-stream"
    bearer = {"Authorization": f"Bearer {ann.token}"}
    program = Client(site.app).http.get(done.data, headers=bearer, buffered=True)
    assert (program.status_code, program.data) == (200, CONTENT)
    assert ann.http.head(done.data).status_code == 200
    assert Client(site.app).http.get(done.data).status_code == 401


def test_a_large_file_goes_in_pieces_and_on_after_a_break(site: Site) -> None:
    """The storage says how far it is; nobody else's is there."""
    ann, bob = site.client.register(), Client(site.app).register()
    content = CONTENT * 45
    sha256 = hashlib.sha256(content).hexdigest()
    begun = begin(ann, content, sha256=sha256, kind="file").data
    assert (begun["way"], begun["part_bytes"], begun["offset"]) == ("pieces", limits.STORAGE_PIECE_BYTES, 0)
    partial_id, piece = begun["id"], limits.STORAGE_PIECE_BYTES
    assert send(address(ann, partial_id), content[:piece]) == 200
    early = ann.post("/attach/finish", id=partial_id)
    assert (early.status, early.error, early.json["offset"]) == (409, "wrong_offset", piece)
    assert ann.post("/attach/state", id=partial_id).data["offset"] == piece
    assert [one["way"] for one in ann.post("/attach/unfinished").rows] == ["pieces"]
    assert bob.post_json("/attach/address", {"id": partial_id, "offset": 0}).status == 404
    assert ann.post_json("/attach/address", {"id": partial_id, "offset": 5}).status == 400
    assert put(ann, partial_id, 0, content[:piece]).status == 404
    assert send(address(ann, partial_id, piece), content[piece:]) == 200
    done = ann.post("/attach/finish", id=partial_id)
    assert (done.json["file"]["bytes"], done.json["file"]["name"]) == (len(content), "a.bin")
    assert site.names() == [f"blob/{sha256}"]
    assert bob.post("/attach/probe", sha256=sha256, bytes=len(content)).data["nonce"]


def test_a_picture_is_made_small_and_says_nothing_of_its_place(site: Site) -> None:
    """As one that came through the server; its original is not kept."""
    ann = site.client.register()
    plain = pictures.picture("JPEG", 800, 600)
    file = direct(ann, plain, kind="picture", name="a.jpg").json["file"]
    assert (file["kind"], file["width"], file["type"]) == ("picture", 800, "image/webp")
    assert not any(name.endswith(hashlib.sha256(plain).hexdigest()) for name in site.names())
    assert len(site.names()) == 2
    answer, body = fetch(ann.http.get(file["thumb"]).location)
    assert (answer.headers["Content-Type"], pictures.opened(body).size) == ("image/webp", (400, 300))
    again = upload(ann, plain)
    assert again.json["file"]["bytes"] == file["bytes"]
    assert len(site.names()) == 2, "what is here already is kept once"


def test_what_is_not_what_it_claims_ends(site: Site) -> None:
    """A lie about kind or sum is found at the end, and nothing is left of it."""
    ann = site.client.register()
    assert direct(ann, CONTENT, sha256="0" * 64).error == "bad_checksum"
    assert direct(ann, pictures.HTML, kind="picture").error == "unsupported_file"
    assert begin(ann, b"").error == "damaged_file"
    assert begin(ann, CONTENT, bytes=2**40).status == 413
    assert site.names() == []
    nothing = begin(ann, CONTENT).data["id"]
    assert ann.post("/attach/finish", id=nothing).error == "wrong_offset"


def test_the_quota_counts_what_is_on_its_way(make_site: Callable[..., Site]) -> None:
    ann = make_site(quota_bytes="500K").client.register()
    first = begin(ann, CONTENT).data["id"]
    begin(ann, CONTENT)
    assert begin(ann, CONTENT).error == "quota_full"
    ann.post("/attach/abandon", id=first)
    assert begin(ann, CONTENT).code == 0


def test_an_address_holds_for_what_it_was_made_for(site: Site) -> None:
    """Another size, type, name or end is refused by whoever reads the signature; so is a piece's length."""
    ann = site.client.register()
    form = address(ann, begin(ann, CONTENT).data["id"])
    fields = form["fields"]
    policy = json.loads(base64.b64decode(fields["policy"]))
    wider = [c for c in policy["conditions"] if not isinstance(c, list)]
    forged = base64.b64encode(json.dumps({**policy, "conditions": wider}).encode()).decode()
    tampered = (
        {"policy": forged},
        {"Content-Type": "text/html"},
        {"key": fields["key"] + "x"},
        {"key": "chat/blob/" + "0" * 64},
        {"acl": "public-read"},
        {"x-amz-signature": "0" * 64},
    )
    for change in tampered:
        assert send({**form, "fields": {**fields, **change}}, CONTENT) == 403, change
    assert send(form, CONTENT + b"x") == 403
    assert send(form, CONTENT[1:]) == 403
    assert site.names() == []
    bucket = form["url"].rstrip("/").rpartition("/")[2]
    check_form(bucket, fields, len(CONTENT), datetime.now(UTC))
    later = datetime.now(UTC) + timedelta(seconds=limits.SENDING_ADDRESS_SECONDS + 5)
    with pytest.raises(Denied):
        check_form(bucket, fields, len(CONTENT), later)
    large = CONTENT * 45
    piece = address(ann, begin(ann, large).data["id"])
    assert piece["bytes"] == limits.STORAGE_PIECE_BYTES
    assert send(piece, large[: piece["bytes"] - 1]) == 403
    other = piece["url"].replace("partNumber=1", "partNumber=2")
    assert send({**piece, "url": other}, large[: piece["bytes"]]) == 403
    stolen = piece["url"].replace("X-Amz-Expires=900", "X-Amz-Expires=90000")
    assert send({**piece, "url": stolen}, large[: piece["bytes"]]) == 403


def test_who_sends_again_later_changes_nothing(site: Site) -> None:
    """An address holds for minutes: what it wrote was out of its reach before it was looked at."""
    ann = site.client.register()
    begun = begin(ann, CONTENT).data
    form = address(ann, begun["id"])
    send(form, CONTENT)
    done = ann.post("/attach/finish", id=begun["id"])
    assert send(form, os.urandom(len(CONTENT))) in (200, 204)
    assert fetch(ann.http.get(done.data).location)[1] == CONTENT
    assert len(site.names()) == 2
    expire(site, timedelta(seconds=limits.DIRECT_STRAY_SECONDS + 60))
    assert len(site.names()) == 1, "and what it wrote is collected"


def expire(site: Site, later: timedelta) -> None:
    with site.app.app_context():
        site.app.extensions["fastim"].partials.expire(utc_now() + later)


def test_what_is_not_confirmed_is_collected(site: Site) -> None:
    """After a day; what is given up at once. Rows and bytes, also of pieces."""
    ann = site.client.register()
    large = CONTENT * 45
    for content in (CONTENT, large):
        begun = begin(ann, content).data
        send(address(ann, begun["id"]), content[: begun["part_bytes"]])
    given_up = begin(ann, large).data["id"]
    send(address(ann, given_up), large[: limits.STORAGE_PIECE_BYTES])
    ann.post("/attach/abandon", id=given_up)
    assert len(site.names()) == 2
    expire(site, timedelta(hours=23))
    assert len(site.names()) == 2
    expire(site, timedelta(hours=25))
    assert site.names() == []
    with site.app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Partial)) == 0


def test_old_clients_upload_through_the_server(site: Site) -> None:
    """Multipart, and parts; unused uploads are collected as ever."""
    ann = site.client.register()
    assert fetch(ann.http.get(upload(ann, CONTENT, "a.bin").data).location)[1] == CONTENT
    content = os.urandom(3 * limits.PART_LEAST_BYTES)
    begun = begin(ann, content, direct=False).data
    assert (begun["way"], begun["part_bytes"]) == ("", limits.PART_BYTES)
    assert put(ann, begun["id"], 0, content[: limits.PART_LEAST_BYTES]).code == 0
    assert put(ann, begun["id"], limits.PART_LEAST_BYTES, content[limits.PART_LEAST_BYTES :]).code == 0
    done = ann.post("/attach/finish", id=begun["id"])
    assert fetch(ann.http.get(done.data).location)[1] == content
    assert len(site.names()) == 2
    with site.app.app_context():
        site.app.extensions["fastim"].collection.collect(utc_now() + timedelta(days=2))
        assert db.session.scalar(select(func.count()).select_from(Upload)) == 0
    assert site.names() == []


def test_pages_may_speak_to_the_storage_and_to_nobody_else(site: Site) -> None:
    policy = site.client.http.get("/login.shtml").headers["Content-Security-Policy"]
    told = dict(part.split(" ", 1) for part in policy.split("; "))
    assert told["connect-src"] == f"'self' {site.gate.url}"
    assert told["img-src"] == f"'self' blob: data: {site.gate.url}"
    assert told["media-src"] == f"'self' blob: {site.gate.url}"
    assert policy.count("http") == 3


def test_a_cache_in_front_serves_what_is_shown(make_site: Callable[..., Site]) -> None:
    """What is saved under its name comes from the storage itself."""
    site = make_site(cdn_url="https://cdn.example.org/chat/")
    ann = site.client.register()
    shown = direct(ann, pictures.picture("JPEG", 80, 60), kind="picture").data
    place = ann.http.get(shown).location
    assert place.startswith("https://cdn.example.org/chat/blob/")
    assert place.removeprefix("https://cdn.example.org/chat/") in site.names()
    assert ann.http.get(direct(ann, CONTENT).data).location.startswith(site.gate.url)
    policy = ann.http.get("/index.shtml").headers["Content-Security-Policy"]
    assert f"img-src 'self' blob: data: {site.gate.url} https://cdn.example.org;" in policy
    assert f"connect-src 'self' {site.gate.url};" in policy


def test_a_store_that_browsers_do_not_reach_is_no_hindrance(
    make_app: MakeApp, object_store: ObjectStore
) -> None:
    """`direct=off`: all goes through the server."""
    app = make_app(storage_url=object_store.url(object_store.bucket(), direct="off"))
    ann = Client(app).register()
    assert begin(ann, CONTENT).data["way"] == ""
    assert ann.post("/attach/probe", sha256="0" * 64, bytes=1).data == {"nonce": "", "direct": False}
    got = ann.http.get(upload(ann, CONTENT, "a.bin").data, buffered=True, headers={"Range": "bytes=5-9"})
    assert (got.status_code, got.data) == (206, CONTENT[5:10])
    assert "connect-src 'self';" in ann.http.get("/index.shtml").headers["Content-Security-Policy"]


def test_files_on_this_machine_come_through_the_server(sqlite_client: Client) -> None:
    """Who asks for the direct way is told that there is none."""
    ann = sqlite_client.register()
    begun = begin(ann, CONTENT).data
    assert begun["way"] == ""
    assert ann.post_json("/attach/address", {"id": begun["id"], "offset": 0}).status == 404
