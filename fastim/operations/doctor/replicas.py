"""The replicas: do they answer, and how long do they take to have what the primary has?"""

from __future__ import annotations

import time
from collections.abc import Iterator

from sqlalchemy import NullPool, create_engine

from fastim.backends.replicas import FAILURES, POSITION, Replica
from fastim.config import Settings
from fastim.operations.doctor.finding import Finding, ok, warn

_WAIT_SECONDS = 1.0


def examine(settings: Settings, seconds: float = _WAIT_SECONDS) -> Iterator[Finding]:
    """A line for each; `seconds` is how long one may take to catch up."""
    if not settings.database_read_url:
        return
    try:
        with create_engine(settings.sqlalchemy_url, poolclass=NullPool).connect() as connection:
            position = str(connection.scalar(POSITION) or "")
    except FAILURES as error:
        position, reason = "", str(getattr(error, "orig", None) or error)
    else:
        reason = "the primary has no binary log"
    for url in settings.database_read_url:
        replica = Replica(url)
        try:
            yield _look(replica, position, seconds) if position else _useless(replica.name, reason)
        finally:
            replica.engine.dispose()


def _useless(name: str, reason: str) -> Finding:
    cure = "the primary must be MariaDB with log_bin; until then replicas are not asked"
    return warn(f"replica {name}", reason, cure)


def _look(replica: Replica, position: str, seconds: float) -> Finding:
    name = f"replica {replica.name}"
    began = time.perf_counter()
    try:
        connection = replica.catch_up(position, seconds)
    except FAILURES as error:
        reason = str(getattr(error, "orig", None) or error)
        return warn(name, reason, "start it, or correct FASTIM_DATABASE_READ_URL; the primary answers")
    if connection is None:
        said = f"more than {seconds} s behind; SHOW REPLICA STATUS there says why"
        return warn(name, said, "until it has caught up, the primary is asked")
    connection.close()
    ms = (time.perf_counter() - began) * 1000
    return ok(name, f"connected, and has all that the primary has, after {ms:.0f} ms")
