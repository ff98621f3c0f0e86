"""Copies of the primary database that answer reads, and only when they have all that it has committed.

Before each read the primary is asked how far its binary log goes, a question that touches no table, and the
replica waits until it has applied that (MariaDB's GTIDs). So nothing that was committed, acknowledged or
told before the read began can be missing from it, whoever wrote it and in whichever process: there is no
"last write" to be remembered for anybody. A replica that is not there soon is left alone for a while.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

import structlog
from sqlalchemy import Connection, Engine, create_engine, event, exc, literal_column, make_url, select

from fastim.backends import database
from fastim.backends.counters import Counters
from fastim.backends.log import Shelf
from fastim.backends.mysql_line import BEGINNING
from fastim.backends.questions import Question
from fastim.errors import Unavailable
from fastim.protocol import limits
from fastim.protocol import replica_limits as bounds

log = structlog.get_logger(__name__)

POSITION: Question = select(literal_column("@@global.gtid_binlog_pos"))
"""How far the primary's binary log goes. It moves before a commit is acknowledged, or seen by anybody."""
FAILURES = (exc.DBAPIError, exc.TimeoutError)
"""What a replica raises that is away, too slow, or has no connection free."""
_WAIT = "SELECT MASTER_GTID_WAIT(%s, %s)"


class Replica:
    """One of them, by its URL as SQLAlchemy writes it."""

    def __init__(self, url: str, shelf: Shelf | None = None) -> None:
        parts = make_url(url)
        self.name = f"{parts.host}:{parts.port or 3306}"
        self.engine = open_engine(url, shelf)
        self.rests_until = 0.0
        """Until then (monotonic) it is not asked."""
        self.is_left = False
        """Its last read failed."""

    def catch_up(self, position: str, seconds: float) -> Connection | None:
        """A connection that sees everything up to `position`, or None if it does not in time.

        Raises:
            one of `FAILURES`.
        """
        connection = self.engine.connect()
        try:
            if connection.exec_driver_sql(_WAIT, (position, seconds)).scalar() == 0:
                return connection
        except BaseException:
            connection.close()
            raise
        connection.close()
        return None


class Replicas:
    """Asked in turns.

    Args:
        position: asks the primary for `POSITION`; raises Unavailable.
    """

    def __init__(
        self, replicas: Sequence[Replica], position: Callable[[], str], counters: Counters
    ) -> None:
        self._replicas = replicas
        self._position = position
        self._counters = counters
        self._turn = 0
        self._is_position_missed = False

    def take(self) -> tuple[Replica, Connection] | None:
        """A replica that has everything that is committed now, on a connection that the caller closes; None
        if there is none, and the primary is to be asked."""
        replica = self._next()
        position = self._ask_position() if replica is not None else ""
        if replica is None or not position:
            self._counters.replica_fallbacks += 1
            return None
        try:
            connection = replica.catch_up(position, bounds.WAIT_SECONDS)
        except FAILURES as error:
            self.leave(replica, str(getattr(error, "orig", None) or error))
            return None
        if connection is None:
            self.leave(replica, "it is behind")
            return None
        self._counters.replica_reads += 1
        if replica.is_left:
            replica.is_left = False
            log.info("replica_back", replica=replica.name)
            self._count_left()
        return replica, connection

    def leave(self, replica: Replica, reason: str) -> None:
        """Let it be for a while; said once, until it is back."""
        replica.rests_until = time.monotonic() + bounds.REST_SECONDS
        self._counters.replica_fallbacks += 1
        if not replica.is_left:
            replica.is_left = True
            log.warning("replica_left", replica=replica.name, reason=reason)
            self._count_left()

    def close(self) -> None:
        """Give the connections back."""
        for replica in self._replicas:
            replica.engine.dispose()

    def _next(self) -> Replica | None:
        now = time.monotonic()
        for _ in self._replicas:
            self._turn = (self._turn + 1) % len(self._replicas)
            replica = self._replicas[self._turn]
            if replica.rests_until <= now:
                if replica.is_left:  # one read tries it, the others do not wait with it
                    replica.rests_until = now + bounds.REST_SECONDS
                return replica
        return None

    def _ask_position(self) -> str:
        """ "" where the primary has no binary log, or is no MariaDB."""
        try:
            position = self._position()
        except Unavailable:
            position = ""
        if not position and not self._is_position_missed:
            log.warning("replica_position_missing", cure="MariaDB with log_bin; see docs/operations.md")
        self._is_position_missed = not position
        return position

    def _count_left(self) -> None:
        self._counters.replicas_left = sum(replica.is_left for replica in self._replicas)


def open_engine(url: str, shelf: Shelf | None = None) -> Engine:
    """Connections that can only read, and that give up soon: the primary can be asked instead."""
    engine = create_engine(
        url,
        hide_parameters=True,
        isolation_level="AUTOCOMMIT",
        pool_recycle=1800,
        pool_reset_on_return=None,  # there is nothing to be rolled back
        skip_autocommit_rollback=True,
        pool_size=limits.DATABASE_CONNECTIONS,
        max_overflow=0,
        pool_timeout=bounds.CONNECT_SECONDS,
        connect_args={
            "charset": "utf8mb4",
            "connect_timeout": bounds.CONNECT_SECONDS,
            "read_timeout": bounds.ANSWER_SECONDS,
            "write_timeout": bounds.ANSWER_SECONDS,
            "init_command": BEGINNING,
        },
        execution_options={"fastim_shelf": shelf},
    )
    database.prepare(engine)

    @event.listens_for(engine, "connect")
    def connected(line: Any, record: object) -> None:
        with line.cursor() as cursor:
            cursor.execute("SET SESSION TRANSACTION READ ONLY")

    return engine
