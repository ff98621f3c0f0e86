"""What must be true at the end of what every client did and was told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Protocol

from tests.faults.amendments import (
    EDITED,
    NOTICE,
    RECALLED,
    Entry,
    amended,
    changes_by_target,
    is_amendment,
    lasting,
)
from tests.faults.history import FOR_EVER, NOBODYS, Address, History, Key, Reader, Wish, conversation

Stay = tuple[int, int]
"""The first and the last seq of a group that one who joined and left may see."""


class Seen(Protocol):
    """What the checker needs of a device's view."""

    user_id: int
    entries: dict[Address, dict[int, Entry]]
    joined: dict[Address, int]
    groups: dict[int, str]
    marks: dict[Reader, int]


def check(history: History, views: Iterable[Seen]) -> list[str]:
    """Everything that is wrong; nothing if every promise was kept.

    Args:
        views: of all devices, after a last sync.
    """
    wrong = [*history.faults, *_check_sent(history), *_check_names(history)]
    for key, entries in history.log.items():
        wrong += [*_check_numbers(key, entries), *_check_versions(history, key, entries)]
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
    """Every entry with a msgid is one that was sent, as it was sent, and is nowhere else."""
    wrong, places = [], {}
    for key, entries in history.log.items():
        for seq, entry in entries.items():
            if entry["media"] == NOTICE:
                continue
            msgid = entry.get("msgid", "")
            wish = history.sent.get(msgid, NOBODYS)
            if conversation(wish.sender_id, wish.address) != key or not _is_as_sent(entry, wish):
                wrong.append(f"{seq} of {key} is {entry}, which nobody sent")
            first = places.setdefault(msgid, (key, seq))
            if first != (key, seq):
                wrong.append(f"{msgid} is twice there: {first} and {(key, seq)}")
            if wish.media in (RECALLED, EDITED) and msgid in history.denied:
                wrong.append(f"{msgid} was refused ({history.denied[msgid]}), and is {seq} of {key}")
    return wrong


def _is_as_sent(entry: Entry, wish: Wish) -> bool:
    """What a text says is `_check_versions`'s business."""
    if (entry["userid"], entry["media"]) != (wish.sender_id, wish.media):
        return False
    if not is_amendment(entry):
        return True
    said = entry.get("content", "")
    is_silent = wish.media == EDITED and not said
    return (entry["target"], entry.get("amount", 0)) == (wish.target, wish.amount) and (
        is_silent or said == wish.content
    )


def _check_versions(history: History, key: Key, entries: dict[int, Entry]) -> list[str]:
    """Whoever saw a message saw what its sender said and what became of it until its `rev`."""
    wrong = []
    changes = changes_by_target(entries)
    for seq, entry in entries.items():
        if is_amendment(entry) and not _stands(entry, changes.get(entry["target"], [])):
            wrong.append(f"{seq} of {key} says nothing, though nobody recalled what it changes: {entry}")
        if entry["media"] >= NOTICE:
            continue
        said = history.sent.get(entry.get("msgid", ""), NOBODYS).content
        became = [_as_sent(history, change) for change in changes.get(seq, ())]
        seen = {(entry.get("rev", 0), 0): entry} if not entry.get("rev") else {}
        for (rev, reader_id), version in (seen | history.versions.get((key, seq), {})).items():
            until = [change for change in became if change["seq"] <= rev]
            if version != amended({**lasting(entry), "content": said}, until, reader_id):
                wrong.append(f"{reader_id} saw {version} in {key}, which was {said} with {until}")
    return wrong


def _stands(change: Entry, changes: list[Entry]) -> bool:
    """An edit has its text unless the message was recalled."""
    is_recalled = any(other["media"] == RECALLED for other in changes)
    return change["media"] != EDITED or bool(change.get("content")) or is_recalled


def _as_sent(history: History, change: Entry) -> Entry:
    """With the text that the recall has silenced."""
    wish = history.sent.get(change.get("msgid", ""), NOBODYS)
    return {**change, "content": wish.content} if change["media"] == EDITED else change


def _check_names(history: History) -> list[str]:
    """A group has the names that somebody gave it, each once, and those that the server took."""
    wrong = []
    told: dict[str, tuple[int, int]] = {}
    for key, entries in history.log.items():
        for entry in entries.values():
            if _is_renaming(entry):
                name = entry["memo"]
                wished = history.names.get(name)
                if wished is None or (wished.user_id, wished.group) != (entry["userid"], key[1]):
                    wrong.append(f"nobody called {key} {name}")
                if name in told:
                    wrong.append(f"{name} is told twice")
                told[name] = (key[1], entry["seq"])
    lost = [name for name, wished in history.names.items() if wished.is_done and name not in told]
    return wrong + [f"nobody is told that {history.names[name].group} is called {name}" for name in lost]


def stays(entries: dict[int, Entry]) -> dict[int, list[Stay]]:
    """Who was in the group when, from its own notices: one sees one's coming, and not one's going."""
    found: dict[int, list[Stay]] = defaultdict(list)
    for seq in sorted(entries):
        entry = entries[seq]
        if entry["media"] != NOTICE:
            continue
        user_stays = found[entry["userid"]]
        if entry["content"] == "joined":
            user_stays.append((seq, FOR_EVER))
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
    if user_stays and user_stays[-1][1] == FOR_EVER:
        due = {seq for seq in entries if seq >= user_stays[-1][0]}
        if missing := due - seen.keys():
            wrong.append(f"{user_id} did not see {sorted(missing)} of {key}")
    return wrong


def _check_acked(history: History, all_stays: dict[Key, dict[int, list[Stay]]]) -> list[str]:
    wrong = []
    for msgid, (message_id, seq) in history.acked.items():
        wish = history.sent[msgid]
        key = conversation(wish.sender_id, wish.address)
        entry = history.log.get(key, {}).get(seq)
        if entry is None or entry.get("msgid") != msgid or entry["id"] != message_id:
            wrong.append(f"{msgid} was acked as {seq} of {key}, which is {entry}")
        is_member = key[0] == 10 or _is_within(seq, all_stays[key].get(wish.sender_id, []))
        if not is_member:
            wrong.append(f"{msgid} is {seq} of {key}, where its sender was not a member")
    return wrong


def check_denied(history: History) -> list[str]:
    """Nobody is told that a message is not there unless it was recalled, or was before their time."""
    wrong = []
    for msgid, error in history.denied.items():
        wish = history.sent[msgid]
        if error != "no_such_message":
            continue
        key = conversation(wish.sender_id, wish.address)
        log = history.log.get(key, {})
        user_stays = stays(log).get(wish.sender_id, []) if key[0] == 11 else [(0, FOR_EVER)]
        # Who came again does not see what was before, and nobody knows which time it was.
        is_seen = len(user_stays) == 1 and _is_within(wish.target, user_stays)
        changes = changes_by_target(log).get(wish.target, [])
        if is_seen and not any(change["media"] == RECALLED for change in changes):
            wrong.append(f"{msgid} was refused as if {wish.target} of {key} were not there")
    return wrong


def check_groups(history: History, views: Iterable[Seen]) -> list[str]:
    """Everybody is listed the groups that they are in, by the last name that was told."""
    wrong = []
    for view in views:
        due = {}
        for key, entries in history.log.items():
            user_stays = stays(entries).get(view.user_id, []) if key[0] == 11 else []
            if user_stays and user_stays[-1][1] == FOR_EVER:
                due[key[1]] = _name_of(entries)
        listed = {group: name if due.get(group) else "" for group, name in view.groups.items()}
        if listed != due:
            wrong.append(f"{view.user_id} is listed {view.groups}; told were {due}")
    return wrong


def _name_of(entries: dict[int, Entry]) -> str:
    """The last name that was told, or "" where the group still has its first one."""
    named = [seq for seq, entry in entries.items() if _is_renaming(entry)]
    return str(entries[max(named)]["memo"]) if named else ""


def _is_renaming(entry: Entry) -> bool:
    return bool(entry["media"] == NOTICE and entry["content"] == "renamed")


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
