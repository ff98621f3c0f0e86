"""Rows and files of content, kept in step: the file of a blob is touched only under the lock of its row.

A row that is being written keeps every other writer of the same content waiting, so a file never vanishes
beneath an upload that has just found it, and a failed upload removes only what nobody else has.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError, OperationalError

from fastim.backends.bus import Bus
from fastim.backends.storage import Staged, Storage
from fastim.backends.workers import Workers
from fastim.models import Blob, Source, db
from fastim.services.transaction import transaction

T = TypeVar("T")

_DEADLOCK = 1213
_TRIES = 5


def tried_again(job: Callable[[], T]) -> T:
    """The result of `job`, which is one transaction.

    InnoDB rolls one of two back that wait for each other (seen twice in 600 collections beside uploads of
    the same picture): it is asked again.
    """
    for left in reversed(range(_TRIES)):
        try:
            return job()
        except OperationalError as error:
            if not left or getattr(error.orig, "args", (0,))[0] != _DEADLOCK:
                raise
    raise AssertionError("the last try returns or raises")


def insert_missing(table: type, **values: object) -> None:
    """Insert a row unless it is there; either way it is locked until the transaction ends."""
    statement = insert(table).values(**values)
    statement = statement.prefix_with("OR IGNORE", dialect="sqlite").prefix_with("IGNORE", dialect="mysql")
    db.session.execute(statement)


def lock_blob(sha256: str) -> Blob | None:
    """The blob, which nobody can collect before the transaction ends."""
    query = select(Blob).where(Blob.sha256 == sha256).with_for_update()
    return db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()


def delete_file_if_unowned(bus: Bus, workers: Workers, storage: Storage, sha256: str) -> bool:
    """Delete a file that no blob names; whether there was no such blob.

    The row is inserted and taken back, which holds off uploads of the same content meanwhile.
    """

    def hold_and_delete() -> None:
        with transaction(bus):
            db.session.execute(insert(Blob).values(sha256=sha256, bytes=0, type=""))
            workers.run(storage.delete, sha256)
            db.session.execute(delete(Blob).where(Blob.sha256 == sha256))

    try:
        tried_again(hold_and_delete)
    except IntegrityError:
        return False
    return True


def add_blob(staged: Staged, media_type: str, width: int, height: int, thumb: str | None) -> None:
    insert_missing(
        Blob,
        sha256=staged.sha256,
        bytes=staged.bytes,
        type=media_type,
        width=width,
        height=height,
        thumb_sha=thumb,
    )
    blob = db.session.get_one(Blob, staged.sha256, populate_existing=True)
    if width and not blob.width:  # these bytes came as a plain file before
        blob.type, blob.width, blob.height, blob.thumb_sha = media_type, width, height, thumb
        db.session.flush()


def add_source(sha256: str, kind: str, size: int, blob_sha: str) -> None:
    insert_missing(Source, sha256=sha256, kind=kind, bytes=size, blob_sha=blob_sha)
