"""Content in files: FOLDER/ab/cd/<sha256>."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import secrets
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from fastim.backends.storage import Staged
from fastim.errors import NotFound, Unavailable
from fastim.protocol import limits

_SHA256 = re.compile(r"[0-9a-f]{64}")
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class FileStorage:
    """`Storage` in a folder of one file system: staged files are renamed into place."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._staging = folder / "staging"

    def stage(self, source: BinaryIO) -> Staged:
        path = self._staging / secrets.token_hex(16)
        digest = hashlib.sha256()
        size = 0
        with storage_errors():
            self._staging.mkdir(parents=True, exist_ok=True)
            try:
                with path.open("xb") as file:
                    while chunk := source.read(limits.FILE_CHUNK_BYTES):
                        file.write(chunk)
                        digest.update(chunk)
                        size += len(chunk)
                    file.flush()
                    os.fsync(file.fileno())
            except BaseException:
                path.unlink(missing_ok=True)
                raise
        return Staged(digest.hexdigest(), size, path.name)

    def keep(self, staged: Staged, media_type: str) -> None:
        target = self._path(staged.sha256)
        with storage_errors():
            self._make_folders(target.parent)
            (self._staging / staged.token).replace(target)
            _sync_folder(target.parent)

    def discard(self, staged: Staged) -> None:
        (self._staging / staged.token).unlink(missing_ok=True)

    def open(self, sha256: str) -> BinaryIO:
        try:
            return self._path(sha256).open("rb")
        except FileNotFoundError as error:
            raise NotFound from error

    def delete(self, sha256: str) -> None:
        # Its folders stay: removing one could overtake a `keep` that has just made it.
        self._path(sha256).unlink(missing_ok=True)

    def address(self, sha256: str, media_type: str, disposition: str) -> str:
        return ""

    def page(self, after: str, moment: datetime) -> tuple[list[str], str]:
        """One of 256 folders at a time: the first two digits say which."""
        limit = moment.timestamp()
        folders = sorted(one.name for one in self._folder.glob("??") if one.name > after[:2])
        if not folders:
            return [], ""
        found = [
            path.name
            for path in self._folder.glob(f"{folders[0]}/??/*")
            if _SHA256.fullmatch(path.name) and _modified(path) < limit
        ]
        return sorted(found), folders[0] if len(folders) > 1 else ""

    def drop_staged(self, moment: datetime) -> Iterator[str]:
        limit = moment.timestamp()
        with contextlib.suppress(FileNotFoundError), os.scandir(self._staging) as files:
            for file in files:
                path = Path(file.path)
                if _modified(path) < limit:
                    path.unlink(missing_ok=True)
                yield file.name

    def _path(self, sha256: str) -> Path:
        if _SHA256.fullmatch(sha256) is None:
            raise NotFound
        return self._folder / sha256[:2] / sha256[2:4] / sha256

    def _make_folders(self, folder: Path) -> None:
        """Make the two folders, and make them last: a file is as durable as the way to it."""
        if not folder.is_dir():
            folder.mkdir(parents=True, exist_ok=True)
            _sync_folder(folder.parent)
            _sync_folder(self._folder)


def _modified(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return float("inf")  # gone already


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextlib.contextmanager
def storage_errors() -> Iterator[None]:
    """Say `Unavailable("storage_full")` for what a disk without room raises."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise Unavailable("storage_full") from error
        raise
