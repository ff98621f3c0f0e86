"""Marks: how far somebody has read, and how far a device of theirs has received."""

from __future__ import annotations

import structlog
from gevent import sleep, spawn

from fastim.errors import AppError, NotFound, Refused
from fastim.protocol import frames, limits
from fastim.protocol.events import MarkDelivered, MarkMoved
from fastim.realtime.answers import refuse
from fastim.realtime.handlers.doors import conversation_id
from fastim.realtime.handlers.shown import share_receipts
from fastim.realtime.node import Node
from fastim.realtime.services import Services

log = structlog.get_logger(__name__)

What = type[MarkMoved]
Address = tuple[What, int, int]
"""(which mark, kind, dstid)"""


def mark_read(services: Services, node: Node, frame: frames.MarkRead) -> None:
    """Note the mark, and tell it where it is news. Too fast, the last one of each conversation counts.

    Raises:
        Refused: the conversation is not this user's, or it ends before (`no_such_message`).
    """
    _mark(services, node, MarkMoved, frame.kind, frame.dstid, frame.seq)


def mark_delivered(services: Services, node: Node, frame: frames.MarkDelivered) -> None:
    """The same of what a device has received."""
    _mark(services, node, MarkDelivered, frames.SINGLE, frame.dstid, frame.seq)


def _mark(services: Services, node: Node, what: What, kind: int, dst_id: int, seq: int) -> None:
    if not seq:
        return
    if node.take_mark_token(services.rate):
        _take_up_later(services, node, (what, kind, dst_id), seq)
    else:
        _take_up(services, node, what, kind, dst_id, seq)


def _take_up(services: Services, node: Node, what: What, kind: int, dst_id: int, seq: int) -> None:
    conversation = _readable(services, node, kind, dst_id)
    marks = services.deliveries if what is MarkDelivered else services.marks
    if not marks.knows(node.user_id, conversation, seq):
        with services.scope():
            marks.load(node.user_id, conversation)
    sharers = (node.user_id, dst_id) if kind == frames.SINGLE else (node.user_id,)
    is_shared = share_receipts(services, *sharers)
    marks.move(what(conversation, kind, node.user_id, dst_id, seq, is_shared, node.id))


def _readable(services: Services, node: Node, kind: int, dst_id: int) -> int:
    """The conversation that this node's user may read: also one that it may not write to any more.

    Raises:
        Refused: `not_friends`, `blocked`, `not_member` or `bad_frame`.
    """
    try:
        return conversation_id(services, node, kind, dst_id)
    except Refused as refusal:
        with services.scope():
            try:
                return services.access.standing(node.user_id, kind, dst_id).conversation_id
            except NotFound:
                raise refusal from None


def _take_up_later(services: Services, node: Node, address: Address, seq: int) -> None:
    if node.late_marks is None:
        node.late_marks = {}
        spawn(_catch_up, services, node)
    late = node.late_marks
    if address not in late and len(late) >= limits.NODE_LATE_MARKS:
        raise Refused("rate_limited", retry_after=round(len(late) / services.rate.per_second))
    late[address] = max(seq, late.get(address, 0))


def _catch_up(services: Services, node: Node) -> None:
    """Take the late marks up as fast as marks may come, also when the connection has ended meanwhile."""
    late = node.late_marks or {}
    while late:
        sleep(1 / services.rate.per_second)
        address = next(iter(late))
        seq = late.pop(address)
        try:
            _take_up(services, node, *address, seq)
        except AppError as error:
            refuse(node, error, "")
        except Exception:
            log.exception("late_mark_failed", connection=node.id)
    node.late_marks = None
