"""Stills of films and stickers of one's own."""

from __future__ import annotations

import os
from datetime import timedelta

from fastim.models.base import utc_now
from tests import pictures, recordings
from tests.api.test_upload import get, upload
from tests.client import Client


def test_a_film_has_the_still_that_its_sender_made(client: Client) -> None:
    """Once, from pictures and for films of one's own; it outlives the picture's own name."""
    ann, bob = client.register(), client.register()
    film = upload(ann, recordings.MP4, "a.mp4", kind="video").data
    still = upload(ann, pictures.picture("JPEG", 800, 600), "a.jpg").data
    assert get(ann, film + "?thumb=1").status_code == 404
    for person, url, poster in (
        (bob, film, still), (ann, still, still), (ann, film, film), (ann, film, "/asset/images/person.svg"),
        (ann, "/resource/" + "0" * 32 + ".mp4", still), (ann, "https://evil.example/a.mp4", still),
    ):  # fmt: skip
        assert person.post("/attach/poster", url=url, poster=poster).error == "bad_url"
    assert ann.post("/attach/poster", url=film, poster=still).data == film + "?thumb=1"
    assert ann.post("/attach/poster", url=film, poster=still).error == "nothing_changed"
    shown = get(bob, film + "?thumb=1")
    assert (shown.status_code, shown.content_type) == (200, "image/webp")
    whole = get(bob, film, Range="bytes=0-9")
    assert (whole.status_code, whole.content_type, whole.data) == (206, "video/mp4", recordings.MP4[:10])
    with client.app.app_context():
        collection = client.app.extensions["fastim"].collection
        collection.collect(utc_now() + timedelta(hours=1))
    assert get(bob, film + "?thumb=1").data == shown.data


def test_received_pictures_become_stickers_of_ones_own(client: Client) -> None:
    """Each picture once, the last kept first; what its sender does later changes nothing."""
    ann, bob = client.register(), client.register()
    first, second = (upload(ann, pictures.picture("PNG", 90, 60)).data for _ in range(2))
    kept = bob.post("/attach/keepsticker", url=first).data
    assert (kept["width"], kept["height"]) == (90, 60)
    assert kept["url"] != first
    bob.post("/attach/keepsticker", url=second)
    assert bob.post("/attach/keepsticker", url=first).data == kept
    assert bob.post("/attach/keepsticker", url=kept["url"] + "?thumb=1").data == kept
    rows = bob.post("/attach/stickers").rows
    assert [rows[0], len(rows)] == [kept, 2]
    assert ann.post("/attach/stickers").rows == []
    for wrong in (
        "/asset/stickers/pea/eat.webp",
        "/resource/" + "0" * 32 + ".webp",
        "",
        "https://evil.example/a",
    ):
        assert bob.post("/attach/keepsticker", url=wrong).error == "bad_url"
    film = upload(ann, recordings.MP4, kind="video").data
    assert bob.post("/attach/keepsticker", url=film).error == "bad_url"
    with client.app.app_context():
        client.app.extensions["fastim"].collection.collect(utc_now() + timedelta(days=2))
    assert get(bob, first).status_code == 404, "nobody used it any more"
    assert get(bob, kept["url"]).status_code == 200
    assert ann.post("/attach/dropsticker", url=kept["url"]).status == 404
    assert bob.post("/attach/dropsticker", url=kept["url"]).code == 0
    assert len(bob.post("/attach/stickers").rows) == 1


def test_stickers_are_bounded(sqlite_client: Client, monkeypatch) -> None:
    monkeypatch.setattr("fastim.protocol.limits.KEPT_STICKERS", 1)
    ann = sqlite_client.register()
    urls = [upload(ann, pictures.picture("PNG", 90, 60)).data for _ in range(2)]
    assert [ann.post("/attach/keepsticker", url=url).error for url in urls] == ["", "too_many_stickers"]


def test_only_known_pictures_sound_and_film_are_shown_by_browsers(sqlite_client: Client) -> None:
    """Everything else is saved; nothing is ever run: nosniff, a sandbox, and no scripts."""
    ann = sqlite_client.register()
    for content, kind, shown in (
        (pictures.picture("PNG"), "picture", True),
        (recordings.WEBM_VIDEO, "video", True),
        (recordings.MOV, "", True),
        (recordings.OGG, "voice", True),
        (pictures.HTML, "file", False),
        (pictures.SVG, "file", False),
        (b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + pictures.HTML, "", False),
        (os.urandom(100), "", False),
    ):
        headers = get(ann, upload(ann, content, "a.x", kind=kind).data).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in headers["Content-Security-Policy"]
        assert headers["Content-Disposition"].startswith("inline" if shown else "attachment")
        assert headers["Content-Type"].startswith(("image/", "video/", "audio/")) == shown
