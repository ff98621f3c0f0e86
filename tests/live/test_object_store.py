"""Files in an object store under gunicorn: threads that wait for it, and a loop that does not."""

from __future__ import annotations

import hashlib
import os
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import pytest

from fastim.protocol import limits
from tests.api.direct import send
from tests.conftest import StartServer
from tests.object_store import ObjectStore
from tests.people import Person
from tests.test_start import GUNICORN, PREFLIGHT, Run, environ, run, the_line

__all__ = ["environ", "run"]

CONTENT = os.urandom(limits.STORAGE_PIECE_BYTES + 100_000)


def upload(person: Person, content: bytes) -> str:
    """A file sent straight to the store; its address."""
    begun = person.post("/attach/begin", bytes=len(content), name="a.bin", direct=True)["data"]
    for offset in range(0, len(content), begun["part_bytes"]):
        target = person.post("/attach/address", id=begun["id"], offset=offset)["data"]
        assert send(target, content[offset : offset + target["bytes"]]) in (200, 204)
    return str(person.post("/attach/finish", id=begun["id"])["data"])


def download(person: Person, url: str) -> str:
    """Through the server, as programs do; the sum."""
    headers = {"Authorization": f"Bearer {person.token}"}
    with urllib.request.urlopen(urllib.request.Request(person.base + url, headers=headers)) as answer:
        return hashlib.file_digest(answer, "sha256").hexdigest()


def test_many_at_once_get_what_was_sent_while_others_talk(
    start_server: StartServer, object_store: ObjectStore
) -> None:
    """Each of the threads that wait has connections of its own; a talk beside them hardly notices."""
    server = start_server(storage_url=object_store.url(object_store.bucket()))
    ann, bob = Person(server.url), Person(server.url)
    ann.befriend(bob)
    contents = [CONTENT, *(os.urandom(300_000) for _ in range(5))]
    slowest = 0.0
    with ThreadPoolExecutor(6) as pool, ann.chat() as mine, bob.chat() as theirs:
        urls = list(pool.map(lambda content: upload(ann, content), contents))
        sums = [pool.submit(download, ann, url) for url in urls]
        for number in range(20):
            started = time.monotonic()
            mine.send(cmd=10, dstid=bob.id, media=1, content=str(number), msgid=f"m{number}")
            theirs.expect(lambda frame, text=str(number): frame.get("content") == text)
            slowest = max(slowest, time.monotonic() - started)
        assert [one.result() for one in sums] == [hashlib.sha256(one).hexdigest() for one in contents]
    assert slowest < 2
    assert "s3://" in server.log()
    assert "test-secret" not in server.log()


@pytest.mark.parametrize("command", [PREFLIGHT, GUNICORN], ids=["preflight", "gunicorn"])
def test_a_bucket_that_is_not_there_stops_the_start(
    run: Run, command: tuple[str, ...], object_store: ObjectStore
) -> None:
    """In one line, without the secret."""
    line = the_line(run(command, FASTIM_STORAGE_URL=object_store.url("no-such-bucket")))
    assert "FASTIM_STORAGE_URL: cannot use the bucket no-such-bucket at http://127.0.0.1" in line
    assert "test-secret" not in line
