"""How values of settings are written: each function reads one kind of them, and raises ValueError."""

from __future__ import annotations

import re
from urllib.parse import urlsplit


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
