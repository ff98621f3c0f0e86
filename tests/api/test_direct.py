"""Files past the server: sent to signed addresses, what is made of what came, and served from there."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import func, select

from fastim.models import Partial, Upload, db
from fastim.models.base import utc_now
from fastim.protocol import limits
from tests import pictures
from tests.api.direct import CONTENT, Site, address, begin, direct, expire, fetch, send
from tests.api.test_partials import put
from tests.api.test_upload import upload
from tests.client import Client
from tests.conftest import MakeApp
from tests.object_store import ObjectStore


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
