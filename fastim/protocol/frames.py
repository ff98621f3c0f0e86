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
HELLO = 18

TEXT = 1
VOICE = 3
PICTURE = 4
FILE = 5
NOTICE = 20
"""From here up an entry is the server's own (somebody joined): clients may not send it."""

SENDABLE_MEDIA = frozenset((TEXT, VOICE, PICTURE, FILE))

Id = Annotated[int, Meta(ge=0, lt=1 << 53)]
Text = Annotated[str, Meta(max_length=limits.TEXT_CHARS)]
Url = Annotated[str, Meta(max_length=limits.URL_CHARS)]
Memo = Annotated[str, Meta(max_length=limits.MEMO_CHARS)]
MsgId = Annotated[str, Meta(max_length=limits.MSGID_CHARS)]


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

    kind: int
    dstid: Id
    seq: Id


class Typing(msgspec.Struct, tag_field="cmd", tag=TYPING):
    """I am writing; said again every 5 s while it lasts, forgotten after 8 s."""

    kind: int
    dstid: Id


ClientFrame = Heartbeat | SendSingle | SendGroup | MarkRead | Typing


# Server to client.


class Body(msgspec.Struct, omit_defaults=True):
    """What a message says; stored as it is sent."""

    content: str = ""
    pic: str = ""
    url: str = ""
    memo: str = ""
    amount: int = 0


class Entry(msgspec.Struct, omit_defaults=True, kw_only=True):
    """A committed entry of a conversation's log, live and in history alike."""

    id: int
    seq: int
    time: int
    """The server's clock in ms, for people to read; order is `seq`."""
    userid: int
    cmd: int
    dstid: int
    media: int
    content: str = ""
    pic: str = ""
    url: str = ""
    memo: str = ""
    amount: int = 0
    msgid: str = ""


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

    kind: int
    userid: int
    dstid: int
    seq: int


class IsTyping(msgspec.Struct, tag_field="cmd", tag=TYPING):
    kind: int
    userid: int
    dstid: int


class Presence(msgspec.Struct, tag_field="cmd", tag=PRESENCE):
    """A friend came (online 1) or went (0)."""

    userid: int
    online: int
    time: int


class Changed(msgspec.Struct, tag_field="cmd", tag=CHANGED):
    """Load `what` again: friends, requests, communities or me."""

    what: str


class Limits(msgspec.Struct):
    """What the server allows, so that clients need not guess."""

    file_bytes: int
    picture_bytes: int
    text_chars: int = limits.TEXT_CHARS
    frame_bytes: int = limits.FRAME_BYTES
    msgid_chars: int = limits.MSGID_CHARS
    heartbeat_seconds: int = limits.PING_SECONDS
    dead_seconds: int = limits.DEAD_SECONDS
    history_page: int = limits.HISTORY_PAGE
    history_max: int = limits.HISTORY_MOST


class Hello(msgspec.Struct, tag_field="cmd", tag=HELLO):
    """The first frame of a fastim.v2 connection."""

    connection: str
    userid: int
    time: int
    limits: Limits
