"""The promise of the storage, kept by every adapter."""

from __future__ import annotations

import errno
import hashlib
import io
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from fastim.backends.storage import Storage
from fastim.backends.storage.files import FileStorage
from fastim.errors import NotFound, Unavailable

CONTENT = os.urandom(200_000)
SHA256 = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def storage(tmp_path: Path) -> Storage:
    return FileStorage(tmp_path)


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def keep(storage: Storage, content: bytes = CONTENT) -> str:
    staged = storage.stage(io.BytesIO(content))
    storage.keep(staged)
    return staged.sha256


def test_what_was_kept_is_read_back(storage: Storage) -> None:
    """Under the SHA-256 of its bytes, in full and from any place."""
    staged = storage.stage(io.BytesIO(CONTENT))
    assert (staged.sha256, staged.bytes) == (SHA256, len(CONTENT))
    storage.keep(staged)
    with storage.open(SHA256) as file:
        assert file.read() == CONTENT
        file.seek(100_000)
        assert file.read(10) == CONTENT[100_000:100_010]


def test_staged_content_is_not_to_be_found(storage: Storage) -> None:
    staged = storage.stage(io.BytesIO(CONTENT))
    with pytest.raises(NotFound):
        storage.open(staged.sha256)


def test_the_same_content_is_kept_once(storage: Storage, tmp_path: Path) -> None:
    keep(storage)
    keep(storage)
    assert len(files(tmp_path)) == 1


def test_discarding_leaves_what_was_kept(storage: Storage, tmp_path: Path) -> None:
    """Also a second time, and after the same content was kept by another."""
    keep(storage)
    staged = storage.stage(io.BytesIO(CONTENT))
    storage.discard(staged)
    storage.discard(staged)
    assert [path.name for path in files(tmp_path)] == [SHA256]


def test_deleting_may_be_repeated(storage: Storage, tmp_path: Path) -> None:
    keep(storage)
    storage.delete(SHA256)
    storage.delete(SHA256)
    assert files(tmp_path) == []
    with pytest.raises(NotFound):
        storage.open(SHA256)


def test_a_reader_reads_to_the_end_of_what_is_deleted(storage: Storage) -> None:
    keep(storage)
    with storage.open(SHA256) as file:
        storage.delete(SHA256)
        assert file.read() == CONTENT


@pytest.mark.parametrize("name", ["", "..", "../../etc/passwd", "a" * 63, "A" * 64, "a" * 64 + "\n"])
def test_only_a_hash_is_a_name(storage: Storage, name: str) -> None:
    """No name leads out of the storage."""
    with pytest.raises(NotFound):
        storage.open(name)
    with pytest.raises(NotFound):
        storage.delete(name)


def test_a_source_that_fails_leaves_nothing(storage: Storage, tmp_path: Path) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if self.tell() > 100_000:
                raise ConnectionResetError
            return super().read(size)

    with pytest.raises(ConnectionResetError):
        storage.stage(Broken(CONTENT))
    assert files(tmp_path) == []


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_is_told_and_leaves_nothing(
    storage: Storage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    """The disk says so at the sync at the latest."""

    def full(handle: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Unavailable) as caught:
        storage.stage(io.BytesIO(CONTENT))
    assert caught.value.name == "storage_full"
    assert files(tmp_path) == []


def test_old_content_is_listed_and_old_stages_are_dropped(storage: Storage, tmp_path: Path) -> None:
    """What a crash left is found by its age; what is new is left alone."""
    old = keep(storage, b"old")
    new = keep(storage, b"new")
    staged = storage.stage(io.BytesIO(b"staged"))
    day_ago = datetime.now(UTC) - timedelta(days=1)
    for path in files(tmp_path):
        if path.name in (old, staged.token):
            os.utime(path, (0, day_ago.timestamp() - 60))
    assert list(storage.older_than(day_ago)) == [old]
    assert {path.name for path in files(tmp_path)} == {old, new}
