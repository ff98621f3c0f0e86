"""Files that come in parts, each in a file that grows."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from fastim.backends.storage.files import storage_errors
from fastim.errors import Conflict, NotFound
from fastim.protocol import limits

_ID = re.compile(r"[0-9a-f]{32}")


class FilePartials:
    """In FOLDER/partial. The lock on a file holds between threads and processes of a machine."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "partial"

    def write(self, partial_id: str, offset: int, part: BinaryIO) -> None:
        """Put a part at its place; what was there is replaced.

        Raises:
            Conflict: `busy`: another part is being written, or the whole is being read.
        """
        with storage_errors():
            self._folder.mkdir(parents=True, exist_ok=True)
            with self._path(partial_id).open("ab") as made:
                _lock(made)
                with self._path(partial_id).open("r+b") as file:  # "ab" would write at the end
                    file.seek(offset)
                    shutil.copyfileobj(part, file, limits.FILE_CHUNK_BYTES)

    def open(self, partial_id: str) -> BinaryIO:
        """The file; until it is closed nobody can write to it.

        Its content is hashed and then stored: were it changed in between, its hash would name another.

        Raises:
            Conflict: `busy`.
            NotFound: no part has come.
        """
        try:
            file = self._path(partial_id).open("rb")
        except FileNotFoundError as error:
            raise NotFound from error
        try:
            _lock(file)
        except BaseException:
            file.close()
            raise
        return file

    def delete(self, partial_id: str) -> None:
        self._path(partial_id).unlink(missing_ok=True)

    def older_than(self, moment: datetime) -> Iterator[str]:
        """The ids of files to which nothing was written since `moment`."""
        limit = moment.timestamp()
        with suppress(FileNotFoundError), os.scandir(self._folder) as files:  # nothing has come yet
            for file in files:
                if _modified(file) < limit:
                    yield file.name

    def _path(self, partial_id: str) -> Path:
        if _ID.fullmatch(partial_id) is None:
            raise NotFound
        return self._folder / partial_id


def _modified(file: os.DirEntry[str]) -> float:
    try:
        return file.stat().st_mtime
    except FileNotFoundError:
        return float("inf")  # gone already


def _lock(file: BinaryIO) -> None:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise Conflict("busy") from error
