"""Stickers of one's own."""

from __future__ import annotations

from typing import Annotated

import msgspec
from flask import Blueprint
from msgspec import Meta

from fastim.protocol import limits
from fastim.protocol.views import Sticker
from fastim.routes.context import current_actor, parts
from fastim.routes.endpoint import post

sticker = Blueprint("sticker", __name__)


class AllStickers(msgspec.Struct):
    """No arguments."""


class StickerAt(msgspec.Struct):
    """The address of a picture, as a message or the list of stickers has it."""

    url: Annotated[str, Meta(max_length=limits.URL_CHARS)]


@post(sticker, "/attach/stickers", AllStickers, list[Sticker])
def kept(args: AllStickers) -> list[Sticker]:
    """The pictures that the user keeps, the last one first."""
    return parts().stickers.kept(current_actor().user_id)


@post(sticker, "/attach/keepsticker", StickerAt, Sticker)
def keep(args: StickerAt) -> Sticker:
    """Keep a picture that was received; the answer has the address to send it by."""
    return parts().stickers.keep(current_actor().user_id, args.url)


@post(sticker, "/attach/dropsticker", StickerAt, None)
def drop(args: StickerAt) -> None:
    """Keep it no longer."""
    parts().stickers.drop(current_actor().user_id, args.url)
