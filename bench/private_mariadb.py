"""A MariaDB of the run's own, as durable as SQLite is: every commit is on the disk."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from pathlib import Path

import pymysql

from bench.started import Started, program

_PACKAGE = "mariadb-server"
_START_SECONDS = 60


class PrivateMariaDb:
    """Installed into the folder and started, on the CPU of the server that uses it."""

    def __init__(self, folder: Path, cpu: int) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        data, user = folder / "mariadb", ["--user=root"] if os.geteuid() == 0 else []
        subprocess.run(
            [
                program("mariadb-install-db", _PACKAGE),
                "--no-defaults",
                f"--datadir={data}",
                *user,
                "--auth-root-authentication-method=normal",
                "--skip-test-db",
            ],
            check=True,
            capture_output=True,
        )
        self.url = f"mysql://root@127.0.0.1:{port}/fastim"
        self._server = Started(
            [
                program("mariadbd", _PACKAGE),
                "--no-defaults",
                f"--datadir={data}",
                *user,
                f"--socket={folder / 's'}",
                f"--pid-file={folder / 'pid'}",
                f"--port={port}",
                "--bind-address=127.0.0.1",
                "--skip-name-resolve",
                "--character-set-server=utf8mb4",
                "--innodb-flush-log-at-trx-commit=1",
                "--innodb-buffer-pool-size=256M",
            ],
            folder,
            cpu,
            os.environ,
        )
        self._create(port)

    @property
    def pid(self) -> int:
        return self._server.pid

    def _create(self, port: int) -> None:
        deadline = time.monotonic() + _START_SECONDS
        while True:
            try:
                with pymysql.connect(host="127.0.0.1", port=port, user="root") as connection:
                    connection.cursor().execute("CREATE DATABASE fastim CHARACTER SET utf8mb4")
                return
            except pymysql.err.OperationalError:
                if time.monotonic() > deadline:
                    raise RuntimeError(f"MariaDB did not start: {self._server.log()[-2000:]}") from None
                time.sleep(0.1)

    def stop(self) -> None:
        self._server.stop()
