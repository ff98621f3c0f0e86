"""A network that fails: connections are cut, refused, stand still, or end on one side only."""

from __future__ import annotations

import socket
import struct
import threading
from contextlib import suppress

RESET = struct.pack("ii", 1, 0)
"""SO_LINGER's value with which closing sends a reset."""


class Line:
    """One connection through the proxy; carried by a thread in each direction."""

    def __init__(self, client: socket.socket, server: socket.socket) -> None:
        self.client = client
        self.server = server
        self.is_half_open = False
        """One end is gone, and the other is not to know: what it sends is swallowed."""

    def carry(self, source: socket.socket, target: socket.socket, flows: threading.Event) -> None:
        try:
            while data := source.recv(65536):
                flows.wait()
                if not self.is_half_open:
                    target.sendall(data)
        except OSError:
            pass  # cut
        if not self.is_half_open:
            for each in (source, target):
                with suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)

    def cut(self) -> None:
        """Reset both ends."""
        for each in (self.client, self.server):
            _reset(each)

    def lose(self, end: socket.socket) -> None:
        """Reset one end and let the other believe that all is well."""
        self.is_half_open = True
        _reset(end)


def _reset(end: socket.socket) -> None:
    with suppress(OSError):
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        end.shutdown(socket.SHUT_RDWR)
    end.close()


class Proxy:
    """Carries TCP connections to `port` of this machine until told to break them."""

    def __init__(self, port: int) -> None:
        self._target = port
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._lock = threading.Lock()
        self._lines: list[Line] = []
        self._half_open: list[Line] = []
        self._flows = threading.Event()
        self._flows.set()
        self._is_down = False
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return  # closed
            try:
                server = socket.create_connection(("127.0.0.1", self._target), timeout=5)
            except OSError:
                client.close()
                continue
            server.settimeout(None)
            line = Line(client, server)
            with self._lock:
                if not self._is_down:
                    self._lines.append(line)
            if self._is_down:
                line.cut()
                continue
            for ends in ((client, server), (server, client)):
                threading.Thread(target=line.carry, args=(*ends, self._flows), daemon=True).start()

    def cut(self) -> None:
        """Reset every connection on both sides."""
        for line in self._take():
            line.cut()

    def go_down(self) -> None:
        """Reset every connection, and each that comes from now on."""
        self._is_down = True
        self.cut()

    def come_up(self) -> None:
        """Connections are carried again."""
        self._is_down = False

    def lose_clients(self) -> int:
        """Every client is gone, and the server is not told; how many connections that were."""
        lines = self._take()
        for line in lines:
            line.lose(line.client)
        self._half_open += lines
        return len(lines)

    def lose_server(self) -> int:
        """The server has lost every connection, and the clients are not told; how many that were."""
        lines = self._take()
        for line in lines:
            line.lose(line.server)
        self._half_open += lines
        return len(lines)

    def stall(self) -> None:
        """Nothing moves any more, and nobody is told."""
        self._flows.clear()

    def flow(self) -> None:
        """It moves again."""
        self._flows.set()

    def _take(self) -> list[Line]:
        with self._lock:
            lines, self._lines = self._lines, []
        return lines

    def close(self) -> None:
        self._is_down = True  # for one that is being accepted
        self._listener.close()
        self.flow()
        self.cut()
        for line in self._half_open:
            line.cut()
