"""A stock flask-sock chat: the Go version's client map and rooms, and nothing stored."""

from __future__ import annotations

from gevent import monkey

monkey.patch_all()

import json  # noqa: E402
import threading  # noqa: E402
from collections import defaultdict  # noqa: E402

from flask import Flask, request  # noqa: E402
from flask_sock import Sock  # noqa: E402
from simple_websocket import ConnectionClosed, Server  # noqa: E402

app = Flask(__name__)
sock = Sock(app)
lock = threading.Lock()
clients: dict[int, Server] = {}
rooms: dict[int, set[Server]] = defaultdict(set)


@sock.route("/chat")
def chat(ws: Server) -> None:
    """Relay what comes to one person (cmd 10) or to everybody else in a room (cmd 11)."""
    user, mine = int(request.args["id"]), [int(room) for room in request.args["rooms"].split(",") if room]
    with lock:
        clients[user] = ws
        for room in mine:
            rooms[room].add(ws)
    ws.send("welcome!")
    try:
        while True:
            text = ws.receive()
            message = json.loads(text)
            with lock:
                if message["cmd"] == 10:
                    receivers = [clients[message["dstid"]]] if message["dstid"] in clients else []
                else:
                    receivers = [other for other in rooms[message["dstid"]] if other is not ws]
            for receiver in receivers:
                try:
                    receiver.send(text)
                except ConnectionClosed:
                    pass  # its own greenlet sees to it
    finally:
        with lock:
            clients.pop(user, None)
            for room in mine:
                rooms[room].discard(ws)
