"""What of an entry of the log can be searched: its text, its kind, its sender."""

from __future__ import annotations

import re

from fastim.backends.search import Doc, LogRow, Term
from fastim.protocol import frames
from fastim.protocol.entry import Body, RecordItem
from fastim.services.entries import read_body
from fastim.services.search_words import words_of

LINK = "link"
KINDS: dict[str, int] = {
    "text": frames.TEXT,
    "voice": frames.VOICE,
    "picture": frames.PICTURE,
    "file": frames.FILE,
    "video": frames.VIDEO,
    "card": frames.CARD,
    "location": frames.LOCATION,
    "record": frames.RECORD,
}
"""By the names that a search uses; beside them `link`: a text with a web address in it."""
_NAMES = {media: name for name, media in KINDS.items()}
_LINK = re.compile(r"https?://\w|www\.\w", re.IGNORECASE)

CHANGES = frozenset((frames.RECALLED, frames.EDITED))
"""Entries after which the message `target` says something else."""


def text_of(media: int, body: Body | RecordItem) -> str:
    """What people would look for: a text, the names of files, people and places, what was forwarded."""
    if media == frames.FILE:
        return body.memo
    if media == frames.RECORD:
        lines = [body.content, *(text_of(item.media, item) for item in body.record)]
        return "\n".join(filter(None, lines))
    return body.content if media in _SAYING else ""


_SAYING = frozenset((frames.TEXT, frames.CARD, frames.LOCATION))


def kinds_of(media: int, body: Body) -> set[str]:
    """The names of the kinds that a message is of."""
    kinds = {_NAMES[media]} if media in _NAMES else set()
    if media == frames.TEXT and _LINK.search(body.content):
        kinds.add(LINK)
    return kinds


def of_kind(kind: str) -> Term:
    return Term(f"_t{kind}")


def of_sender(sender_id: int) -> Term:
    return Term(f"_s{sender_id}")


def doc_of(row: LogRow) -> Doc:
    """What an entry can be found by now; nothing if it was recalled or is no message."""
    if row.media >= frames.NOTICE:
        return Doc(row.id, row.conversation_id, frozenset())
    body = read_body(row.body)
    if body.recalled:
        return Doc(row.id, row.conversation_id, frozenset())
    words = words_of(text_of(row.media, body))
    words.update(of_kind(kind).text for kind in kinds_of(row.media, body))
    words.add(of_sender(row.sender_id).text)
    return Doc(row.id, row.conversation_id, frozenset(words))
