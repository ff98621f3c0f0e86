"""/push: browsers that want to be told while none of their pages is open."""

from __future__ import annotations

from typing import Annotated

import msgspec
from flask import Blueprint
from msgspec import Meta

from fastim.errors import Refused
from fastim.protocol import limits
from fastim.routes.context import current_actor, parts
from fastim.routes.endpoint import post

push = Blueprint("push", __name__, url_prefix="/push")

Endpoint = Annotated[str, Meta(max_length=limits.PUSH_ENDPOINT_CHARS)]
Key = Annotated[str, Meta(max_length=100)]


class Subscribe(msgspec.Struct):
    """What the browser's PushSubscription says; keys as base64url without padding."""

    endpoint: Endpoint
    p256dh: Key
    auth: Key


class Unsubscribe(msgspec.Struct):
    endpoint: Endpoint


@post(push, "/subscribe", Subscribe)
def subscribe(args: Subscribe) -> None:
    """Tell this browser of messages while none of its pages is open, until the session ends."""
    if not parts().pusher.public_key:
        raise Refused("push_off")
    parts().pushes.subscribe(current_actor(), args.endpoint, args.p256dh, args.auth)


@post(push, "/unsubscribe", Unsubscribe)
def unsubscribe(args: Unsubscribe) -> None:
    """Tell this browser no more."""
    parts().pushes.unsubscribe(current_actor().user_id, args.endpoint)
