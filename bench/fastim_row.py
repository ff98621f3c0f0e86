"""FastIM itself, as an operator runs it, on SQLite or on a private MariaDB."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path
from typing import Any

from bench import measure
from bench.peer import ONE, Missing, Plan
from bench.private_mariadb import PrivateMariaDb
from bench.started import Started
from fastim.loadtest.speaker import FastImSpeaker, message

ROOT = Path(__file__).resolve().parent.parent
_CONNECTIONS = 20_000


class FastIm:
    """One process of gunicorn; every message is committed before its ack."""

    stores = True
    path = "/chat"
    scenes = ONE
    echoes = False
    ack_marker = b'{"cmd":12,'

    def __init__(self, database: str) -> None:
        self.name = f"fastim-{database}"
        self.title = "FastIM, SQLite" if database == "sqlite" else "FastIM, MariaDB"
        self.environ: dict[str, str] = {}
        """Settings beside those of every run."""
        self._is_sqlite = database == "sqlite"
        self._people: list[tuple[int, str]] = []
        self._rooms: list[int] = []
        self._server: Started | None = None
        self._mariadb: PrivateMariaDb | None = None

    def start(self, folder: Path, port: int, cpu: int, plan: Plan) -> None:
        """Migrate and fill a new database, then serve it.

        Raises:
            Missing: MariaDB, or a Python package, is not installed.
        """
        url = f"sqlite:///{folder / 'fastim.db'}"
        if not self._is_sqlite:
            self._mariadb = PrivateMariaDb(folder, cpu)
            url = self._mariadb.url
        environ = {
            **{name: value for name, value in os.environ.items() if not name.startswith("FASTIM_")},
            "FASTIM_DATABASE_URL": url,
            "FASTIM_INSTANCE": str(folder / "instance"),
            "FASTIM_STORAGE_URL": f"file:{folder / 'resource'}",
            "FASTIM_RATE_LIMITS": "off",
            "FASTIM_SEARCH": "off",  # its index follows behind, and has a bench of its own
            "FASTIM_LOG_LEVEL": "warning",
            "FASTIM_CONNECTIONS": str(_CONNECTIONS),
            "FASTIM_COMMUNITY_MEMBERS": str(_CONNECTIONS),
            "FLASK_APP": "wsgi.py",
            "HOST": "127.0.0.1",
            "PORT": str(port),
            **self.environ,
        }
        (folder / "instance").mkdir()
        seeded = folder / "seeded.json"
        rooms = ",".join(map(str, plan.rooms))
        self._flask(environ, "db", "upgrade")
        self._flask(
            environ,
            "fastim",
            "loadtest",
            "seed",
            f"--people={plan.people}",
            f"--rooms={rooms}",
            f"--out={seeded}",
        )
        found = json.loads(seeded.read_bytes())
        self._people, self._rooms = found["people"], found["rooms"]
        self._speaker = FastImSpeaker(self._people, "127.0.0.1", self.path)
        command = [sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py", "wsgi:app"]
        self._server = Started(command, folder, cpu, environ, ROOT)
        self._server.wait_for_port(port)

    def _flask(self, environ: dict[str, str], *arguments: str) -> None:
        done = subprocess.run(
            [sys.executable, "-m", "flask", *arguments],
            cwd=ROOT,
            check=False,
            env=environ,
            capture_output=True,
            text=True,
        )
        if done.returncode and "No module named" in done.stderr:
            raise Missing(f"pip install -r requirements.txt ({done.stderr.splitlines()[-1]})")
        if done.returncode:
            raise RuntimeError(f"flask {' '.join(arguments)}: {done.stderr[-2000:]}")

    def pids(self) -> list[int]:
        assert self._server is not None
        return [*measure.family(self._server.pid), *self.database_pids()]

    def database_pids(self) -> list[int]:
        """Those of `pids` that are the database's."""
        return measure.family(self._mariadb.pid) if self._mariadb else []

    def stop(self) -> None:
        for one in (self._server, self._mariadb):
            if one is not None:
                one.stop()
        self._server = self._mariadb = None

    def token(self, user: int) -> str:
        """What a person shows over HTTP."""
        return self._people[user][1]

    def handshake(self, user: int) -> bytes:
        return self._speaker.handshake(user)

    def opening(self, user: int) -> Generator[str | None, str, None]:
        return self._speaker.opening(user)

    def single(self, sender: int, receiver: int, number: int, content: str) -> str:
        return message(10, self._people[receiver][0], number, content)

    def room(self, sender: int, room: int, number: int, content: str) -> str:
        return message(11, self._rooms[room], number, content)

    def answer(self, text: str) -> str | None:
        return self._speaker.answer(text)

    def chat(self, user: int) -> dict[str, Any]:
        """How a friend addresses the chat with this person over HTTP."""
        return {"cmd": 10, "dstid": self._people[user][0]}
