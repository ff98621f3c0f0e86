"""A person who chats through every fault: resends until acked, comes back, syncs."""

from __future__ import annotations

import json
import random
import threading
import time
import urllib.error
import urllib.request
from typing import Any

from websockets.exceptions import WebSocketException
from websockets.sync.client import ClientConnection, connect

from tests.faults.history import Address, Entry, History, View

_GONE = (OSError, EOFError, TimeoutError, WebSocketException)


class Member(threading.Thread):
    """Sends to its conversations as fast as `pause` lets it, over any number of connections.

    Args:
        base: ``http://HOST:PORT``; it may be a proxy's that breaks things.
        user: id and token.
        pause: seconds between messages.
    """

    def __init__(
        self, base: str, user: Entry, addresses: list[Address], history: History, pause: float
    ) -> None:
        super().__init__(daemon=True)
        self._base = base
        self._user = user
        self._addresses = addresses
        self._history = history
        self._pause = pause
        self._random = random.Random(user["id"])
        self._numbers = 0
        self._waiting: dict[str, Entry] = {}
        """msgid to the frame that is not answered yet."""
        self._cursor = ""
        self.view = View(user["id"])
        self.connections = 0
        self.is_finishing = threading.Event()
        self.failure = ""

    def run(self) -> None:
        try:
            while not (self.is_finishing.is_set() and not self._waiting):
                try:
                    self._live()
                except _GONE:
                    time.sleep(self._random.uniform(0.02, 0.2))
        except Exception as error:  # noqa: BLE001 told at the end, by the test
            self.failure = f"{type(error).__name__}: {error}"

    def _live(self) -> None:
        """One connection: attach, sync, resend, and then on."""
        address = self._base.replace("http", "ws", 1) + "/chat"
        headers = {"Authorization": f"Bearer {self._user['token']}"}
        with connect(
            address, subprotocols=["fastim.v2"], additional_headers=headers, compression=None,
            open_timeout=5, close_timeout=1, ping_interval=None,
        ) as socket:  # type: ignore[list-item]  # fmt: skip
            self.connections += 1
            self._sync()
            for frame in list(self._waiting.values()):
                socket.send(json.dumps(frame))
            heard_at = time.monotonic()
            while not (self.is_finishing.is_set() and not self._waiting):
                if not self.is_finishing.is_set() and len(self._waiting) < 20:
                    self._say(socket)
                heard_at = self._hear(socket, heard_at)

    def _say(self, socket: ClientConnection) -> None:
        kind, dst_id = self._random.choice(self._addresses)
        self._numbers += 1
        msgid = f"{self._user['id']}-{self._numbers}"
        frame = {"cmd": kind, "dstid": dst_id, "media": 1, "content": f"text {msgid}", "msgid": msgid}
        self._history.send(msgid, self._user["id"], (kind, dst_id))
        self._waiting[msgid] = frame
        socket.send(json.dumps(frame))
        if self._random.random() < 0.05:
            socket.send(json.dumps(frame))  # a client that is not sure sends twice

    def _hear(self, socket: ClientConnection, heard_at: float) -> float:
        """Take what comes within the pause; a server that is silent too long is given up."""
        until = time.monotonic() + self._pause
        while (left := until - time.monotonic()) > 0:
            try:
                frame = json.loads(socket.recv(timeout=left))
            except TimeoutError:
                break
            heard_at = time.monotonic()
            self._take(frame)
        if self._waiting and time.monotonic() - heard_at > 3:
            raise TimeoutError("no answer")
        return heard_at

    def _take(self, frame: Entry) -> None:
        if frame["cmd"] == 12:
            self._history.ack(frame)
            self._waiting.pop(frame["msgid"], None)
        elif frame["cmd"] == 13:
            if frame["error"] not in ("server_busy", "storage_full", "rate_limited"):
                self._history.fault(f"refused: {frame}")
                self._waiting.pop(frame.get("msgid", ""), None)
            else:
                raise TimeoutError("come back later")
        elif frame["cmd"] in (10, 11):
            self.view.add(frame)

    def _post(self, path: str, **fields: Any) -> Entry:
        request = urllib.request.Request(
            self._base + path,
            json.dumps(fields).encode(),
            {"Authorization": f"Bearer {self._user['token']}", "Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(request, timeout=5) as answer:
                return dict(json.load(answer))
        except urllib.error.HTTPError as error:
            with error:
                raise ConnectionError(f"{path}: {error.code}") from error

    def _sync(self) -> None:
        """What changed since the last time, and what lies in the gaps."""
        while True:
            answer = self._post("/message/sync", cursor=self._cursor)["data"]
            for state in answer["conversations"]:
                self._fill(state)
            self._cursor = answer["cursor"]
            if not answer["more"]:
                return

    def _fill(self, state: Entry) -> None:
        address = (state["cmd"], state["dstid"])
        for entry in state["entries"]:
            self.view.add(entry)
        known = self.view.entries[address]
        wanted = set(range(state["join_seq"] + 1, state["last_seq"] + 1)) - known.keys()
        while wanted:
            page = self._post(
                "/message/history", cmd=address[0], dstid=address[1], before=max(wanted) + 1, limit=200
            )
            for entry in page["rows"]:
                self.view.add(entry)
            left = wanted - known.keys()
            if left == wanted:
                raise AssertionError(f"history of {address} has no {max(wanted)}")
            wanted = left

    def sync_whole(self) -> None:
        """After everybody's last ack: what a new device sees must be what this one saw."""
        fresh = Member(self._base, self._user, [], self._history, 0)
        for _ in range(100):
            try:
                self._sync()
                fresh._sync()
                break
            except _GONE:
                time.sleep(0.1)
        if fresh.view.entries != self.view.entries:
            differing = {
                address: sorted(set(mine) ^ set(fresh.view.entries.get(address, {})))
                for address, mine in self.view.entries.items()
                if mine != fresh.view.entries.get(address, {})
            }
            self._history.fault(f"{self._user['id']}: live state differs from a fresh sync: {differing}")
