"""Which handler takes which frame. A new feature is a new frame, a handler, and a row here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from fastim.protocol import frames
from fastim.realtime.handlers import amendments, chat, presence, receipts
from fastim.realtime.node import Node
from fastim.realtime.services import Services

Handler = Callable[[Services, Node, Any], None]

HANDLERS: Mapping[type, Handler] = {
    frames.SendSingle: chat.send,
    frames.SendGroup: chat.send,
    frames.Recall: amendments.recall,
    frames.Edit: amendments.edit,
    frames.React: amendments.react,
    frames.Pin: amendments.pin,
    frames.Forward: chat.forward,
    frames.MarkRead: receipts.mark_read,
    frames.MarkDelivered: receipts.mark_delivered,
    frames.Typing: presence.typing,
    frames.Heartbeat: presence.heartbeat,
    frames.Attend: presence.attend,
}
