"""Two servers of the Socket.IO protocol (Engine.IO 4, WebSocket alone): Flask's and Node's own."""

from __future__ import annotations

from collections.abc import Generator

from bench.peers.relay import Relay, gunicorn, node


class _Events(Relay):
    path = "/socket.io/?EIO=4&transport=websocket"

    def opening(self, user: int) -> Generator[str | None, str, None]:
        yield None  # Engine.IO's own opening
        text = yield "40"  # enter the namespace
        while not text.startswith('42["ready"'):
            text = yield None

    def single(self, sender: int, receiver: int, number: int, content: str) -> str:
        return _message(10, sender, receiver, content)

    def room(self, sender: int, room: int, number: int, content: str) -> str:
        return _message(11, sender, room, content)

    def answer(self, text: str) -> str | None:
        return "3" if text == "2" else None  # Engine.IO's heartbeat


class FlaskSocketIo(_Events):
    name = "flask-socketio"
    title = "Flask-SocketIO"

    def command(self, port: int) -> list[str]:
        return gunicorn("flask_socketio_rooms:app", port)


class SocketIo(_Events):
    name = "socket.io"
    title = "Socket.IO"

    def command(self, port: int) -> list[str]:
        return node("socketio_rooms.mjs", port)


def _message(cmd: int, userid: int, dstid: int, content: str) -> str:
    fields = f'{{"cmd":{cmd},"userid":{userid},"dstid":{dstid},"media":1,"content":"{content}"}}'
    return f'42["message",{fields}]'
