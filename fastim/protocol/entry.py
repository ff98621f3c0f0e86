"""An entry of a conversation's log: how it is stored, and how it is delivered."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

# Nothing here can be part of a cycle, so the garbage collector is spared the work (gc=False).

# The cmd of messages to a person and to a group. Told to who reads the schema (the pages' types); decoding
# takes any number, and access refuses the others.
Kind = Annotated[int, Meta(extra_json_schema={"enum": [10, 11]})]


class RecordItem(msgspec.Struct, omit_defaults=True, kw_only=True, gc=False):
    """A message as it was when somebody forwarded it in a record."""

    userid: int
    name: str
    time: int
    media: int
    content: str = ""
    pic: str = ""
    url: str = ""
    memo: str = ""
    amount: int = 0
    record: tuple[RecordItem, ...] = ()


class Body(msgspec.Struct, omit_defaults=True, gc=False):
    """What an entry says, and what became of it; stored."""

    content: str = ""
    pic: str = ""
    url: str = ""
    memo: str = ""
    amount: int = 0
    target: int = 0
    rev: int = 0
    edited: int = 0
    recalled: int = 0
    reacted: bool = False
    reply: int = 0
    at: tuple[int, ...] = ()
    pinned: bool = False
    record: tuple[RecordItem, ...] = ()


class Reaction(msgspec.Struct):
    """How many people put one emoji on a message, and whether the reader is among them."""

    emoji: str
    count: int
    mine: bool


class Entry(msgspec.Struct, omit_defaults=True, kw_only=True, gc=False):
    """A committed entry of a conversation's log, live and in history alike."""

    id: int
    seq: int
    time: int
    """The server's clock in ms, for people to read; order is `seq`."""
    userid: int
    cmd: Kind
    dstid: int
    media: int
    content: str = ""
    pic: str = ""
    url: str = ""
    memo: str = ""
    amount: int = 0
    msgid: str = ""
    target: int = 0
    """The seq of the message that a recall, an edit or a reaction changes."""
    rev: int = 0
    """The seq of the last of those that this message shows already."""
    edited: int = 0
    """When it was edited last, in ms."""
    recalled: int = 0
    """Who took it back; it says nothing any more."""
    reactions: tuple[Reaction, ...] = ()
    reply: int = 0
    """The seq of the message that it answers."""
    at: tuple[int, ...] = ()
    """Who is mentioned; 0 is everybody."""
    pinned: bool = False
    record: tuple[RecordItem, ...] = ()
    """What a message of media 11 consists of, in the order of its time."""
