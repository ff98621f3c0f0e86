"""The life of one connection, in the greenlet of its request: read, decode, dispatch, until it ends."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

import structlog

from fastim.errors import AppError, Unavailable
from fastim.protocol import codec, frames, limits
from fastim.protocol.close import Close
from fastim.realtime import framing
from fastim.realtime.answers import acknowledge, refuse
from fastim.realtime.dispatch import HANDLERS
from fastim.realtime.node import Node
from fastim.realtime.services import Services
from fastim.services.repeats import first_receipt

log = structlog.get_logger(__name__)

_NOT_DECIDED = ("rate_limited", "muted", "server_busy")
"""Refusals after which the same frame is to come again anyway."""

C = TypeVar("C")
Take = Callable[[C, Node, int, bytes], None]
"""Takes a whole message: what that needs, the connection, the opcode, TEXT or BINARY, and the payload."""


def receive(context: C, node: Node, take: Take[C]) -> None:
    """Give `take` what the peer sends until it is gone; control frames are answered here."""
    counters, now, socket = node.counters, time.monotonic, node.socket
    parser = socket.parser
    while data := socket.read():
        node.heard_at = now()
        messages = parser.feed(data)
        counters.frames_in += len(messages)
        for opcode, payload in messages:
            if opcode == framing.TEXT and not node.close_code:
                take(context, node, opcode, payload)
            elif not _control(context, node, take, opcode, payload):
                node.finish()
                return
        if parser.violation is not None:
            _refuse(node, parser.violation)
            break
    node.finish()


def _control(context: C, node: Node, take: Take[C], opcode: int, payload: bytes) -> bool:
    """All that is no text; False when the peer has said goodbye."""
    if opcode == framing.CLOSE:
        try:
            node.close(framing.read_close(payload)[0])
        except framing.ProtocolViolation as violation:
            _refuse(node, violation)
        return False
    if node.close_code:
        return True  # we said goodbye; only the answer counts
    if opcode == framing.PING:
        node.offer(framing.frame(framing.PONG, payload))
    elif opcode != framing.PONG:
        take(context, node, opcode, payload)
    return True


def _refuse(node: Node, violation: framing.ProtocolViolation) -> None:
    node.close(violation.code, violation.reason)
    node.socket.discard()


def serve(services: Services, node: Node) -> None:
    """Take the chat frames of one connection until it ends."""
    receive(services, node, take)


def take(services: Services, node: Node, opcode: int, payload: bytes) -> None:
    """One message: decode it and hand it to its handler; a refusal is answered, a fault is logged."""
    if opcode != framing.TEXT:
        node.close(Close.UNSUPPORTED, "text frames only")
        return
    try:
        frame = codec.decode(payload)
    except codec.BadFrame as error:
        _take_malformed(node, error)
        return
    try:
        HANDLERS[type(frame)](services, node, frame)
    except AppError as error:
        if not _was_taken_before(services, node, frame, error):
            refuse(node, error, getattr(frame, "msgid", ""))
    except Exception:
        log.exception("frame_failed", connection=node.id, frame_type=type(frame).__name__)
        refuse(node, AppError(), getattr(frame, "msgid", ""))
    if node.uncommitted >= limits.NODE_UNCOMMITTED:
        node.wait_for_commits()


def _was_taken_before(services: Services, node: Node, frame: frames.ClientFrame, error: AppError) -> bool:
    """Whether what is refused now was stored when it came first, and is answered: with its first ack again.

    Its sender may have left the group since, or the message that it answers may be gone.
    """
    msgid = getattr(frame, "msgid", "")
    if not msgid or error.name in _NOT_DECIDED:
        return False
    try:
        with services.scope():
            first = first_receipt(node.user_id, msgid)
    except Unavailable as away:  # nobody can say: it is to come again
        refuse(node, away, msgid)
        return True
    if first is not None:
        acknowledge(node, first, msgid, getattr(frame, "dstid", 0))
    return first is not None


def _take_malformed(node: Node, error: codec.BadFrame) -> None:
    node.malformed += 1
    if node.malformed > limits.MALFORMED_FRAMES:
        node.close(Close.POLICY, "too many malformed frames")
    else:
        refuse(node, error, error.msgid)
