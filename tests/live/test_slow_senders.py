"""Bodies of requests that come too slowly are given up, whatever they are for; slow lines are not."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import inherited_variables, variables
from tests.faults.world import AlteredServer
from tests.people import Person
from tests.servers import Server, free_port

BODY_BYTES = 4000
MULTIPART = "multipart/form-data; boundary=b"
LIMITS = '{"BODY_WAIT_SECONDS":1,"BODY_LEAST_RATE":4000}'


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[Server]:
    """It waits a second longer than 4000 bytes a second are worth."""
    folder = tmp_path_factory.mktemp("slow")
    path = folder / "fastim.db"
    path.write_bytes(sqlite_template.read_bytes())
    environ = variables(folder, database_url=f"sqlite:///{path}", log_level="warning")
    running = AlteredServer(
        folder, inherited_variables() | environ | {"FAULTS_LIMITS": LIMITS}, free_port()
    )
    yield running
    running.is_failure_expected = False
    running.check_stop()


def send(server: Server, head: str, token: str, pieces: list[bytes], pause: float) -> tuple[int, float]:
    """The answer's status, and when it came; it may come before the last piece."""
    with closing(socket.create_connection(("127.0.0.1", server.port), 20)) as line:
        lines = [head, "Host: a", f"Content-Length: {BODY_BYTES}", f"Authorization: Bearer {token}"]
        line.sendall("\r\n".join([*lines, "", ""]).encode())
        started = time.monotonic()
        line.settimeout(pause)
        for piece in pieces:
            line.sendall(piece)
            try:
                answer = line.recv(100)
                break
            except TimeoutError:
                continue
        else:
            line.settimeout(20)
            answer = line.recv(100)
        return int(answer.split(b" ")[1]), time.monotonic() - started


@pytest.mark.parametrize(
    "head",
    [
        "POST /user/me HTTP/1.1\r\nContent-Type: application/json",
        "POST /user/me HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded",
        f"POST /attach/upload HTTP/1.1\r\nContent-Type: {MULTIPART}",
    ],
)
def test_a_body_that_drips_is_given_up(server: Server, head: str) -> None:
    """One byte after the other would hold a place of the server's for as long as it likes."""
    person = Person(server.url)
    status, seconds = send(server, head, person.token, [b"a"] * 200, 0.1)
    assert status == 408
    assert 1 < seconds < 10


def test_a_slow_line_that_goes_on_is_waited_for(server: Server) -> None:
    person = Person(server.url)
    body = b'{"nickname":"slow"}'.ljust(BODY_BYTES)
    pieces = [body[at : at + 400] for at in range(0, BODY_BYTES, 400)]
    head = "POST /user/me HTTP/1.1\r\nContent-Type: application/json"
    status, seconds = send(server, head, person.token, pieces, 0.15)
    assert status == 200
    assert seconds > 1
