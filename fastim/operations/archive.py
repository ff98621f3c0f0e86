"""A backup's file: a tar that any tar reads, written and read as a stream, with a proof at its end.

    fastim-backup.json              what it is, first
    tables/user/000001.msgpack.gz   rows, as `operations.rows` has them, some hundred a member
    files/3fa9…                     a stored file under its SHA-256
    manifest.<sha256>.json          last; its name has the hash of its content, its content the hash of
                                    everything before it

So a byte that changed anywhere is noticed, also in a header, and so is an end that is missing; what follows
the manifest is zeros up to a multiple of tar's records.
"""

from __future__ import annotations

import hashlib
import io
import tarfile
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple, cast

import msgspec

from fastim.errors import Refused
from fastim.protocol import limits

HEAD = "fastim-backup.json"
FORMAT = 1
_MANIFEST = "manifest."
_SMALL_BYTES = 16 << 20
"""The largest head or manifest that is read into memory; a thousand tables would be 100 KB."""


class Head(msgspec.Struct):
    """The first member."""

    format: int
    version: str
    """Of FastIM."""
    migration: str
    made_ms: int
    tables: dict[str, list[str]]
    """Table to its columns, in the order of the rows' values."""


class Manifest(msgspec.Struct):
    """The last member."""

    sums: dict[str, str]
    """Table to the sum of its rows, as `rows.Sum.text`."""
    files: int
    bytes: int
    missing: int
    """Files that a row names and the storage did not have."""
    before: str
    """SHA-256 of all bytes before this member."""


class Member(NamedTuple):
    """One member, to be read before the next."""

    name: str
    size: int
    content: BinaryIO


class _Hashing(io.RawIOBase):
    """What tar writes to: passes on, counts and hashes."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._written = 0
        self.digest = hashlib.sha256()

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self._out.write(data)
        self.digest.update(data)
        self._written += len(data)
        return len(data)

    def tell(self) -> int:
        return self._written


def _header(name: str, size: int) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    return member


class Writer:
    """Writes an archive, member by member."""

    def __init__(self, out: BinaryIO, head: Head) -> None:
        self._hashing = _Hashing(out)
        self._tar = tarfile.open(  # noqa: SIM115 closed by `finish`; a failed backup's file is dropped
            fileobj=cast("BinaryIO", self._hashing), mode="w", format=tarfile.USTAR_FORMAT
        )
        self.add(HEAD, msgspec.json.encode(head))

    def add(self, name: str, content: bytes) -> None:
        self.add_stream(name, len(content), io.BytesIO(content))

    def add_stream(self, name: str, size: int, content: BinaryIO) -> None:
        """Copy exactly `size` bytes.

        Raises:
            OSError: there are fewer.
        """
        self._tar.addfile(_header(name, size), content)
        self._tar.members.clear()  # type: ignore[attr-defined]  # it remembers each: a GB for a million

    def finish(self, sums: dict[str, str], files: int, size: int, missing: int) -> None:
        """Write the proof."""
        manifest = Manifest(sums, files, size, missing, self._hashing.digest.hexdigest())
        content = msgspec.json.encode(manifest)
        self.add(f"{_MANIFEST}{hashlib.sha256(content).hexdigest()}.json", content)
        self._tar.close()


def check(file: BinaryIO) -> tuple[Head, Manifest, str]:
    """Read an archive once from end to end; its head, its manifest, and its own name: the manifest's hash.

    Raises:
        Refused: `not_a_backup`, or `damaged_backup` with what is wrong.
    """
    head = _read_head(file)
    try:
        name, offset, content = _find_manifest(file)
    except (tarfile.TarError, EOFError) as error:
        raise Refused("damaged_backup", what=str(error)) from error
    if f"{_MANIFEST}{hashlib.sha256(content).hexdigest()}.json" != name:
        raise Refused("damaged_backup", what="its manifest was changed")
    manifest = msgspec.json.decode(content, type=Manifest)
    if _hash_of(file, offset) != manifest.before:
        raise Refused("damaged_backup", what="bytes of it were changed")
    file.seek(offset)
    header = _header(name, len(content)).tobuf(tarfile.USTAR_FORMAT)
    if file.read(len(header) + len(content)) != header + content:
        raise Refused("damaged_backup", what="its manifest was changed")
    rest = file.read(2 * tarfile.RECORDSIZE)
    if rest.strip(b"\0") or len(rest) < 2 * tarfile.BLOCKSIZE or file.tell() % tarfile.RECORDSIZE:
        raise Refused("damaged_backup", what="its end is missing")
    return head, manifest, name.split(".")[1]


def members(file: BinaryIO) -> Iterator[Member]:
    """The members in their order, but the manifest."""
    file.seek(0)
    with tarfile.open(fileobj=file, mode="r:") as tar:
        while (found := tar.next()) is not None:
            tar.members.clear()  # type: ignore[attr-defined]  # as above
            content = tar.extractfile(found)
            if content is None or found.name.startswith(_MANIFEST):
                continue
            with content:
                yield Member(found.name, found.size, cast("BinaryIO", content))


def _read_head(file: BinaryIO) -> Head:
    try:
        for first in members(file):
            if first.name == HEAD and first.size <= _SMALL_BYTES:
                head = msgspec.json.decode(first.content.read(), type=Head)
                if head.format == FORMAT:
                    return head
            break
    except (tarfile.TarError, EOFError, msgspec.MsgspecError) as error:
        raise Refused("not_a_backup") from error
    raise Refused("not_a_backup")


def _find_manifest(file: BinaryIO) -> tuple[str, int, bytes]:
    """Its name, where it begins, and its content."""
    file.seek(0)
    with tarfile.open(fileobj=file, mode="r:") as tar:
        while (found := tar.next()) is not None:
            tar.members.clear()  # type: ignore[attr-defined]
            if found.name.startswith(_MANIFEST) and found.size <= _SMALL_BYTES:
                content = tar.extractfile(found)
                assert content is not None, "it is a file"
                return found.name, found.offset, content.read()
    raise Refused("damaged_backup", what="its end is missing")


def _hash_of(file: BinaryIO, size: int) -> str:
    """SHA-256 of the first `size` bytes."""
    file.seek(0)
    digest, left = hashlib.sha256(), size
    while left and (chunk := file.read(min(left, limits.FILE_CHUNK_BYTES))):
        digest.update(chunk)
        left -= len(chunk)
    return digest.hexdigest()
