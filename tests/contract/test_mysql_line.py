"""Connections to MariaDB: encrypted where the server can, checked where the URL says against what."""

from __future__ import annotations

import ssl

import pytest

from fastim.backends import mysql_line
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


def test_an_authority_named_in_the_url_is_used(mariadb: MariaDb) -> None:
    """One that does not exist fails, and is not passed over."""
    with pytest.raises(FileNotFoundError):
        mysql_line.connect(f"{mariadb.url('mysql')}?ssl_ca=/no/such/authority.pem")
