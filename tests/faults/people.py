"""Members with bad habits."""

from __future__ import annotations

import json
import socket as sockets
import threading
import time
import urllib.error
from typing import Any

from websockets.sync.client import ClientConnection

from tests.faults.amendments import Entry
from tests.faults.device import PATIENCE_SECONDS
from tests.faults.history import Address
from tests.faults.member import Member
from tests.faults.proxy import RESET


class Wanderer(Member):
    """Leaves its groups and joins them again, and goes on talking to them all the while."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._groups = [dst_id for kind, dst_id in self._addresses if kind == 11]
        self._away: set[int] = set()
        self._unsettled: set[int] = set()
        """Groups of which it is not known whether the server has heard the last wish."""
        self._goodbyes: set[Address] = set()
        """Groups that were left over this connection."""
        self._ending: set[Address] = set()
        """Those of which the next pulse is the end."""
        self.moves = 0

    def _act(self, socket: ClientConnection) -> None:
        if self._random.random() < 0.03:
            group = self._random.choice(self._groups)
            self._away ^= {group}
            self._unsettled.add(group)
            self._settle()
        super()._act(socket)

    def _sync(self) -> list[Entry]:
        if self.is_finishing.is_set():
            self._unsettled |= self._away
            self._away.clear()
        self._settle()
        return super()._sync()

    def _finish(self, socket: ClientConnection) -> None:
        self.sync()  # come home first
        super()._finish(socket)

    def _settle(self) -> None:
        for group in list(self._unsettled):
            if group in self._away:
                answer = self._post("/contact/leavecommunity", dstid=group)
                self._goodbyes.add((11, group))
            else:
                for told in (self._goodbyes, self._ending, self.view.left):
                    told.discard((11, group))
                answer = self._post("/contact/joincommunity", dstid=group)
            if answer["code"] and answer["error"] != "not_member":  # the answer before was lost
                self._history.fault(f"{self._label}: {answer}")
            self._unsettled.discard(group)
            self.moves += 1

    def _connect(self, **options: Any) -> ClientConnection:
        socket = super()._connect(**options)
        self.view.left |= self._goodbyes
        self._goodbyes.clear()
        self._ending.clear()
        return socket

    def _hear(self, socket: ClientConnection) -> None:
        """What was written before one left may come after the answer; what comes after a pulse may not."""
        if self._goodbyes and not self._unanswered:
            self._ending |= self._goodbyes
            self._ask_pulse(socket)
        super()._hear(socket)

    def _take(self, frame: Entry) -> None:
        super()._take(frame)
        if frame["cmd"] == 0:
            self.view.left |= self._ending
            self._goodbyes -= self._ending
            self._ending.clear()

    def _mark(self, socket: ClientConnection, address: Address, again: bool = False) -> None:
        if not (address[0] == 11 and address[1] in self._away):
            super()._mark(socket, address, again)

    def _take_refusal(self, frame: Entry) -> None:
        if frame["error"] not in ("not_member", "not_found"):
            super()._take_refusal(frame)
        elif self._waiting.pop(frame.get("msgid", ""), None) is not None:
            self._history.refuse()


class Outsider(Member):
    """Talks to a friend, and tries every door of a group that it is not in."""

    def __init__(self, *arguments: Any, group: int, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._group = group

    def _act(self, socket: ClientConnection) -> None:
        super()._act(socket)
        if self._random.random() < 0.3:
            self._intrude(socket)
        if self._random.random() < 0.05:
            self._pry()

    def _intrude(self, socket: ClientConnection) -> None:
        self._numbers += 1
        there = {"kind": 11, "dstid": self._group, "seq": 1}
        attempt = self._random.choice(
            [
                {"cmd": 11, "dstid": self._group, "media": 1, "content": "let me in"},
                {"cmd": 19, **there},
                {"cmd": 20, "content": "I was here", **there},
                {"cmd": 21, "emoji": "👍", "on": True, **there},
                {"cmd": 14, **there},
                {"cmd": 15, "kind": 11, "dstid": self._group},
            ]
        )
        socket.send(json.dumps({"msgid": f"intruder-{self._label}-{self._numbers}", **attempt}))

    def _pry(self) -> None:
        for path, fields in (
            ("/message/history", {"cmd": 11}),
            ("/message/readers", {"cmd": 11, "seq": 1}),
            ("/contact/members", {}),
        ):
            answer = self._post(path, dstid=self._group, **fields)
            if answer != {"error": 404}:
                self._history.fault(f"an outsider got {answer} from {path}")
            self._history.refuse()

    def _take(self, frame: Entry) -> None:
        if frame["cmd"] in (11, 12) and "intruder" in str(frame):
            self._history.fault(f"an outsider got {frame}")
        elif frame.get("kind") == 11:
            self._history.fault(f"an outsider was told {frame}")
        else:
            super()._take(frame)

    def _take_refusal(self, frame: Entry) -> None:
        if frame["error"] in ("not_member", "not_found"):
            self._history.refuse()
        else:
            super()._take_refusal(frame)

    def _take_http_error(self, path: str, error: urllib.error.HTTPError) -> Entry:
        if error.code == 404:
            return {"error": 404}
        return super()._take_http_error(path, error)


class Doubter(Member):
    """Comes back with two connections, and repeats what is unanswered over both, shuffled and often."""

    repeated = 0

    def _resend(self, socket: ClientConnection) -> None:
        frames = [frame for frame in self._waiting.values() for _ in range(self._random.randint(1, 4))]
        self._random.shuffle(frames)
        with self._connect() as second:
            due: dict[str, int] = {}
            for frame in frames:
                if self._random.random() < 0.5:
                    socket.send(json.dumps(frame))
                else:
                    due[frame["msgid"]] = due.get(frame["msgid"], 0) + 1
                    second.send(json.dumps(frame))
            Doubter.repeated += len(frames)
            while due:  # each sending has an answer of its own
                frame = json.loads(second.recv(timeout=PATIENCE_SECONDS))
                if frame["cmd"] in (12, 13):
                    self._take(frame)
                    due[frame["msgid"]] -= 1
                    if not due[frame["msgid"]]:
                        del due[frame["msgid"]]


class Flitter(Member):
    """Stays for the blink of an eye, and as often as not goes without a word; is soon back.

    Without a rest fifty of them ask for all that a core can do, however fast it is: what is measured then
    is how long the queue before it is.
    """

    def _live(self) -> None:
        self.is_finishing.wait(self._random.uniform(0.2, 1.2))
        super()._live()

    def _chat(self, socket: ClientConnection) -> None:
        until = time.monotonic() + self._random.uniform(0.05, 0.5)
        while time.monotonic() < until and not self.is_finishing.is_set():
            if len(self._waiting) < 5:
                self._act(socket)
            self._hear(socket)
        if self.is_finishing.is_set():
            super()._chat(socket)
        elif self._random.random() < 0.5:
            socket.socket.setsockopt(sockets.SOL_SOCKET, sockets.SO_LINGER, RESET)
            socket.socket.shutdown(sockets.SHUT_RDWR)


class Sleeper(Member):
    """Reads nothing while it sleeps."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.is_awake = threading.Event()
        self.is_awake.set()
        self.is_asleep = threading.Event()

    def _connect(self, **options: Any) -> ClientConnection:
        host, port = self._base.removeprefix("http://").split(":")
        raw = sockets.socket()
        raw.setsockopt(sockets.SOL_SOCKET, sockets.SO_RCVBUF, 4096)
        raw.connect((host, int(port)))
        return super()._connect(sock=raw, **options)

    def _hear(self, socket: ClientConnection) -> None:
        if not self.is_awake.is_set():
            self.is_asleep.set()
            self.is_awake.wait()
            self.is_asleep.clear()
        super()._hear(socket)
