"""Saying yes and no on a socket; no in the connection's language."""

from __future__ import annotations

from fastim import locales
from fastim.backends.log import Receipt
from fastim.errors import AppError
from fastim.protocol import codec, frames
from fastim.realtime import framing
from fastim.realtime.node import Node


def acknowledge(node: Node, receipt: Receipt, msgid: str, dst_id: int) -> None:
    """Send where an entry stands to who gave it a msgid."""
    if msgid:
        ack = frames.Ack(msgid, receipt.id, receipt.seq, dst_id, receipt.time_ms)
        node.offer(framing.text(codec.encode(ack)))


def refuse(node: Node, error: AppError, msgid: str) -> None:
    """Send a refusal. An old page, which sends no msgid, takes every frame for a message: it gets none."""
    node.counters.errors[error.name] += 1
    if not msgid and not node.is_v2:
        return
    retry_after = error.details.get("retry_after", 0)
    refusal = frames.Refusal(
        error=error.name,
        msg=locales.text(error.name, node.language, error.details),
        msgid=msgid,
        retry_after=float(retry_after) if isinstance(retry_after, int | float) else 0,
    )
    node.offer(framing.text(codec.encode(refusal)))
