"""What becomes of messages: the checker's own way from entries to what is shown; the server has another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

Entry = dict[str, Any]

TEXT, NOTICE, RECALLED, EDITED, REACTED, PINNED = 1, 20, 21, 22, 23, 24
_CHANGING = ("rev", "edited", "recalled", "pinned", "reactions")


def is_amendment(entry: Entry) -> bool:
    return bool(entry["media"] > NOTICE)


def lasting(entry: Entry) -> Entry:
    """What of an entry is always the same: a text may change, and a recall silences the edits too."""
    leaves_out = (*_CHANGING, "content") if entry["media"] in (TEXT, EDITED) else _CHANGING
    return {name: value for name, value in entry.items() if name not in leaves_out}


def amended(message: Entry, changes: Iterable[Entry], reader_id: int) -> Entry:
    """A message after those of the changes that it does not show yet.

    Args:
        changes: entries about it, in the order of their seq.
    """
    for change in changes:
        if change["seq"] > message.get("rev", 0):
            message = _changed(message, change, reader_id)
    return message


def _changed(message: Entry, change: Entry, reader_id: int) -> Entry:
    after = {**message, "rev": change["seq"]}
    if change["media"] == RECALLED:
        return {**lasting(message), "rev": change["seq"], "recalled": change["userid"]}
    if change["media"] == EDITED:
        return {**after, "content": change.get("content", ""), "edited": change["time"]}
    if change["media"] == PINNED:
        return _kept(after, "pinned", bool(change.get("amount")))
    assert change["media"] == REACTED, change
    return _kept(after, "reactions", _reactions(message.get("reactions", []), change, reader_id))


def _kept(entry: Entry, name: str, value: object) -> Entry:
    """With the field, or without it where it says nothing, as on the wire."""
    rest = {key: other for key, other in entry.items() if key != name}
    return {**rest, name: value} if value else rest


def _reactions(before: list[Entry], change: Entry, reader_id: int) -> list[Entry]:
    counts = {one["emoji"]: (one["count"], one["mine"]) for one in before}
    count, mine = counts.get(change["content"], (0, False))
    is_on = bool(change.get("amount"))
    counts[change["content"]] = (
        count + (1 if is_on else -1),
        is_on if change["userid"] == reader_id else mine,
    )
    ordered = sorted(counts.items(), key=lambda item: (-item[1][0], item[0]))
    return [{"emoji": emoji, "count": n, "mine": own} for emoji, (n, own) in ordered if n]


def changes_by_target(entries: Mapping[int, Entry]) -> dict[int, list[Entry]]:
    """The seq of each message that was changed to its changes, in their order."""
    found: dict[int, list[Entry]] = {}
    for seq in sorted(entries):
        if is_amendment(entries[seq]):
            found.setdefault(entries[seq]["target"], []).append(entries[seq])
    return found


def shown(entries: Mapping[int, Entry], reader_id: int) -> dict[int, Entry]:
    """A conversation as it is now: messages with all that became of them, and what lasts of the rest."""
    changes = changes_by_target(entries)
    return {
        seq: lasting(entry) if is_amendment(entry) else amended(entry, changes.get(seq, ()), reader_id)
        for seq, entry in entries.items()
    }
