"""Files that browsers send to an object store themselves: direct/<id>, at once or in pieces."""

from __future__ import annotations

import hashlib
import re
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from typing import BinaryIO, cast

from fastim.backends.storage import Address, Staged, Taken
from fastim.backends.storage.files import storage_errors
from fastim.backends.storage.s3 import STAGING
from fastim.backends.storage.s3_bucket import Bucket
from fastim.errors import NotFound
from fastim.protocol import limits

_ID = re.compile(r"[0-9a-f]{32}")
_DIRECT = "direct/"


class S3Direct:
    """`DirectFiles` in a bucket."""

    def __init__(self, bucket: Bucket) -> None:
        self._bucket = bucket

    def begin(self, partial_id: str) -> str:
        return self._bucket.begin(_name(partial_id))

    def address(self, partial_id: str, remote_id: str, offset: int, size: int) -> Address:
        if not remote_id:
            return self._bucket.form_address(_name(partial_id), size)
        number = offset // limits.STORAGE_PIECE_BYTES + 1
        return self._bucket.piece_address(_name(partial_id), remote_id, number, size)

    def received(self, partial_id: str, remote_id: str) -> int:
        with suppress(NotFound):
            return self._bucket.size(_name(partial_id))
        if not remote_id:
            return 0
        size = 0
        with suppress(NotFound):
            for number, piece in enumerate(self._bucket.pieces(_name(partial_id), remote_id), 1):
                if piece["PartNumber"] != number:
                    break
                size += int(piece["Size"])
        return size

    def take(self, partial_id: str, remote_id: str, size: int) -> Taken:
        name, token = _name(partial_id), STAGING + secrets.token_hex(16)
        if remote_id:
            with suppress(NotFound):  # an earlier try has completed it
                self._bucket.complete(name, remote_id)
        self._bucket.copy(name, token)
        with storage_errors():
            file = cast("BinaryIO", tempfile.TemporaryFile())  # noqa: SIM115 the caller closes it
            try:
                self._bucket.read_into(token, file, size + 1)
                file.seek(0)
                digest = hashlib.file_digest(file, "sha256")  # type: ignore[arg-type]
                staged = Staged(digest.hexdigest(), file.tell(), token)
                file.seek(0)
            except BaseException:
                file.close()
                self._bucket.delete(token)
                raise
        return Taken(file, staged)

    def drop(self, partial_id: str, remote_id: str) -> None:
        if remote_id:
            self._bucket.abort(_name(partial_id), remote_id)
        self._bucket.delete(_name(partial_id))

    def older_than(self, moment: datetime) -> Iterator[tuple[str, str]]:
        for name, written_at in self._bucket.names(_DIRECT):
            if written_at < moment:
                yield name.removeprefix(_DIRECT), ""
        for name, upload_id, begun_at in self._bucket.begun():
            if name.startswith(_DIRECT) and begun_at < moment:
                yield name.removeprefix(_DIRECT), upload_id


def _name(partial_id: str) -> str:
    if _ID.fullmatch(partial_id) is None:
        raise NotFound
    return _DIRECT + partial_id
