"""The promise of the storage, kept by every adapter."""

from __future__ import annotations

import errno
import hashlib
import io
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from fastim import places
from fastim.backends.storage import PartFiles, Storage
from fastim.backends.storage.files import FileStorage
from fastim.backends.storage.partial import FilePartials
from fastim.backends.storage.s3_store import Bucket, S3Partials, S3Storage
from fastim.errors import Conflict, NotFound, Unavailable
from fastim.protocol import limits
from tests.object_store import ObjectStore
from tests.servers import free_port

CONTENT = os.urandom(200_000)
SHA256 = hashlib.sha256(CONTENT).hexdigest()


@dataclass(frozen=True)
class Place:
    """A storage, its files in parts, and the names of what is there."""

    storage: Storage
    partials: PartFiles
    names: Callable[[], list[str]]
    """The last part of each."""


@pytest.fixture(params=["files", "s3"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    if request.param == "files":
        return Place(
            FileStorage(tmp_path), FilePartials(tmp_path), lambda: [f.name for f in files(tmp_path)]
        )
    store: ObjectStore = request.getfixturevalue("object_store")
    name = store.bucket()
    bucket = Bucket(places.s3_place(store.url(name)))
    return Place(
        S3Storage(bucket),
        S3Partials(bucket),
        lambda: [one.rpartition("/")[2] for one in store.names(name)],
    )


@pytest.fixture
def storage(place: Place) -> Storage:
    return place.storage


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def keep(storage: Storage, content: bytes = CONTENT) -> str:
    staged = storage.stage(io.BytesIO(content))
    storage.keep(staged, "image/webp")
    return staged.sha256


def test_what_was_kept_is_read_back(storage: Storage) -> None:
    """Under the SHA-256 of its bytes, in full and from any place."""
    staged = storage.stage(io.BytesIO(CONTENT))
    assert (staged.sha256, staged.bytes) == (SHA256, len(CONTENT))
    storage.keep(staged, "image/webp")
    with storage.open(SHA256) as file:
        assert file.read() == CONTENT
        file.seek(100_000)
        assert file.read(10) == CONTENT[100_000:100_010]


def test_staged_content_is_not_to_be_found(storage: Storage) -> None:
    staged = storage.stage(io.BytesIO(CONTENT))
    with pytest.raises(NotFound):
        storage.open(staged.sha256)


def test_the_same_content_is_kept_once(storage: Storage, place: Place) -> None:
    keep(storage)
    keep(storage)
    assert len(place.names()) == 1


def test_discarding_leaves_what_was_kept(storage: Storage, place: Place) -> None:
    """Also a second time, and after the same content was kept by another."""
    keep(storage)
    staged = storage.stage(io.BytesIO(CONTENT))
    storage.discard(staged)
    storage.discard(staged)
    assert place.names() == [SHA256]


def test_deleting_may_be_repeated(storage: Storage, place: Place) -> None:
    keep(storage)
    storage.delete(SHA256)
    storage.delete(SHA256)
    assert place.names() == []
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


@pytest.mark.parametrize("size", [200_000, limits.STORAGE_PIECE_BYTES + 1])
def test_a_source_that_fails_leaves_nothing(storage: Storage, place: Place, size: int) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if self.tell() > len(self.getvalue()) // 2:
                raise ConnectionResetError
            return super().read(size)

    with pytest.raises(ConnectionResetError):
        storage.stage(Broken(os.urandom(size) * 2))
    assert place.names() == []


def test_content_may_be_large(storage: Storage) -> None:
    """Also where it goes in pieces."""
    content = os.urandom(2 * limits.STORAGE_PIECE_BYTES + 7)
    with storage.open(keep(storage, content)) as file:
        assert file.read(10) == content[:10]
        file.seek(limits.STORAGE_PIECE_BYTES - 5)
        assert file.read() == content[limits.STORAGE_PIECE_BYTES - 5 :]
        assert file.read(1) == b""


def test_what_was_there_before_a_moment_is_listed_and_its_stages_are_dropped(
    storage: Storage, place: Place
) -> None:
    kept = keep(storage)
    staged = storage.stage(io.BytesIO(b"staged"))
    day = timedelta(days=1)
    long_ago, later = datetime.now(UTC) - day, datetime.now(UTC) + day
    assert len(list(storage.drop_staged(long_ago))) == 1
    assert storage.page("", long_ago) == ([], "")
    assert len(place.names()) == 2
    assert len(list(storage.drop_staged(later))) == 1
    assert list(storage.drop_staged(later)) == []
    assert storage.page("", later) == ([kept], "")
    assert place.names() == [kept]
    storage.discard(staged)


def test_all_content_is_listed_page_by_page(storage: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each name once, in their order; a page begins anywhere, and what is deleted meanwhile shifts none."""
    monkeypatch.setattr(limits, "STORAGE_PAGE_NAMES", 3)
    later = datetime.now(UTC) + timedelta(days=1)
    names = sorted(keep(storage, b"%d" % number) for number in range(11))
    assert listed(storage, later) == names
    first, place = storage.page("", later)
    assert 0 < len(first) < len(names)
    for name in first:
        storage.delete(name)
    assert listed(storage, later, place) == names[len(first) :]
    assert set(listed(storage, later, "7")) <= set(names)
    assert storage.page("ff" * 32, later) == ([], "")


def listed(storage: Storage, moment: datetime, place: str = "") -> list[str]:
    """Through all pages."""
    found, place = storage.page(place, moment)
    while place:
        names, place = storage.page(place, moment)
        found += names
    return found


PARTIAL = "0f" * 16


def test_parts_make_a_file(place: Place) -> None:
    """One that came twice counts once, and nothing that is written later changes what is being read."""
    partials = place.partials
    with pytest.raises(NotFound):
        partials.open(PARTIAL)
    for offset, part in ((0, b"wrong"), (0, b"12345"), (5, b"678")):
        partials.write(PARTIAL, offset, io.BytesIO(part))
    with partials.open(PARTIAL) as file:
        with suppress(Conflict):
            partials.write(PARTIAL, 0, io.BytesIO(b"other"))
        assert file.read() == b"12345678"
    assert list(partials.older_than(datetime.now(UTC) - timedelta(days=1))) == []
    assert list(partials.older_than(datetime.now(UTC) + timedelta(days=1))) == [PARTIAL]
    partials.delete(PARTIAL)
    partials.delete(PARTIAL)
    assert place.names() == []


@pytest.mark.parametrize("name", ["", "..", "../../etc/passwd", "A" * 32, "a" * 32 + "/"])
def test_only_an_id_is_a_file_in_parts(place: Place, name: str) -> None:
    with pytest.raises(NotFound):
        place.partials.write(name, 0, io.BytesIO(b"x"))
    with pytest.raises(NotFound):
        place.partials.open(name)


def test_a_store_that_is_away_is_said_so() -> None:
    """By a name of its own, and soon."""
    nowhere = f"s3://bucket?endpoint=http://127.0.0.1:{free_port()}&key=a&secret=b"
    with pytest.raises(Unavailable) as caught:
        S3Storage(Bucket(places.s3_place(nowhere))).open(SHA256)
    assert caught.value.name == "storage_away"


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_is_told_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    """The disk says so at the sync at the latest."""

    def full(handle: int) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Unavailable) as caught:
        FileStorage(tmp_path).stage(io.BytesIO(CONTENT))
    assert caught.value.name == "storage_full"
    assert files(tmp_path) == []


def test_old_content_is_listed_and_old_stages_are_dropped(tmp_path: Path) -> None:
    """What a crash left is found by its age; what is new is left alone."""
    storage = FileStorage(tmp_path)
    old = keep(storage, b"old")
    new = keep(storage, b"new")
    staged = storage.stage(io.BytesIO(b"staged"))
    day_ago = datetime.now(UTC) - timedelta(days=1)
    for path in files(tmp_path):
        if path.name in (old, staged.token):
            os.utime(path, (0, day_ago.timestamp() - 60))
    assert list(storage.drop_staged(day_ago)) == [staged.token]
    assert listed(storage, day_ago) == [old]
    assert {path.name for path in files(tmp_path)} == {old, new}
