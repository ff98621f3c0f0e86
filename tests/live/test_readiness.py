"""What probes are told of a database that is there and says nothing."""

from __future__ import annotations

import signal
from concurrent.futures import ThreadPoolExecutor

from fastim.protocol import limits
from tests.conftest import StartServer
from tests.servers import MariaDb

PROBES = limits.DATABASE_CONNECTIONS + 4


def test_a_probe_is_answered_while_the_database_hangs(
    start_server: StartServer, mariadb: MariaDb, mariadb_url: str
) -> None:
    """Also more probes than there are connections to the database; and all are there again afterwards."""
    server = start_server(database_url=mariadb_url)
    mariadb.signal(signal.SIGSTOP)
    try:
        with ThreadPoolExecutor(PROBES) as pool:
            assert {*pool.map(server.get, ["/readyz"] * PROBES)} == {503}
        assert server.get("/healthz") == 200
    finally:
        mariadb.signal(signal.SIGCONT)
    server.wait_until(lambda: server.get("/readyz") == 200)
