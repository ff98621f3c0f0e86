"""The machine: versions, limits of the kernel, files that are open, room on the disks."""

from __future__ import annotations

import platform
import resource
import shutil
import sqlite3
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import fastim
from fastim.backends import descriptors
from fastim.config import Settings
from fastim.operations.doctor.finding import Finding, fail, ok, warn

_BACKLOG = 4096
"""What gunicorn.conf.py asks for; the kernel cuts it."""
_FREE_BYTES, _FREE_SHARE = 1 << 30, 0.05
_LEAST_BYTES = 100 << 20
_SYSTEM_SHARE = 0.8
_OLDEST_SQLITE = (3, 35, 0)
"""RETURNING, and FTS5 as the search index uses it."""


def examine(settings: Settings) -> Iterator[Finding]:
    yield _versions()
    yield _sqlite()
    yield files(settings.connections, descriptors.most())
    yield from _kernel(Path("/proc/sys"))
    for name, folder in _folders(settings).items():
        usage = shutil.disk_usage(_existing(folder))
        yield disk(name, folder, usage.free, usage.total)


def _versions() -> Finding:
    parts = [f"{name} {metadata.version(name)}" for name in ("flask", "gevent", "gunicorn", "SQLAlchemy")]
    return ok(
        "versions", f"FastIM {fastim.__version__}, Python {platform.python_version()}, " + ", ".join(parts)
    )


def _sqlite() -> Finding:
    said = f"SQLite {sqlite3.sqlite_version}"
    if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
        return fail("sqlite", said, "use a Python that is built with SQLite 3.35 or newer")
    return ok("sqlite", said)


def files(connections: int, limit: int) -> Finding:
    """Whether each connection can have its file descriptor."""
    fit, wanted = descriptors.allowed(connections, limit), descriptors.wanted(connections)
    files = "any number of" if limit == resource.RLIM_INFINITY else str(limit)
    said = f"{files} files may be open from this shell, for {connections} connections"
    if fit == connections:
        return ok("nofile", said)
    said = f"{said}: it takes {fit}"
    cure = f"ulimit -Hn {wanted}, LimitNOFILE={wanted} of the systemd unit, or lower FASTIM_CONNECTIONS"
    return fail("nofile", said, cure) if fit < connections // 2 else warn("nofile", said, cure)


def _kernel(proc: Path) -> Iterator[Finding]:
    somaxconn = _number(proc / "net/core/somaxconn")
    if somaxconn is not None:
        said = f"{somaxconn} connections may wait to be taken"
        cure = f"sysctl -w net.core.somaxconn={_BACKLOG}: after a restart a whole group comes back at once"
        yield ok("somaxconn", said) if somaxconn >= _BACKLOG else warn("somaxconn", said, cure)
    try:
        used, _, most = (int(word) for word in (proc / "fs/file-nr").read_text().split())
    except (OSError, ValueError):
        return
    said = f"{used} of {most} files of the whole machine are open"
    is_much = used > most * _SYSTEM_SHARE
    yield warn("files", said, "raise fs.file-max with sysctl") if is_much else ok("files", said)


def _number(path: Path) -> int | None:
    try:
        return int(path.read_text())
    except (OSError, ValueError):
        return None


def _folders(settings: Settings) -> dict[str, Path]:
    folders = {"disk of instance": settings.instance}
    if settings.s3 is None:
        folders["disk of files"] = settings.storage_folder
    if settings.is_sqlite:
        folders["disk of database"] = Path(settings.sqlalchemy_url.removeprefix("sqlite:///")).parent
    return folders


def _existing(folder: Path) -> Path:
    return folder if folder.exists() else _existing(folder.parent)


def disk(name: str, folder: Path, free: int, total: int) -> Finding:
    """Whether there is room for some time."""
    said = f"{folder}: {free >> 20} MiB of {total >> 20} MiB free"
    if free < _LEAST_BYTES:
        return fail(name, said, "make room: messages are refused when nothing is left")
    if free < min(_FREE_BYTES, total * _FREE_SHARE):
        return warn(name, said, "make room, or move it to a larger disk")
    return ok(name, said)
