"""Bringing over the Go version's whole folder of uploads: each file keeps its address.

Pictures, voices and files of chats are named by nothing but messages, which the Go version did not keep;
people have their addresses all the same, in what they saved or sent elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import insert, select

from fastim.backends.bus import Bus
from fastim.errors import AppError, Refused, Unavailable
from fastim.models import ImportedFile, db
from fastim.models.upload import FILE
from fastim.operations import go_files
from fastim.services.resources import is_upload_name
from fastim.services.transaction import transaction
from fastim.services.uploads import Uploads

FILES = 100
"""Paths that are in memory at once, and in one transaction."""
_PATH_CHARS = 255


class GoFolder:
    """One run over the folder. Needs an app context. A run that was killed is run again, and goes on.

    Args:
        told: hears of the progress: what, how many are done, how many there are.
        leave: hears of each file that is left, and why.
    """

    def __init__(
        self,
        bus: Bus,
        uploads: Uploads,
        folder: Path,
        told: Callable[[str, int, int], None],
        leave: Callable[[str, str], None],
    ) -> None:
        self._bus = bus
        self._uploads = uploads
        self._folder = folder
        self._told = told
        self._leave = leave

    def count(self) -> tuple[int, int]:
        """How many files are in the folder, and how many of them were brought before."""
        paths, every, known = go_files.walk(self._folder), 0, 0
        while batch := list(islice(paths, FILES)):
            every += len(batch)
            known += len(_known(batch))
        db.session.rollback()
        return every, known

    def bring(self, total: int) -> None:
        """Bring every file that was not brought before."""
        paths, done = go_files.walk(self._folder), 0
        while batch := list(islice(paths, FILES)):
            known = _known(batch)
            db.session.rollback()  # what follows may take minutes
            self._bring([path for path in batch if path not in known])
            done += len(batch)
            self._told("files", done, total)

    def _bring(self, paths: list[str]) -> None:
        rows = []
        for path in paths:
            try:
                rows.append({"path": path, "upload_name": self._store(path)})
            except Unavailable:  # a full disk is no fault of this file's
                raise
            except AppError as error:
                self._leave(path, error.name)
        if rows:
            with transaction(self._bus):
                db.session.execute(insert(ImportedFile), rows)

    def _store(self, path: str) -> str:
        if len(path) > _PATH_CHARS or is_upload_name(path) or not path.isprintable():
            raise Refused("bad_path")
        if path.endswith(" "):  # MariaDB takes it for the path without
            raise Refused("bad_path")
        with go_files.open_file(go_files.path_of(self._folder, "resource/" + quote(path))) as file:
            name = path.rpartition("/")[2]
            try:
                return self._uploads.store(None, file, "", name, by_operator=True).upload
            except Refused:
                file.seek(0)  # no picture that can be shown, so it is one to be saved
                return self._uploads.store(None, file, FILE, name, by_operator=True).upload


def _known(paths: list[str]) -> set[str]:
    texts = [path for path in paths if path.isprintable()]  # a name on the disk may be no text
    return set(db.session.scalars(select(ImportedFile.path).where(ImportedFile.path.in_(texts))))
