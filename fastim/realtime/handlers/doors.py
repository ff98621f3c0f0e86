"""The door of a conversation, from the cache where it is known."""

from __future__ import annotations

from fastim.errors import Refused
from fastim.protocol import frames
from fastim.realtime.node import Node
from fastim.realtime.services import Services


def conversation_id(services: Services, node: Node, kind: int, dst_id: int) -> int:
    """The conversation that this node's user may write to.

    Raises:
        Refused: `not_friends`, `blocked`, `not_member` or `bad_frame`.
    """
    known = services.access.known_door(node.user_id, kind, dst_id)
    if known is not None:
        return known
    if kind not in (frames.SINGLE, frames.GROUP):
        raise Refused("bad_frame")
    with services.scope():
        return services.access.door(node.user_id, kind, dst_id)
