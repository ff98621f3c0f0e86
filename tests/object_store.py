"""An object store for tests: moto's, and before it a gate that asks for signatures as a real one does.

moto takes whatever comes, so the gate reads signatures itself: of GETs, of PUTs of pieces, and of forms
with a policy. It answers the pages of one origin only.
"""

from __future__ import annotations

import http.client
import re
import sys
import threading
import urllib.parse
from collections.abc import Callable
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config

from tests.servers import Process, free_port, is_answering
from tests.signatures import SECRET, Denied, check_form, check_query

KEY, REGION = "test-key", "eu-central-1"


class ObjectStore:
    """moto in a process of its own; `url()` makes a fresh bucket."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.endpoint = f"http://127.0.0.1:{self.port}"
        self._count = 0
        command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(self.port)]
        self._process = Process(command, folder)
        self._process.wait_until(lambda: is_answering(self.port))
        self.client: Any = boto3.client(
            "s3",
            endpoint_url=self.endpoint,
            region_name=REGION,
            aws_access_key_id=KEY,
            aws_secret_access_key=SECRET,
            config=Config(s3={"addressing_style": "path"}),
        )

    def bucket(self) -> str:
        self._count += 1
        name = f"fastim-{self._count}"
        self.client.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": REGION})
        return name

    def url(self, bucket: str, **words: str) -> str:
        """A value for FASTIM_STORAGE_URL."""
        said = {"endpoint": self.endpoint, "region": REGION, "key": KEY, "secret": SECRET, **words}
        return f"s3://{bucket}/chat?{urllib.parse.urlencode(said)}"

    def names(self, bucket: str) -> list[str]:
        """What is in the bucket, without the prefix; unfinished pieces too."""
        kept = self.client.list_objects_v2(Bucket=bucket).get("Contents", ())
        begun = self.client.list_multipart_uploads(Bucket=bucket).get("Uploads", ())
        return sorted(one["Key"].removeprefix("chat/") for one in (*kept, *begun))

    def stop(self) -> None:
        self.client.close()
        self._process.stop()


def form_of(content_type: str, body: bytes) -> tuple[dict[str, str], bytes]:
    """The fields of a multipart form, and its file."""
    boundary = re.search(r'boundary="?([^";]+)', content_type)
    fields: dict[str, str] = {}
    for part in body.split(b"--" + (boundary[1].encode() if boundary else b"\0"))[1:-1]:
        head, _, content = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        name = re.search(rb'name="([^"]*)"', head)
        if name and name[1] == b"file":
            return fields, content.removesuffix(b"\r\n")
        if name:
            fields[name[1].decode()] = content.removesuffix(b"\r\n").decode()
    raise Denied("MalformedPOSTRequest")


class Gate:
    """Passes on what is signed; `answers` has the status of each request. `spoil` may break one off."""

    def __init__(self, store: ObjectStore, page_origin: str = "") -> None:
        self.answers: list[tuple[str, int]] = []
        self.page_origin = page_origin
        self.spoil: Callable[[str], bool] = lambda _: False
        gate = self

        class Handler(_Handler):
            owner, target = gate, store

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class _Handler(BaseHTTPRequestHandler):
    owner: Gate
    target: ObjectStore
    protocol_version = "HTTP/1.1"

    def do_OPTIONS(self) -> None:
        """A browser asks before it sends."""
        self.send_response(204 if self.headers.get("Origin") == self.owner.page_origin else 403)
        self._tell_origin()
        self.send_header("Access-Control-Allow-Methods", "PUT, POST")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _serve(self) -> None:
        size = int(self.headers.get("Content-Length", "0"))
        body = self.rfile.read(size)
        if len(body) < size or self.owner.spoil(self.command):
            self.close_connection = True
            self.connection.close()
            return
        try:
            now = datetime.now(UTC)
            if self.command == "POST":
                fields, file = form_of(self.headers.get("Content-Type", ""), body)
                check_form(self.path.strip("/"), fields, len(file), now)
            else:
                headers = {name.lower(): value for name, value in self.headers.items()}
                check_query(self.command, self.path, headers, now)
        except Denied as denied:
            self._answer(403, [], str(denied).encode())
            return
        self._pass_on(body)

    do_GET = do_PUT = do_POST = _serve  # noqa: N815 as the base class names them

    def _pass_on(self, body: bytes) -> None:
        link = http.client.HTTPConnection("127.0.0.1", self.target.port, timeout=20)
        try:
            wanted = ("content-type", "range", "content-length")
            headers = {k: v for k, v in self.headers.items() if k.lower() in wanted}
            link.request(self.command, self.path, body, headers)
            answer = link.getresponse()
            left_out = ("content-length", "connection", "transfer-encoding", "server", "date")
            told = [
                (name, value)
                for name, value in answer.getheaders()
                if name.lower() not in left_out and not name.lower().startswith("access-control")
            ]
            self._answer(answer.status, told, answer.read())
        finally:
            link.close()

    def _answer(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        self.owner.answers.append((self.command, status))
        self.send_response(status)
        self._tell_origin()
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _tell_origin(self) -> None:
        if self.owner.page_origin:
            self.send_header("Access-Control-Allow-Origin", self.owner.page_origin)

    def log_message(self, *_: object) -> None:
        pass
