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
        node.offer_ephemeral(framing.text(codec.encode(pulse)))


def attend(services: Services, node: Node, frame: frames.Attend) -> None:
    """Note whether somebody looks; nobody is told."""
    node.attends = frame.on


def typing(services: Services, node: Node, frame: frames.Typing) -> None:
    """Tell the others of the conversation, where both sides share their receipts.

    Raises:
        Refused: the conversation is not this user's.
    """
    if node.take_token(services.rate):
        return
    conversation_id(services, node, frame.kind, frame.dstid)
    if frame.kind == frames.GROUP:
        if len(services.client_map.of_group(frame.dstid)) > limits.SHOWN_TO:
            return
        if share_receipts(services, node.user_id):
            shown = codec.encode(frames.IsTyping(frame.kind, node.user_id, frame.dstid))
            services.bus.publish(CommunitySignal(frame.dstid, shown, node.id, receipt=True))
    elif share_receipts(services, node.user_id, frame.dstid):
        shown = codec.encode(frames.IsTyping(frame.kind, node.user_id, node.user_id))
        services.bus.publish(Signal((frame.dstid,), shown))
