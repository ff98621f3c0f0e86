"""Who else has a database open, as far as this machine or the database's server can tell."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Engine, make_url, text

_LOOKS = 10
_LOOK_SECONDS = 0.05
_LOCKS = Path("/proc/locks")
# Bytes that SQLite locks: in the file itself from 1 GiB on, in the -shm file of WAL mode 120 to 128.
_FILE_BYTES = range(1 << 30, (1 << 30) + 512)
_SHM_BYTES = range(120, 129)


def occupants(engine: Engine) -> list[str]:
    """Other programs, each as a few words for people.

    SQLite: those whose locks Linux lists, so not one in another container. MySQL: connections to this
    database that the account may see.
    """
    if engine.dialect.name == "sqlite":
        file = Path(make_url(engine.url).database or "")
        return [f"process {pid}" for pid in sorted(set(_sqlite_pids(file)) - {os.getpid()})]
    query = text(
        "SELECT id, user, host FROM information_schema.processlist "
        "WHERE db = DATABASE() AND id <> CONNECTION_ID() ORDER BY id"
    )
    with engine.connect() as connection:
        staying = list(connection.execute(query))
        for _ in range(_LOOKS):  # who has just hung up is still listed for a moment
            if not staying:
                break
            time.sleep(_LOOK_SECONDS)
            now = set(connection.execute(query))
            staying = [row for row in staying if row in now]
    return [f"connection {row[0]} of {row[1]}@{row[2]}" for row in staying]


def _sqlite_pids(file: Path) -> Iterator[int]:
    wanted = {}
    for path, places in ((file, _FILE_BYTES), (file.with_name(file.name + "-shm"), _SHM_BYTES)):
        if path.exists():
            wanted[str(path.stat().st_ino)] = places
    if not _LOCKS.exists():
        return
    for line in _LOCKS.read_text().splitlines():
        # `1: POSIX  ADVISORY  READ 4242 08:01:1234 128 128`; a waiting lock has `->` before its kind.
        fields = line.replace("->", "").split()
        pid, inode, start = fields[4], fields[5].rpartition(":")[2], fields[6]
        if inode in wanted and int(start) in wanted[inode]:
            yield int(pid)
