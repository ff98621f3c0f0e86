"""GET /asset/…: the files of the pages, from fastim/static, or from the Go version's checkout first."""

from __future__ import annotations

import mimetypes
import re
from pathlib import Path

from flask import Blueprint, Response, request
from werkzeug.exceptions import MethodNotAllowed, NotFound, RequestedRangeNotSatisfiable
from werkzeug.security import safe_join

from fastim.parts import Parts
from fastim.routes.classic import classic_pages
from fastim.routes.context import parts

asset = Blueprint("asset", __name__)

FOLDER = Path(__file__).resolve().parents[1]
STATIC = FOLDER / "static"

_YEAR_SECONDS = 365 * 86400
_HOUR_SECONDS = 3600

# The build has these beside its files, the one that is preferred first.
_CODINGS = {"br": ".br", "gzip": ".gz"}

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
        if _is_file(folder / path):
            return _file(folder, path)
    raise NotFound


@asset.get("/sw.js")
def service_worker() -> Response:
    """The pages' service worker. At the root it may serve them all, and no cache may keep an old one."""
    if not (STATIC / "dist" / "sw.js").is_file():
        raise NotFound
    response = _file(STATIC, "dist/sw.js")
    response.headers["Cache-Control"] = "no-cache"
    return response


@asset.get("/favicon.ico")
def favicon() -> Response:
    """For browsers that ask without having read a page."""
    return _file(STATIC, "images/icon.svg")


def _places(running: Parts, name: str) -> list[tuple[Path, str]]:
    """Where the file may be, the first choice first."""
    places = [(STATIC, name), *((STATIC, ours) for old, ours in _OLD_PICTURES if old.fullmatch(name))]
    folder = running.settings.classic_pages
    return places if folder is None else [(classic_pages(folder).assets, name), *places]


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # the name is too long for any file
        return False


def _file(folder: Path, name: str) -> Response:
    coding = _coding(folder, name)
    media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    response = _read(folder, name + _CODINGS.get(coding, ""), media_type)
    if coding:
        response.headers["Content-Encoding"] = coding
    if name.startswith("dist/"):
        response.vary.add("Accept-Encoding")
    response.headers["Cache-Control"] = f"public, max-age={_HOUR_SECONDS}"
    if name.startswith("dist/assets/"):  # the name has the content's hash in it
        response.headers["Cache-Control"] = f"public, max-age={_YEAR_SECONDS}, immutable"
    return response


def _read(folder: Path, name: str, media_type: str) -> Response:
    """The whole file in memory: these are small, and none is left open by a browser that goes away."""
    path = safe_join(str(folder), name)
    if path is None:
        raise NotFound
    file = Path(path)
    stat, content = file.stat(), file.read_bytes()
    response = Response(content, mimetype=media_type)
    response.last_modified = stat.st_mtime  # type: ignore[assignment]
    response.set_etag(f"{stat.st_mtime_ns:x}-{stat.st_size:x}")
    try:
        response.make_conditional(request, accept_ranges=True, complete_length=len(content))
    except RequestedRangeNotSatisfiable:
        return Response(status=416, headers={"Content-Range": f"bytes */{len(content)}"})
    return response


def _coding(folder: Path, name: str) -> str:
    """How the file is sent: as the build has it ready and the browser takes it, or "" for as it is."""
    if not name.startswith("dist/"):
        return ""
    accepted = request.accept_encodings
    return next(
        (
            coding
            for coding, end in _CODINGS.items()
            if accepted[coding] and (folder / (name + end)).is_file()
        ),
        "",
    )
