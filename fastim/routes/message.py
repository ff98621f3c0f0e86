"""Reading what was said: sync after connecting, and pages of history."""

from __future__ import annotations

from typing import Annotated

import msgspec
from flask import Blueprint, Response
from msgspec import Meta

from fastim.protocol import limits
from fastim.protocol.frames import Entry, Id, TalkSettings, Text
from fastim.protocol.sync import Favourite, MemberMark, Reacted, Readers, SyncAnswer, Version
from fastim.protocol.views import Card
from fastim.routes import respond
from fastim.routes.context import current_actor, parts
from fastim.routes.endpoint import post
from fastim.services.talk_settings import Wanted

message = Blueprint("message", __name__, url_prefix="/message")


class Sync(msgspec.Struct):
    """What came since `cursor`, which is the last answer's; none for everything."""

    cursor: Annotated[str, Meta(max_length=64)] = ""
    revision: Id | None = None
    """The last answer's too, of settings and erasures; none for who has no messages yet."""


class ReadHistory(msgspec.Struct):
    """A page of the conversation with `dstid` (cmd 10) or of the group `dstid` (cmd 11)."""

    cmd: Id
    dstid: Id
    before: Id = 0
    after: Id = 0
    limit: Annotated[int, Meta(ge=1, le=limits.HISTORY_MOST)] = limits.HISTORY_PAGE


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
    written: Id | None = None


class EraseMessages(msgspec.Struct):
    """Messages of a conversation, by their seq."""

    cmd: Id
    dstid: Id
    seqs: Annotated[list[Id], Meta(min_length=1, max_length=limits.ERASED_AT_ONCE)]


class Count(msgspec.Struct):
    count: int


class Choose(EraseMessages):
    """As there."""


class OneMessage(msgspec.Struct):
    """Message `seq` of the conversation with `dstid` (cmd 10) or of the group `dstid` (cmd 11)."""

    cmd: Id
    dstid: Id
    seq: Id


class OneTalk(msgspec.Struct):
    """The conversation with `dstid` (cmd 10) or of the group `dstid` (cmd 11)."""

    cmd: Id
    dstid: Id


class ListFavourites(msgspec.Struct):
    """Those below id `before`, of one `media`, with the text `q`; each may be left out."""

    before: Id = 0
    media: Id = 0
    q: Annotated[str, Meta(max_length=limits.SOUGHT_CHARS)] = ""


class DropFavourite(msgspec.Struct):
    id: Id


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


@post(message, "/readers", OneMessage, Readers)
def readers(args: OneMessage) -> Readers:
    """Who has read a message and who has not, of those who were there when it came."""
    return parts().history.readers(current_actor().user_id, args.cmd, args.dstid, args.seq)


@post(message, "/settings", SetTalk, TalkSettings)
def settings(args: SetTalk) -> TalkSettings:
    """Pin a conversation on top, mute, archive, mark or hide it, keep a draft; all own devices are told."""
    wanted = Wanted(
        args.pinned,
        args.muted,
        args.archived,
        args.unread,
        args.hidden,
        args.draft,
        args.reply,
        args.written,
    )
    return parts().talk_settings.change(current_actor().user_id, args.cmd, args.dstid, wanted)


@post(message, "/erase", EraseMessages, Count)
def erase(args: EraseMessages) -> Count:
    """Delete messages for oneself, on all own devices; the others keep them."""
    return Count(parts().talk_settings.erase(current_actor().user_id, args.cmd, args.dstid, args.seqs))


class Played(msgspec.Struct):
    """Voice messages of a conversation, by their seq."""

    cmd: Id
    dstid: Id
    seqs: Annotated[list[Id], Meta(min_length=1, max_length=limits.PLAYED_AT_ONCE)]


@post(message, "/played", Played, Count)
def played(args: Played) -> Count:
    """Mark voice messages as heard, on all own devices; nobody else is told. Answers how many were not."""
    return Count(parts().listening.note(current_actor().user_id, args.cmd, args.dstid, args.seqs))


@post(message, "/card", OneMessage, Card)
def card(args: OneMessage) -> Card:
    """Whom or what a name card shows: whoever was sent it may look, and then add or join."""
    return parts().history.card(current_actor().user_id, args.cmd, args.dstid, args.seq)


@post(message, "/entries", Choose, list[Entry])
def chosen(args: Choose) -> list[Entry]:
    """Some entries of a conversation; those that are not there for the caller are left out."""
    return parts().glances.chosen(current_actor().user_id, args.cmd, args.dstid, args.seqs)


@post(message, "/pins", OneTalk, list[Entry])
def pins(args: OneTalk) -> list[Entry]:
    """The pinned messages of a conversation, the one that was pinned last first."""
    return parts().glances.pinned(current_actor().user_id, args.cmd, args.dstid)


@post(message, "/reactions", OneMessage, list[Reacted])
def reactions(args: OneMessage) -> list[Reacted]:
    """Who put which emoji on a message."""
    return parts().glances.reactions(current_actor().user_id, args.cmd, args.dstid, args.seq)


@post(message, "/versions", OneMessage, list[Version])
def versions(args: OneMessage) -> list[Version]:
    """What a message said before each edit and says now, for its author and a group's owner and admins."""
    return parts().glances.versions(current_actor().user_id, args.cmd, args.dstid, args.seq)


@post(message, "/favourite", OneMessage)
def keep_favourite(args: OneMessage) -> None:
    """Keep a message in one's own list; all own devices are told."""
    parts().favourites.keep(current_actor().user_id, args.cmd, args.dstid, args.seq)


@post(message, "/unfavourite", DropFavourite)
def drop_favourite(args: DropFavourite) -> None:
    """Keep it no longer."""
    parts().favourites.drop(current_actor().user_id, args.id)


@post(message, "/favourites", ListFavourites, list[Favourite], beside={"gap": bool})
def favourites(args: ListFavourites) -> Response:
    """The messages that one keeps, newest first; `gap` says that there are more."""
    found, gap = parts().favourites.page(current_actor().user_id, args.q, args.media, args.before)
    return respond.many(found, gap=gap)


@post(message, "/marks", OneTalk, list[MemberMark])
def marks(args: OneTalk) -> list[MemberMark]:
    """How far the others have read; live read marks go on from here."""
    return parts().history.member_marks(current_actor().user_id, args.cmd, args.dstid)
