"""Recalls, edits, reactions and pins: what becomes of a message."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastim.backends.log import Receipt
from fastim.protocol import frames
from fastim.realtime.answers import acknowledge
from fastim.realtime.handlers.rate import keep_the_rate
from fastim.realtime.node import Node
from fastim.realtime.services import Services
from fastim.services.amendments import Amendments

Handler = Callable[[Services, Node, frames.Amendment], None]


def _handler(change: Callable[[Amendments, int, Any], Receipt]) -> Handler:
    """Change a message and acknowledge it; raises as the change does, and `rate_limited` too."""

    def handle(services: Services, node: Node, frame: frames.Amendment) -> None:
        keep_the_rate(services, node, frame.msgid)
        with services.scope():
            receipt = change(services.amendments, node.user_id, frame)
            acknowledge(node, receipt, frame.msgid, frame.dstid)

    return handle


recall = _handler(Amendments.recall)
edit = _handler(Amendments.edit)
react = _handler(Amendments.react)
pin = _handler(Amendments.pin)
