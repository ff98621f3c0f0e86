"""Uploads by their names: who may read which, what a message or a profile may show."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, BinaryIO, cast

from sqlalchemy import CursorResult, Update, bindparam, func, select, update
from sqlalchemy.orm import aliased

from fastim.backends.bus import Bus
from fastim.backends.storage import Storage
from fastim.backends.workers import Workers
from fastim.errors import NotFound, NotSignedIn, Refused, Unavailable
from fastim.models import Blob, ImportedFile, Upload, db
from fastim.models.base import utc_now
from fastim.models.upload import PICTURE, VIDEO
from fastim.protocol import limits
from fastim.services import upload_rows
from fastim.services.messages import is_own, upload_name
from fastim.services.transaction import transaction

# An answer of `is_known` holds for a quarter of a day, and is only given of an upload that collection
# leaves alone for at least twice as long: what was known is still there when its message is committed.
_KNOWN_SECONDS = limits.UPLOAD_IDLE_SECONDS // 4
_TOUCH_AFTER = timedelta(seconds=limits.UPLOAD_IDLE_SECONDS // 2)


_NAME = re.compile(r"[0-9a-f]{32}\.[a-z0-9]{3,4}")
"""As `Uploads` makes them. MySQL would also find one by other letters that it takes for the same."""


def is_upload_name(name: str) -> bool:
    return _NAME.fullmatch(name) is not None


@dataclass(frozen=True, slots=True)
class Resource:
    """A file that may be served."""

    sha256: str
    type: str
    bytes: int
    file_name: str


_SMALL = aliased(Blob)
_FILE = (
    select(Upload, Blob, _SMALL)
    .join(Blob, Blob.sha256 == Upload.blob_sha)
    .outerjoin(_SMALL, _SMALL.sha256 == func.coalesce(Upload.poster_sha, Blob.thumb_sha))
    .where(Upload.name == bindparam("upload_name"))
)
"""Built once: every picture asks it, and building it costs more than its answer."""


class Resources:
    """Needs an app context, but for `is_known` of a name that was asked for lately."""

    def __init__(self, bus: Bus, workers: Workers, storage: Storage) -> None:
        self._bus = bus
        self._workers = workers
        self._storage = storage
        self._known: dict[str, tuple[float, str]] = {}
        self._addresses: dict[tuple[str, str], tuple[float, str]] = {}

    def find(self, name: str, thumb: bool, signed_in: bool) -> Resource:
        """What `name` stands for; with `thumb` the small picture, where there is one.

        An upload's name is given to those who may read it and cannot be guessed, so any session will do;
        the picture of somebody who is about to register needs none. The path of a file that came from
        another server stands for it too, to any session.

        Raises:
            NotFound: there is no such upload.
            NotSignedIn: it takes a session.
        """
        is_own_name = is_upload_name(name)
        if not signed_in and not is_own_name:
            raise NotSignedIn
        wanted = {"upload_name": name if is_own_name else _imported(name)}
        row = db.session.execute(_FILE, wanted).one_or_none()
        if not signed_in and (row is None or row.Upload.owner_id is not None):
            raise NotSignedIn
        if row is None or (thumb and row.Upload.kind != PICTURE and row.Upload.poster_sha is None):
            raise NotFound
        upload, main, thumbnail = row
        blob = thumbnail if thumb and thumbnail is not None else main
        return Resource(blob.sha256, blob.type, blob.bytes, upload.file_name)

    def address(self, resource: Resource, disposition: str) -> str:
        """Where a browser may load the content for a while; "" where only this server serves it.

        The same one is given out for some minutes: then browsers find what they have.
        """
        key = (resource.sha256, disposition)
        until, url = self._addresses.get(key, (0.0, ""))
        now = time.monotonic()
        if until <= now:
            url = self._storage.address(resource.sha256, resource.type, disposition)
            if url and len(self._addresses) >= limits.ADDRESSES_KNOWN:
                del self._addresses[next(iter(self._addresses))]
            if url:
                self._addresses.pop(key, None)
                self._addresses[key] = (now + limits.READING_ADDRESS_SECONDS / 2, url)
        return url

    def open(self, resource: Resource) -> BinaryIO:
        """The content.

        Raises:
            NotFound: it was collected just now.
        """
        return self._workers.run(self._storage.open, resource.sha256)

    def read(self, file: BinaryIO, size: int) -> bytes:
        """Up to `size` bytes, off the loop: a disk may take its time."""
        try:
            return self._workers.run(file.read, size)
        except Unavailable:  # better slow than cut off in the middle
            return file.read(size)

    def is_known(self, name: str, kind: str = "") -> bool:
        """Whether a message may show this upload; it then stays for hours at least.

        Args:
            kind: what it must be: a picture went through the decoder, a voice is only heard, a video has
                something to see; "" for anything.

        A signed-out upload is known only after an account has claimed it.
        """
        now = time.monotonic()
        until, found = self._known.get(name, (0.0, ""))
        if until <= now:
            found = self._kind_of(name)
            if not found:
                return False
            if len(self._known) >= limits.UPLOADS_KNOWN:
                del self._known[next(iter(self._known))]
            self._known[name] = (now + _KNOWN_SECONDS, found)
        return kind in ("", found)

    def _kind_of(self, name: str) -> str:
        """The kind of an account's upload, whose collection is put off; "" where there is none."""
        if _NAME.fullmatch(name) is None:
            return ""
        query = select(Upload.asked_at, Upload.kind).where(
            Upload.name == name, Upload.owner_id.is_not(None)
        )
        row = db.session.execute(query).one_or_none()
        if row is None or not self._touch(name, row.asked_at < utc_now() - _TOUCH_AFTER):
            return ""
        return str(row.kind)

    def _touch(self, name: str, is_due: bool) -> bool:
        """Put the upload's collection off; whether it is still there."""
        if not is_due:
            return True
        with transaction(self._bus):
            return _changed_one(update(Upload).where(Upload.name == name).values(asked_at=utc_now()))

    def check_picture(self, url: str) -> None:
        """Whether a profile or a group may show the picture behind `url`; "" is none.

        It then stays long enough to be put there, a signed-out upload too.

        Raises:
            Refused: `bad_url`: it is not this server's, or no picture.
        """
        if len(url) > limits.AVATAR_CHARS or (url and not is_own(url)):
            raise Refused("bad_url")
        name = upload_name(url)
        if not name:
            return
        query = select(Upload.asked_at).where(Upload.name == name, Upload.kind == PICTURE)
        asked_at = db.session.scalar(query) if _NAME.fullmatch(name) else None
        if asked_at is None or not self._touch(name, asked_at < utc_now() - _TOUCH_AFTER):
            raise Refused("bad_url")

    def set_poster(self, owner_id: int, url: str, poster_url: str) -> None:
        """Let a picture stand for a film, once: nobody's sent film changes its looks.

        Raises:
            Refused: `bad_url`: not this user's film, or not their picture; `nothing_changed`: it has one.
        """
        film, still = upload_name(url), upload_name(poster_url)
        if _NAME.fullmatch(film) is None or _NAME.fullmatch(still) is None:
            raise Refused("bad_url")
        picture = (
            select(func.coalesce(Blob.thumb_sha, Blob.sha256))
            .join(Upload, Upload.blob_sha == Blob.sha256)
            .where(Upload.name == still, Upload.owner_id == owner_id, Upload.kind == PICTURE)
        )
        with transaction(self._bus):
            sha256 = db.session.scalar(picture)
            if sha256 is None or upload_rows.lock_blob(sha256) is None:
                raise Refused("bad_url")
            query = select(Upload.poster_sha).where(
                Upload.name == film, Upload.owner_id == owner_id, Upload.kind == VIDEO
            )
            row = db.session.execute(query.with_for_update()).one_or_none()
            if row is None:
                raise Refused("bad_url")
            if row.poster_sha is not None:
                raise Refused("nothing_changed")
            db.session.execute(update(Upload).where(Upload.name == film).values(poster_sha=sha256))

    def claim_guest_upload(self, user_id: int, url: str) -> bool:
        """Make the signed-out upload behind `url` the user's; whether there was one.

        In a transaction of its own. Any account may claim: only who uploaded it knows the name.
        """
        name = upload_name(url)
        if not name:
            return False
        with transaction(self._bus):
            return _changed_one(
                update(Upload)
                .where(Upload.name == name, Upload.owner_id.is_(None))
                .values(owner_id=user_id, asked_at=utc_now())
            )


def _imported(path: str) -> str:
    """The upload behind a path of another server; "" where there is none."""
    return db.session.scalar(select(ImportedFile.upload_name).where(ImportedFile.path == path)) or ""


def _changed_one(statement: Update) -> bool:
    return cast("CursorResult[Any]", db.session.execute(statement)).rowcount == 1
