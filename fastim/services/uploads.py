"""Uploads: taking a file in, under limits and a quota, and finding it again."""

from __future__ import annotations

import os
import secrets
import threading
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from sqlalchemy import func, select

from fastim.backends import images, sniff
from fastim.backends.bus import Bus
from fastim.backends.storage import Staged, Storage
from fastim.backends.workers import Workers
from fastim.config import Settings
from fastim.errors import AppError, NotFound, Refused, TooLarge, Unavailable
from fastim.models import Blob, Source, Upload, User, db
from fastim.models.upload import FILE, PICTURE, VIDEO, VOICE
from fastim.protocol import limits
from fastim.services import upload_kinds, upload_proofs, upload_rows
from fastim.services.transaction import transaction
from fastim.services.upload_proofs import Original

_PICTURE_WAIT_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Stored:
    """An upload as its sender is told of it; sizes in pixels, 0 for what is no picture."""

    upload: str
    kind: str
    type: str
    bytes: int
    width: int
    height: int
    file_name: str


@dataclass(frozen=True, slots=True)
class _Prepared:
    """Content on the disk that no row names yet."""

    staged: Staged
    type: str
    width: int = 0
    height: int = 0
    thumb: Staged | None = None
    thumb_size: tuple[int, int] = (0, 0)

    @property
    def all(self) -> tuple[Staged, ...]:
        return (self.staged,) if self.thumb is None else (self.thumb, self.staged)


class Uploads:
    """Takes files in. Needs an app context."""

    def __init__(self, settings: Settings, bus: Bus, workers: Workers, storage: Storage) -> None:
        self._settings = settings
        self._bus = bus
        self._workers = workers
        self._storage = storage
        self._pictures = threading.BoundedSemaphore(
            min(limits.PICTURES_AT_ONCE, max(1, (os.cpu_count() or 1) // 2))
        )

    def store(
        self,
        owner_id: int | None,
        stream: BinaryIO,
        kind: str,
        file_name: str,
        sha256: str = "",
        staged: Staged | None = None,
        by_operator: bool = False,
    ) -> Stored:
        """Take a file in.

        Args:
            owner_id: None for somebody who is signed out: a small picture only.
            by_operator: it comes from a shell, with no owner, and may be anything.
            stream: the file, seekable.
            kind: `picture`, `voice`, `video` or `file`; "" to go by the content.
            staged: the same, where the storage has it already; whoever staged it discards it.

        Raises:
            TooLarge: it is over the limit of its kind.
            Refused: `unsupported_file`, `damaged_file`, `picture_too_large` or `quota_full`; `bad_checksum`
                where it is not what `sha256` says.
            Unavailable: `storage_full`, or too much is being done already.
        """
        is_guest = owner_id is None and not by_operator
        most = limits.GUEST_PICTURE_BYTES if is_guest else self.most(kind)
        original, found = self._workers.run(upload_kinds.read, stream, most)
        if sha256 not in ("", original.sha256):
            raise Refused("bad_checksum")
        kind = upload_kinds.decide(kind, found, original)
        if is_guest and kind != PICTURE:
            raise Refused("unsupported_file")
        if original.size > self.most(kind):
            raise TooLarge(self.most(kind))
        self.check_quota(owner_id)
        known = db.session.get(Source, (original.sha256, kind))
        db.session.rollback()  # gives the connection back: what follows may take seconds
        if known is not None:
            with suppress(NotFound):  # collected just now: the bytes are here, so store them
                return upload_rows.tried_again(lambda: self._link(owner_id, original, kind, file_name))
        media_type = upload_kinds.served_as(kind, found)
        if kind == PICTURE or staged is None:
            prepared = self._prepare(stream, kind, media_type)
        else:
            prepared = _Prepared(staged, media_type)
        return self._keep(owner_id, original, kind, file_name, prepared)

    def most(self, kind: str) -> int:
        """The largest upload of a kind, in bytes."""
        both = max(self._settings.picture_bytes, self._settings.file_bytes)
        sound = self._settings.file_bytes
        return {PICTURE: self._settings.picture_bytes, VOICE: sound, VIDEO: sound}.get(kind, both)

    def check_quota(self, owner_id: int | None, more: int = 0) -> None:
        """Count each content once, as the disk does; and what unfinished uploads are going to be.

        Args:
            more: bytes that are about to be taken in.

        Raises:
            Refused: `quota_full`.
        """
        if owner_id is None:
            return
        own = select(Upload.blob_sha).where(Upload.owner_id == owner_id).distinct()
        used = db.session.scalar(select(func.sum(Blob.bytes)).where(Blob.sha256.in_(own)))
        if (used or 0) + more > self._settings.quota_bytes:
            raise Refused("quota_full")

    def _prepare(self, stream: BinaryIO, kind: str, media_type: str) -> _Prepared:
        if kind != PICTURE:
            return _Prepared(self._workers.run(self._storage.stage, stream), media_type)
        if not self._pictures.acquire(timeout=_PICTURE_WAIT_SECONDS):
            raise Unavailable
        try:
            return self._workers.run(self._prepare_picture, stream)
        finally:
            self._pictures.release()

    def _prepare_picture(self, stream: BinaryIO) -> _Prepared:
        picture = images.process(stream.read())
        main, small = picture.main, picture.thumb
        staged = self._storage.stage(BytesIO(main.content))
        if small is None:
            return _Prepared(staged, main.type, main.width, main.height)
        try:
            thumb = self._storage.stage(BytesIO(small.content))
        except BaseException:
            self._storage.discard(staged)
            raise
        size = (small.width, small.height)
        return _Prepared(staged, main.type, main.width, main.height, thumb, size)

    def _keep(
        self, owner_id: int | None, original: Original, kind: str, file_name: str, prepared: _Prepared
    ) -> Stored:
        """Rows and files together; on a failure, neither."""
        try:
            return upload_rows.tried_again(
                lambda: self._write(owner_id, original, kind, file_name, prepared)
            )
        except BaseException:
            self._drop(prepared)
            raise

    def _write(
        self, owner_id: int | None, original: Original, kind: str, file_name: str, prepared: _Prepared
    ) -> Stored:
        with transaction(self._bus):
            lock_owner(owner_id)
            thumb, staged = prepared.thumb, prepared.staged
            if thumb is not None:
                upload_rows.add_blob(thumb, images.THUMB_TYPE, *prepared.thumb_size, None)
            thumb_sha = None if thumb is None else thumb.sha256
            upload_rows.add_blob(staged, prepared.type, prepared.width, prepared.height, thumb_sha)
            upload_rows.add_source(original.sha256, kind, original.size, staged.sha256)
            stored = self._name(owner_id, staged.sha256, kind, file_name)
            upload_proofs.add_pairs(original)
            if thumb is not None:  # last, as only a failing disk or commit can follow
                self._workers.run(self._storage.keep, thumb, images.THUMB_TYPE)
            self._workers.run(self._storage.keep, staged, stored.type)
        return stored

    def _drop(self, prepared: _Prepared) -> None:
        for staged in prepared.all:
            with suppress(AppError):  # then the collection finds it
                self._workers.run(self._storage.discard, staged)
                upload_rows.delete_file_if_unowned(self._bus, self._workers, self._storage, staged.sha256)

    def _link(self, owner_id: int | None, original: Original, kind: str, file_name: str) -> Stored:
        """One more name for content that is here.

        Raises:
            NotFound: it is not here any more.
        """
        with transaction(self._bus):
            lock_owner(owner_id)
            source = db.session.get(Source, (original.sha256, kind), populate_existing=True)
            if source is None or upload_rows.lock_blob(source.blob_sha) is None:
                raise NotFound
            stored = self._name(owner_id, source.blob_sha, kind, file_name)
            upload_proofs.add_pairs(original)
        return stored

    def _name(self, owner_id: int | None, blob_sha: str, kind: str, file_name: str) -> Stored:
        """Name content that is locked, within the owner's quota."""
        blob = db.session.get_one(Blob, blob_sha, populate_existing=True)
        upload = Upload(
            name=secrets.token_hex(16) + sniff.EXTENSIONS[blob.type],
            blob_sha=blob_sha,
            owner_id=owner_id,
            kind=kind,
            file_name=clean_name(file_name),
        )
        db.session.add(upload)
        db.session.flush()
        self.check_quota(owner_id)
        return Stored(upload.name, kind, blob.type, blob.bytes, blob.width, blob.height, upload.file_name)

    def name_again(self, owner_id: int, name: str) -> Stored:
        """A name of one's own for a picture that was received. Inside a transaction.

        Raises:
            Refused: `bad_url`: there is no such picture; `quota_full`.
        """
        lock_owner(owner_id)
        query = select(Upload.blob_sha).where(Upload.name == name, Upload.kind == PICTURE)
        sha256 = db.session.scalar(query.where(Upload.owner_id.is_not(None)))
        if sha256 is None or upload_rows.lock_blob(sha256) is None:
            raise Refused("bad_url")
        return self._name(owner_id, sha256, PICTURE, "")

    def probe(self, sha256: str, size: int) -> str:
        """A nonce for `claim`, or "" where the bytes must be sent."""
        return upload_proofs.ask(sha256, size)

    def claim(
        self, owner_id: int, sha256: str, size: int, nonce: str, proof: str, kind: str, file_name: str
    ) -> Stored:
        """Take in a file that is here already, for somebody who proves to hold it.

        Raises:
            Refused: `upload_needed`, whatever was wrong; `quota_full`.
        """
        if not upload_proofs.check(self._bus, sha256, nonce, proof):
            raise Refused("upload_needed")
        query = select(Source.kind).where(Source.sha256 == sha256, Source.bytes == size)
        kinds = set(db.session.scalars(query))
        chosen = kind or next((one for one in (PICTURE, VOICE, VIDEO, FILE) if one in kinds), "")
        if chosen not in kinds:
            raise Refused("upload_needed")
        try:
            original = Original(sha256, size, b"", ())
            return upload_rows.tried_again(lambda: self._link(owner_id, original, chosen, file_name))
        except NotFound as error:
            raise Refused("upload_needed") from error


def lock_owner(owner_id: int | None) -> None:
    """One upload of a user after the other, or two at once would each fit the quota."""
    if owner_id is not None:
        db.session.scalar(select(User.id).where(User.id == owner_id).with_for_update())


def clean_name(name: str) -> str:
    """A file's own name, for people: no folders, no control or direction characters."""
    last = name.replace("\\", "/").rpartition("/")[2]
    shown = "".join(one for one in last if unicodedata.category(one) not in ("Cc", "Cf", "Cs", "Zl", "Zp"))
    return shown.strip(". ")[: limits.FILE_NAME_CHARS]
