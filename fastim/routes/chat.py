"""GET /chat: authenticate and check the origin before the upgrade, then hand the socket to realtime."""

from __future__ import annotations

import flask_sock
from flask import Blueprint, g, request

from fastim.errors import Forbidden
from fastim.models import db
from fastim.realtime.websocket import WebSocket, check_handshake
from fastim.routes import respond, security
from fastim.routes.context import actor_or_none, parts

chat = Blueprint("chat", __name__)

# flask-sock makes this class at the upgrade; its own drops what a slow reader does not take at once.
flask_sock.Server = WebSocket
sock = flask_sock.Sock()


@chat.before_request
def admit() -> None:
    """Refuse before the upgrade, with plain HTTP.

    Raises:
        Forbidden: no valid session, or another site's page opened the socket (cookies come along).
        BadRequest: it is no WebSocket handshake.
        Unavailable: the process is full or going down.
    """
    check_handshake(request.environ)
    origin = request.headers.get("Origin")
    if origin is not None and not security.same_origin(parts().settings, origin):
        raise Forbidden("cross_site")
    if actor_or_none() is None:
        raise Forbidden("not_signed_in")
    parts().realtime.check_room()


@sock.route("/chat", bp=chat)  # type: ignore[untyped-decorator]
def serve(socket: WebSocket) -> None:
    """One connection, from its upgrade to its end."""
    actor = actor_or_none()
    assert actor is not None, "admit has seen to it"
    g.upgraded = True
    db.session.remove()  # this request lives as long as the socket; it owns no database session
    device = _device(request.headers.get("User-Agent", ""))
    parts().realtime.attach(socket, actor, respond.language(), device)


def _device(user_agent: str) -> str:
    """What friends see that somebody is connected with: phone, desktop (browsers) or program."""
    if "Mobi" in user_agent:  # MDN's advice for telling phones from the rest
        return "phone"
    return "desktop" if user_agent.startswith("Mozilla/") else "program"
