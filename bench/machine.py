"""Where a run took place: figures of two machines cannot be compared."""

from __future__ import annotations

import os
import platform
import sqlite3
import statistics
import subprocess
import time
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_PACKAGES = ("gevent", "gunicorn", "flask", "flask-sock", "simple-websocket", "sqlalchemy", "pymysql",
             "msgspec", "flask-socketio", "python-socketio", "websockets")  # fmt: skip
_COMMITS = 50


def describe(folder: Path) -> dict[str, str | float]:
    """Processor, system, versions, and how long the disk under `folder` takes for a commit."""
    root = Path(__file__).resolve().parent.parent
    return {
        "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "commit": _first_line("git", "-C", str(root), "describe", "--always", "--dirty"),
        "processor": _processor(),
        "processors": os.cpu_count() or 0,
        "system": f"{platform.system()} {platform.release()}",
        "fsync_ms": round(_fsync_ms(folder), 3),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "mariadb": _first_line("mariadbd", "--version"),
        "node": _first_line("node", "--version"),
        **{name: _version(name) for name in _PACKAGES},
    }


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.machine()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _first_line(*command: str) -> str:
    environ = {**os.environ, "PATH": f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin"}
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True, env=environ)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return next(iter(done.stdout.splitlines()), "")


def _fsync_ms(folder: Path) -> float:
    """The median of some appends of 4 KiB, each made durable, as a commit's are."""
    path, took = folder / "fsync", []
    with path.open("wb", buffering=0) as file:
        for _ in range(_COMMITS):
            file.write(bytes(4096))
            began = time.perf_counter()
            os.fdatasync(file.fileno())
            took.append((time.perf_counter() - began) * 1000)
    path.unlink()
    return statistics.median(took)
