"""The door of a conversation, from the cache where it is known."""

from __future__ import annotations

from fastim.errors import Refused
from fastim.protocol import frames
from fastim.realtime.node import Node
from fastim.realtime.services import Services
from fastim.services.floor import FREE, Hush


def conversation_id(services: Services, node: Node, kind: int, dst_id: int) -> int:
    """The conversation that this node's user may write to.

    Raises:
        Refused: `not_friends`, `blocked`, `not_member` or `bad_frame`.
    """
    known = services.access.known_door((node.user_id, kind, dst_id))
    if known is not None:
        return known
    if kind not in (frames.SINGLE, frames.GROUP):
        raise Refused("bad_frame")
    with services.scope():
        return services.access.door(node.user_id, kind, dst_id)


def speaking_id(services: Services, node: Node, kind: int, dst_id: int) -> int:
    """As `conversation_id`, for a message: in a group somebody may be muted.

    Raises:
        Refused: as `conversation_id`, `group_dissolved`, or `muted` with `retry_after` in seconds.
    """
    found = services.access.known_door((node.user_id, kind, dst_id))
    if found is None:
        found = conversation_id(services, node, kind, dst_id)
    if kind == frames.GROUP:
        hush = services.floor.known(dst_id)
        if hush is not FREE:
            _check_floor(services, node, dst_id, hush)
    return found


def _check_floor(services: Services, node: Node, community_id: int, hush: Hush | None) -> None:
    if hush is None:
        with services.scope():
            services.floor.check(node.user_id, community_id)
    else:
        services.floor.check_hush(node.user_id, community_id, hush)
