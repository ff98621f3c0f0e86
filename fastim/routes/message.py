"""Reading what was said: sync after connecting, and pages of history."""

from __future__ import annotations

from typing import Annotated

import msgspec
from flask import Blueprint, Response
from msgspec import Meta

from fastim.protocol import limits
from fastim.protocol.frames import Entry, Id, TalkSettings, Text
from fastim.protocol.sync import Readers, SyncAnswer
from fastim.protocol.views import Card
from fastim.routes import respond
from fastim.routes.context import current_actor, parts
from fastim.routes.endpoint import post
from fastim.services.talk_settings import Wanted

message = Blueprint("message", __name__, url_prefix="/message")


class Sync(msgspec.Struct):
    """What came since `cursor`, which is the last answer's; none for everything."""

    cursor: Annotated[str, Meta(max_length=64)] = ""
    revision: Id = 0
    """The last answer's too: of settings and erasures."""


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


class SetTalk(msgspec.Struct):
    """How the conversation with `dstid` (cmd 10) or of the group `dstid` (cmd 11) stands in one's own list;
    what is left out stays."""

    cmd: Id
    dstid: Id
    pinned: bool | None = None
    muted: bool | None = None
    archived: bool | None = None
    unread: bool | None = None
    hidden: bool | None = None
    draft: Text | None = None
    reply: Id | None = None


class EraseMessages(msgspec.Struct):
    """Messages of a conversation, by their seq."""

    cmd: Id
    dstid: Id
    seqs: Annotated[list[Id], Meta(min_length=1, max_length=limits.ERASED_AT_ONCE)]


class Count(msgspec.Struct):
    count: int


class WhichCard(msgspec.Struct):
    """Message `seq` of a conversation, which is a name card."""

    cmd: Id
    dstid: Id
    seq: Id


@post(message, "/sync", Sync, SyncAnswer)
def sync(args: Sync) -> SyncAnswer:
    """The conversations that changed, each with its numbers and newest entries."""
    return parts().history.sync(current_actor().user_id, args.cursor, args.revision)


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


@post(message, "/settings", SetTalk, TalkSettings)
def settings(args: SetTalk) -> TalkSettings:
    """Pin a conversation on top, mute, archive, mark or hide it, keep a draft; all own devices are told."""
    wanted = Wanted(
        args.pinned, args.muted, args.archived, args.unread, args.hidden, args.draft, args.reply
    )
    return parts().talk_settings.change(current_actor().user_id, args.cmd, args.dstid, wanted)


@post(message, "/erase", EraseMessages, Count)
def erase(args: EraseMessages) -> Count:
    """Delete messages for oneself, on all own devices; the others keep them."""
    return Count(parts().talk_settings.erase(current_actor().user_id, args.cmd, args.dstid, args.seqs))


@post(message, "/card", WhichCard, Card)
def card(args: WhichCard) -> Card:
    """Whom or what a name card shows: whoever was sent it may look, and then add or join."""
    return parts().history.card(current_actor().user_id, args.cmd, args.dstid, args.seq)
