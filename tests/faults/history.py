"""What every client did and was told; checker.py says what must be true of it at the end."""

from __future__ import annotations

import threading
from collections import defaultdict
from typing import NamedTuple

from tests.faults.amendments import EDITED, RECALLED, TEXT, Entry, is_amendment, lasting

Address = tuple[int, int]
"""A conversation as one person addresses it: (cmd, dstid)."""
Reader = tuple[Address, int]
"""A conversation as one person addresses it, and whose mark it is."""
Key = tuple[int, ...]
"""A conversation as the server knows it: (10, lower id, higher id) or (11, group)."""

FOR_EVER = 1 << 62


class Wish(NamedTuple):
    """What somebody sent: a text, or a change of a message."""

    sender_id: int
    address: Address
    """As the sender addresses the conversation."""
    content: str
    media: int = TEXT
    target: int = 0
    amount: int = 0


class Name(NamedTuple):
    """What somebody wanted a group to be called."""

    user_id: int
    group: int
    is_done: bool
    """The server said so; else its answer is not known."""


NOBODYS = Wish(0, (0, 0), "")


def _text_differs(one: Entry, other: Entry) -> bool:
    """Whether two edits say different things; one that was recalled says nothing."""
    texts = {one.get("content", ""), other.get("content", "")} - {""}
    return len(texts) > 1


def conversation(user_id: int, address: Address) -> Key:
    kind, dst_id = address
    return (kind, *sorted((user_id, dst_id))) if kind == 10 else address


class History:
    """Sends, acks and marks of all clients; safe to use from their threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.epoch = 0
        """How often the server has crashed: each may cost the read marks of a second."""
        self.sent: dict[str, Wish] = {}
        """By msgid."""
        self.acked: dict[str, tuple[int, int]] = {}
        """msgid to (id, seq)."""
        self.log: dict[Key, dict[int, Entry]] = defaultdict(dict)
        """All that anybody has seen, as it was first seen."""
        self.versions: dict[tuple[Key, int], dict[tuple[int, int], Entry]] = defaultdict(dict)
        """Of changed messages what was seen, by (rev, reader's id)."""
        self.gone: dict[tuple[Key, int], int] = {}
        """Messages whose recall was acknowledged, numbered in that order."""
        self.denied: dict[str, str] = {}
        """msgid to the refusal that was final."""
        self.names: dict[str, Name] = {}
        self.marks: dict[tuple[int, Key], int] = {}
        """(user_id, conversation) to the highest mark that was sent."""
        self.refused = 0
        """How often an outsider or somebody who is away was turned away."""
        self.faults: list[str] = []

    def send(self, msgid: str, wish: Wish) -> None:
        with self._lock:
            self.sent[msgid] = wish

    def ack(self, frame: Entry) -> None:
        with self._lock:
            numbers = (frame["id"], frame["seq"])
            if self.acked.setdefault(frame["msgid"], numbers) != numbers:
                self.faults.append(f"{frame['msgid']}: acked as {self.acked[frame['msgid']]} and {numbers}")
            wish = self.sent.get(frame["msgid"], NOBODYS)
            if wish.media == RECALLED:
                key = conversation(wish.sender_id, wish.address)
                self.gone.setdefault((key, wish.target), len(self.gone) + 1)

    def deny(self, msgid: str, error: str) -> None:
        """Note a refusal that no repetition would have changed."""
        with self._lock:
            self.denied[msgid] = error

    def name(self, name: str, user_id: int, group: int, is_done: bool) -> None:
        with self._lock:
            self.names[name] = Name(user_id, group, is_done)

    def mark(self, user_id: int, address: Address, seq: int) -> None:
        key = (user_id, conversation(user_id, address))
        with self._lock:
            self.marks[key] = max(self.marks.get(key, 0), seq)

    def entry(self, user_id: int, address: Address, entry: Entry) -> Entry:
        """The entry, which must be what everybody saw who saw it in the same state."""
        key = conversation(user_id, address)
        with self._lock:
            first = self.log[key].setdefault(entry["seq"], entry)
            rev = entry.get("rev", 0)
            if first == entry and not rev:
                return first
            same = first
            if rev or first.get("rev"):
                same = self.versions[key, entry["seq"]].setdefault((rev, user_id), entry)
            is_same = lasting(first) == lasting(entry) and (is_amendment(entry) or same == entry)
            if not is_same or (is_amendment(entry) and _text_differs(first, entry)):
                self.faults.append(f"{user_id} saw {entry}, somebody saw {first}")
            return entry

    def answered(self, user_id: int, address: Address, entry: Entry, recalls: int) -> None:
        """An entry of an HTTP answer; when it was asked for, so many recalls had been acknowledged."""
        seq = entry["target"] if entry["media"] == EDITED else entry["seq"]
        with self._lock:
            number = self.gone.get((conversation(user_id, address), seq), FOR_EVER)
            if number <= recalls and entry["media"] in (TEXT, EDITED) and entry.get("content"):
                self.faults.append(f"{user_id} was answered {entry} after its recall")

    def texts(self, key: Key, seq: int) -> list[str]:
        """What a message said, first and after each edit that was sent."""
        with self._lock:
            entry = self.log.get(key, {}).get(seq, {})
            first = self.sent.get(entry.get("msgid", ""), NOBODYS).content
            edits = [
                wish.content
                for wish in self.sent.values()
                if (wish.media, wish.target) == (EDITED, seq)
                and conversation(wish.sender_id, wish.address) == key
            ]
        return [text for text in (first, *edits) if text]

    def refuse(self) -> None:
        with self._lock:
            self.refused += 1

    def fault(self, what: str) -> None:
        with self._lock:
            self.faults.append(what)
