"""Uploads: taking files in, instantly where they are here already, and serving them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import PurePath
from typing import Annotated, BinaryIO, Literal, cast
from urllib.parse import quote

import msgspec
from flask import Blueprint, Response, request
from msgspec import Meta
from werkzeug.exceptions import RequestedRangeNotSatisfiable

from fastim.backends import sniff
from fastim.errors import BadRequest
from fastim.models import db
from fastim.models.upload import PICTURE
from fastim.protocol import limits
from fastim.routes import respond
from fastim.routes.context import actor_or_none, caller, current_actor, parts
from fastim.routes.endpoint import post
from fastim.routes.security import FILE_POLICY
from fastim.services.resources import Resource, Resources
from fastim.services.uploads import Stored

upload = Blueprint("upload", __name__)

Kind = Literal["", "picture", "voice", "video", "file"]
Hex64 = Annotated[str, Meta(pattern="^[0-9a-f]{64}$", max_length=64)]
Bytes = Annotated[int, Meta(ge=0, le=2**53)]
"""A size that any database and any JavaScript program takes."""
FileName = Annotated[str, Meta(max_length=1000)]

_PICTURE_SUFFIXES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif")
_CACHE = "private, max-age=31536000, immutable"  # a name never comes to mean another content


class File(msgspec.Struct):
    """Multipart with the part `file`; `filetype` is the old pages' suffix, such as `.png`."""

    filetype: Annotated[str, Meta(max_length=100)] = ""
    kind: Kind = ""


class Probe(msgspec.Struct):
    """The file's SHA-256 in hex and its size."""

    sha256: Hex64
    bytes: Bytes


class Claim(msgspec.Struct):
    """As in the probe; `proof` is the hex SHA-256 of the content followed by the nonce's bytes."""

    sha256: Hex64
    bytes: Bytes
    nonce: Annotated[str, Meta(max_length=64)]
    proof: Annotated[str, Meta(max_length=64)]
    kind: Kind = ""
    name: FileName = ""


class Nonce(msgspec.Struct):
    """What to prove the content with, "" where the bytes are needed; `direct`: to the storage too."""

    nonce: str
    direct: bool = False


class Uploaded(msgspec.Struct):
    """An uploaded file, beside `data` in the envelope; sizes are 0 for what is no picture."""

    url: str
    thumb: str
    width: int
    height: int
    bytes: int
    type: str
    kind: Annotated[str, Meta(extra_json_schema={"enum": ["picture", "voice", "video", "file"]})]
    name: str


@upload.before_request
def admit() -> None:
    """Before the body is read: how large it may be, and whether a stranger may come again.

    Raises:
        TooOften: too many signed-out uploads from this address.
    """
    if request.endpoint != "upload.store":
        return
    settings = parts().settings
    if actor_or_none() is None:
        parts().rates.hit(settings.guest_upload_rate, "guest_upload", caller().address)
        most = limits.GUEST_PICTURE_BYTES
    else:
        most = max(settings.picture_bytes, settings.file_bytes)
    db.session.rollback()  # a body may take minutes; sixteen slow senders would hold all connections
    request.max_content_length = most + limits.MULTIPART_BYTES
    request.environ["wsgi.input"] = _Paced(request.environ["wsgi.input"])


@post(upload, "/attach/upload", File, str, signed_in=False, part="file", beside={"file": Uploaded})
def store(args: File) -> Response:
    """Upload a file as multipart: signed in anything within the limits, signed out a small picture.

    `data` is its address; `file` beside it says what was stored.
    """
    part = request.files.get("file")
    if part is None:
        raise BadRequest(field="file")
    name = part.filename or ""
    actor = actor_or_none()
    stored = parts().uploads.store(
        None if actor is None else actor.user_id, cast("BinaryIO", part.stream), _kind(args, name), name
    )
    return answer(stored)


def _kind(args: File, name: str) -> str:
    """What the sender says that it is; who names a picture means one."""
    if args.kind:
        return args.kind
    suffixes = (args.filetype.lower(), PurePath(name.lower()).suffix)
    return PICTURE if any(suffix in _PICTURE_SUFFIXES for suffix in suffixes) else ""


@post(upload, "/attach/probe", Probe, Nonce)
def probe(args: Probe) -> Nonce:
    """Ask before an upload whether the server has the file: then `claim` it with the nonce."""
    running = parts()
    return Nonce(running.uploads.probe(args.sha256, args.bytes), running.partials.offers_direct)


@post(upload, "/attach/claim", Claim, str, beside={"file": Uploaded})
def claim(args: Claim) -> Response:
    """Upload without the body, by proving to hold it; answers as `upload`. A nonce works once."""
    stored = parts().uploads.claim(
        current_actor().user_id, args.sha256, args.bytes, args.nonce, args.proof, args.kind, args.name
    )
    return answer(stored)


class Poster(msgspec.Struct):
    """The addresses of a film and of the picture that stands for it, both uploads of one's own."""

    url: Annotated[str, Meta(max_length=limits.URL_CHARS)]
    poster: Annotated[str, Meta(max_length=limits.URL_CHARS)]


@post(upload, "/attach/poster", Poster, str)
def set_poster(args: Poster) -> str:
    """Give a film its still; its address, `?thumb=1` of the film's, is answered. It stays what it is."""
    parts().resources.set_poster(current_actor().user_id, args.url, args.poster)
    return f"{args.url}?thumb=1"


def answer(stored: Stored) -> Response:
    """The envelope that says what was stored."""
    url = f"/resource/{stored.upload}"
    file = Uploaded(
        url=url,
        thumb=f"{url}?thumb=1" if stored.kind == PICTURE else "",
        width=stored.width,
        height=stored.height,
        bytes=stored.bytes,
        type=stored.type,
        kind=stored.kind,
        name=stored.file_name,
    )
    return respond.one(url, file=file)


@upload.get("/resource/<path:name>")
@upload.get("/mnt/<path:name>", endpoint="old_resource")
def resource(name: str) -> Response:
    """An uploaded file, or with `?thumb=1` its small picture; pages are sent to where it is stored.

    Files that came from the Go version have their old paths here, under both of its folders' names.

    `?save=1` is for a link that saves it: its `download` means nothing where the file is another origin's.
    """
    resources = parts().resources
    found = resources.find(name, request.args.get("thumb") == "1", actor_or_none() is not None)
    if _is_page() and (address := resources.address(found, _disposition(found))):
        return _elsewhere(address)
    response = Response(
        _Body(resources, resources.open(found)), content_type=found.type, direct_passthrough=True
    )
    response.headers["Cache-Control"] = _CACHE
    response.headers["Content-Security-Policy"] = FILE_POLICY
    response.headers["Content-Disposition"] = _disposition(found)
    response.set_etag(found.sha256)
    response.content_length = found.bytes
    try:
        response.make_conditional(request, accept_ranges=True, complete_length=found.bytes)
    except RequestedRangeNotSatisfiable:
        response.close()
        return Response(status=416, headers={"Content-Range": f"bytes */{found.bytes}"})
    return response


def _is_page() -> bool:
    """Whether a signed-in browser asks. Programs may not follow, or send their token along to others."""
    is_program = "Authorization" in request.headers or "token" in request.args
    return request.method == "GET" and not is_program and actor_or_none() is not None


def _elsewhere(address: str) -> Response:
    """To an address that holds at least as long again as browsers remember it."""
    response = Response(status=302, headers={"Location": address})
    response.headers["Cache-Control"] = f"private, max-age={limits.READING_ADDRESS_SECONDS // 2 - 30}"
    return response


def _disposition(found: Resource) -> str:
    """Whether a browser shows or saves the file, and under which name (RFC 6266)."""
    how = "attachment" if found.type == sniff.UNKNOWN or request.args.get("save") == "1" else "inline"
    if not found.file_name:
        return how
    plain = "".join(
        one if one.isascii() and one.isprintable() and one not in '"\\%' else "_" for one in found.file_name
    )
    full = quote(found.file_name, safe="!#$&+^`|~")
    return f"{how}; filename=\"{plain}\"; filename*=UTF-8''{full}"


class _Paced:
    """A request's body that lets others have a turn after each piece.

    A sender as fast as the loop would keep it to itself: 95 MB held everybody up for 0.7 s.
    """

    def __init__(self, body: BinaryIO) -> None:
        self._body = body

    def read(self, size: int = -1) -> bytes:
        time.sleep(0)
        return self._body.read(size)


class _Body:
    """A file as a response's iterable; werkzeug finds a range's beginning by `seek`."""

    def __init__(self, resources: Resources, file: BinaryIO) -> None:
        self._resources = resources
        self._file = file

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        chunk = self._resources.read(self._file, limits.FILE_CHUNK_BYTES)
        if not chunk:
            self.close()
            raise StopIteration
        return chunk

    def seekable(self) -> bool:
        return True

    def seek(self, at: int) -> None:
        self._file.seek(at)

    def tell(self) -> int:
        return self._file.tell()

    def close(self) -> None:
        self._file.close()
