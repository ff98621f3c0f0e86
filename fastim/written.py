"""How values of settings are written: each function reads one kind of them, and raises ValueError."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import limits

ROOT = Path(__file__).resolve().parent.parent


def size(value: str) -> int:
    """Bytes, with an optional K, M or G."""
    match = re.fullmatch(r"(\d+)([KMG]?)", value.upper())
    if match is None or int(match[1]) == 0:
        raise ValueError("use a size such as 500K, 20M or 2G")
    return int(match[1]) << {"": 0, "K": 10, "M": 20, "G": 30}[match[2]]


def origins(value: str) -> tuple[str, ...]:
    """Origins of pages, separated by commas."""
    found = tuple(part.strip().rstrip("/") for part in value.split(",") if part.strip())
    for origin in found:
        parts = urlsplit(origin)
        if parts.scheme not in ("http", "https") or not parts.netloc or parts.path:
            raise ValueError("use origins such as https://chat.example.org, separated by commas")
    return found


def contact(value: str) -> str:
    """Where somebody can be written to, or nothing."""
    if value and not re.fullmatch(r"mailto:[^@\s]+@[^@\s]+|https://\S+", value):
        raise ValueError("use mailto:you@example.org or an https: address")
    return value


def mongodb(value: str) -> str:
    """The URL of a MongoDB, or nothing."""
    if value and urlsplit(value).scheme not in ("mongodb", "mongodb+srv"):
        raise ValueError("use a URL that begins with mongodb:// or mongodb+srv://")
    return value


def rate(value: str) -> str:
    """So many in a time, one at least."""
    try:
        most = limits.parse(value).amount
    except ValueError:
        most = 0
    if most < 1:
        raise ValueError("use a rate such as 10/minute or 100/15minutes")
    return value


def url(*schemes: str) -> Callable[[str], str]:
    def parse(value: str) -> str:
        if urlsplit(value).scheme not in schemes:
            raise ValueError(f"use a URL that begins with {' or '.join(s + '://' for s in schemes)}")
        return value

    return parse


def folder(value: str) -> Path:
    path = Path(value).expanduser()
    return path if path.is_absolute() else ROOT / path


def old_folder(value: str) -> Path | None:
    if not value:
        return None
    path = folder(value)
    if not (path / "app" / "view").is_dir():
        raise ValueError("name the folder of the Go version, which holds app/view and asset")
    return path


def database(value: str) -> str:
    value = url("sqlite", "mysql", "mariadb")(value)
    scheme, rest = value.split("://", 1)
    return value if scheme == "sqlite" else f"mysql+pymysql://{rest}"


def replicas(value: str) -> tuple[str, ...]:
    """URLs of MySQL or MariaDB, separated by commas; a comma within one is written %2C."""
    return tuple(
        database(url("mysql", "mariadb")(part.strip())) for part in value.split(",") if part.strip()
    )


def file(value: str) -> Path | None:
    """A file that can be read, or nothing."""
    if not value:
        return None
    path = folder(value)
    try:
        path.open("rb").close()
    except OSError as error:
        raise ValueError(f"{error.strerror}; name a file that this user may read") from error
    return path
