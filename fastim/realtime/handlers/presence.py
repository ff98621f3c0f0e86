"""Heartbeats and typing: signs of life that are not stored."""

from __future__ import annotations

import time

from fastim.protocol import codec, frames, limits
from fastim.protocol.events import CommunitySignal, Signal
from fastim.realtime import framing
from fastim.realtime.handlers.doors import conversation_id
from fastim.realtime.handlers.shown import share_receipts
from fastim.realtime.node import Node
from fastim.realtime.services import Services


def heartbeat(services: Services, node: Node, frame: frames.Heartbeat) -> None:
    """Answer, so that the client knows the line to be alive; old pages expect no answer."""
    if node.is_v2:
        pulse = frames.Pulse(time=time.time_ns() // 1_000_000)
        node.offer_ephemeral(framing.text(codec.encode(pulse)), "pulse")


def attend(services: Services, node: Node, frame: frames.Attend) -> None:
    """Note whether somebody looks; nobody is told."""
    node.attends = frame.on


def typing(services: Services, node: Node, frame: frames.Typing) -> None:
    """Tell the others of the conversation, where both sides share their receipts.

    Raises:
        Refused: the conversation is not this user's.
    """
    now = time.monotonic()
    if _was_told(node, frame, now) or node.take_token(services.rate):
        return
    conversation_id(services, node, frame.kind, frame.dstid)
    sign = _sign(services, node, frame)
    if sign is not None:
        node.typed = (frame.kind, frame.dstid, now)
        services.bus.publish(sign)


def _was_told(node: Node, frame: frames.Typing, now: float) -> bool:
    """A moment ago; a client that says it with every key would tell a whole group each time."""
    if node.typed is None:
        return False
    kind, dst_id, at = node.typed
    return (kind, dst_id) == (frame.kind, frame.dstid) and now - at < limits.TYPING_SECONDS


def _sign(services: Services, node: Node, frame: frames.Typing) -> CommunitySignal | Signal | None:
    topic = f"typing {frame.kind} {frame.dstid} {node.user_id}"
    if frame.kind == frames.GROUP:
        is_large = len(services.client_map.of_group(frame.dstid)) > limits.SHOWN_TO
        if is_large or not share_receipts(services, node.user_id):
            return None
        shown = codec.encode(frames.IsTyping(frame.kind, node.user_id, frame.dstid))
        return CommunitySignal(frame.dstid, shown, node.id, receipt=True, topic=topic)
    if not share_receipts(services, node.user_id, frame.dstid):
        return None
    shown = codec.encode(frames.IsTyping(frame.kind, node.user_id, node.user_id))
    return Signal((frame.dstid,), shown, topic=topic)
