"""Connections to MySQL and MariaDB that do not block the loop while they are made."""

from __future__ import annotations

import functools
import socket
import ssl
from typing import Any

from pymysql.connections import Connection
from pymysql.err import Error
from sqlalchemy import engine, make_url

from fastim.protocol import limits

BEGINNING = "SET SESSION net_write_timeout = 60 /*M!100300 , SESSION idle_transaction_timeout = 5 */"
"""Said first on every connection. A host that is cut off within a transaction would else hold its locks
until the server gives up its connection, which takes hours. MySQL has no such setting: there the operator's
`wait_timeout` is the bound."""

PAUSING = BEGINNING.replace("idle_transaction_timeout = 5", "idle_transaction_timeout = 0")
"""The same for commands; see `allow_pauses`."""


PROBES = {
    socket.TCP_KEEPIDLE: limits.DATABASE_GONE_SECONDS // 2,
    socket.TCP_KEEPINTVL: limits.DATABASE_GONE_SECONDS // 4,
    socket.TCP_KEEPCNT: 2,
    socket.TCP_USER_TIMEOUT: limits.DATABASE_GONE_SECONDS * 1000,
}
"""How the system finds out that the other host is gone, while nothing is said and while something is."""


class Line(Connection):  # type: ignore[misc]
    """PyMySQL's connection, with one TLS context for all that name no certificate of their own.

    Loading the system's certificates takes 50 ms; PyMySQL does it for every connection, though without a
    certificate authority in the URL it then checks none of them.
    """

    def _get_server_information(self) -> None:
        """The first word of the other side, so that this wait has its bound too."""
        if self._sock.family != socket.AF_UNIX:
            for name, value in PROBES.items():
                self._sock.setsockopt(socket.IPPROTO_TCP, name, value)
        super()._get_server_information()

    def _create_ssl_ctx(self, sslp: Any) -> ssl.SSLContext:
        return super()._create_ssl_ctx(sslp) if sslp else _unchecked()


def connect(url: str, **options: Any) -> Line:
    """A connection as SQLAlchemy would make it from this URL, with its TLS options."""
    parts = make_url(url).set(drivername="mysql+pymysql")
    _, arguments = parts.get_dialect()().create_connect_args(parts)
    return Line(**arguments, init_command=BEGINNING, **options)


def allow_pauses(connection: engine.Connection) -> None:
    """For a command, whose transaction waits between its statements for another database, or for a file.

    Args:
        connection: SQLAlchemy's; it keeps this.
    """
    connection.exec_driver_sql(PAUSING)


def bound(line: Connection, seconds: float) -> Connection:
    """The same line, of which the server ends each SELECT that takes longer, with an error."""
    with line.cursor() as cursor:
        # Each of the two reads what is its own and takes the other's for a comment.
        cursor.execute(
            f"SET SESSION innodb_lock_wait_timeout = {max(1, int(seconds))}"
            f" /*M!100101 , SESSION max_statement_time = {seconds} */"
            f" /*!50708 , SESSION max_execution_time = {int(seconds * 1000)} */"
        )
    return line


def close(line: Connection | None) -> None:
    """With a word to the server, so that what the line had locked is free at once; of none, nothing."""
    if line is None:
        return
    try:
        line.close()
    except (Error, OSError):
        line._force_close()


@functools.cache
def _unchecked() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
