"""Connections to MariaDB: encrypted where the server can, checked where the URL says against what."""

from __future__ import annotations

import socket
import ssl

import pymysql
import pytest

from fastim.backends import mysql_line
from fastim.protocol import limits
from tests.servers import MariaDb


def test_connections_without_a_certificate_share_one_context(mariadb: MariaDb) -> None:
    lines = [mysql_line.connect(mariadb.url("mysql")) for _ in range(2)]
    try:
        assert lines[0].ctx is lines[1].ctx
        assert lines[0].ctx.verify_mode == ssl.CERT_NONE
        with lines[1].cursor() as cursor:
            cursor.execute("SELECT 7")
            assert cursor.fetchone() == (7,)
    finally:
        for line in lines:
            line.close()


def test_a_line_to_a_host_that_is_gone_ends_within_the_bound(mariadb: MariaDb) -> None:
    """A request would else wait for its answer as long as the system tries, a quarter of an hour and more,
    and sixteen of them hold all connections. Who takes long is waited for: its host is there."""
    line = mysql_line.connect(mariadb.url("mysql"))
    try:
        tcp = {name: line._sock.getsockopt(socket.IPPROTO_TCP, name) for name in mysql_line.PROBES}
        assert line._sock.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)
        assert tcp[socket.TCP_USER_TIMEOUT] == limits.DATABASE_GONE_SECONDS * 1000
        silence = tcp[socket.TCP_KEEPIDLE] + tcp[socket.TCP_KEEPINTVL] * tcp[socket.TCP_KEEPCNT]
        assert silence == limits.DATABASE_GONE_SECONDS
    finally:
        line.close()


def test_an_authority_named_in_the_url_is_used(mariadb: MariaDb) -> None:
    """One that does not exist fails, and is not passed over."""
    with pytest.raises(FileNotFoundError):
        mysql_line.connect(f"{mariadb.url('mysql')}?ssl_ca=/no/such/authority.pem")


def test_a_bound_line_ends_what_takes_too_long_and_goes_on(mariadb: MariaDb) -> None:
    line = mysql_line.bound(mysql_line.connect(mariadb.url("mysql"), autocommit=True), 0.05)
    try:
        with line.cursor() as cursor:
            with pytest.raises(pymysql.err.Error, match="max_statement_time"):
                cursor.execute("SELECT SUM(seq % 7) FROM seq_1_to_1000000000")
            cursor.execute("SELECT 7")
            assert cursor.fetchone() == (7,)
    finally:
        line.close()
