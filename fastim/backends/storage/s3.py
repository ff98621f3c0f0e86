"""Content in an object store: blob/<sha256>, and staging/<token> before it has that name."""

from __future__ import annotations

import hashlib
import io
import re
import secrets
from collections.abc import Iterator
from datetime import datetime
from typing import Any, BinaryIO, cast

from fastim.backends import sniff
from fastim.backends.storage import Staged
from fastim.backends.storage.s3_bucket import Bucket
from fastim.errors import NotFound
from fastim.protocol import limits

_SHA256 = re.compile(r"[0-9a-f]{64}")
_BLOB, STAGING = "blob/", "staging/"


class S3Storage:
    """`Storage` in a bucket. What is deleted can be read on as far as was read ahead, a mebibyte.

    Args:
        is_direct: whether browsers may be sent to the store.
        cdn: the address of a cache in front of the bucket, as browsers reach it; "" for none.
    """

    def __init__(self, bucket: Bucket, is_direct: bool = True, cdn: str = "") -> None:
        self._bucket = bucket
        self._is_direct = is_direct
        self._cdn = cdn

    def stage(self, source: BinaryIO) -> Staged:
        name = STAGING + secrets.token_hex(16)
        first = source.read(limits.STORAGE_PIECE_BYTES)
        following = source.read(limits.STORAGE_PIECE_BYTES)
        if following:
            return self._stage_in_pieces(name, [first, following], source)
        self._bucket.put(name, first)
        return Staged(hashlib.sha256(first).hexdigest(), len(first), name)

    def _stage_in_pieces(self, name: str, pieces: list[bytes], source: BinaryIO) -> Staged:
        digest, size, number = hashlib.sha256(), 0, 0
        upload_id = self._bucket.begin(name)
        try:
            while pieces:
                piece = pieces.pop(0)
                number += 1
                self._bucket.put_piece(name, upload_id, number, piece)
                digest.update(piece)
                size += len(piece)
                if not pieces and (piece := source.read(limits.STORAGE_PIECE_BYTES)):
                    pieces.append(piece)
            self._bucket.complete(name, upload_id)
        except BaseException:
            self._bucket.abort(name, upload_id)
            raise
        return Staged(digest.hexdigest(), size, name)

    def keep(self, staged: Staged, media_type: str) -> None:
        disposition = "attachment" if media_type == sniff.UNKNOWN else ""
        self._bucket.copy(staged.token, _blob(staged.sha256), media_type, disposition)
        self._bucket.delete(staged.token)

    def discard(self, staged: Staged) -> None:
        self._bucket.delete(staged.token)

    def open(self, sha256: str) -> BinaryIO:
        raw = _Object(self._bucket, _blob(sha256))
        return cast("BinaryIO", io.BufferedReader(raw, limits.STORAGE_READ_BYTES))

    def delete(self, sha256: str) -> None:
        self._bucket.delete(_blob(sha256))

    def address(self, sha256: str, media_type: str, disposition: str) -> str:
        name = _blob(sha256)
        is_shown = media_type != sniff.UNKNOWN and not disposition.startswith("attachment")
        if self._cdn and is_shown:  # what is saved needs its name, which the store tells
            return f"{self._cdn}/{name}"
        return self._bucket.reading_address(name, media_type, disposition) if self._is_direct else ""

    def page(self, after: str, moment: datetime) -> tuple[list[str], str]:
        """One request's."""
        listed, is_last = self._bucket.names_after(_BLOB, after)
        found = [(name.removeprefix(_BLOB), written_at) for name, written_at in listed]
        old = [sha256 for sha256, at in found if _SHA256.fullmatch(sha256) and at < moment]
        return old, "" if is_last else found[-1][0]

    def drop_staged(self, moment: datetime) -> Iterator[str]:
        for name, written_at in self._bucket.names(STAGING):
            if written_at < moment:
                self._bucket.delete(name)
            yield name
        for name, upload_id, begun_at in self._bucket.begun(STAGING):
            if begun_at < moment:
                self._bucket.abort(name, upload_id)
            yield name


class _Object(io.RawIOBase):
    """An object, read by ranges: each read is a request that ends within the call.

    Raises:
        NotFound: there is none.
    """

    def __init__(self, bucket: Bucket, name: str) -> None:
        self._bucket, self._name = bucket, name
        self._at = 0
        self._first, self._size = bucket.read(name, 0, limits.STORAGE_READ_BYTES)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, start + offset)
        return self._at

    def readinto(self, buffer: Any) -> int:
        data = self._read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def readall(self) -> bytes:
        """Otherwise it would be 8 KiB at a time."""
        parts = []
        while part := self._read(limits.STORAGE_PIECE_BYTES):
            parts.append(part)
        return b"".join(parts)

    def _read(self, size: int) -> bytes:
        if self._at >= self._size or not size:
            return b""
        if self._at < len(self._first):
            data = self._first[self._at : self._at + size]
        else:
            data, _ = self._bucket.read(self._name, self._at, size)
        self._at += len(data)
        return data


def _blob(sha256: str) -> str:
    if _SHA256.fullmatch(sha256) is None:
        raise NotFound
    return _BLOB + sha256
