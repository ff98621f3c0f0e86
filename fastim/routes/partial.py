"""Files in parts: begin, send, ask where to go on, finish, give up."""

from __future__ import annotations

import base64
import hashlib
import re
import tempfile
import time
from typing import Annotated, BinaryIO, Literal, cast

import msgspec
from flask import Blueprint, Response, request
from msgspec import Meta

from fastim.errors import BadRequest
from fastim.protocol import limits
from fastim.routes import respond
from fastim.routes.context import current_actor, parts
from fastim.routes.endpoint import post
from fastim.routes.upload import Bytes, FileName, Kind, Uploaded, answer
from fastim.services.partials import Progress

partial = Blueprint("partial", __name__)

PartialId = Annotated[str, Meta(pattern="^[0-9a-f]{32}$", max_length=32)]
Method = Literal["POST", "PUT"]
Way = Literal["", "form", "pieces"]
_DIGEST = re.compile(r"sha-256=:([A-Za-z0-9+/]{43}=):")


class Begin(msgspec.Struct):
    """A file of `bytes`; with `sha256` of the whole it is checked at the end."""

    bytes: Bytes
    sha256: Annotated[str, Meta(pattern="^([0-9a-f]{64})?$", max_length=64)] = ""
    kind: Kind = ""
    name: FileName = ""
    direct: bool = False
    """Straight to the storage, where the server offers that; the answer's `way` says."""


class Which(msgspec.Struct):
    """An upload in parts, by the id that `begin` answered."""

    id: PartialId


class Standing(msgspec.Struct):
    """How far it is: the next part begins at `offset`. It may have at most `part_bytes`."""

    id: str
    offset: int
    bytes: int
    name: str
    part_bytes: int = limits.PART_BYTES
    way: Way = ""
    """"" with `/attach/part`; otherwise each part goes to an address of `/attach/address`."""


class Where(msgspec.Struct):
    """The next part of an upload that goes straight to the storage begins at `offset`."""

    id: PartialId
    offset: Bytes


class Target(msgspec.Struct):
    """Send exactly `bytes` there within minutes: POST a form of `fields`, then `file`; or PUT the bytes."""

    method: Method
    url: str
    fields: dict[str, str]
    bytes: int


class Nothing(msgspec.Struct):
    """No arguments."""


@post(partial, "/attach/begin", Begin, Standing)
def begin(args: Begin) -> Standing:
    """Begin an upload in parts. Its size counts towards the quota until it is finished or given up."""
    user_id = current_actor().user_id
    partials = parts().partials
    begun = partials.begin(user_id, args.bytes, args.sha256, args.kind, args.name, args.direct)
    return _standing(begun)


@partial.put("/attach/part/<partial_id>")
def send_part(partial_id: str) -> Response:
    """One part: `Upload-Offset` says where it belongs, `Content-Digest: sha-256=:…:` what it sums up to.

    All but the last have at least 64 KiB. 409 with `offset` says where to go on; 400 `bad_checksum` that it
    did not come as it was sent. Neither has changed anything.
    """
    user_id = current_actor().user_id
    text = request.headers.get("Upload-Offset", "")
    if not (text.isascii() and text.isdigit() and len(text) < 17):
        raise BadRequest(field="Upload-Offset")
    digest = _DIGEST.fullmatch(request.headers.get("Content-Digest", ""))
    if digest is None:
        raise BadRequest(field="Content-Digest")
    offset, size = int(text), request.content_length or 0
    partials = parts().partials
    partials.check_part(user_id, partial_id, offset, size)
    request.max_content_length = limits.PART_BYTES
    with partials.places.place(user_id), tempfile.SpooledTemporaryFile(limits.FILE_CHUNK_BYTES) as spool:
        received = cast("BinaryIO", spool)
        if _receive(cast("BinaryIO", request.stream), received, size) != base64.b64decode(digest[1]):
            raise BadRequest("bad_checksum")
        received.seek(0)
        return respond.one(_standing(partials.add(user_id, partial_id, offset, size, received)))


@post(partial, "/attach/address", Where, Target)
def address(args: Where) -> Target:
    """Where to send a part of an upload that goes straight to the storage; it holds for its size only."""
    found = parts().partials.address(current_actor().user_id, args.id, args.offset)
    return Target(cast("Method", found.method), found.url, found.fields, found.bytes)


@post(partial, "/attach/state", Which, Standing)
def state(args: Which) -> Standing:
    """Where to go on after a break; 404 when it is finished, given up or was left alone for a day."""
    return _standing(parts().partials.state(current_actor().user_id, args.id))


@post(partial, "/attach/unfinished", Nothing, list[Standing])
def unfinished(args: Nothing) -> list[Standing]:
    """The user's uploads that are on their way."""
    return [_standing(one) for one in parts().partials.unfinished(current_actor().user_id)]


@post(partial, "/attach/finish", Which, str, beside={"file": Uploaded})
def finish(args: Which) -> Response:
    """Make an upload of all parts; answers as `upload`."""
    return answer(parts().partials.finish(current_actor().user_id, args.id))


@post(partial, "/attach/abandon", Which, None)
def abandon(args: Which) -> None:
    """Give an upload in parts up: its bytes and its place in the quota are free again."""
    parts().partials.abandon(current_actor().user_id, args.id)


def _standing(progress: Progress) -> Standing:
    return Standing(
        progress.id,
        progress.offset,
        progress.bytes,
        progress.name,
        progress.part_bytes,
        cast("Way", progress.way),
    )


def _receive(body: BinaryIO, target: BinaryIO, size: int) -> bytes:
    """Copy the body and sum it up, with a turn for others after each piece.

    Raises:
        BadRequest: the line broke before its end.
    """
    digest = hashlib.sha256()
    while size and (piece := body.read(min(size, limits.FILE_CHUNK_BYTES))):
        target.write(piece)
        digest.update(piece)
        size -= len(piece)
        time.sleep(0)
    if size:
        raise BadRequest(field="body")
    return digest.digest()
