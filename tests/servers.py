"""Real servers for tests, each private: own folder, free port, stopped by its own pid."""

from __future__ import annotations

import itertools
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, TypeVar

import pymysql
import pytest
from pymysql.constants import ER

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 30
STOP_SECONDS = 5
"""What FastIM promises: SIGTERM ends it within this time, whoever is connected."""

T = TypeVar("T")


def wait_for(condition: Callable[[], T], what: str = "", seconds: float = START_SECONDS) -> T:
    """The first true value of `condition`, asked again every 20 ms.

    Raises:
        TimeoutError: it stayed false.
    """
    deadline = time.monotonic() + seconds
    while not (value := condition()):
        if time.monotonic() > deadline:
            raise TimeoutError(what or f"{condition} stayed false for {seconds} s")
        time.sleep(0.02)
    return value


_FIRST_PORT = 10_000
_WORKERS = 8
"""Test processes side by side, at most: each takes ports of its own."""
_given: set[int] = set()


def free_port() -> int:
    """A port that nobody listens on now, and that nobody gets while its server is started again.

    It is below those that the kernel gives to outgoing connections: one of those may take a killed server's
    port before it is back, or connect to itself there.
    """
    lowest = int(Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()[0])
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % _WORKERS
    while True:
        # Not the tests' own random numbers: those begin anew with each test.
        port = _FIRST_PORT + secrets.randbelow((lowest - _FIRST_PORT) // _WORKERS) * _WORKERS + worker
        if port not in _given and _is_free(port):
            _given.add(port)
            return port


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def wait_for_port(port: int) -> None:
    """Wait until somebody listens on `port` of this machine.

    Raises:
        TimeoutError: nobody came.
    """

    def is_open() -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0

    wait_for(is_open, f"nobody listens on port {port}")


def program(name: str) -> str:
    """The path of a server's program; a test that needs a missing one fails."""
    found = shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin")
    if found is None:
        pytest.fail(f"{name} is not installed; `make test` installs it on Debian")
    return found


class Process:
    """A child process with its output in a file."""

    stop_seconds = 30.0

    def __init__(self, command: list[str], folder: Path, environ: Mapping[str, str] | None = None) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.log_path = folder / f"{Path(command[0]).name}.log"
        self._out: IO[bytes] = self.log_path.open("ab")
        self.child = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=self._out,
            stderr=self._out,
            cwd=ROOT,
            env=environ,
        )

    @property
    def pid(self) -> int:
        return self.child.pid

    def log(self) -> str:
        """Everything that it printed so far."""
        return self.log_path.read_text("utf-8", "replace")

    def wait_until(self, ready: Callable[[], bool]) -> None:
        """Wait for `ready`; a process that ended instead fails at once, with what it printed."""

        def is_up() -> bool:
            if self.child.poll() is not None:
                raise RuntimeError(f"exit {self.child.returncode}: {self.log()}")
            return ready()

        try:
            wait_for(is_up, "the server did not get ready")
        except BaseException:
            self.stop()
            raise

    def stop(self) -> int:
        """TERM by pid and wait; the exit code. Safe to call twice.

        Raises:
            TimeoutError: it had to be killed.
        """
        try:
            if self.child.poll() is None:
                self.child.send_signal(signal.SIGTERM)
            return self.child.wait(self.stop_seconds)
        except subprocess.TimeoutExpired:
            self.child.kill()
            self.child.wait()
            raise TimeoutError(f"TERM did not end it:\n{self.log()[-4000:]}") from None
        finally:
            self._out.close()


class MariaDb:
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
        self._options = options
        self.host = host
        self._within = within
        self._folder = folder
        self._durable = durable
        self._user = ["--user=root"] if os.geteuid() == 0 else []
        subprocess.run(
            [
                program("mariadb-install-db"),
                "--no-defaults",
                f"--datadir={folder / 'data'}",
                f"--tmpdir={folder}",  # one that starts removes what others have in a folder they share
                *self._user,
                "--auth-root-authentication-method=normal",
                "--skip-test-db",
            ],
            check=True,
            capture_output=True,
        )
        self.start()

    def start(self) -> None:
        """Start it, for the first time or again."""
        self._process = Process(
            [
                *self._within,
                program("mariadbd"),
                "--no-defaults",
                f"--datadir={self._folder / 'data'}",
                f"--tmpdir={self._folder}",
                *self._user,
                f"--socket={self._folder / 's'}",
                f"--pid-file={self._folder / 'pid'}",
                f"--port={self.port}",
                f"--bind-address={self.host}",
                *(["--skip-grant-tables"] if self._within else []),  # its root is this machine's alone
                "--skip-name-resolve",
                "--character-set-server=utf8mb4",
                f"--innodb-flush-log-at-trx-commit={int(self._durable)}",
                "--innodb-buffer-pool-size=64M",
                *self._options,
            ],
            self._folder,
        )
        self._process.wait_until(self._answers)

    def kill(self) -> None:
        """kill -9; `start` brings it back."""
        self._process.child.kill()
        self._process.stop()

    def signal(self, number: int) -> None:
        """SIGSTOP pauses it, SIGCONT lets it go on."""
        self._process.child.send_signal(number)

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
            host=self.host, port=self.port, user="root", database=database, autocommit=True
        )
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

    def stop(self) -> None:
        self._process.stop()


class Redis:
    """A private Redis without persistence.

    Args:
        options: of the server, such as ``"--cluster-enabled", "yes"``.
        host: where it listens; `within` is the command that runs it there.
    """

    def __init__(
        self, folder: Path, *options: str, host: str = "127.0.0.1", within: Sequence[str] = ()
    ) -> None:
        self.port = free_port()
        self.host = host
        self.url = f"redis://{host}:{self.port}/0"
        self._folder = folder
        network = ["--port", str(self.port), "--bind", host, "--protected-mode", "no"]
        storage = ["--save", "", "--appendonly", "no", "--dir", str(folder)]
        self._command = [*within, program("redis-server"), *network, *storage, *options]
        self.start()

    def start(self) -> None:
        """Start it, for the first time or again."""
        self._process = Process(self._command, self._folder)
        self._process.wait_until(self._answers)

    def kill(self) -> None:
        """kill -9; `start` brings it back, empty."""
        self._process.child.kill()
        self._process.stop()

    def signal(self, number: int) -> None:
        """SIGSTOP pauses it, SIGCONT lets it go on."""
        self._process.child.send_signal(number)

    def execute(self, *words: str) -> bytes:
        """The beginning of what a command is answered."""
        with socket.create_connection((self.host, self.port), 5) as link:
            link.sendall(" ".join(words).encode() + b"\r\n")
            return link.recv(65536)

    def _answers(self) -> bool:
        try:
            return self.execute("PING").startswith(b"+PONG")
        except OSError:
            return False

    def stop(self) -> None:
        self._process.stop()


class RedisCluster:
    """Three of them that share the slots, without replicas: channels lie on each."""

    SLOTS = ((0, 5460), (5461, 10922), (10923, 16383))

    def __init__(self, folder: Path) -> None:
        self.nodes: list[Redis] = []
        try:
            ports = [self._start(folder / str(number)) for number in range(len(self.SLOTS))]
            for number, (node, slots) in enumerate(zip(self.nodes, self.SLOTS, strict=True)):
                node.execute("CLUSTER", "SET-CONFIG-EPOCH", str(number + 1))
                node.execute("CLUSTER", "ADDSLOTSRANGE", *map(str, slots))
            for node, port in zip(self.nodes[1:], ports[1:], strict=True):
                self.nodes[0].execute("CLUSTER", "MEET", "127.0.0.1", str(node.port), str(port))
            self.wait()
        except BaseException:
            self.stop()
            raise

    def _start(self, folder: Path) -> int:
        folder.mkdir(parents=True)
        port = free_port()
        options = ["--cluster-enabled", "yes", "--cluster-port", str(port)]
        self.nodes.append(Redis(folder, *options, "--cluster-node-timeout", "1000"))
        return port

    @property
    def url(self) -> str:
        return f"redis+cluster://127.0.0.1:{self.nodes[0].port}"

    def wait(self) -> None:
        """Until each node knows all of them, and all is well."""
        known = f"cluster_known_nodes:{len(self.nodes)}".encode()

        def is_whole(node: Redis) -> bool:
            told = node.execute("CLUSTER", "INFO")
            return known in told and b"cluster_state:ok" in told

        wait_for(lambda: all(map(is_whole, self.nodes)), "the cluster did not come together")

    def move(self, slot: int, source: int, target: int) -> None:
        """Give a slot to another node, as when nodes are added: nothing is in it."""
        name = self._name(target)
        self.nodes[target].execute("CLUSTER", "SETSLOT", str(slot), "NODE", name)
        for node in (self.nodes[source], *self.nodes):
            node.execute("CLUSTER", "SETSLOT", str(slot), "NODE", name)

    def _name(self, number: int) -> str:
        return self.nodes[number].execute("CLUSTER", "MYID").split(b"\r\n")[1].decode()

    def stop(self) -> None:
        for node in self.nodes:
            node.stop()


class MongoLike(Process):
    """NX-27017: MongoDB's protocol before SQLite, for want of a MongoDB that can be installed by name."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.url = f"mongodb://127.0.0.1:{self.port}"
        options = ["--data-dir", "memory", "--port", str(self.port)]
        options += ["--log-file", str(folder / "nx.log"), "--pid-file", str(folder / "nx.pid")]
        super().__init__([str(Path(sys.executable).with_name("nx-27017")), *options], folder)
        self.wait_until(self._answers)

    def _answers(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0


class Server(Process):
    """FastIM itself under gunicorn, as `make run` starts it."""

    stop_seconds = STOP_SECONDS

    def __init__(
        self, folder: Path, environ: Mapping[str, str], port: int = 0, scheme: str = "http"
    ) -> None:
        self.port = port or free_port()
        self.url = f"{scheme}://127.0.0.1:{self.port}"
        self.is_failure_expected = False
        """Set by a test that breaks something: tracebacks in the log are then no surprise."""
        self.environ = environ
        super().__init__(
            [sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py", "wsgi:app"],
            folder,
            {**environ, "HOST": "127.0.0.1", "PORT": str(self.port)},
        )
        self.wait_until(lambda: self.get("/readyz") == 200)

    def get(self, path: str) -> int:
        """The HTTP status of a GET, or 0 while nobody listens."""
        try:
            with urllib.request.urlopen(self.url + path, timeout=5) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            with error:
                return error.code
        except OSError:
            return 0

    def check_stop(self) -> None:
        """Stop it and see that it went well.

        Raises:
            AssertionError: it ended with an error or logged a traceback.
        """
        code = self.stop()
        assert code == 0, f"exit {code}: {self.log()[-4000:]}"
        failures = _failures(self.log())
        assert self.is_failure_expected or not failures, f"{len(failures)}: " + "\n".join(failures[:8])


def _failures(log: str) -> list[str]:
    """Each exception that a log tells of: what stands before it, and the end of its traceback."""
    pieces = log.split("Traceback (most recent call last)")
    return [
        f"{before[-300:]} … {trace.split('timestamp=', 1)[0][-1500:]}"
        for before, trace in itertools.pairwise(pieces)
    ]
