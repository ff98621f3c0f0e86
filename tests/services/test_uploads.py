"""Taking files in: what is kept, refused, counted, and what a failure leaves."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from fastim.backends.storage import Staged
from fastim.backends.storage.files import FileStorage
from fastim.errors import NotFound, NotSignedIn, Refused, TooLarge, Unavailable
from fastim.models.base import utc_now
from fastim.protocol import limits
from fastim.services.uploads import Stored
from tests import pictures, recordings
from tests.services.uploading import (
    PICTURE,
    assert_nothing_is_left,
    at_once,
    files,
    new_user,
    parts,
    refused,
    rows,
    store,
)


def test_a_picture_is_stored_with_its_thumbnail(app: Flask, owner: int) -> None:
    """Two files, under their hashes; the name tells nothing and is new each time."""
    with app.app_context():
        stored = store(app, owner, name="../../etc/a\u202e\0b.jpg")
        found = parts(app).resources.find(stored.upload, thumb=False, signed_in=True)
        thumb = parts(app).resources.find(stored.upload, thumb=True, signed_in=True)
        with parts(app).resources.open(found) as file:
            content = file.read()
        assert rows() == [1, 2, 1, limits.PROOFS]
    assert (stored.kind, stored.width, stored.height, stored.file_name) == ("picture", 800, 600, "ab.jpg")
    assert hashlib.sha256(content).hexdigest() == found.sha256
    assert pictures.opened(content).size == (800, 600)
    assert files(app) == sorted([found.sha256, thumb.sha256])


def test_the_same_bytes_cost_no_disk_again(app: Flask, owner: int) -> None:
    """Each upload has its own name, whoever uploads."""
    with app.app_context():
        other = new_user("13900000002")
        names = {store(app, one).upload for one in (owner, owner, other)}
        assert len(names) == 3
        assert rows() == [3, 2, 1, limits.PROOFS]
    assert len(files(app)) == 2


def test_a_file_is_stored_as_it_is(app: Flask, owner: int) -> None:
    """A picture too, if its sender calls it a file."""
    with app.app_context():
        for content in (PICTURE, pictures.SVG, os.urandom(300_000)):
            stored = store(app, owner, content, "file")
            found = parts(app).resources.find(stored.upload, thumb=False, signed_in=True)
            with parts(app).resources.open(found) as file:
                assert file.read() == content
            with pytest.raises(NotFound):
                parts(app).resources.find(stored.upload, thumb=True, signed_in=True)


def test_one_content_may_be_a_picture_and_a_file(app: Flask, owner: int) -> None:
    """Also where what was made of a picture had come as a file before."""
    with app.app_context():
        first = store(app, owner, PICTURE, "picture")
        found = parts(app).resources.find(first.upload, thumb=False, signed_in=True)
        with parts(app).resources.open(found) as file:
            made = file.read()
    with app.app_context():
        parts(app).collection.collect(utc_now() + timedelta(days=2))
        assert rows() == [0, 0, 0, 0]
        store(app, owner, made, "file")
        again = store(app, owner, PICTURE, "picture")
        assert (again.width, again.height) == (800, 600)
        thumb = parts(app).resources.find(again.upload, thumb=True, signed_in=True)
        assert thumb.sha256 != found.sha256


def test_voice_is_sound_in_whatever_container(app: Flask, owner: int) -> None:
    with app.app_context():
        assert store(app, owner, recordings.OGG).kind == "voice"
        assert store(app, owner, recordings.WEBM_VOICE).type == "audio/webm"
        assert store(app, owner, recordings.MP4_VOICE, "voice").type == "audio/mp4"
        assert store(app, owner, recordings.WEBM_VIDEO).kind == "video"


@pytest.mark.parametrize(
    ("content", "kind", "error"),
    [
        (b"", "", "damaged_file"),
        (b"", "file", "damaged_file"),
        (pictures.SVG, "picture", "unsupported_file"),
        (pictures.HTML, "picture", "unsupported_file"),
        (pictures.HTML, "voice", "unsupported_file"),
        (PICTURE, "voice", "unsupported_file"),
        (PICTURE[: len(PICTURE) // 2], "", "damaged_file"),
        (pictures.bomb_png(), "", "picture_too_large"),
        (pictures.gif(100_000, 9, 9), "", "picture_too_large"),
    ],
    ids=[
        "empty",
        "empty file",
        "SVG",
        "HTML",
        "HTML as voice",
        "picture as voice",
        "truncated",
        "a hundred megapixels",
        "many frames",
    ],
)
def test_a_refused_file_leaves_nothing(
    app: Flask, owner: int, content: bytes, kind: str, error: str
) -> None:
    assert refused(app, owner, content, kind) == error


def test_limits_by_kind(make_app: Callable[..., Flask]) -> None:
    """Each kind has its own."""
    app = make_app(picture_bytes="10K", file_bytes="50K")
    with app.app_context():
        owner = new_user()
    assert refused(app, owner, PICTURE) == "too_large"
    assert refused(app, owner, os.urandom(60_000)) == "too_large"
    with app.app_context():
        assert store(app, owner, os.urandom(40_000)).bytes == 40_000


def test_a_guest_uploads_small_pictures_only(app: Flask) -> None:
    assert refused(app, None, recordings.OGG) == "unsupported_file"
    assert refused(app, None, PICTURE, "file") == "unsupported_file"
    with app.app_context(), pytest.raises(TooLarge):
        store(app, None, bytes(limits.GUEST_PICTURE_BYTES + 1))
    assert_nothing_is_left(app)


def test_a_guests_picture_is_open_until_it_is_claimed(app: Flask, owner: int) -> None:
    """Then it takes a session, and a message may show it; a second claim gets nothing."""
    resources = parts(app).resources
    with app.app_context():
        name = store(app, None).upload
        assert resources.find(name, thumb=False, signed_in=False)
        assert not resources.is_known(name)
        assert resources.claim_guest_upload(owner, f"/resource/{name}")
        assert not resources.claim_guest_upload(owner, f"/resource/{name}")
        with pytest.raises(NotSignedIn):
            resources.find(name, thumb=False, signed_in=False)
        assert resources.is_known(name)
    assert resources.is_known(name), "no app context is needed for what was asked lately"


def test_unknown_names_need_a_session_first(app: Flask) -> None:
    """A stranger does not learn which names there are."""
    with app.app_context():
        with pytest.raises(NotSignedIn):
            parts(app).resources.find("0" * 32 + ".webp", thumb=False, signed_in=False)
        with pytest.raises(NotFound):
            parts(app).resources.find("0" * 32 + ".webp", thumb=False, signed_in=True)
        assert not parts(app).resources.is_known("0" * 32 + ".webp")


def test_the_quota_counts_each_content_once(make_app: Callable[..., Flask]) -> None:
    """Over it nothing is stored; other people's files do not count."""
    app = make_app(quota_bytes="100K")
    content = os.urandom(60_000)
    with app.app_context():
        owner, other = new_user(), new_user("13900000002")
        store(app, owner, content)
        store(app, owner, content)
        before = rows()
        with pytest.raises(Refused, match="quota_full"):
            store(app, owner, os.urandom(60_000))
        assert rows() == before
        store(app, other, os.urandom(60_000))
    assert len(files(app)) == 2


def test_two_uploads_at_once_do_not_both_fit_the_quota(
    make_app: Callable[..., Flask], database_url: str
) -> None:
    app = make_app(quota_bytes="100K", database_url=database_url)
    with app.app_context():
        owner = new_user()
    results = at_once(app, *[lambda: store(app, owner, os.urandom(60_000)) for _ in range(2)])
    assert sorted(type(one).__name__ for one in results) == ["Refused", "Stored"]
    assert len(files(app)) == 1


def test_the_same_file_at_once_is_stored_once(app: Flask, owner: int) -> None:
    """Every upload succeeds."""
    results = at_once(app, *[lambda: store(app, owner)] * 4)
    assert all(isinstance(one, Stored) for one in results), results
    with app.app_context():
        assert rows()[:3] == [4, 2, 1]
    assert len(files(app)) == 2


def test_a_storage_that_fails_leaves_nothing(
    app: Flask, owner: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At the second of the two files, when the first has its name already."""
    keep = FileStorage.keep
    kept: list[str] = []

    def fail_second(self: FileStorage, staged: Staged, media_type: str) -> None:
        if kept:
            raise Unavailable("storage_full")
        keep(self, staged, media_type)
        kept.append(staged.sha256)

    monkeypatch.setattr(FileStorage, "keep", fail_second)
    assert refused(app, owner, PICTURE) == "storage_full"
    assert kept


def test_a_failing_upload_takes_nothing_from_others(
    app: Flask, owner: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another original that becomes the same content as one that is here."""

    def fail(self: FileStorage, staged: Staged, media_type: str) -> None:
        raise Unavailable("storage_full")

    same_pixels = pictures.encoded(pictures.opened(PICTURE), "PNG")
    with app.app_context():
        store(app, owner, PICTURE)
        before = files(app)
        with monkeypatch.context() as patch:
            patch.setattr(FileStorage, "keep", fail)
            with pytest.raises(Unavailable):
                store(app, owner, same_pixels)
        assert files(app) == before
        store(app, owner, same_pixels)
        assert rows()[:3] == [2, 2, 2], "it does become the same content"
    assert files(app) == before
