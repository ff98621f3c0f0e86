"""A stock Flask-SocketIO chat with a room for each person and each group, and nothing stored."""

from __future__ import annotations

from gevent import monkey

monkey.patch_all()

from typing import Any  # noqa: E402

from flask import Flask, request  # noqa: E402
from flask_socketio import SocketIO, emit, join_room  # noqa: E402

app = Flask(__name__)
socketio = SocketIO(app, async_mode="gevent", cors_allowed_origins="*", http_compression=False)


@socketio.on("connect")
def connect() -> None:
    join_room(f"person {request.args['id']}")
    for room in request.args["rooms"].split(","):
        join_room(f"room {room}")
    emit("ready")


@socketio.on("message")
def message(data: dict[str, Any]) -> None:
    """Relay to one person (cmd 10) or to everybody else in a room (cmd 11)."""
    room = f"person {data['dstid']}" if data["cmd"] == 10 else f"room {data['dstid']}"
    emit("message", data, to=room, include_self=False)
