"""Starting and stopping as an operator does: one clear line, or a server that serves."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from fastim import preflight
from fastim.config import Settings
from fastim.operations import schema
from fastim.operations.target import Target
from tests.conftest import StartServer, variables
from tests.people import Person
from tests.servers import ROOT, STOP_SECONDS, MariaDb, Process, free_port

Run = Callable[..., "subprocess.CompletedProcess[str]"]
GUNICORN = (sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py", "wsgi:app")
FLASK = (sys.executable, "-m", "flask", "--app", "wsgi")
PREFLIGHT = (sys.executable, "-m", "fastim.preflight")


@pytest.fixture
def environ(tmp_path: Path, sqlite_url: str) -> dict[str, str]:
    """An environment in which the server would start."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("FASTIM_")}
    return inherited | variables(tmp_path, database_url=sqlite_url) | {"PORT": str(free_port())}


@pytest.fixture
def run(environ: dict[str, str]) -> Run:
    """Run a command to its end, with other variables than those of `environ`."""

    def run(command: tuple[str, ...], **changes: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            env=environ | changes,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return run


@pytest.fixture
def taken_port() -> Iterator[str]:
    """A port that somebody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield str(listener.getsockname()[1])


def the_line(ended: subprocess.CompletedProcess[str]) -> str:
    """The single line that a failed start prints."""
    assert ended.returncode != 0
    assert ended.stdout == ""
    lines = ended.stderr.splitlines()
    assert len(lines) == 1, ended.stderr
    assert lines[0].startswith("fastim: ")
    return lines[0]


@pytest.mark.parametrize("command", [PREFLIGHT, GUNICORN], ids=["preflight", "gunicorn"])
class TestOneClearLineStopsTheStart:
    """`make run` asks the preflight before it migrates; gunicorn without make asks too."""

    def test_a_taken_port(self, run: Run, command: tuple[str, ...], taken_port: str) -> None:
        """Another port is proposed."""
        line = the_line(run(command, PORT=taken_port))
        assert f"127.0.0.1:{taken_port} is taken" in line
        assert "PORT=" in line

    def test_no_port(self, run: Run, command: tuple[str, ...]) -> None:
        """The range is told."""
        assert "65535" in the_line(run(command, PORT="http"))

    @pytest.mark.parametrize("name", ["FASTIM_INSTANCE", "FASTIM_STORAGE_URL", "FASTIM_DATABASE_URL"])
    def test_an_unwritable_folder(
        self, run: Run, command: tuple[str, ...], name: str, tmp_path: Path
    ) -> None:
        """A file stands where the folder should be made; root may write anywhere else."""
        (tmp_path / "file").touch()
        place = tmp_path / "file" / "folder"
        values = {
            "FASTIM_INSTANCE": f"{place}",
            "FASTIM_STORAGE_URL": f"file:{place}",
            "FASTIM_DATABASE_URL": f"sqlite:///{place}/fastim.db",
        }
        line = the_line(run(command, **{name: values[name]}))
        assert f"{name}: cannot write to {place}" in line

    def test_an_unknown_name(self, run: Run, command: tuple[str, ...]) -> None:
        """A misspelt setting would otherwise be silently without effect."""
        assert "FASTIM_SINGUP" in the_line(run(command, FASTIM_SINGUP="open"))

    def test_a_bad_value(self, run: Run, command: tuple[str, ...]) -> None:
        """The choices are told."""
        line = the_line(run(command, FASTIM_SIGNUP="perhaps"))
        assert "FASTIM_SIGNUP" in line
        assert "open, invite, closed" in line

    def test_several_processes_without_a_shared_bus(self, run: Run, command: tuple[str, ...]) -> None:
        """Half of the people would not get the other half's messages."""
        assert "memory://" in the_line(run(command, FASTIM_WORKERS="2"))

    @pytest.mark.parametrize("kind", ["sqlite", "mariadb"])
    def test_a_database_that_was_filled_by_half(
        self, run: Run, command: tuple[str, ...], kind: str, tmp_path: Path, mariadb: MariaDb
    ) -> None:
        """People would miss what is not there yet; it serves once the copy came to its end."""
        url = f"sqlite:///{tmp_path / 'half.db'}"
        if kind == "mariadb":
            mariadb.create("fastim_half")
            url = mariadb.url("fastim_half")
        engine = schema.engine_of(url.replace("mysql:", "mysql+pymysql:"))
        copy = Target(engine, "0" * 64)
        copy.begin(False)
        try:
            line = the_line(run(command, FASTIM_DATABASE_URL=url))
            assert "is an unfinished copy; run the `restore` or `migrate-db`" in line
            if command == PREFLIGHT:
                copy.finish()
                assert run(command, FASTIM_DATABASE_URL=url).returncode == 0
        finally:
            engine.dispose()

    def test_a_file_that_is_no_database(self, run: Run, command: tuple[str, ...], tmp_path: Path) -> None:
        """Some other file of that name."""
        (tmp_path / "notes.db").write_text("no database" * 100)
        line = the_line(run(command, FASTIM_DATABASE_URL=f"sqlite:///{tmp_path / 'notes.db'}"))
        assert "FASTIM_DATABASE_URL: cannot open" in line

    def test_a_database_that_does_not_answer(self, run: Run, command: tuple[str, ...]) -> None:
        """The password in the URL is not shown."""
        url = f"mysql://fastim:geheim@127.0.0.1:{free_port()}/fastim"
        line = the_line(run(command, FASTIM_DATABASE_URL=url))
        assert "FASTIM_DATABASE_URL: cannot open" in line
        assert "geheim" not in line


def test_a_database_that_was_not_migrated_stops_the_start(run: Run, tmp_path: Path) -> None:
    """It would be ready, and fail every request; the preflight lets it pass, as it comes before migrations.
    One of the version after this is served."""
    url = f"sqlite:///{tmp_path / 'new.db'}"
    assert run(PREFLIGHT, FASTIM_DATABASE_URL=url).returncode == 0
    line = the_line(run(GUNICORN, FASTIM_DATABASE_URL=url))
    assert f"has no tables, this version needs {schema.head()}; run `flask db upgrade`" in line
    settings = Settings.from_env({"FASTIM_DATABASE_URL": url})
    engine = schema.engine_of(settings.sqlalchemy_url)
    try:
        schema.upgrade(engine)
        preflight.check_schema(settings)
        with engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        preflight.check_schema(settings)
        with engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = '0017'"))
        with pytest.raises(preflight.Problem, match="has the tables of 0017"):
            preflight.check_schema(settings)
    finally:
        engine.dispose()


def test_the_start_says_where_everything_is(start_server: StartServer, tmp_path: Path) -> None:
    """The address, the database, the files."""
    server = start_server()
    for word in (server.url, "fastim.db", str(tmp_path / "resource")):
        assert word in server.log()


def test_term_ends_the_server_in_time_with_open_sockets(start_server: StartServer) -> None:
    """Each socket is closed with 1012, which tells its client to come back."""
    server = start_server()
    chats = [Person(server.url).chat() for _ in range(3)]
    started = time.monotonic()
    code = server.stop()
    assert code == 0
    assert time.monotonic() - started < STOP_SECONDS
    assert [chat.close_code() for chat in chats] == [1012] * 3
    for chat in chats:
        chat.close()


def test_term_does_not_wait_for_connections_that_ask_nothing(start_server: StartServer) -> None:
    """A browser's that was kept for its next request, and one that has not asked yet."""
    server = start_server()
    kept, silent = (socket.create_connection(("127.0.0.1", server.port)) for _ in range(2))
    with kept, silent:
        kept.sendall(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
        assert kept.recv(9000).startswith(b"HTTP/1.1 200")
        started = time.monotonic()
        assert server.stop() == 0
        assert time.monotonic() - started < 4, "it was killed when gunicorn's patience ended"


def test_the_development_server_serves_the_same_app(environ: dict[str, str], tmp_path: Path) -> None:
    """`flask run`, WebSocket included."""
    port = free_port()
    server = Process([*FLASK, "run", "--port", str(port)], tmp_path / "flask", environ)
    try:
        url = f"http://127.0.0.1:{port}"
        server.wait_until(lambda: answers(f"{url}/healthz"))
        with Person(url).chat() as chat:
            chat.send(cmd=0)
            assert "time" in chat.expect(lambda frame: frame["cmd"] == 0)
    finally:
        server.stop()


def test_the_development_server_starts_with_one_clear_line_or_not_at_all(
    run: Run, taken_port: str, tmp_path: Path
) -> None:
    """`flask run` asks the preflight, about the address that it was told."""
    (tmp_path / "file").touch()
    command = (*FLASK, "run", "--port")
    line = the_line(run((*command, taken_port)))
    assert f"127.0.0.1:{taken_port} is taken" in line
    assert "--port" in line
    free = str(free_port())
    storage = f"file:{tmp_path / 'file' / 'folder'}"
    assert "FASTIM_STORAGE_URL: cannot write" in the_line(run((*command, free), FASTIM_STORAGE_URL=storage))
    assert "FASTIM_WORKERS" in the_line(run((*command, free), FASTIM_WORKERS="many"))


def test_the_commands_are_listed(run: Run) -> None:
    """`flask fastim --help` is the operator's index; `flask db` is there too."""
    listed = run((*FLASK, "fastim", "--help")).stdout
    for command in ("settings", "create-user", "reset-password", "gc", "check", "seed"):
        assert command in listed
    assert "upgrade" in run((*FLASK, "db", "--help")).stdout


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False
