"""Taking files in, proving to hold them, and collecting them."""

from __future__ import annotations

import hashlib
import io
import os
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from fastim.backends.storage import Staged
from fastim.backends.storage import files as files_module
from fastim.backends.storage.files import FileStorage
from fastim.errors import AppError, NotFound, NotSignedIn, Refused, TooLarge, Unavailable
from fastim.models import Attachment, Blob, Community, Proof, Source, Upload, User, db
from fastim.models.base import utc_now
from fastim.parts import Parts
from fastim.protocol import limits
from fastim.services.upload_collection import Freed
from fastim.services.uploads import Stored
from tests import pictures, recordings

PICTURE = pictures.picture("JPEG", 800, 600)
NOTHING = Freed(0, 0, 0, 0)


def parts(app: Flask) -> Parts:
    found = app.extensions["fastim"]
    assert isinstance(found, Parts)
    return found


def files(app: Flask) -> list[str]:
    """The names of all files in the storage, those of unfinished ones included."""
    folder = parts(app).settings.storage_folder
    return sorted(path.name for path in Path(folder).rglob("*") if path.is_file())


def rows() -> list[int]:
    """Uploads, blobs, sources, proofs."""
    db.session.rollback()
    return [
        db.session.scalar(select(func.count()).select_from(table)) or 0
        for table in (Upload, Blob, Source, Proof)
    ]


def assert_nothing_is_left(app: Flask) -> None:
    with app.app_context():
        assert rows() == [0, 0, 0, 0]
    assert files(app) == []


def new_user(mobile: str = "13900000001") -> int:
    user = User(mobile=mobile, passwd="!")
    db.session.add(user)
    db.session.commit()
    return user.id


@pytest.fixture
def owner(app: Flask) -> int:
    with app.app_context():
        return new_user()


def store(
    app: Flask, owner_id: int | None, content: bytes = PICTURE, kind: str = "", name: str = "a.jpg"
) -> Stored:
    return parts(app).uploads.store(owner_id, io.BytesIO(content), kind, name)


def refused(app: Flask, owner_id: int | None, content: bytes, kind: str = "") -> str:
    with app.app_context(), pytest.raises(AppError) as caught:
        store(app, owner_id, content, kind)
    assert_nothing_is_left(app)
    return caught.value.name


def at_once(app: Flask, *jobs: Callable[[], object]) -> list[object]:
    """Run all jobs at the same time, each in an app context of its own; results or AppErrors."""
    results: list[object] = [None] * len(jobs)
    start = threading.Barrier(len(jobs))

    def run(place: int) -> None:
        with app.app_context():
            start.wait(10)
            try:
                results[place] = jobs[place]()
            except AppError as error:
                results[place] = error

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(jobs))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


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


def proof(content: bytes, nonce: str) -> str:
    return hashlib.sha256(content + bytes.fromhex(nonce)).hexdigest()


def claim(app: Flask, owner_id: int, content: bytes, nonce: str, answer: str, kind: str = "") -> Stored:
    sha256 = hashlib.sha256(content).hexdigest()
    return parts(app).uploads.claim(owner_id, sha256, len(content), nonce, answer, kind, "b.jpg")


def probe(app: Flask, content: bytes) -> str:
    return parts(app).uploads.probe(hashlib.sha256(content).hexdigest(), len(content))


def test_who_holds_the_bytes_need_not_send_them(app: Flask, owner: int) -> None:
    """The proof is about the original, which the server does not even keep."""
    with app.app_context():
        other = new_user("13900000002")
        first = store(app, owner)
        assert probe(app, b"something else") == ""
        assert parts(app).uploads.probe(hashlib.sha256(PICTURE).hexdigest(), 1) == ""
        nonce = probe(app, PICTURE)
        second = claim(app, other, PICTURE, nonce, proof(PICTURE, nonce))
        assert second.upload != first.upload
        assert (second.kind, second.width, second.bytes) == (first.kind, first.width, first.bytes)
        assert rows() == [2, 2, 1, limits.PROOFS - 1]


def test_an_answer_works_once(app: Flask, owner: int) -> None:
    with app.app_context():
        store(app, owner)
        nonce = probe(app, PICTURE)
        answer = proof(PICTURE, nonce)
        claim(app, owner, PICTURE, nonce, answer)
        with pytest.raises(Refused, match="upload_needed"):
            claim(app, owner, PICTURE, nonce, answer)
        assert rows()[0] == 2


def test_a_wrong_answer_uses_the_nonce_up(app: Flask, owner: int) -> None:
    """A second try needs another nonce."""
    with app.app_context():
        store(app, owner)
        nonce = probe(app, PICTURE)
        with pytest.raises(Refused, match="upload_needed"):
            claim(app, owner, PICTURE, nonce, "0" * 64)
        with pytest.raises(Refused, match="upload_needed"):
            claim(app, owner, PICTURE, nonce, proof(PICTURE, nonce))
        assert rows() == [1, 2, 1, limits.PROOFS - 1]


@pytest.mark.parametrize("answer", ["", "é", "0" * 64])
@pytest.mark.parametrize("nonce", ["", "0" * 32])
def test_knowing_the_hash_gives_nothing(app: Flask, owner: int, nonce: str, answer: str) -> None:
    """Nor does a nonce that was made up, with any answer."""
    with app.app_context():
        store(app, owner)
        with pytest.raises(Refused, match="upload_needed"):
            claim(app, owner, PICTURE, nonce, answer)
        assert rows() == [1, 2, 1, limits.PROOFS]


def test_an_answer_counts_for_its_own_content_only(app: Flask, owner: int) -> None:
    """Somebody's own file does not open another's."""
    with app.app_context():
        mine = b"a file of mine"
        store(app, owner, PICTURE)
        store(app, owner, mine)
        nonce = probe(app, mine)
        with pytest.raises(Refused, match="upload_needed"):
            claim(app, owner, PICTURE, nonce, proof(mine, nonce))


def test_questions_run_out_and_are_made_up_by_an_upload(app: Flask, owner: int) -> None:
    with app.app_context():
        store(app, owner)
        for _ in range(limits.PROOFS):
            with pytest.raises(Refused):
                claim(app, owner, PICTURE, probe(app, PICTURE), "0" * 64)
        assert probe(app, PICTURE) == ""
        store(app, owner)
        assert probe(app, PICTURE) != ""
        assert rows() == [2, 2, 1, limits.PROOFS]


def test_one_answer_at_once_works_once(app: Flask, owner: int) -> None:
    with app.app_context():
        store(app, owner)
        nonce = probe(app, PICTURE)
    results = at_once(app, *[lambda: claim(app, owner, PICTURE, nonce, proof(PICTURE, nonce))] * 4)
    assert sorted(type(one).__name__ for one in results) == ["Refused"] * 3 + ["Stored"]


def test_a_claim_keeps_the_quota_and_the_kind(make_app: Callable[..., Flask]) -> None:
    app = make_app(quota_bytes="100K")
    content = os.urandom(60_000)
    with app.app_context():
        owner, other = new_user(), new_user("13900000002")
        store(app, owner, content)
        nonce = probe(app, content)
        with pytest.raises(Refused, match="upload_needed"):
            claim(app, other, content, nonce, proof(content, nonce), "picture")
        store(app, other, os.urandom(60_000))
        nonce = probe(app, content)
        with pytest.raises(Refused, match="quota_full"):
            claim(app, other, content, nonce, proof(content, nonce))
        assert rows()[0] == 2


def later(**delta: float) -> datetime:
    return utc_now() + timedelta(**delta)


def collect(app: Flask, now: datetime) -> Freed:
    return parts(app).collection.collect(now)


def test_what_nothing_uses_is_collected_after_a_day(app: Flask, owner: int) -> None:
    """Not before; rows, questions and files."""
    with app.app_context():
        size = store(app, owner).bytes
        store(app, None, pictures.picture())
        assert collect(app, later(hours=23)) == NOTHING
        freed = collect(app, later(hours=25))
        assert (freed.uploads, freed.blobs) == (2, 3)
        assert freed.bytes > size
        assert collect(app, later(hours=25)) == NOTHING
    assert_nothing_is_left(app)


def test_what_a_message_a_profile_or_a_group_shows_stays(app: Flask, owner: int) -> None:
    """By whichever form of the address."""
    with app.app_context():
        names = [store(app, owner, pictures.picture()).upload for _ in range(5)]
        db.session.add(Attachment(upload_name=names[0], message_id=1))
        user = db.session.get_one(User, owner)
        user.avatar = f"/resource/{names[1]}"
        other = db.session.get_one(User, new_user("13900000002"))
        other.avatar = f"./resource/{names[2]}?thumb=1"
        db.session.add(Community(name="g", ownerid=owner, icon=f"/resource/{names[3]}"))
        db.session.commit()
        assert collect(app, later(days=3)).uploads == 1
        assert set(db.session.scalars(select(Upload.name))) == set(names[:4])
    assert len(files(app)) == 4


def test_content_stays_as_long_as_one_upload_of_it(app: Flask, owner: int) -> None:
    with app.app_context():
        kept, lost = store(app, owner).upload, store(app, owner).upload
        db.session.add(Attachment(upload_name=kept, message_id=1))
        db.session.commit()
        freed = collect(app, later(days=2))
        assert (freed.uploads, freed.blobs) == (1, 0)
        with pytest.raises(NotFound):
            parts(app).resources.find(lost, thumb=False, signed_in=True)
        found = parts(app).resources.find(kept, thumb=False, signed_in=True)
        parts(app).resources.open(found).close()


def test_what_was_asked_for_lately_stays_for_hours(app: Flask, owner: int) -> None:
    """Between a message's check and its commit nothing is collected."""
    with app.app_context():
        name = store(app, owner).upload
        upload = db.session.get_one(Upload, name)
        upload.asked_at = later(hours=-23)
        db.session.commit()
        assert parts(app).resources.is_known(name)
        assert collect(app, later(hours=23)) == NOTHING


def test_what_a_crash_left_is_collected(app: Flask) -> None:
    """A file without a row, and one that was never finished."""
    storage = FileStorage(parts(app).settings.storage_folder)
    storage.keep(storage.stage(io.BytesIO(b"stray")), "")
    storage.stage(io.BytesIO(b"unfinished"))
    with app.app_context():
        assert collect(app, utc_now()) == NOTHING
        assert len(files(app)) == 2
        assert collect(app, later(days=2)) == Freed(0, 0, 0, 1)
    assert files(app) == []


def test_collection_and_uploads_of_the_same_file_at_once(
    app: Flask, owner: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever comes first: an upload that succeeded can be read."""
    modified = files_module._modified

    def modified_later(path: Path) -> float:
        """What is being staged is as young to the collection, which lives two days later."""
        return modified(path) + 2 * 86400 * (path.parent.name == "staging")

    monkeypatch.setattr(files_module, "_modified", modified_later)
    for _ in range(5):
        with app.app_context():
            store(app, owner)
        results = at_once(
            app,
            lambda: collect(app, later(days=2)),
            lambda: store(app, owner),
            lambda: collect(app, later(days=2)),
            lambda: store(app, owner),
        )
        with app.app_context():
            names = set(db.session.scalars(select(Upload.name)))
            for one in results:
                assert isinstance(one, Stored | Freed), one
                if isinstance(one, Stored) and one.upload in names:
                    found = parts(app).resources.find(one.upload, thumb=False, signed_in=True)
                    parts(app).resources.open(found).close()
            blobs = set(db.session.scalars(select(Blob.sha256)))
        assert set(files(app)) == blobs
