"""The frames of the chat socket: one JSON object each, `cmd` says which.

The shapes of cmd 0, 10 and 11 are the Go version's; docs/protocol.md has an example of every frame.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from fastim.protocol import entry, limits

Body = entry.Body
Entry = entry.Entry
Kind = entry.Kind
Reaction = entry.Reaction
RecordItem = entry.RecordItem

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
PLAYED = 28
DELIVERED = 26
PIN = 24
FORWARD = 25
ATTEND = 40

TEXT = 1
VOICE = 3
PICTURE = 4
FILE = 5
VIDEO = 8
CARD = 9
LOCATION = 10
RECORD = 11
"""Messages of another conversation; the server puts them together, so nobody can make them up."""
NOTICE = 20
"""From here up an entry is no message: clients may not send it, and nobody has to read it."""
RECALLED = 21
EDITED = 22
REACTED = 23
PINNED = 24
"""These four change the entry `target`."""

CARD_PERSON = "person"
CARD_GROUP = "group"
"""What the `memo` of a card says of its target."""

SENDABLE_MEDIA = frozenset((TEXT, VOICE, PICTURE, FILE, VIDEO, CARD, LOCATION))
OLD_MEDIA = frozenset((TEXT, VOICE, PICTURE))
"""What the Go version's pages show; they get the others as a text."""

Id = Annotated[int, msgspec.Meta(ge=0, lt=1 << 53)]
Text = Annotated[str, msgspec.Meta(max_length=limits.TEXT_CHARS)]
Url = Annotated[str, msgspec.Meta(max_length=limits.URL_CHARS)]
Memo = Annotated[str, msgspec.Meta(max_length=limits.MEMO_CHARS)]
MsgId = Annotated[str, msgspec.Meta(max_length=limits.MSGID_CHARS)]
Mentioned = Annotated[tuple[Id, ...], msgspec.Meta(max_length=limits.MENTIONS)]

What = Annotated[
    str,
    msgspec.Meta(
        extra_json_schema={"enum": ["friends", "requests", "communities", "me", "stickers", "favourites"]}
    ),
]


# Client to server.


class Heartbeat(msgspec.Struct, tag_field="cmd", tag=HEARTBEAT):
    """I am still here."""


class Send(msgspec.Struct, tag_field="cmd", gc=False):
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
    reply: Id = 0
    """The seq of the message of the same conversation that this one answers."""
    at: Mentioned = ()
    """Who is mentioned, by user id; 0 is everybody, which a group's owner and admins may say."""


class SendSingle(Send, tag=SINGLE):
    """To the person `dstid`."""


class SendGroup(Send, tag=GROUP):
    """To the group `dstid`."""


class MarkRead(msgspec.Struct, tag_field="cmd", tag=READ):
    """I have read the conversation up to `seq`."""

    kind: Kind
    dstid: Id
    seq: Id


class MarkDelivered(msgspec.Struct, tag_field="cmd", tag=DELIVERED):
    """A device of mine has the conversation with the person `dstid` up to `seq`."""

    dstid: Id
    seq: Id


class Typing(msgspec.Struct, tag_field="cmd", tag=TYPING):
    """I am writing; said again every 5 s while it lasts, forgotten after 8 s."""

    kind: Kind
    dstid: Id


class Attend(msgspec.Struct, tag_field="cmd", tag=ATTEND):
    """Somebody looks at this connection's page (`on`), or no more; meanwhile push wakes no device."""

    on: bool


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

    emoji: Annotated[str, msgspec.Meta(max_length=limits.EMOJI_CHARS)] = ""
    on: bool = True


class Pin(Amendment, tag=PIN):
    """Keep the message at hand for everybody, or (`on` false) no longer."""

    on: bool = True


class Forward(msgspec.Struct, tag_field="cmd", tag=FORWARD):
    """Say in (`kind`, `dstid`) what was said in (`from_kind`, `from_id`): one, or a record of many."""

    kind: Kind
    dstid: Id
    from_kind: Kind
    from_id: Id
    seqs: Annotated[tuple[Id, ...], msgspec.Meta(min_length=1, max_length=limits.FORWARDED_AT_ONCE)]
    merged: bool = False
    """As a record, even where it is one message."""
    msgid: MsgId = ""


Mark = MarkRead | MarkDelivered
Sign = Heartbeat | Typing | Attend
ClientFrame = SendSingle | SendGroup | Recall | Edit | React | Pin | Forward | Mark | Sign


# Server to client.


class Ack(msgspec.Struct, tag_field="cmd", tag=ACK, gc=False):
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


class WasDelivered(msgspec.Struct, tag_field="cmd", tag=DELIVERED):
    """A device of the person `dstid` has received the conversation up to `seq`."""

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
    """Load `what` again: friends, requests, communities, me, stickers or favourites."""

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
    written: int = 0
    """When the draft was written, in ms; one that was written before does not take its place."""


class TalkSet(msgspec.Struct, tag_field="cmd", tag=TALK_SET):
    """The settings of a conversation changed, at this device or another of the same person."""

    settings: TalkSettings


class Erased(msgspec.Struct, tag_field="cmd", tag=ERASED):
    """The reader deleted messages for themself, at this device or another."""

    kind: Kind
    dstid: int
    seqs: tuple[int, ...]
    revision: int


class Heard(msgspec.Struct, tag_field="cmd", tag=PLAYED):
    """The reader has listened to these voice messages, at this device or another."""

    kind: Kind
    dstid: int
    seqs: tuple[int, ...]
    revision: int
