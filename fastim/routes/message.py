"""Reading what was said: sync after connecting, and pages of history."""

from __future__ import annotations

from typing import Annotated

import msgspec
from flask import Blueprint, Response
from msgspec import Meta

from fastim.protocol import limits
from fastim.protocol.frames import Entry, Id
from fastim.protocol.sync import Readers, SyncAnswer
from fastim.routes import respond
from fastim.routes.context import current_actor, parts
from fastim.routes.endpoint import post

message = Blueprint("message", __name__, url_prefix="/message")


class Sync(msgspec.Struct):
    """What came since `cursor`, which is the last answer's; none for everything."""

    cursor: Annotated[str, Meta(max_length=64)] = ""


class ReadHistory(msgspec.Struct):
    """A page of the conversation with `dstid` (cmd 10) or of the group `dstid` (cmd 11)."""

    cmd: Id
    dstid: Id
    before: Id = 0
    after: Id = 0
    limit: Annotated[int, Meta(ge=1, le=limits.HISTORY_MOST)] = limits.HISTORY_PAGE


class WhoRead(msgspec.Struct):
    """Message `seq` of the conversation with `dstid` (cmd 10) or of the group `dstid` (cmd 11)."""

    cmd: Id
    dstid: Id
    seq: Id


@post(message, "/sync", Sync, SyncAnswer)
def sync(args: Sync) -> SyncAnswer:
    """The conversations that changed, each with its numbers and newest entries."""
    return parts().history.sync(current_actor().user_id, args.cursor)


@post(message, "/history", ReadHistory, list[Entry], beside={"gap": bool})
def history(args: ReadHistory) -> Response:
    """Entries in the order of seq; `gap` in the envelope says that more follow in that direction."""
    page = parts().history.page(
        current_actor().user_id, args.cmd, args.dstid, args.before, args.after, args.limit
    )
    return respond.many(page.entries, gap=page.gap)


@post(message, "/readers", WhoRead, Readers)
def readers(args: WhoRead) -> Readers:
    """Who has read a message and who has not, of those who were there when it came."""
    return parts().history.readers(current_actor().user_id, args.cmd, args.dstid, args.seq)
