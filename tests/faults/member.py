"""A person who chats through every fault: resends until acked, comes back, syncs.

Now and then messages are edited, taken back, reacted to and pinned, and groups get new names.
"""

from __future__ import annotations

import http.client
import json
import random
import threading
import time
import urllib.error
import urllib.request
from typing import Any

from websockets.exceptions import WebSocketException
from websockets.sync.client import ClientConnection, connect

from fastim.protocol.limits import SEARCH_CHARS
from tests.faults.amendments import TEXT, Entry
from tests.faults.history import NOBODYS, Address, History, Key, Wish
from tests.faults.view import View
from tests.faults.wishes import EXPECTED, Wishes

GONE = (OSError, EOFError, TimeoutError, WebSocketException, http.client.HTTPException)
"""What a broken line looks like; whoever meets it comes back."""
PATIENCE_SECONDS = 3
"""Silence, with something unanswered, after which a line is given up."""
_LATER = ("server_busy", "storage_full", "rate_limited")


class Member(threading.Thread):
    """One device that sends to its conversations as fast as `pause` lets it, on many connections in turn.

    Args:
        base: ``http://HOST:PORT``; it may be a proxy's that breaks things.
        user: id and token.
        pause: seconds between messages.
        device: a number, if the user has several devices.
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
        super().__init__(daemon=True)
        self._base = base
        self._user = user
        self.user_id: int = user["id"]
        self._addresses = addresses
        self._history = history
        self._pause = pause
        self._label = f"{self.user_id}.{device}"
        self._padding = padding
        self._random = random.Random(self._label)
        self._numbers = 0
        self._waiting: dict[str, Entry] = {}
        """msgid to the frame that is not answered yet."""
        self._cursor = ""
        self._heard_at = 0.0
        self._unanswered = 0
        """Heartbeats of this connection whose pulse has not come."""
        self.view = View(self.user_id, history)
        self.wishes = Wishes(self._random, self.view)
        self.connections = 0
        self.lost: list[str] = []
        """Why each line that broke did."""
        self.patience_seconds: float = PATIENCE_SECONDS
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

    def _post(self, path: str, **fields: Any) -> Entry:
        request = urllib.request.Request(
            self._base + path,
            json.dumps(fields).encode(),
            {"Authorization": f"Bearer {self._user['token']}", "Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(request, timeout=max(5, self.patience_seconds)) as answer:
                return dict(json.load(answer))
        except urllib.error.HTTPError as error:
            with error:
                return self._take_http_error(path, error)

    def _take_http_error(self, path: str, error: urllib.error.HTTPError) -> Entry:
        raise ConnectionError(f"{path}: {error.code}")

    def _sync(self) -> list[Entry]:
        """Take what changed since the last time, and what lies in the gaps; the answered states."""
        states: list[Entry] = []
        while True:
            recalls = len(self._history.gone)
            answer = self._post("/message/sync", cursor=self._cursor)["data"]
            states += answer["conversations"]
            for state in answer["conversations"]:
                self._fill(state, recalls)
            self._cursor = answer["cursor"]
            if not answer["more"]:
                return states

    def _fill(self, state: Entry, recalls: int) -> None:
        """Take a conversation's newest entries, and ask for those between them and what is known."""
        address = (state["cmd"], state["dstid"])
        self._take_page(address, state["entries"], recalls)
        known = self.view.entries[address]
        wanted = set(range(state["join_seq"] + 1, state["last_seq"] + 1)) - known.keys()
        while wanted:
            recalls = len(self._history.gone)
            page = self._post(
                "/message/history", cmd=address[0], dstid=address[1], before=max(wanted) + 1, limit=200
            )
            self._take_page(address, page["rows"], recalls)
            left = wanted - known.keys()
            if left == wanted:
                raise AssertionError(f"history of {address} has no {max(wanted)}")
            wanted = left

    def _take_page(self, address: Address, entries: list[Entry], recalls: int) -> None:
        for entry in entries:
            self.view.add(entry)
            self._history.answered(self.user_id, address, entry, recalls)

    def sync_whole(self) -> View:
        """After the last ack: a new device must see what this one knows. The new one's view."""
        fresh = Member(self._base, self._user, [], self._history, 0)
        for member in (self, fresh):
            member.view.take_states(member._sync(), self._history.epoch)
        listed = self._post("/contact/loadcommunity")["rows"]
        self.view.groups = {group["id"]: group["name"] for group in listed}
        for difference in self.view.differences(fresh.view):
            self._history.fault(f"{self._label}: {difference}")
        return fresh.view

    def look_for(self, key: Key, seq: int) -> None:
        """Seek a message of one's own that was taken back: no answer may say any of its texts."""
        dst_id = key[1] if key[0] == 11 else sum(key[1:]) - self.user_id
        place = {"cmd": key[0], "dstid": dst_id}
        for text in self._history.texts(key, seq):
            for path, fields in (
                ("/message/history", {**place, "before": seq + 1, "limit": 1}),
                ("/message/entries", {**place, "seqs": [seq]}),
                ("/message/versions", {**place, "seq": seq}),
                ("/message/pins", place),
                ("/search/messages", {**place, "text": text[:SEARCH_CHARS]}),
            ):
                try:
                    answer = self._post(path, **fields)
                except ConnectionError as error:  # 404, as of what never was
                    assert str(error).endswith(" 404"), error
                    continue
                if text in json.dumps(answer):
                    self._history.fault(f"{self._label}: {path} still has {text!r}: {answer}")
