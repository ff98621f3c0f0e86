"""Finding: messages, people and groups of one's own."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from flask import Blueprint, Response
from msgspec import Meta

from fastim.protocol import limits, views
from fastim.protocol.frames import Id
from fastim.protocol.search import Hit
from fastim.routes import respond
from fastim.routes.context import current_actor, parts
from fastim.routes.endpoint import post
from fastim.services.search import Wanted

search = Blueprint("search", __name__, url_prefix="/search")

SearchText = Annotated[str, Meta(max_length=limits.SEARCH_CHARS)]
Media = Literal["", "text", "voice", "picture", "file", "video", "card", "location", "record", "link"]


class FindMessages(msgspec.Struct):
    """Messages with all words of `text`; of one conversation (`cmd`, `dstid`), one sender, one kind, one
    time (`since` and `until` in ms, the latter exclusive). Any one of these is enough."""

    text: SearchText = ""
    cmd: Literal[0, 10, 11] = 0
    dstid: Id = 0
    sender: Id = 0
    media: Media = ""
    since: Id = 0
    until: Id = 0
    before: Id = 0
    limit: Annotated[int, Meta(ge=1, le=limits.SEARCH_MOST)] = limits.SEARCH_PAGE


class FindNames(msgspec.Struct):
    """What the name, the remark or the number has in it."""

    text: Annotated[str, Meta(min_length=1, max_length=limits.SEARCH_CHARS)]


def _count() -> int:
    """Who asks, unless too often."""
    running, actor_id = parts(), current_actor().user_id
    running.rates.hit(running.settings.search_rate, "search", str(actor_id))
    return actor_id


@post(search, "/messages", FindMessages, list[Hit], beside={"before": int, "behind": bool})
def messages(args: FindMessages) -> Response:
    """The newest first; `before` in the envelope continues, and is 0 when there are no older ones.
    `behind`: asking again in a moment may find newer ones."""
    wanted = Wanted(
        text=args.text,
        kind=args.cmd,
        dst_id=args.dstid,
        sender_id=args.sender,
        media=args.media,
        since_ms=args.since,
        until_ms=args.until,
        before=args.before,
        limit=args.limit,
    )
    found = parts().search.messages(_count(), wanted)
    return respond.many(found.hits, before=found.before, behind=found.behind)


@post(search, "/people", FindNames, list[views.Friend])
def people(args: FindNames) -> list[views.Friend]:
    """Friends, by remark, nickname or number."""
    return parts().search_names.people(_count(), args.text)


@post(search, "/groups", FindNames, list[views.Community])
def groups(args: FindNames) -> list[views.Community]:
    """Groups that the caller is in, by name."""
    return parts().search_names.groups(_count(), args.text)
