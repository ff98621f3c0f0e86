"""What a browser must load before a page shows anything."""

from __future__ import annotations

import gzip
from html.parser import HTMLParser
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from fastim.routes.pages import Pages

FASTIM = Path(__file__).resolve().parents[2] / "fastim"
STATIC = FASTIM / "static"
DIST = STATIC / "dist"
TEMPLATES = FASTIM / "templates"
PAGES = ("index", "login", "register", "createcom", "join")
LANGUAGES = ("en", "zh-CN")


def initial_bytes(page: str) -> int:
    """All scripts that the page's HTML names, each with gzip as it is sent, and what stands in the HTML.

    The words of a language are among them: those of the larger one are counted.

    Raises:
        NotBuilt: there is no build.
    """
    return max(_weight(_html(page, lang)) for lang in LANGUAGES)


def _html(page: str, lang: str) -> str:
    pages = Pages(DIST)
    shells = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True)
    boot = {"signup": "open", "lang": lang, "version": "", "push": "", "signedIn": False}
    return shells.get_template(f"{page}.html").render(
        lang=lang, entry=pages.entry, words=pages.words, boot=boot
    )


def _weight(html: str) -> int:
    found = _Scripts()
    found.feed(html)
    inline = "".join(found.inline).encode()
    files = [(STATIC / address.removeprefix("/asset/")).read_bytes() for address in found.addresses]
    return sum(map(_zipped, (*files, inline)))


class _Scripts(HTMLParser):
    """What a page's HTML makes a browser load or run at once: scripts, preloads, and what stands in it."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: set[str] = set()
        self.inline: list[str] = []
        self._is_inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        is_loaded = tag == "script" or (tag == "link" and given.get("rel") == "modulepreload")
        address = given.get("src") or given.get("href")
        if is_loaded and address:
            self.addresses.add(address)
        self._is_inside = tag == "script" and not address

    def handle_endtag(self, tag: str) -> None:
        self._is_inside = False

    def handle_data(self, data: str) -> None:
        if self._is_inside:
            self.inline.append(data)


def _zipped(content: bytes) -> int:
    return len(gzip.compress(content, 9))
