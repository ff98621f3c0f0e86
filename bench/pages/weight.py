"""What a browser must load before a page shows anything."""

from __future__ import annotations

import gzip
from pathlib import Path

from fastim.routes.pages import Pages

STATIC = Path(__file__).resolve().parents[2] / "fastim" / "static"
DIST = STATIC / "dist"
PAGES = ("index", "login", "register", "createcom")


def initial_bytes(page: str) -> int:
    """The scripts that the page's shell names, each with gzip as the server sends them.

    A language's words come right after them and are counted too, the larger language's.

    Raises:
        NotBuilt: there is no build.
    """
    entry = Pages(DIST).entry(page)
    scripts = [STATIC / address.removeprefix("/asset/") for address in (entry.js, *entry.preload)]
    words = max(_zipped(path) for name in ("en", "zh-CN") for path in DIST.glob(f"assets/{name}-*.js"))
    return sum(map(_zipped, scripts)) + words


def _zipped(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 9))
