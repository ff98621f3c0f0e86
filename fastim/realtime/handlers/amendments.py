"""Recalls, edits and reactions."""

from __future__ import annotations

from fastim.protocol import frames
from fastim.realtime.answers import acknowledge
from fastim.realtime.handlers.rate import keep_the_rate
from fastim.realtime.node import Node
from fastim.realtime.services import Services


def recall(services: Services, node: Node, frame: frames.Recall) -> None:
    """Take a message back.

    Raises:
        AppError: see `Amendments.recall`; `rate_limited` too.
    """
    keep_the_rate(services, node, frame.msgid)
    with services.scope():
        acknowledge(node, services.amendments.recall(node.user_id, frame), frame.msgid, frame.dstid)


def edit(services: Services, node: Node, frame: frames.Edit) -> None:
    """Let a message say something else.

    Raises:
        AppError: see `Amendments.edit`; `rate_limited` too.
    """
    keep_the_rate(services, node, frame.msgid)
    with services.scope():
        acknowledge(node, services.amendments.edit(node.user_id, frame), frame.msgid, frame.dstid)


def react(services: Services, node: Node, frame: frames.React) -> None:
    """Put an emoji on a message, or take it away.

    Raises:
        AppError: see `Amendments.react`; `rate_limited` too.
    """
    keep_the_rate(services, node, frame.msgid)
    with services.scope():
        acknowledge(node, services.amendments.react(node.user_id, frame), frame.msgid, frame.dstid)


def pin(services: Services, node: Node, frame: frames.Pin) -> None:
    """Pin a message, or take it off.

    Raises:
        AppError: see `Amendments.pin`; `rate_limited` too.
    """
    keep_the_rate(services, node, frame.msgid)
    with services.scope():
        acknowledge(node, services.amendments.pin(node.user_id, frame), frame.msgid, frame.dstid)
