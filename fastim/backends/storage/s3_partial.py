"""Files that come in parts through this server, in an object store: partial/<id>/<offset>, an object each.

Whichever process takes a part, all see it.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from datetime import datetime
from itertools import groupby
from typing import BinaryIO, cast

from fastim.backends.storage.files import storage_errors
from fastim.backends.storage.s3_bucket import Bucket
from fastim.errors import NotFound
from fastim.protocol import limits

_ID = re.compile(r"[0-9a-f]{32}")
_PARTIAL = "partial/"


class S3Partials:
    """`PartFiles` in a bucket."""

    def __init__(self, bucket: Bucket) -> None:
        self._bucket = bucket

    def write(self, partial_id: str, offset: int, part: BinaryIO) -> None:
        self._bucket.put(f"{_folder(partial_id)}{offset:016d}", part.read(limits.PART_BYTES))

    def open(self, partial_id: str) -> BinaryIO:
        """A copy on this machine's disk, as far as its parts follow each other."""
        names = [name for name, _ in self._bucket.names(_folder(partial_id))]
        if not names:
            raise NotFound
        with storage_errors():
            file = cast("BinaryIO", tempfile.TemporaryFile())  # noqa: SIM115 the caller closes it
            try:
                for name in names:  # in the order of their offsets
                    if int(name.rpartition("/")[2]) == file.tell():
                        self._bucket.read_into(name, file, limits.PART_BYTES)
                file.seek(0)
            except BaseException:
                file.close()
                raise
        return file

    def delete(self, partial_id: str) -> None:
        for name, _ in list(self._bucket.names(_folder(partial_id))):
            self._bucket.delete(name)

    def older_than(self, moment: datetime) -> Iterator[str]:
        for partial_id, parts in groupby(self._bucket.names(_PARTIAL), _id_of):
            if max(written_at for _, written_at in parts) < moment and _ID.fullmatch(partial_id):
                yield partial_id


def _id_of(part: tuple[str, datetime]) -> str:
    return part[0].removeprefix(_PARTIAL).partition("/")[0]


def _folder(partial_id: str) -> str:
    if _ID.fullmatch(partial_id) is None:
        raise NotFound
    return f"{_PARTIAL}{partial_id}/"
