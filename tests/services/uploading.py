"""Uploads as tests make them, and what is left of them."""

from __future__ import annotations

import hashlib
import io
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from fastim.errors import AppError
from fastim.models import Blob, Proof, Source, Upload, User, db
from fastim.parts import Parts
from fastim.services.upload_collection import Freed
from fastim.services.uploads import Stored
from tests import pictures

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


def proof(content: bytes, nonce: str) -> str:
    return hashlib.sha256(content + bytes.fromhex(nonce)).hexdigest()


def claim(app: Flask, owner_id: int, content: bytes, nonce: str, answer: str, kind: str = "") -> Stored:
    sha256 = hashlib.sha256(content).hexdigest()
    return parts(app).uploads.claim(owner_id, sha256, len(content), nonce, answer, kind, "b.jpg")


def probe(app: Flask, content: bytes) -> str:
    return parts(app).uploads.probe(hashlib.sha256(content).hexdigest(), len(content))
