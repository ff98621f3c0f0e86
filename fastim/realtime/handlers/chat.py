"""Single and group messages."""

from __future__ import annotations

from fastim.backends.log import Outcome
from fastim.errors import AppError, Forbidden, Refused
from fastim.protocol import frames
from fastim.realtime.answers import acknowledge, refuse
from fastim.realtime.handlers.doors import speaking_id
from fastim.realtime.handlers.rate import keep_the_rate
from fastim.realtime.node import Node
from fastim.realtime.services import Services
from fastim.services import cards, messages
from fastim.services.marks import Marks
from fastim.services.references import check_references


def send(services: Services, node: Node, frame: frames.SendSingle | frames.SendGroup) -> None:
    """Check, store, acknowledge; who receives it is the event's business.

    Raises:
        AppError: the message is refused.
    """
    keep_the_rate(services, node, frame.msgid)
    if frame.userid and frame.userid != node.user_id:
        raise Forbidden("not_you")
    messages.check(frame)
    if frame.url:
        _check_upload(services, frame)
    elif frame.media == frames.CARD:
        with services.scope():
            frame.content = cards.check(node.user_id, frame.memo, frame.amount)
    kind = frames.GROUP if type(frame) is frames.SendGroup else frames.SINGLE
    conversation = speaking_id(services, node, kind, frame.dstid)
    if frame.reply or frame.at:
        with services.scope():
            check_references(services.access, node.user_id, kind, frame)
    _store(services, node, frame, kind, conversation, node.id)


def forward(services: Services, node: Node, frame: frames.Forward) -> None:
    """Say again what was said elsewhere; stored and acknowledged as any message.

    Raises:
        AppError: see `Forwarding.gather`, or what the conversation's door refuses.
    """
    keep_the_rate(services, node, frame.msgid)
    conversation = speaking_id(services, node, frame.kind, frame.dstid)
    with services.scope():
        said, record = services.forwarding.gather(node.user_id, frame)
    # No origin: what is said is known to the server, so this connection is sent it as the others are.
    _store(services, node, said, frame.kind, conversation, "", record)


def _store(
    services: Services,
    node: Node,
    frame: frames.Send,
    kind: int,
    conversation_id: int,
    origin: str,
    record: tuple[frames.RecordItem, ...] = (),
) -> None:
    """Hand a message to the log; the ack follows the commit."""
    node.uncommitted += 1
    node.typed = None
    if node.sent is None:
        node.sent = Author(node, services.marks).sent
    services.messages.send(frame, kind, node.user_id, conversation_id, node.sent, origin, record)


class Author:
    """Learns on behalf of a connection what became of its messages."""

    __slots__ = ("_marks", "_node")

    def __init__(self, node: Node, marks: Marks) -> None:
        self._node = node
        self._marks = marks

    def sent(self, sending: messages.Sending, outcome: Outcome) -> None:
        """Acknowledge a message, or refuse it."""
        node, frame = self._node, sending.frame
        node.committed()
        if isinstance(outcome, AppError):
            refuse(node, outcome, frame.msgid)
            return
        peer_id = frame.dstid if sending.kind == frames.SINGLE else 0
        self._marks.wrote(node.user_id, sending.conversation_id, outcome.seq, peer_id)
        acknowledge(node, outcome, frame.msgid, frame.dstid)


def _check_upload(services: Services, frame: frames.Send) -> None:
    """A message shows files that exist and are what it says; they stay as long as it does.

    Raises:
        Refused: `bad_url`.
    """
    name = messages.upload_name(frame.url)
    if name:
        with services.scope():
            if not services.resources.is_known(name, messages.UPLOAD_KINDS.get(frame.media, "")):
                raise Refused("bad_url")
