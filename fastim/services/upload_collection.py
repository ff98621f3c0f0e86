"""Collection: after a day, what no message, profile or group uses goes, rows first, files after.

Nothing here waits for anybody: whoever begins to use an upload asks `Resources.is_known` first, which puts
its collection off by hours, and the rows of content are locked against uploads of the same bytes.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from itertools import count

from sqlalchemy import ColumnElement, delete, exists, select
from sqlalchemy.orm import aliased

from fastim.backends.bus import Bus
from fastim.backends.storage import Storage
from fastim.backends.workers import Workers
from fastim.models import (
    Attachment,
    Blob,
    Community,
    ImportedFile,
    KeptSticker,
    Proof,
    Source,
    Upload,
    User,
    db,
)
from fastim.protocol import limits
from fastim.services import upload_rows
from fastim.services.steps import in_steps
from fastim.services.transaction import transaction


@dataclass(frozen=True, slots=True)
class Freed:
    """What a collection removed."""

    uploads: int
    blobs: int
    bytes: int
    strays: int
    """Files without a row, which a crash had left."""


class Collection:
    """Needs an app context. Two at once do no harm."""

    def __init__(self, bus: Bus, workers: Workers, storage: Storage) -> None:
        self._bus = bus
        self._workers = workers
        self._storage = storage
        self._place = secrets.token_hex(1)
        """Where the look for strays goes on. Each process begins elsewhere: restarts skip nothing."""

    def collect(self, now: datetime, pages: int = 0) -> Freed:
        """Remove what has been unused since a day before `now`, in short transactions.

        Args:
            pages: how much of the storage is looked through for strays, from where the last time ended; 0
                for all of it.
        """
        before = now - timedelta(seconds=limits.UPLOAD_IDLE_SECONDS)
        uploads = blobs = size = 0
        for names in in_steps(Upload.name, limits.COLLECTION_ROWS, *_is_idle(before)):
            uploads += upload_rows.tried_again(partial(self._drop_uploads, names, before))
        for shas in self._unnamed():
            for sha256 in shas:
                freed = upload_rows.tried_again(partial(self._drop_blob, sha256))
                if freed is not None:
                    self._drop_file(sha256)
                    blobs += 1
                    size += freed
        return Freed(uploads, blobs, size, self._drop_strays(before, pages))

    def _drop_uploads(self, names: list[str], before: datetime) -> int:
        with transaction(self._bus):
            query = select(Upload.name).where(Upload.name.in_(names), *_is_idle(before))
            idle = set(db.session.scalars(query.order_by(Upload.name).with_for_update()))
            idle -= _worn(idle)
            db.session.execute(delete(Upload).where(Upload.name.in_(idle)))
        return len(idle)

    def _unnamed(self) -> Iterator[list[str]]:
        """Content that no upload has, some at a time. Gone through until there is none: a picture's
        thumbnail comes up once the picture is gone, wherever it stands."""
        is_any = True
        while is_any:
            is_any = False
            for shas in in_steps(Blob.sha256, limits.COLLECTION_ROWS, *_is_unnamed()):
                yield shas
                is_any = True

    def _drop_blob(self, sha256: str) -> int | None:
        """Remove the rows of content; its bytes, or None where an upload has just taken it up."""
        with transaction(self._bus):
            blob = upload_rows.lock_blob(sha256)
            if blob is None or db.session.scalar(
                select(Blob.sha256).where(Blob.sha256 == sha256, *_is_unnamed())
            ) is None:  # fmt: skip
                return None
            size = blob.bytes
            sources = list(db.session.scalars(select(Source.sha256).where(Source.blob_sha == sha256)))
            db.session.execute(delete(Source).where(Source.blob_sha == sha256))
            kept = select(Source.sha256).where(Source.sha256.in_(sources))
            gone = set(sources) - set(db.session.scalars(kept))
            db.session.execute(delete(Proof).where(Proof.source_sha.in_(gone)))
            db.session.execute(delete(Blob).where(Blob.sha256 == sha256))
        return size

    def _drop_file(self, sha256: str) -> bool:
        return upload_rows.delete_file_if_unowned(self._bus, self._workers, self._storage, sha256)

    def _drop_strays(self, before: datetime, pages: int) -> int:
        """Remove files that a crash left between the rename and the commit."""
        for _ in self._workers.batches(self._storage.drop_staged(before), limits.COLLECTION_ROWS):
            pass  # each in a thread of its own turn: uploads wait for the same threads
        place, dropped = self._place if pages else "", 0
        for _ in range(pages) if pages else count():
            names, place = self._workers.run(self._storage.page, place, before)
            for start in range(0, len(names), limits.COLLECTION_ROWS):
                dropped += self._drop_unowned(names[start : start + limits.COLLECTION_ROWS])
            if not place:
                break
        if pages:
            self._place = place
        return dropped

    def _drop_unowned(self, names: list[str]) -> int:
        known = set(db.session.scalars(select(Blob.sha256).where(Blob.sha256.in_(names))))
        db.session.rollback()
        return sum(self._drop_file(sha256) for sha256 in names if sha256 not in known)


def _is_idle(before: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        Upload.asked_at < before,
        ~exists().where(Attachment.upload_name == Upload.name),
        ~exists().where(KeptSticker.upload_name == Upload.name),
        ~exists().where(ImportedFile.upload_name == Upload.name),
    )


def _is_unnamed() -> tuple[ColumnElement[bool], ...]:
    picture = aliased(Blob)
    return (
        ~exists().where(Upload.blob_sha == Blob.sha256),
        ~exists().where(Upload.poster_sha == Blob.sha256),
        ~exists().where(picture.thumb_sha == Blob.sha256),
    )


def _worn(names: set[str]) -> set[str]:
    """Which of these uploads somebody or some group has as its picture."""
    addresses = {
        f"{start}/resource/{name}{end}": name
        for name in names
        for start in ("", ".")
        for end in ("", "?thumb=1")
    }
    worn: set[str] = set()
    for column in (User.avatar, Community.icon):
        for address in db.session.scalars(select(column).where(column.in_(addresses))):
            worn.add(addresses[address.strip().lower()])  # MySQL compares loosely
    return worn
