"""What every client did and was told, and what must be true of it at the end."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Protocol

Entry = dict[str, Any]
Address = tuple[int, int]
"""A conversation as one person addresses it: (cmd, dstid)."""
Reader = tuple[Address, int]
"""A conversation as one person addresses it, and whose mark it is."""
Key = tuple[int, ...]
"""A conversation as the server knows it: (10, lower id, higher id) or (11, group)."""
Stay = tuple[int, int]
"""The first and the last seq of a group that one who joined and left may see."""

_FOR_EVER = 1 << 62
_NOTICE = 20
"""Below are messages; it says who joined and who left."""


def conversation(user_id: int, address: Address) -> Key:
    kind, dst_id = address
    return (kind, *sorted((user_id, dst_id))) if kind == 10 else address


class History:
    """Sends, acks and marks of all clients; safe to use from their threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.epoch = 0
        """How often the server has crashed: each may cost the read marks of a second."""
        self.sent: dict[str, tuple[int, Address, str]] = {}
        """msgid to its sender, the conversation as the sender addresses it, and the text."""
        self.acked: dict[str, tuple[int, int]] = {}
        """msgid to (id, seq)."""
        self.log: dict[Key, dict[int, Entry]] = defaultdict(dict)
        """All that anybody has seen."""
        self.marks: dict[tuple[int, Key], int] = {}
        """(user_id, conversation) to the highest mark that was sent."""
        self.refused = 0
        """How often an outsider or somebody who is away was turned away."""
        self.faults: list[str] = []

    def send(self, msgid: str, sender_id: int, address: Address, text: str) -> None:
        with self._lock:
            self.sent[msgid] = (sender_id, address, text)

    def ack(self, frame: Entry) -> None:
        with self._lock:
            numbers = (frame["id"], frame["seq"])
            if self.acked.setdefault(frame["msgid"], numbers) != numbers:
                self.faults.append(f"{frame['msgid']}: acked as {self.acked[frame['msgid']]} and {numbers}")

    def mark(self, user_id: int, address: Address, seq: int) -> None:
        key = (user_id, conversation(user_id, address))
        with self._lock:
            self.marks[key] = max(self.marks.get(key, 0), seq)

    def entry(self, user_id: int, address: Address, entry: Entry) -> Entry:
        """The entry as it was first seen by anybody: all must see the same."""
        with self._lock:
            first = self.log[conversation(user_id, address)].setdefault(entry["seq"], entry)
            if first != entry:
                self.faults.append(f"{user_id} saw {entry}, somebody saw {first}")
            return first

    def refuse(self) -> None:
        with self._lock:
            self.refused += 1

    def fault(self, what: str) -> None:
        with self._lock:
            self.faults.append(what)


class Seen(Protocol):
    """What the checker needs of a device's view."""

    user_id: int
    entries: dict[Address, dict[int, Entry]]
    joined: dict[Address, int]
    marks: dict[Reader, int]


def check(history: History, views: Iterable[Seen]) -> list[str]:
    """Everything that is wrong; nothing if every promise was kept.

    Args:
        views: of all devices, after a last sync.
    """
    wrong = [*history.faults, *_check_sent(history)]
    for key, entries in history.log.items():
        wrong += _check_numbers(key, entries)
    all_stays = {key: stays(entries) for key, entries in history.log.items() if key[0] == 11}
    for view in views:
        for key, entries in history.log.items():
            if key[0] == 11:
                seen = view.entries.get((11, key[1]), {})
                wrong += _check_group(
                    view.user_id, key, seen, entries, all_stays[key].get(view.user_id, [])
                )
            elif view.user_id in key[1:]:
                peer_id = key[1] if key[2] == view.user_id else key[2]
                if missing := entries.keys() - view.entries.get((10, peer_id), {}).keys():
                    wrong.append(f"{view.user_id} did not see {sorted(missing)} of {key}")
    return wrong + _check_acked(history, all_stays)


def _check_numbers(key: Key, entries: dict[int, Entry]) -> list[str]:
    wrong = []
    seqs = sorted(entries)
    if seqs != list(range(1, len(seqs) + 1)):
        wrong.append(f"{key} has holes: {seqs}")
    ids = [entries[seq]["id"] for seq in seqs]
    if ids != sorted(set(ids)):
        wrong.append(f"{key}: ids do not grow with seq")
    return wrong


def _check_sent(history: History) -> list[str]:
    """Every message is one that was sent, as it was sent, and is nowhere else."""
    wrong, places = [], {}
    for key, entries in history.log.items():
        for seq, entry in entries.items():
            if entry["media"] >= _NOTICE:
                continue
            sender_id, address, text = history.sent.get(entry.get("msgid", ""), (0, (0, 0), ""))
            is_as_sent = entry["userid"] == sender_id and entry.get("content") == text
            if not is_as_sent or conversation(sender_id, address) != key:
                wrong.append(f"{seq} of {key} is {entry}, which nobody sent")
            first = places.setdefault(entry.get("msgid"), (key, seq))
            if first != (key, seq):
                wrong.append(f"{entry['msgid']} is twice there: {first} and {(key, seq)}")
    return wrong


def stays(entries: dict[int, Entry]) -> dict[int, list[Stay]]:
    """Who was in the group when, from its own notices: one sees one's coming, and not one's going."""
    found: dict[int, list[Stay]] = defaultdict(list)
    for seq in sorted(entries):
        entry = entries[seq]
        if entry["media"] != _NOTICE:
            continue
        user_stays = found[entry["userid"]]
        if entry["content"] == "joined":
            user_stays.append((seq, _FOR_EVER))
        elif entry["content"] == "left":
            user_stays[-1] = (user_stays[-1][0], seq - 1)
    return found


def _is_within(seq: int, user_stays: list[Stay]) -> bool:
    return any(first <= seq <= last for first, last in user_stays)


def _check_group(
    user_id: int, key: Key, seen: dict[int, Entry], entries: dict[int, Entry], user_stays: list[Stay]
) -> list[str]:
    wrong = []
    if forbidden := [seq for seq in seen if not _is_within(seq, user_stays)]:
        wrong.append(f"{user_id} was in {key} for {user_stays} and saw {forbidden}")
    if user_stays and user_stays[-1][1] == _FOR_EVER:
        due = {seq for seq in entries if seq >= user_stays[-1][0]}
        if missing := due - seen.keys():
            wrong.append(f"{user_id} did not see {sorted(missing)} of {key}")
    return wrong


def _check_acked(history: History, all_stays: dict[Key, dict[int, list[Stay]]]) -> list[str]:
    wrong = []
    for msgid, (message_id, seq) in history.acked.items():
        sender_id, address, _ = history.sent[msgid]
        key = conversation(sender_id, address)
        entry = history.log.get(key, {}).get(seq)
        if entry is None or entry.get("msgid") != msgid or entry["id"] != message_id:
            wrong.append(f"{msgid} was acked as {seq} of {key}, which is {entry}")
        is_member = key[0] == 10 or _is_within(seq, all_stays[key].get(sender_id, []))
        if not is_member:
            wrong.append(f"{msgid} is {seq} of {key}, where its sender was not a member")
    return wrong


def check_marks(history: History, views: Iterable[Seen]) -> list[str]:
    """Whether each device knows the highest mark that was sent: its own, and its peer's.

    Who writes has read up to there, but a crash may cost that mark.

    Args:
        views: after a sync that followed all marks.
    """
    wrong = []
    for view in views:
        for (address, reader_id), seq in view.marks.items():
            key = conversation(view.user_id, address)
            sent = history.marks.get((reader_id, key), 0)
            is_told_by_sync = address[0] == 10 or reader_id == view.user_id
            # Who joins has read what was before; whoever joined again may have sent no mark since.
            joined = view.joined.get(address, 0) if reader_id == view.user_id else 0
            written = _last_of(reader_id, history.log[key])
            if seq > max(sent, joined, written) or (is_told_by_sync and seq < sent):
                wrong.append(f"{view.user_id}: the mark of {reader_id} in {key} is {seq}; {sent} was sent")
    return wrong


def _last_of(user_id: int, entries: dict[int, Entry]) -> int:
    return max((seq for seq, entry in entries.items() if entry["userid"] == user_id), default=0)
