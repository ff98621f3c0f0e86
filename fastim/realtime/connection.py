"""The life of one connection, in the greenlet of its request: read, decode, dispatch, until it ends."""

from __future__ import annotations

import time

import structlog

from fastim.errors import AppError
from fastim.protocol import codec, limits
from fastim.protocol.close import Close
from fastim.realtime import framing
from fastim.realtime.dispatch import HANDLERS
from fastim.realtime.node import Node
from fastim.realtime.refusals import refuse
from fastim.realtime.services import Services

log = structlog.get_logger(__name__)


def receive(services: Services, node: Node) -> None:
    """Take what the peer sends until it is gone; what it has been sent stays in its queue until out."""
    try:
        for opcode, payload in node.socket.read():
            node.heard_at = time.monotonic()
            if node.close_code and opcode != framing.CLOSE:
                continue  # we said goodbye; only the answer counts
            if opcode == framing.TEXT:
                take(services, node, payload)
            elif not _take_control(node, opcode, payload):
                break
    except framing.ProtocolViolation as violation:
        node.close(violation.code, violation.reason)
        node.socket.discard()
    node.finish()


def take(services: Services, node: Node, text: bytes) -> None:
    """One text frame: decode it and hand it to its handler; a refusal is answered, a fault is logged."""
    try:
        frame = codec.decode(text)
    except codec.BadFrame as error:
        _take_malformed(node, error)
        return
    try:
        HANDLERS[type(frame)](services, node, frame)
    except AppError as error:
        refuse(node, error, getattr(frame, "msgid", ""))
    except Exception:
        log.exception("frame_failed", connection=node.id, frame_type=type(frame).__name__)
        refuse(node, AppError(), getattr(frame, "msgid", ""))
    if node.uncommitted >= limits.NODE_UNCOMMITTED:
        node.wait_for_commits()


def _take_malformed(node: Node, error: codec.BadFrame) -> None:
    node.malformed += 1
    if node.malformed > limits.MALFORMED_FRAMES:
        node.close(Close.POLICY, "too many malformed frames")
    else:
        refuse(node, error, error.msgid)


def _take_control(node: Node, opcode: int, payload: bytes) -> bool:
    """Anything but a text; whether to read on."""
    if opcode == framing.PING:
        node.offer(framing.frame(framing.PONG, payload))
    elif opcode == framing.BINARY:
        node.close(Close.UNSUPPORTED, "text frames only")
    elif opcode == framing.CLOSE:
        code, _ = framing.read_close(payload)
        node.close(code)
        return False
    return True
