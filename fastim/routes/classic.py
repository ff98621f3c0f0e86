"""The Go version's own pages, served unchanged from a checkout of it (FASTIM_CLASSIC_PAGES).

Its templates use three words of Go's template language: define, template and end. Everything else in
braces is Vue's and stays as it is.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from flask import Response

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",  # Vue compiles its templates in the page
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' blob: data:{}",
        "media-src 'self' blob:{}",
        "font-src 'self' data:",
        "connect-src 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'self'",
    )
)

_ACTION = re.compile(r'\{\{-?\s*(define|template|end)\b\s*(?:"([^"]*)")?[^{}]*\}\}')
_DEEPEST = 20
"""Templates within templates; deeper means that one includes itself."""


class ClassicPages:
    """The templates of app/view, by the name that each is served under."""

    def __init__(self, folder: Path) -> None:
        self.assets = folder / "asset"
        self._texts: dict[str, str] = {}
        for file in sorted((folder / "app" / "view").rglob("*.html")):
            self._texts.update(_definitions(file.read_text("utf-8-sig")))

    def __contains__(self, name: str) -> bool:
        return name in self._texts

    def render(self, name: str, depth: int = 0) -> str:
        """The template `name`, such as "/login.shtml", with those that it names in their places."""
        if depth > _DEEPEST:
            raise RecursionError(f"{name} includes itself")

        def included(match: re.Match[str]) -> str:
            return self.render(match[2], depth + 1) if match[2] in self._texts else ""

        return _ACTION.sub(included, self._texts[name])

    def page(self, name: str, read_from: tuple[str, ...] = ()) -> Response:
        """As `render`, with a policy that lets its inline scripts run and files come from these origins."""
        response = Response(self.render(name), content_type="text/html; charset=utf-8")
        readable = "".join(f" {origin}" for origin in read_from)
        response.headers["Content-Security-Policy"] = POLICY.format(readable, readable)
        response.headers["Cache-Control"] = "private, no-store"  # its address has the token in it
        return response


def _definitions(text: str) -> dict[str, str]:
    """What stands between each `define` and its `end`; text outside of them is nobody's."""
    found: dict[str, str] = {}
    name, start = None, 0
    for match in _ACTION.finditer(text):
        if match[1] == "define":
            name, start = match[2], match.end()
        elif match[1] == "end" and name is not None:
            found[name] = text[start : match.start()]
            name = None
    return found


@cache
def classic_pages(folder: Path) -> ClassicPages:
    """The pages of a checkout; read once."""
    return ClassicPages(folder)
