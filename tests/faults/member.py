"""A person who chats through every fault: resends until acked, comes back, syncs.

Now and then messages are edited, taken back, reacted to and pinned, and groups get new names.
"""

from __future__ import annotations

import json
import random
import threading
import time
from typing import Any

from websockets.sync.client import ClientConnection, connect

from tests.faults.amendments import TEXT, Entry
from tests.faults.device import GONE, PATIENCE_SECONDS, Device
from tests.faults.history import NOBODYS, Address, History, Wish
from tests.faults.wishes import EXPECTED, Wishes

_LATER = ("server_busy", "storage_full", "rate_limited")


class Member(Device, threading.Thread):
    """A device that sends to its conversations as fast as `pause` lets it, on many connections in turn.

    Args:
        base, user, history, device: see `Device`.
        pause: seconds between messages.
        padding: what every text ends with.
    """

    def __init__(
        self,
        base: str,
        user: Entry,
        addresses: list[Address],
        history: History,
        pause: float,
        device: int = 1,
        padding: str = "",
    ) -> None:
        Device.__init__(self, base, user, history, device)
        threading.Thread.__init__(self, daemon=True)
        self._addresses = addresses
        self._pause = pause
        self._padding = padding
        self._random = random.Random(self._label)
        self._numbers = 0
        self._waiting: dict[str, Entry] = {}
        """msgid to the frame that is not answered yet."""
        self._heard_at = 0.0
        self._unanswered = 0
        """Heartbeats of this connection whose pulse has not come."""
        self.wishes = Wishes(self._random, self.view)
        self.connections = 0
        self.lost: list[str] = []
        """Why each line that broke did."""
        self.is_finishing = threading.Event()
        self.is_done = False
        self.failure = ""

    def run(self) -> None:
        try:
            while not self.is_done:
                try:
                    self._live()
                except GONE as error:
                    self.lost.append(f"{type(error).__name__}: {error}")
                    time.sleep(self._random.uniform(0.02, 0.2))
        except Exception as error:  # noqa: BLE001 told at the end, by the test
            self.failure = f"{self._label}: {type(error).__name__}: {error}"

    def _connect(self, **options: Any) -> ClientConnection:
        return connect(
            self._base.replace("http", "ws", 1) + "/chat",
            subprotocols=["fastim.v2"],  # type: ignore[list-item]
            additional_headers={"Authorization": f"Bearer {self._user['token']}"},
            compression=None,
            open_timeout=5,
            close_timeout=1,
            ping_interval=None,
            **options,
        )

    def _live(self) -> None:
        """One connection: attach, sync, resend, and then on."""
        epoch = self._history.epoch
        with self._connect() as socket:
            self.connections += 1
            self._unanswered = 0
            states = self._sync()
            if epoch != self._history.epoch:
                raise ConnectionError("the server crashed meanwhile; its answers are of two lives")
            self.view.connect()
            self.view.take_states(states, epoch)
            self._heard_at = time.monotonic()
            self._resend(socket)
            self._chat(socket)

    def _resend(self, socket: ClientConnection) -> None:
        for frame in list(self._waiting.values()):
            socket.send(json.dumps(frame))

    def _chat(self, socket: ClientConnection) -> None:
        while not (self.is_finishing.is_set() and not self._waiting):
            if not self.is_finishing.is_set() and len(self._waiting) < 20:
                self._act(socket)
            self._hear(socket)
        self._finish(socket)

    def _act(self, socket: ClientConnection) -> None:
        """What this kind of person does every `pause`."""
        self._say(socket)
        if self._random.random() < 0.2:
            self._mark(socket, self._random.choice(self._addresses))
        if self._random.random() < 0.08:
            self._amend(socket)
        if self.wishes.leads and self._random.random() < 0.02:
            self._rename(self._random.choice(sorted(self.wishes.leads)))

    def _finish(self, socket: ClientConnection) -> None:
        """Mark everything as read, and make sure that the server has heard it."""
        for address in self._addresses:
            self._mark(socket, address, again=True)
        self._ask_pulse(socket)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while self._unanswered:
            if time.monotonic() > deadline:
                raise TimeoutError("no pulse")
            self._hear(socket)
        self.is_done = True

    def _ask_pulse(self, socket: ClientConnection) -> None:
        self._unanswered += 1
        socket.send('{"cmd":0}')

    def _say(self, socket: ClientConnection) -> None:
        address, msgid = self._random.choice(self._addresses), self._next_msgid()
        text = f"text {msgid}.{self._padding}"
        frame = {"cmd": address[0], "dstid": address[1], "media": TEXT, "content": text, "msgid": msgid}
        self._send(socket, Wish(self.user_id, address, text), frame)

    def _amend(self, socket: ClientConnection) -> None:
        """Do something with what was said."""
        wanted = self.wishes.next(self._random.choice(self._addresses), self._next_msgid())
        if wanted is not None:
            self._send(socket, *wanted)

    def _rename(self, group: int) -> None:
        """Give a group of one's own another name; without an answer it may have it or not."""
        name = f"name {self._next_msgid()}"
        self._history.name(name, self.user_id, group, is_done=False)
        answer = self._post("/contact/updatecommunity", dstid=group, name=name)
        if answer["code"]:
            self._history.fault(f"{self._label}: {answer}")
        self._history.name(name, self.user_id, group, is_done=True)

    def _next_msgid(self) -> str:
        self._numbers += 1
        return f"{self._label}-{self._numbers}"

    def _send(self, socket: ClientConnection, wish: Wish, frame: Entry) -> None:
        self._history.send(frame["msgid"], wish)
        self._waiting[frame["msgid"]] = frame
        socket.send(json.dumps(frame))
        if self._random.random() < 0.05:
            socket.send(json.dumps(frame))  # a client that is not sure sends twice

    def _mark(self, socket: ClientConnection, address: Address, again: bool = False) -> None:
        """Tell that all of a conversation is read; `again` although it was told before."""
        seq = self.view.top.get(address, 0)
        if seq > self.view.marks[address, self.user_id] or (seq and again):
            self._history.mark(self.user_id, address, seq)
            socket.send(json.dumps({"cmd": 14, "kind": address[0], "dstid": address[1], "seq": seq}))

    def _hear(self, socket: ClientConnection) -> None:
        """Take what comes within the pause; a server that is silent too long is given up."""
        until = time.monotonic() + self._pause
        while (left := until - time.monotonic()) > 0:
            try:
                frame = json.loads(socket.recv(timeout=left))
            except TimeoutError:
                break
            self._heard_at = time.monotonic()
            self._take(frame)
        if self._waiting and time.monotonic() - self._heard_at > self.patience_seconds:
            raise TimeoutError("no answer")

    def _take(self, frame: Entry) -> None:
        if frame["cmd"] == 12:
            self._take_ack(frame)
        elif frame["cmd"] == 13:
            self._take_refusal(frame)
        elif frame["cmd"] == 14:
            self.view.hear_mark(frame)
        elif frame["cmd"] == 0:
            self._unanswered -= 1
        elif frame["cmd"] in (10, 11):
            self.view.hear(frame)

    def _take_ack(self, frame: Entry) -> None:
        self._history.ack(frame)
        wish = self._history.sent.get(frame["msgid"], NOBODYS)
        if self._waiting.pop(frame["msgid"], None) is not None and wish.media == TEXT:
            self.wishes.note_own(wish.address, frame["seq"])

    def _take_refusal(self, frame: Entry) -> None:
        if frame["error"] in _LATER:
            raise TimeoutError("come back later")
        msgid = frame.get("msgid", "")
        if frame["error"] in EXPECTED[self._history.sent.get(msgid, NOBODYS).media]:
            self._history.deny(msgid, frame["error"])
        else:
            self._history.fault(f"{self._label} was refused: {frame}")
        self._waiting.pop(msgid, None)
