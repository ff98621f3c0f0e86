"""What one device of somebody knows and asks over HTTP: it syncs, and looks for what must be gone."""

from __future__ import annotations

import http.client
import json
import urllib.error
import urllib.request
from typing import Any

from websockets.exceptions import WebSocketException

from fastim.protocol.limits import SEARCH_CHARS
from tests.faults.amendments import Entry
from tests.faults.history import Address, History, Key
from tests.faults.view import View

GONE = (OSError, EOFError, TimeoutError, WebSocketException, http.client.HTTPException)
"""What a broken line looks like; whoever meets it comes back."""
PATIENCE_SECONDS = 3
"""Silence, with something unanswered, after which a line is given up."""


class Device:
    """A client without a connection.

    Args:
        base: ``http://HOST:PORT``; it may be a proxy's that breaks things.
        user: id and token.
        number: if the user has several devices.
    """

    def __init__(self, base: str, user: Entry, history: History, number: int = 1) -> None:
        self._base = base
        self._user = user
        self.user_id: int = user["id"]
        self._history = history
        self._label = f"{self.user_id}.{number}"
        self._cursor = ""
        self.view = View(self.user_id, history)
        self.patience_seconds: float = PATIENCE_SECONDS

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

    def sync(self) -> None:
        """Know all that the server tells now."""
        self.view.take_states(self._sync(), self._history.epoch)

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
        fresh = Device(self._base, self._user, self._history)
        for device in (self, fresh):
            device.sync()
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
