"""The servers that FastIM is compared with, each written with its own public API."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bench.peer import Row
from bench.peers.ejabberd import Ejabberd
from bench.peers.rooms import FlaskSock, NodeWs
from bench.peers.socketio import FlaskSocketIo, SocketIo

ROWS: Mapping[str, Callable[[], Row]] = {
    "flask-sock": FlaskSock,
    "flask-socketio": FlaskSocketIo,
    "node-ws": NodeWs,
    "socket.io": SocketIo,
    "ejabberd": Ejabberd,
}
