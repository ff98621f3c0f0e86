"""FastIM with its files in a bucket, and what a browser does to send one there."""

from __future__ import annotations

import os
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import Flask

from fastim.models.base import utc_now
from tests.client import Answer, Client
from tests.object_store import Gate

CONTENT = os.urandom(200_000)


@dataclass(frozen=True)
class Site:
    """FastIM with its files in a bucket behind a gate that reads signatures."""

    client: Client
    gate: Gate
    names: Callable[[], list[str]]

    @property
    def app(self) -> Flask:
        return self.client.app


def send(address: dict[str, Any], content: bytes) -> int:
    """Send bytes to an address as a browser does; the status."""
    body, headers = content, {"Content-Type": "application/octet-stream"}
    if address["method"] == "POST":
        headers["Content-Type"] = "multipart/form-data; boundary=mark"
        fields = "".join(
            f'--mark\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in address["fields"].items()
        )
        last = '--mark\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
        body = (fields + last).encode() + content + b"\r\n--mark--\r\n"
    request = urllib.request.Request(address["url"], body, headers, method=address["method"])
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code


def fetch(url: str, **headers: str) -> Any:
    with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=20) as answer:
        return answer, answer.read()


def begin(person: Client, content: bytes, **fields: object) -> Answer:
    said = {"bytes": len(content), "name": "a.bin", "direct": True, **fields}
    return person.post_json("/attach/begin", said)


def address(person: Client, partial_id: str, offset: int = 0) -> dict[str, Any]:
    return dict(person.post_json("/attach/address", {"id": partial_id, "offset": offset}).data)


def direct(person: Client, content: bytes, **fields: object) -> Answer:
    """A whole upload of a file that goes at once."""
    begun = begin(person, content, **fields).data
    assert begun["way"] == "form"
    assert send(address(person, begun["id"]), content) in (200, 204)
    return person.post("/attach/finish", id=begun["id"])


def expire(site: Site, later: timedelta) -> None:
    with site.app.app_context():
        site.app.extensions["fastim"].partials.expire(utc_now() + later)
