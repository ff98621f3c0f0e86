"""Files that come in parts: begun, gone on with after any break, finished into an upload, or given up.

Each part says where it belongs and what it must sum up to. The offset in the row moves only over bytes that
were checked; what a broken line left behind it is written over.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, BinaryIO, cast

from sqlalchemy import CursorResult, delete, func, select, update

from fastim.backends.bus import Bus
from fastim.backends.storage import Address, PartFiles, Staged
from fastim.backends.workers import Workers
from fastim.errors import BadRequest, Conflict, NotFound, Refused, TooLarge
from fastim.models import Partial, db
from fastim.models.base import utc_now
from fastim.models.upload import PIECES
from fastim.protocol import limits
from fastim.services.direct import Direct, Remote
from fastim.services.part_places import PartPlaces
from fastim.services.steps import in_steps
from fastim.services.transaction import transaction
from fastim.services.uploads import Stored, Uploads, clean_name, lock_owner


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an upload in parts has come."""

    id: str
    offset: int
    """Bytes that are here: where the next part begins."""
    bytes: int
    name: str
    part_bytes: int
    way: str
    """As in the row."""


@dataclass(frozen=True, slots=True)
class _Whole:
    """What was said of a file at its beginning."""

    bytes: int
    sha256: str
    kind: str
    file_name: str


class Partials:
    """Needs an app context. Every method acts as `owner_id`; others' files are not there for them."""

    def __init__(
        self, bus: Bus, workers: Workers, files: PartFiles, direct: Direct, uploads: Uploads
    ) -> None:
        self._bus = bus
        self._workers = workers
        self._files = files
        self._direct = direct
        self._uploads = uploads
        self.places = PartPlaces()

    @property
    def offers_direct(self) -> bool:
        """Whether files may be sent to the storage past this server."""
        return self._direct.is_offered

    def begin(
        self, owner_id: int, size: int, sha256: str, kind: str, file_name: str, direct: bool = False
    ) -> Progress:
        """Announce a file; its size counts towards the quota from now on.

        Args:
            sha256: of the whole, in hex; "" for unknown.
            direct: to the storage past this server, where that is offered.

        Raises:
            TooLarge: it is over the limit of its kind.
            Refused: `damaged_file` for nothing at all, `quota_full`, `too_many_uploads`.
        """
        if size == 0:
            raise Refused("damaged_file")
        if size > self._uploads.most(kind):
            raise TooLarge(self._uploads.most(kind))
        partial = Partial(
            id=secrets.token_hex(16),
            owner_id=owner_id,
            bytes=size,
            received=0,
            sha256=sha256,
            kind=kind,
            file_name=clean_name(file_name),
            way=self._direct.way(size) if direct and self.offers_direct else "",
        )
        with transaction(self._bus):
            lock_owner(owner_id)
            count, waiting = db.session.execute(
                select(func.count(), func.sum(Partial.bytes)).where(Partial.owner_id == owner_id)
            ).one()
            if count >= limits.PARTIALS_PER_USER:
                raise Refused("too_many_uploads")
            self._uploads.check_quota(owner_id, int(waiting or 0) + size)
            db.session.add(partial)
            db.session.flush()
            begun = _progress(partial)
        try:
            self._direct.begin(begun.id)
        except BaseException:
            self._drop([begun.id])
            raise
        return begun

    def state(self, owner_id: int, partial_id: str) -> Progress:
        """Where to go on.

        Raises:
            NotFound: finished, given up, expired, or not this user's.
        """
        partial = self._find(owner_id, partial_id)
        found, remote = _progress(partial), _remote(partial)
        db.session.rollback()
        return replace(found, offset=self._direct.received(remote)) if found.way else found

    def address(self, owner_id: int, partial_id: str, offset: int) -> Address:
        """Where to send what begins at `offset` of a file that goes past this server.

        Raises:
            NotFound: as in `state`; also for a file that goes through this server.
            BadRequest: nothing begins there.
        """
        partial = self._find(owner_id, partial_id)
        way, size, remote = partial.way, partial.bytes, _remote(partial)
        db.session.rollback()
        if not way:
            raise NotFound
        return self._direct.address(remote, size, offset)

    def unfinished(self, owner_id: int) -> list[Progress]:
        """All of the user's, the oldest first."""
        query = select(Partial).where(Partial.owner_id == owner_id).order_by(Partial.created_at, Partial.id)
        return [_progress(partial) for partial in db.session.scalars(query)]

    def check_part(self, owner_id: int, partial_id: str, offset: int, size: int) -> None:
        """Before a part's body is read.

        Raises:
            NotFound: as in `state`.
            Conflict: `wrong_offset`, with `offset`: where the next part begins.
            BadRequest: the part is too small, or goes beyond the end.
        """
        partial = self._find(owner_id, partial_id)
        if partial.way:
            raise NotFound
        _check_offset(partial, offset)
        rest = partial.bytes - partial.received
        if not 0 < size <= min(rest, limits.PART_BYTES) or (size < limits.PART_LEAST_BYTES and size < rest):
            raise BadRequest(field="Content-Length")
        db.session.rollback()  # the body may take minutes

    def add(self, owner_id: int, partial_id: str, offset: int, size: int, part: BinaryIO) -> Progress:
        """Take a part in that was checked against its sum.

        Raises:
            NotFound, Conflict: as in `check_part`; `busy` while another part is being written.
        """
        _check_offset(self._find(owner_id, partial_id), offset)
        db.session.rollback()
        self._workers.run(self._files.write, partial_id, offset, part)
        with transaction(self._bus):
            moved = (
                update(Partial)
                .where(Partial.id == partial_id, Partial.owner_id == owner_id, Partial.received == offset)
                .values(received=offset + size, heard_at=utc_now())
            )
            is_ours = cast("CursorResult[Any]", db.session.execute(moved)).rowcount == 1
        if not is_ours:  # given up meanwhile, or the same part over two lines
            partial = self._find(owner_id, partial_id, or_delete=True)
            _check_offset(partial, offset)
        return self.state(owner_id, partial_id)

    def finish(self, owner_id: int, partial_id: str) -> Stored:
        """Make an upload of a file that is here in full; what is wrong with it ends it.

        Raises:
            NotFound: as in `state`.
            Conflict: `wrong_offset` while something is missing, `busy`.
            Refused: `bad_checksum`; otherwise as `Uploads.store`.
        """
        partial = self._find(owner_id, partial_id)
        if not partial.way:
            _check_offset(partial, partial.bytes)
        whole, remote = (
            _Whole(partial.bytes, partial.sha256, partial.kind, partial.file_name),
            _remote(partial),
        )
        way = partial.way
        db.session.rollback()
        try:
            if way:
                stored = self._finish_direct(owner_id, remote, whole)
            else:
                file = self._workers.run(self._files.open, partial_id)
                with closing(file):
                    stored = self._store(owner_id, file, whole)
        except (Refused, TooLarge) as error:
            if error.name != "quota_full":
                self._drop([partial_id])
            raise
        self._drop([partial_id])
        return stored

    def _finish_direct(self, owner_id: int, remote: Remote, whole: _Whole) -> Stored:
        with self._direct.taken(remote, whole.bytes) as taken:
            return self._store(owner_id, taken.file, whole, taken.staged)

    def _store(self, owner_id: int, file: BinaryIO, whole: _Whole, staged: Staged | None = None) -> Stored:
        if (
            file.seek(0, os.SEEK_END) != whole.bytes
        ):  # the machine crashed since, or more came than was said
            raise Refused("bad_checksum")
        return self._uploads.store(owner_id, file, whole.kind, whole.file_name, whole.sha256, staged)

    def abandon(self, owner_id: int, partial_id: str) -> None:
        """Give an upload up.

        Raises:
            NotFound: as in `state`.
        """
        self._find(owner_id, partial_id)
        db.session.rollback()
        self._drop([partial_id])

    def expire(self, now: datetime) -> int:
        """Drop what has stood still for a day before `now`, and files without a row; how many."""
        before = now - timedelta(seconds=limits.PARTIAL_IDLE_SECONDS)
        dropped = 0
        for ids in in_steps(Partial.id, limits.COLLECTION_ROWS, Partial.heard_at < before):
            self._drop(ids)
            dropped += len(ids)
        for old in self._workers.batches(self._files.older_than(before), limits.COLLECTION_ROWS):
            known = set(db.session.scalars(select(Partial.id).where(Partial.id.in_(old))))
            db.session.rollback()
            strays = [partial_id for partial_id in old if partial_id not in known]
            self._drop(strays)
            dropped += len(strays)
        return dropped + self._direct.drop_strays(now)

    def _drop(self, ids: Sequence[str]) -> None:
        remotes: list[Remote] = []
        if ids:
            with transaction(self._bus):
                direct = select(Partial).where(Partial.id.in_(ids), Partial.way != "")
                remotes = [_remote(partial) for partial in db.session.scalars(direct)]
                db.session.execute(delete(Partial).where(Partial.id.in_(ids)))
        self._direct.drop(remotes)
        for partial_id in set(ids) - {remote.partial_id for remote in remotes}:
            self._workers.run(self._files.delete, partial_id)

    def _find(self, owner_id: int, partial_id: str, or_delete: bool = False) -> Partial:
        query = select(Partial).where(Partial.id == partial_id, Partial.owner_id == owner_id)
        partial = db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()
        if partial is None:
            if or_delete:  # a part that was still being written may have made the file again
                self._workers.run(self._files.delete, partial_id)
            raise NotFound
        return partial


def _check_offset(partial: Partial, offset: int) -> None:
    if offset != partial.received:
        raise Conflict("wrong_offset", offset=partial.received)


def _progress(partial: Partial) -> Progress:
    most = limits.PART_BYTES
    if partial.way:
        most = limits.STORAGE_PIECE_BYTES if partial.way == PIECES else partial.bytes
    return Progress(
        partial.id, partial.received, partial.bytes, partial.file_name, part_bytes=most, way=partial.way
    )


def _remote(partial: Partial) -> Remote:
    return Remote(partial.id, partial.remote_id)
