"""A server with people, some talks and one of a hundred thousand messages, while it is measured."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fastim.app import create_app
from fastim.config import ROOT, Settings
from fastim.models import User, db
from fastim.services.seeding import add_messages
from tests.servers import Server, free_port

PASSWORD = "plum blossom rain"
READER = "13800000002"
WRITER = "13800000001"


@contextmanager
def running(folder: Path, messages: int) -> Iterator[Server]:
    """The demo's world with a talk of `messages` more, served until the block ends."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("FASTIM_")} | {
        "FASTIM_DATABASE_URL": f"sqlite:///{folder / 'fastim.db'}",
        "FASTIM_INSTANCE": str(folder / "instance"),
        "FASTIM_STORAGE_URL": f"file:{folder / 'resource'}",
        "FASTIM_RATE_LIMITS": "off",
        "FASTIM_LOG_LEVEL": "warning",
    }
    flask = [sys.executable, "-m", "flask", "--app", "wsgi"]
    for command in (["db", "upgrade"], ["fastim", "seed", "--lang", "en", "--password", PASSWORD]):
        subprocess.run([*flask, *command], cwd=ROOT, env=environ, check=True, stdout=subprocess.DEVNULL)
    if messages:
        _fill(environ, messages)
    server = Server(folder / "server", environ, free_port())
    try:
        yield server
    finally:
        server.stop()


def _fill(environ: dict[str, str], messages: int) -> None:
    app = create_app(Settings.from_env(environ))
    with app.app_context():
        writer, reader = (
            db.session.query(User.id).filter_by(mobile=mobile).scalar() for mobile in (WRITER, READER)
        )
        add_messages((writer, reader), messages, messages)
        db.session.remove()
        db.engine.dispose()
    app.extensions["fastim"].workers.close()
