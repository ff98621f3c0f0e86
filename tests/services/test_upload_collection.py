"""What nobody uses is collected, and nothing else."""

from __future__ import annotations

import io
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from fastim.backends.storage import files as files_module
from fastim.backends.storage.files import FileStorage
from fastim.errors import NotFound
from fastim.models import Attachment, Blob, Community, Upload, User, db
from fastim.models.base import utc_now
from fastim.protocol import limits
from fastim.services.upload_collection import Freed
from fastim.services.uploads import Stored
from tests import pictures
from tests.conftest import MakeApp
from tests.object_store import ObjectStore
from tests.services.uploading import (
    NOTHING,
    assert_nothing_is_left,
    at_once,
    files,
    new_user,
    parts,
    store,
)


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


def test_the_hourly_look_for_strays_asks_for_some_pages_and_goes_on_there(
    make_app: MakeApp, object_store: ObjectStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However large the bucket is; run by run all of it is looked through, from wherever it began."""
    monkeypatch.setattr(limits, "STORAGE_PAGE_NAMES", 3)
    bucket = object_store.bucket()
    app = make_app(storage_url=object_store.url(bucket))
    storage, collection = parts(app).storage, parts(app).collection
    for number in range(20):
        storage.keep(storage.stage(io.BytesIO(b"%d" % number)), "")
    asked: list[str] = []
    page = storage.page
    monkeypatch.setattr(storage, "page", lambda *words: asked.append(words[0]) or page(*words))
    runs = []
    with app.app_context():
        while object_store.names(bucket):
            asked.clear()
            freed = collection.collect(later(days=2), pages=2)
            assert len(asked) <= 2
            runs.append(freed.strays)
    assert sum(runs) == 20
    assert max(runs) <= 6
    assert len(runs) <= 5


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
