"""The frames of the chat socket: one JSON object each, `cmd` says which.

The shapes of cmd 0, 10 and 11 are the Go version's; docs/protocol.md has an example of every frame.
"""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from fastim.protocol import limits

HEARTBEAT = 0
SINGLE = 10
GROUP = 11
ACK = 12
REFUSAL = 13
READ = 14
TYPING = 15
PRESENCE = 16
CHANGED = 17
RECALL = 19
EDIT = 20
REACT = 21
TALK_SET = 22
ERASED = 23

TEXT = 1
VOICE = 3
PICTURE = 4
FILE = 5
VIDEO = 8
CARD = 9
LOCATION = 10
NOTICE = 20
"""From here up an entry is no message: clients may not send it, and nobody has to read it."""
RECALLED = 21
EDITED = 22
REACTED = 23
"""These three change the entry `target`."""

CARD_PERSON = "person"
CARD_GROUP = "group"
"""What the `memo` of a card says of its target."""

SENDABLE_MEDIA = frozenset((TEXT, VOICE, PICTURE, FILE, VIDEO, CARD, LOCATION))
OLD_MEDIA = frozenset((TEXT, VOICE, PICTURE))
"""What the Go version's pages show; they get the others as a text."""

Id = Annotated[int, Meta(ge=0, lt=1 << 53)]
Text = Annotated[str, Meta(max_length=limits.TEXT_CHARS)]
Url = Annotated[str, Meta(max_length=limits.URL_CHARS)]
Memo = Annotated[str, Meta(max_length=limits.MEMO_CHARS)]
MsgId = Annotated[str, Meta(max_length=limits.MSGID_CHARS)]

# Told to who reads the schema (the pages' types); decoding takes any number, and access refuses the others.
Kind = Annotated[int, Meta(extra_json_schema={"enum": [SINGLE, GROUP]})]
What = Annotated[
    str, Meta(extra_json_schema={"enum": ["friends", "requests", "communities", "me", "stickers"]})
]


# Client to server.


class Heartbeat(msgspec.Struct, tag_field="cmd", tag=HEARTBEAT):
    """I am still here."""


class Send(msgspec.Struct, tag_field="cmd"):
    """A message. Unknown fields are ignored; empty ones may be left out."""

    dstid: Id
    userid: Id = 0
    media: int = TEXT
    content: Text = ""
    pic: Url = ""
    url: Url = ""
    memo: Memo = ""
    amount: Id = 0
    msgid: MsgId = ""


class SendSingle(Send, tag=SINGLE):
    """To the person `dstid`."""


class SendGroup(Send, tag=GROUP):
    """To the group `dstid`."""


class MarkRead(msgspec.Struct, tag_field="cmd", tag=READ):
    """I have read the conversation up to `seq`."""

    kind: Kind
    dstid: Id
    seq: Id


class Typing(msgspec.Struct, tag_field="cmd", tag=TYPING):
    """I am writing; said again every 5 s while it lasts, forgotten after 8 s."""

    kind: Kind
    dstid: Id


class Amendment(msgspec.Struct, tag_field="cmd"):
    """Something that becomes of message `seq` of a conversation; acknowledged as a message is."""

    kind: Kind
    dstid: Id
    seq: Id
    msgid: MsgId = ""


class Recall(Amendment, tag=RECALL):
    """Take the message back."""


class Edit(Amendment, tag=EDIT):
    """Let it say something else."""

    content: Text = ""


class React(Amendment, tag=REACT):
    """Put an emoji on it, or (`on` false) take one's own away."""

    emoji: Annotated[str, Meta(max_length=limits.EMOJI_CHARS)] = ""
    on: bool = True


ClientFrame = Heartbeat | SendSingle | SendGroup | MarkRead | Typing | Recall | Edit | React


# Server to client.


class Body(msgspec.Struct, omit_defaults=True):
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


class Reaction(msgspec.Struct):
    """How many people put one emoji on a message, and whether the reader is among them."""

    emoji: str
    count: int
    mine: bool


class Entry(msgspec.Struct, omit_defaults=True, kw_only=True):
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


class Ack(msgspec.Struct, tag_field="cmd", tag=ACK):
    """The message `msgid` is stored; sent after the commit, to the connection that sent it."""

    msgid: str
    id: int
    seq: int
    dstid: int
    time: int


class Refusal(msgspec.Struct, tag_field="cmd", tag=REFUSAL, omit_defaults=True):
    """A frame was not accepted; `error` is stable, `msg` is for people."""

    error: str
    msg: str
    msgid: str = ""
    retry_after: float = 0.0


class Pulse(msgspec.Struct, tag_field="cmd", tag=HEARTBEAT):
    """The answer to a heartbeat."""

    time: int


class WasRead(msgspec.Struct, tag_field="cmd", tag=READ):
    """`userid` has read up to `seq`; `dstid` is as this receiver addresses the conversation."""

    kind: Kind
    userid: int
    dstid: int
    seq: int


class IsTyping(msgspec.Struct, tag_field="cmd", tag=TYPING):
    kind: Kind
    userid: int
    dstid: int


class Presence(msgspec.Struct, tag_field="cmd", tag=PRESENCE):
    """A friend came (online 1), went (0; `time` is when), or is now at other devices."""

    userid: int
    online: int
    time: int
    devices: tuple[str, ...] = ()
    """phone, desktop, program: what the friend is connected with."""


class Changed(msgspec.Struct, tag_field="cmd", tag=CHANGED):
    """Load `what` again: friends, requests, communities, me or stickers."""

    what: What


class TalkSettings(msgspec.Struct, kw_only=True, omit_defaults=True):
    """How the reader wants a conversation in the list."""

    cmd: Kind
    dstid: int
    revision: int
    """Grows by one with whatever the reader changes of such things, in any conversation."""
    pinned: int = 0
    """When it was pinned on top, in ms."""
    muted: bool = False
    archived: bool = False
    unread: bool = False
    """Marked as unread by hand."""
    hidden: int = 0
    """Not in the list until a message comes whose seq is higher."""
    draft: str = ""
    reply: int = 0
    """The seq of the message that the draft answers."""


class TalkSet(msgspec.Struct, tag_field="cmd", tag=TALK_SET):
    """The settings of a conversation changed, at this device or another of the same person."""

    settings: TalkSettings


class Erased(msgspec.Struct, tag_field="cmd", tag=ERASED):
    """The reader deleted messages for themself, at this device or another."""

    kind: Kind
    dstid: int
    seqs: tuple[int, ...]
    revision: int
