"""What every client did and saw, and what must be true of it at the end."""

from __future__ import annotations

import threading
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

Entry = dict[str, Any]
Address = tuple[int, int]
"""A conversation as one person addresses it: (cmd, dstid)."""


@dataclass
class View:
    """One person's picture of the conversations, built from live frames, sync and history."""

    user_id: int
    entries: dict[Address, dict[int, Entry]] = field(default_factory=lambda: defaultdict(dict))
    conflicts: list[str] = field(default_factory=list)

    def address(self, entry: Entry) -> Address:
        if entry["cmd"] == 10 and entry["userid"] != self.user_id:
            return 10, entry["userid"]
        return entry["cmd"], entry["dstid"]

    def add(self, entry: Entry) -> None:
        """Take an entry; the same number must never say two things."""
        known = self.entries[self.address(entry)]
        first = known.setdefault(entry["seq"], entry)
        if first != entry:
            self.conflicts.append(f"{self.user_id} saw {first} and {entry}")


class History:
    """Sends and acks of all clients; safe to use from their threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.sent: dict[str, tuple[int, Address]] = {}
        """msgid to its sender and the conversation as the sender addresses it."""
        self.acked: dict[str, tuple[int, int]] = {}
        """msgid to (id, seq)."""
        self.faults: list[str] = []

    def send(self, msgid: str, sender_id: int, address: Address) -> None:
        with self._lock:
            self.sent[msgid] = (sender_id, address)

    def ack(self, frame: Entry) -> None:
        with self._lock:
            numbers = (frame["id"], frame["seq"])
            if self.acked.setdefault(frame["msgid"], numbers) != numbers:
                self.faults.append(f"{frame['msgid']}: acked as {self.acked[frame['msgid']]} and {numbers}")

    def fault(self, what: str) -> None:
        with self._lock:
            self.faults.append(what)


def check(history: History, views: list[View], members: dict[int, set[int]]) -> list[str]:
    """Everything that is wrong; nothing if every promise was kept.

    Args:
        views: of all people, after a last sync.
        members: group id to the ids of its members.
    """
    wrong = list(history.faults)
    by_user = {view.user_id: view for view in views}
    for view in views:
        wrong += view.conflicts
        for address, entries in view.entries.items():
            wrong += _check_numbers(view.user_id, address, entries)
            if address[0] == 11 and view.user_id not in members[address[1]]:
                wrong.append(f"{view.user_id} is no member of {address} and saw {len(entries)} entries")
    for msgid, (message_id, seq) in history.acked.items():
        sender_id, (kind, dst_id) = history.sent[msgid]
        receivers = members[dst_id] if kind == 11 else {sender_id, dst_id}
        for user_id in receivers:
            address = (kind, dst_id) if kind == 11 or user_id == sender_id else (10, sender_id)
            entry = by_user[user_id].entries[address].get(seq)
            if entry is None or entry.get("msgid") != msgid or entry["id"] != message_id:
                wrong.append(f"{msgid} was acked as {seq} of {address}; {user_id} has {entry}")
    return wrong


def _check_numbers(user_id: int, address: Address, entries: dict[int, Entry]) -> list[str]:
    wrong = []
    seqs = sorted(entries)
    if seqs and seqs != list(range(seqs[0], seqs[0] + len(seqs))):
        wrong.append(f"{user_id}: {address} has holes: {seqs}")
    ids = [entries[seq]["id"] for seq in seqs]
    if ids != sorted(set(ids)):
        wrong.append(f"{user_id}: {address}: ids do not grow with seq")
    msgids = [entries[seq]["msgid"] for seq in seqs if entries[seq].get("msgid")]
    if len(msgids) != len(set(msgids)):
        wrong.append(f"{user_id}: {address} has a msgid twice")
    return wrong
