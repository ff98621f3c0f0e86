"""Uploads at the socket: broken off, slow, without an end, many at once."""

from __future__ import annotations

import http.client
import json
import os
import socket
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

from tests import pictures
from tests.api.test_upload_hostile import BOUNDARY, END, PICTURE, part
from tests.live.test_media import put
from tests.people import Person
from tests.servers import Server, wait_for


class Raw:
    """A socket that speaks HTTP as badly as it likes."""

    def __init__(self, server: Server, token: str = "") -> None:
        self.socket = socket.create_connection(("127.0.0.1", server.port), 20)
        self.token = token

    def begin(self, length: str) -> None:
        """Send the head of an upload; `length` is its Content-Length or Transfer-Encoding line."""
        lines = ["POST /attach/upload HTTP/1.1", "Host: a", length]
        lines.append(f"Content-Type: multipart/form-data; boundary={BOUNDARY}")
        if self.token:
            lines.append(f"Authorization: Bearer {self.token}")
        self.socket.sendall("\r\n".join([*lines, "", ""]).encode())

    def answer(self) -> tuple[int, dict[str, Any]]:
        response = http.client.HTTPResponse(self.socket)
        response.begin()
        return response.status, dict(json.load(response))

    def close(self) -> None:
        self.socket.close()


def kept_files(server: Server) -> list[Path]:
    """All files in the server's storage, unfinished ones included."""
    folder = server.log_path.parent / "resource"
    return [path for path in folder.rglob("*") if path.is_file()]


def passing_files(server: Server) -> int:
    """Unlinked files that the server and its workers hold open."""
    me = server.child.pid
    children = Path(f"/proc/{me}/task/{me}/children").read_text().split()
    count = 0
    for pid in (str(me), *children):
        for entry in Path(f"/proc/{pid}/fd").iterdir():
            try:
                name = str(entry.readlink())
            except OSError:  # closed meanwhile
                continue
            count += name.endswith("(deleted)") and ("/tmp" in name or "resource" in name)
    return count


def test_an_upload_that_breaks_off_leaves_nothing(server: Server) -> None:
    """Half of it is on the disk when the sender hangs up."""
    person = Person(server.url)
    kept, passing = kept_files(server), passing_files(server)
    with ExitStack() as stack:
        for _ in range(5):
            sender = stack.enter_context(closing(Raw(server, person.token)))
            sender.begin("Content-Length: 20000000")
            sender.socket.sendall(part(os.urandom(3 << 20)))
        wait_for(lambda: passing_files(server) > passing, "nothing has come")
    wait_for(lambda: passing_files(server) == passing, "files stay open")
    assert kept_files(server) == kept
    assert server.get("/readyz") == 200


def open_uploads(server: Server) -> list[str]:
    """The stored files that the server's workers hold open."""
    me = server.child.pid
    found = []
    for pid in Path(f"/proc/{me}/task/{me}/children").read_text().split():
        for entry in Path(f"/proc/{pid}/fd").iterdir():
            try:
                name = str(entry.readlink())
            except OSError:  # closed meanwhile
                continue
            if f"{server.log_path.parent}/resource/" in name:
                found.append(name)
    return found


def test_a_download_that_breaks_off_leaves_no_file_open(server: Server) -> None:
    """Whether its reader says goodbye or not, and whatever was asked of the file."""
    person = Person(server.url)
    address = put(person, os.urandom(12 << 20))
    for method, extra in (
        ("GET", ""),
        ("GET", "Range: bytes=100-\r\n"),
        ("HEAD", ""),
        ("GET", "Range: bytes=99999999-\r\n"),
    ):
        for linger in (b"\1\0\0\0\0\0\0\0", b"\0\0\0\0\0\0\0\0"):
            with socket.socket() as reader:
                reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
                reader.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                reader.connect(("127.0.0.1", server.port))
                asked = f"{method} {address} HTTP/1.1\r\nHost: a\r\n{extra}"
                reader.sendall(f"{asked}Authorization: Bearer {person.token}\r\n\r\n".encode())
                status = int(reader.recv(1000).split(b" ")[1])
                if method == "GET" and status < 300:
                    wait_for(lambda: open_uploads(server) != [], "it is on its way")
    wait_for(lambda: open_uploads(server) == [], "every file is closed")


def test_a_form_of_many_files_keeps_none_open(server: Server) -> None:
    """Refused at the twenty-first; what came before it is gone."""
    person = Person(server.url)
    kept, passing = kept_files(server), passing_files(server)
    body = part(os.urandom(1 << 20)) + part(PICTURE) * 50 + END
    with closing(Raw(server, person.token)) as sender:
        sender.begin(f"Content-Length: {len(body)}")
        sender.socket.sendall(body)
        assert sender.answer()[0] == 413
    wait_for(lambda: passing_files(server) == passing, "files stay open")
    assert kept_files(server) == kept


def test_slow_uploads_keep_nobody_waiting(server: Server) -> None:
    """Fifty senders that do not finish, and everybody else goes on."""
    person = Person(server.url)
    with ExitStack() as stack:
        for _ in range(50):
            sender = stack.enter_context(closing(Raw(server, person.token)))
            sender.begin("Content-Length: 5000000")
            sender.socket.sendall(part(bytes(1000)))
        for _ in range(10):
            started = time.monotonic()
            assert person.post("/user/me")["code"] == 0
            assert time.monotonic() - started < 2


def test_a_body_without_an_end_is_cut_off(server: Server) -> None:
    """A stranger says no length and never ends: after two megabytes comes the answer."""
    kept, passing = kept_files(server), passing_files(server)
    with closing(Raw(server)) as sender:
        sender.begin("Transfer-Encoding: chunked")
        for piece in (part(b""), *[bytes(65536)] * 64):
            sender.socket.sendall(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
        status, body = sender.answer()
    assert (status, body["error"]) == (413, "too_large")
    wait_for(lambda: passing_files(server) == passing, "files stay open")
    assert kept_files(server) == kept
    assert server.get("/readyz") == 200


def test_the_same_picture_from_many_at_once_is_stored_once(server: Server) -> None:
    """Each sender gets a name of his own."""
    person = Person(server.url)
    kept = set(kept_files(server))
    answers: list[dict[str, Any]] = []

    def run() -> None:
        body = part(PICTURE) + END
        with closing(Raw(server, person.token)) as sender:
            sender.begin(f"Content-Length: {len(body)}")
            sender.socket.sendall(body)
            answers.append(sender.answer()[1])

    at_once([run] * 8)
    assert [answer["code"] for answer in answers] == [0] * 8, answers
    assert len({answer["data"] for answer in answers}) == 8
    assert len(set(kept_files(server)) - kept) == 1, "it is small enough to be its own thumbnail"


def at_once(jobs: list[Callable[[], None]]) -> None:
    threads = [threading.Thread(target=job) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)


def test_a_bomb_sent_as_a_file_is_in_no_message_a_picture(server: Server) -> None:
    """As a file it may be sent: nobody's browser decodes it unasked."""
    person, other = Person(server.url), Person(server.url)
    person.befriend(other)
    body = part(b"file", 'name="kind"') + part(pictures.bomb_png()) + END
    with closing(Raw(server, person.token)) as sender:
        sender.begin(f"Content-Length: {len(body)}")
        sender.socket.sendall(body)
        url = sender.answer()[1]["data"]
    with person.chat() as chat:
        for number, (media, cmd) in enumerate(((4, 13), (5, 12), (4, 13))):
            chat.send(cmd=10, dstid=other.id, media=media, url=url, msgid=f"bomb{number}")
            assert chat.expect(lambda frame: frame["cmd"] in (12, 13))["cmd"] == cmd
