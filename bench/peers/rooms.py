"""Two servers that relay the text as it came: flask-sock as its documentation has it, and Node's ws."""

from __future__ import annotations

from collections.abc import Generator

from bench.peers.relay import Relay, gunicorn, node


class _Rooms(Relay):
    def opening(self, user: int) -> Generator[str | None, str, None]:
        while (yield None) != "welcome!":
            pass

    def single(self, sender: int, receiver: int, number: int, content: str) -> str:
        return _message(10, sender, receiver, content)

    def room(self, sender: int, room: int, number: int, content: str) -> str:
        return _message(11, sender, room, content)


class FlaskSock(_Rooms):
    name = "flask-sock"
    title = "flask-sock"

    def command(self, port: int) -> list[str]:
        return gunicorn("flask_sock_rooms:app", port)


class NodeWs(_Rooms):
    name = "node-ws"
    title = "Node ws"

    def command(self, port: int) -> list[str]:
        return node("ws_rooms.mjs", port)


def _message(cmd: int, userid: int, dstid: int, content: str) -> str:
    return f'{{"cmd":{cmd},"userid":{userid},"dstid":{dstid},"media":1,"content":"{content}"}}'
