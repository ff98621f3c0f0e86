"""GET /asset/…: the files of the pages, from fastim/static, or from the Go version's checkout first."""

from __future__ import annotations

import re
from pathlib import Path

from flask import Blueprint, Response, request, send_from_directory
from werkzeug.exceptions import MethodNotAllowed, NotFound

from fastim.parts import Parts
from fastim.routes.classic import classic_pages
from fastim.routes.context import parts

asset = Blueprint("asset", __name__)

FOLDER = Path(__file__).resolve().parents[1]
STATIC = FOLDER / "static"

_YEAR_SECONDS = 365 * 86400
_HOUR_SECONDS = 3600

# Accounts and groups of the Go version have its pictures; those that we lack look like this.
_OLD_PICTURES = (
    (re.compile(r"images/(?:avatar\d*|user)\.(?:png|jpg)"), "images/person.svg"),
    (re.compile(r"images/(?:community|g\d*)\.(?:png|jpg)"), "images/community.svg"),
)


@asset.route("/asset/<path:name>", methods=["GET", "POST"])
def serve(name: str) -> Response:
    """A file, whole, in part (Range), or as "not modified" (ETag). Old pages POST for info.json."""
    name = re.sub(r"/{2,}", "/", name)
    if request.method == "POST" and not name.endswith("/info.json"):
        raise MethodNotAllowed(["GET", "HEAD"])
    if any(part.startswith(".") for part in name.split("/")):
        raise NotFound
    for folder, path in _places(parts(), name):
        if (folder / path).is_file():
            return _file(folder, path)
    raise NotFound


@asset.get("/favicon.ico")
def favicon() -> Response:
    """For browsers that ask without having read a page."""
    return _file(STATIC, "images/icon.svg")


def _places(running: Parts, name: str) -> list[tuple[Path, str]]:
    """Where the file may be, the first choice first."""
    places = [(STATIC, name), *((STATIC, ours) for old, ours in _OLD_PICTURES if old.fullmatch(name))]
    folder = running.settings.classic_pages
    return places if folder is None else [(classic_pages(folder).assets, name), *places]


def _file(folder: Path, name: str) -> Response:
    response = send_from_directory(folder, name, max_age=_HOUR_SECONDS)
    response.headers["Cache-Control"] = f"public, max-age={_HOUR_SECONDS}"
    if name.startswith("dist/assets/"):  # the name has the content's hash in it
        response.headers["Cache-Control"] = f"public, max-age={_YEAR_SECONDS}, immutable"
    return response
