"""Files that browsers send to the storage themselves: begun here, sent there, finished here.

The row of a file in parts (`services/partials.py`) stands for each, so quotas, lists and ends are the same.
It says nothing of how far the file is: the storage is asked.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import select, update

from fastim.backends.bus import Bus
from fastim.backends.storage import Address, DirectFiles, Storage, Taken
from fastim.backends.workers import Workers
from fastim.errors import BadRequest, Conflict, NotFound, Unavailable
from fastim.models import Partial, db
from fastim.models.base import utc_now
from fastim.models.upload import FORM, PIECES
from fastim.protocol import limits
from fastim.services.transaction import transaction

_WAIT_SECONDS = 30


class Remote(NamedTuple):
    """What the storage calls a file."""

    partial_id: str
    remote_id: str


class Direct:
    """Needs an app context. `files` is None where the storage takes nothing but from this server."""

    def __init__(self, bus: Bus, workers: Workers, files: DirectFiles | None, storage: Storage) -> None:
        self._bus = bus
        self._workers = workers
        self._files_or_none = files
        self._storage = storage
        self._places = threading.BoundedSemaphore(limits.DIRECT_TAKEN_AT_ONCE)

    @property
    def is_offered(self) -> bool:
        return self._files_or_none is not None

    @property
    def _files(self) -> DirectFiles:
        """Raises:
        NotFound: the file was begun before the storage was changed.
        """
        if self._files_or_none is None:
            raise NotFound
        return self._files_or_none

    def way(self, size: int) -> str:
        """How a file of `size` bytes comes."""
        return FORM if size <= limits.DIRECT_FORM_BYTES else PIECES

    def begin(self, partial_id: str) -> None:
        """Ask the storage for a file in pieces, whose row is there; nothing for one that comes at once."""
        way = db.session.scalar(select(Partial.way).where(Partial.id == partial_id))
        db.session.rollback()
        if way != PIECES:
            return
        remote_id = self._workers.run(self._files.begin, partial_id)
        with transaction(self._bus):
            db.session.execute(update(Partial).where(Partial.id == partial_id).values(remote_id=remote_id))

    def received(self, remote: Remote) -> int:
        """Bytes from the beginning that are there."""
        return self._workers.run(self._files.received, *remote)

    def address(self, remote: Remote, size: int, offset: int) -> Address:
        """Where to send what begins at `offset`, of a file of `size` bytes in all; its end is put off.

        Raises:
            BadRequest: nothing begins there.
        """
        piece = limits.STORAGE_PIECE_BYTES if remote.remote_id else size
        if offset % piece or not 0 <= offset < size:
            raise BadRequest(field="offset")
        with transaction(self._bus):
            heard = update(Partial).where(Partial.id == remote.partial_id).values(heard_at=utc_now())
            db.session.execute(heard)
        return self._workers.run(self._files.address, *remote, offset, min(piece, size - offset))

    @contextmanager
    def taken(self, remote: Remote, size: int) -> Iterator[Taken]:
        """What came, out of its sender's reach; what is not kept meanwhile goes.

        Raises:
            Conflict: `wrong_offset`, with `offset`: something is missing.
            Unavailable: too much is being fetched already.
        """
        if not self._places.acquire(timeout=_WAIT_SECONDS):  # each lies on this machine's disk for a while
            raise Unavailable
        try:
            taken = self._take(remote, size)
            try:
                yield taken
            finally:
                taken.file.close()
                self._workers.run(self._storage.discard, taken.staged)
        finally:
            self._places.release()

    def _take(self, remote: Remote, size: int) -> Taken:
        received = self.received(remote)
        if received < size:
            raise Conflict("wrong_offset", offset=received)
        try:
            return self._workers.run(self._files.take, *remote, size)
        except NotFound as error:
            raise Conflict("wrong_offset", offset=0) from error

    def drop(self, remotes: Iterable[Remote]) -> None:
        for remote in remotes:
            with suppress(NotFound):
                self._workers.run(self._files.drop, *remote)

    def drop_strays(self, now: datetime) -> int:
        """Drop what came for files that are given up; how many."""
        if not self.is_offered:
            return 0
        before = now - timedelta(seconds=limits.DIRECT_STRAY_SECONDS)
        dropped = 0
        for some in self._workers.batches(self._files.older_than(before), limits.COLLECTION_ROWS):
            ids = [partial_id for partial_id, _ in some]
            known = set(db.session.scalars(select(Partial.id).where(Partial.id.in_(ids))))
            db.session.rollback()
            strays = [Remote(*one) for one in some if one[0] not in known]
            self.drop(strays)
            dropped += len(strays)
        return dropped
