"""Read marks."""

from __future__ import annotations

from fastim.protocol import codec, frames, limits
from fastim.protocol.events import CommunitySignal, Signal
from fastim.realtime.handlers.doors import conversation_id
from fastim.realtime.handlers.shown import share_receipts
from fastim.realtime.node import Node
from fastim.realtime.services import Services


def mark_read(services: Services, node: Node, frame: frames.MarkRead) -> None:
    """Note the mark, tell the user's other devices and those who wait for it to be read.

    Raises:
        Refused: the conversation is not this user's.
    """
    if not frame.seq or node.take_token(services.rate):
        return  # the next mark says it again
    user_id = node.user_id
    conversation = conversation_id(services, node, frame.kind, frame.dstid)
    services.marks.note(user_id, conversation, frame.seq)
    mine = codec.encode(frames.WasRead(frame.kind, user_id, frame.dstid, frame.seq))
    if frame.kind == frames.GROUP:
        is_small = len(services.client_map.of_group(frame.dstid)) <= limits.SHOWN_TO
        if is_small and share_receipts(services, user_id):
            services.bus.publish(CommunitySignal(frame.dstid, mine, node.id, receipt=True))
        else:  # of a large group the others ask /message/readers
            services.bus.publish(Signal((user_id,), mine, node.id))
        return
    services.bus.publish(Signal((user_id,), mine, node.id))
    if share_receipts(services, user_id, frame.dstid):
        theirs = codec.encode(frames.WasRead(frame.kind, user_id, user_id, frame.seq))
        services.bus.publish(Signal((frame.dstid,), theirs))
