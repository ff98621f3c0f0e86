"""What requests by HTTP take on MariaDB: `python -m bench.requests`.

CPU by process accounting, of gunicorn's worker and of the database, less what both take when nobody asks.
Of each kind the cheapest of some turns counts: what else the machine does makes none of them cheaper.
"""

from __future__ import annotations

import argparse
import gc
import http.client
import json
import os
import socket
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench import measure
from bench.fastim_row import FastIm
from bench.load import Load, Writer
from bench.peer import Plan
from fastim.loadtest.arrivals import open_links
from fastim.loadtest.speaker import local

_PEOPLE, _ROOMS, _SAID, _ASKERS = 100, 5, 60, 20
_IDLE_SECONDS = 3
Body = Callable[[int], dict[str, Any]]
"""Of a person's request."""


class Asking:
    """People who ask one after the other, on one connection that stays."""

    def __init__(self, row: FastIm, port: int) -> None:
        self._row = row
        self._http = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._since: dict[int, dict[str, Any]] = {}

    def kinds(self) -> dict[str, tuple[str, Body]]:
        chat = self._row.chat
        return {
            f"first sync, {_ROOMS} groups": ("/message/sync", lambda user: {}),
            "sync again": ("/message/sync", lambda user: self._since[user]),
            "page of 50 messages": ("/message/history", lambda user: {**chat(user ^ 1), "limit": 50}),
            "friends": ("/contact/loadfriend", lambda user: {}),
            "groups": ("/contact/loadcommunity", lambda user: {}),
        }

    def ask(self, path: str, user: int, body: dict[str, Any]) -> None:
        headers = {"Authorization": f"Bearer {self._row.token(user)}", "Content-Type": "application/json"}
        self._http.request("POST", path, json.dumps(body), headers)
        answer = json.loads(self._http.getresponse().read())
        if answer["code"]:
            raise RuntimeError(f"{path}: {answer}")
        if path == "/message/sync":
            self._since[user] = {name: answer["data"][name] for name in ("cursor", "revision")}


def _talk(row: FastIm, port: int) -> None:
    """Something is said in each group, and between each two."""
    links = open_links(row, local(port), list(range(0, _PEOPLE, 2)))
    writers = [
        Writer(link, lambda n, text, one=2 * place: row.single(one, one + 1, n, text))
        for place, link in enumerate(links)
    ]
    writers += [
        Writer(links[0], lambda n, text, room=room: row.room(0, room, n, text)) for room in range(_ROOMS)
    ]
    load = Load(row, links, writers, [], 0)
    for _ in range(_SAID // 10):
        for writer in range(len(writers)):
            load.send(writer, 10)
        while load.acks < load.sent:
            load.turn(1)
    for link in links:
        link.close()


@dataclass(frozen=True)
class Taken:
    """CPU microseconds until a moment."""

    at: float
    ours: float
    theirs: float

    def per_one(self, before: Taken, idle: Taken, count: int) -> tuple[float, float]:
        """Milliseconds of each of `count` requests: of ours, and of the database's.

        Args:
            idle: what a second takes in which nobody asks.
        """
        seconds = self.at - before.at
        ours = self.ours - before.ours - idle.ours * seconds
        theirs = self.theirs - before.theirs - idle.theirs * seconds
        return ours / count / 1000, theirs / count / 1000


def taken(row: FastIm) -> Taken:
    theirs = set(row.database_pids())
    ours = set(row.pids()) - theirs
    return Taken(time.monotonic(), measure.fine_us(ours), measure.fine_us(theirs))


def run(row: FastIm, port: int, turns: int) -> None:
    _talk(row, port)
    asking, every = Asking(row, port), list[tuple[float, float]]()
    before = taken(row)
    time.sleep(_IDLE_SECONDS)
    after = taken(row)
    seconds = after.at - before.at
    idle = Taken(0, (after.ours - before.ours) / seconds, (after.theirs - before.theirs) / seconds)
    for name, (path, body) in asking.kinds().items():
        found = []
        for _ in range(turns):
            before = taken(row)
            for user in range(_ASKERS):
                asking.ask(path, user, body(user))
            found.append(taken(row).per_one(before, idle, _ASKERS))
        every.append(min(found[1:]))  # the first one loads what stays
        print(f"{name}: {every[-1][0]:.2f} ms, the database {every[-1][1]:.2f} ms", flush=True)
    ours, theirs = map(statistics.mean, zip(*every, strict=True))
    print(f"mean: {ours:.2f} ms, the database {theirs:.2f} ms")


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.requests", description=__doc__)
    parser.add_argument("--turns", type=int, default=20, help=f"of {_ASKERS} requests of each kind")
    turns = max(2, parser.parse_args(arguments).turns)
    os.sched_setaffinity(0, {measure.GENERATOR_CPU})
    gc.disable()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    row = FastIm("mariadb")
    with tempfile.TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True) as folder:
        try:
            row.start(Path(folder), port, measure.SERVER_CPU, Plan(_PEOPLE, (_PEOPLE,) * _ROOMS))
            run(row, port, turns)
        finally:
            row.stop()


if __name__ == "__main__":
    main()
