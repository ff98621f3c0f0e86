"""MariaDB with its data in a folder of the test's."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pymysql
from pymysql.constants import ER

from tests.servers.ports import free_port
from tests.servers.process import Service, program
from tests.servers.waiting import wait_for


class MariaDb(Service):
    """A private MariaDB; `url(name)` is a database's URL.

    Args:
        durable: what is committed survives `kill`. Most tests ask what is committed, and need no disk.
        host: where it listens; `within` is the command that runs it there.
        options: more of the server's, such as ``"--log-bin", "--server-id=1"``.
    """

    def __init__(
        self,
        folder: Path,
        durable: bool = False,
        host: str = "127.0.0.1",
        within: Sequence[str] = (),
        options: Sequence[str] = (),
    ) -> None:
        self.port = free_port()
        self.host = host
        user = ["--user=root"] if os.geteuid() == 0 else []
        subprocess.run(
            [
                program("mariadb-install-db"),
                "--no-defaults",
                f"--datadir={folder / 'data'}",
                f"--tmpdir={folder}",  # one that starts removes what others have in a folder they share
                *user,
                "--auth-root-authentication-method=normal",
                "--skip-test-db",
            ],
            check=True,
            capture_output=True,
        )
        command = [
            *within,
            program("mariadbd"),
            "--no-defaults",
            f"--datadir={folder / 'data'}",
            f"--tmpdir={folder}",
            *user,
            f"--socket={folder / 's'}",
            f"--pid-file={folder / 'pid'}",
            f"--port={self.port}",
            f"--bind-address={host}",
            *(["--skip-grant-tables"] if within else []),  # its root is this machine's alone
            "--skip-name-resolve",
            "--character-set-server=utf8mb4",
            f"--innodb-flush-log-at-trx-commit={int(durable)}",
            "--innodb-buffer-pool-size=64M",
            *options,
        ]
        super().__init__(command, folder)

    def follow(self, primary: MariaDb) -> None:
        """Replicate everything that the other has done since it was made; both need a --server-id."""
        self.execute(
            f"CHANGE MASTER TO MASTER_HOST = '{primary.host}', MASTER_PORT = {primary.port}, "
            "MASTER_USER = 'root', MASTER_USE_GTID = slave_pos, MASTER_CONNECT_RETRY = 1",
            "START SLAVE",
        )

    def _answers(self) -> bool:
        try:
            self.execute("SELECT 1")
        except pymysql.err.OperationalError:
            return False
        return True

    def execute(self, *statements: str, database: str | None = None) -> list[tuple[object, ...]]:
        """Run statements on a connection of their own; the rows of the last."""
        connection = pymysql.connect(
            host=self.host, port=self.port, user="root", database=database, autocommit=True,
            ssl_disabled=True,  # a context for TLS takes 20 ms to make
        )  # fmt: skip
        try:
            with connection.cursor() as cursor:
                for statement in statements:
                    cursor.execute(statement)
                return list(cursor.fetchall())
        finally:
            connection.close()

    def url(self, database: str) -> str:
        return f"mysql://root@{self.host}:{self.port}/{database}"

    def create(self, database: str) -> None:
        """Make `database`, empty, whether it was there or not."""
        self.execute(
            f"DROP DATABASE IF EXISTS {database}",
            f"CREATE DATABASE {database} CHARACTER SET utf8mb4",
        )

    def empty(self, database: str) -> None:
        """Hang up on everybody, and delete every row of every table but the migrations' own."""
        self._hang_up(database)
        tables = self.execute(
            "SELECT table_name FROM information_schema.tables "
            f"WHERE table_schema = '{database}' AND table_name <> 'alembic_version'"
        )
        self.execute(
            "SET foreign_key_checks = 0",
            *(f"DELETE FROM `{table}`" for (table,) in tables),
            database=database,
        )

    def _hang_up(self, database: str) -> None:
        """End all connections to `database`: an earlier test's app keeps its log's until it is freed."""

        def others() -> list[tuple[object, ...]]:
            return self.execute(f"SELECT id FROM information_schema.processlist WHERE db = '{database}'")

        for (number,) in others():
            try:
                self.execute(f"KILL {number}")
            except pymysql.err.MySQLError as error:
                if error.args[0] != ER.NO_SUCH_THREAD:  # it has just gone by itself
                    raise
        wait_for(lambda: not others(), f"somebody stays connected to {database}")
