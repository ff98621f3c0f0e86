"""A client that was away: how much it costs to give it what it missed."""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Callable
from typing import Any, Protocol, runtime_checkable

from bench.load import Load, Writer
from bench.measure import Reading
from bench.peer import Row
from fastim.loadtest.arrivals import open_links
from fastim.loadtest.speaker import local

MISSED = 1000
_PAGE = 200


@runtime_checkable
class Syncs(Row, Protocol):
    """A row with FastIM's HTTP interface."""

    def token(self, user: int) -> str: ...

    def chat(self, user: int) -> dict[str, Any]: ...


def catch_up(row: Syncs, port: int, seconds: float, read: Callable[[], Reading]) -> dict[str, float]:
    """Person 1 comes back again and again to a thousand messages of person 0.

    Returns:
        the figures of a scene per catching up, and its HTTP `requests`.
    """
    link = open_links(row, local(port), [0])[0]
    load = Load(row, [link], [Writer(link, lambda n, content: row.single(0, 1, n, content))], [], 0)
    for _ in range(MISSED // 10):
        load.send(0, 10)
        while load.acks < load.sent:
            load.turn(1)
    client = _Client(row, port)
    client.fetch_all()
    times: list[float] = []
    before = read()
    while (now := time.monotonic()) < before.at + seconds:
        client.fetch_all()
        times.append((time.monotonic() - now) * 1000)
    after = read()
    link.close()
    count = len(times)
    times.sort()
    return {
        **before.until(after, count),
        "p50_ms": times[(count - 1) // 2],
        "p99_ms": times[(count - 1) * 99 // 100],
        "requests": client.requests / (count + 1),
    }


class _Client:
    def __init__(self, row: Syncs, port: int) -> None:
        self._http = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self._headers = {"Authorization": f"Bearer {row.token(1)}", "Content-Type": "application/json"}
        self._chat = row.chat(0)
        self.requests = 0

    def _ask(self, path: str, **body: object) -> dict[str, Any]:
        self.requests += 1
        self._http.request("POST", path, json.dumps(body), self._headers)
        answer = json.loads(self._http.getresponse().read())
        if answer["code"]:
            raise RuntimeError(f"{path}: {answer}")
        return dict(answer)

    def fetch_all(self) -> None:
        """A sync, then pages backwards until the first message is there."""
        found = self._ask("/message/sync")["data"]["conversations"]
        entries = next(c["entries"] for c in found if c["dstid"] == self._chat["dstid"])
        seqs = {entry["seq"] for entry in entries}
        while min(seqs) > 1:
            rows = self._ask("/message/history", **self._chat, before=min(seqs), limit=_PAGE)["rows"]
            seqs |= {entry["seq"] for entry in rows}
        if seqs != set(range(1, MISSED + 1)):
            raise RuntimeError(f"{len(seqs)} of {MISSED} messages came")
