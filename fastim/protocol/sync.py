"""The answers of sync and history."""

from __future__ import annotations

import msgspec

from fastim.protocol.frames import Entry, Erased, Heard, Kind, TalkSettings

EVERYBODY = 0
"""In place of a user id among those whom a message mentions."""


class ConversationState(msgspec.Struct, kw_only=True):
    """A conversation as its reader stands in it; addressed as frames are."""

    cmd: Kind
    dstid: int
    last_seq: int
    join_seq: int
    """Entries up to here were before the reader's time."""
    read_seq: int
    peer_read_seq: int
    """What the other person has read; 0 for groups."""
    delivered_seq: int = 0
    """What the reader's own devices have received, as far as they said so in single chats."""
    peer_delivered_seq: int = 0
    """What a device of the other person has received; 0 for groups."""
    unread: int
    mentioned: int
    """The newest unread entry that mentions the reader; 0 for none."""
    entries: list[Entry]
    """The newest ones, in the order of seq."""
    gap: bool
    """Older ones exist; history has them."""


class SyncAnswer(msgspec.Struct):
    conversations: list[ConversationState]
    cursor: str
    more: bool
    """Call again with the cursor and the revision at once."""
    revision: int = 0
    """What the reader's settings and erasures were counted up to."""
    settings: tuple[TalkSettings, ...] = ()
    """Those that changed since the revision of the request."""
    erased: tuple[Erased, ...] = ()
    """Those since the revision of the request; without one none, as history leaves them out."""
    heard: tuple[Heard, ...] = ()
    """Voice messages that the reader listened to since the revision; without one the newest of all."""


class HistoryPage(msgspec.Struct):
    entries: list[Entry]
    gap: bool


class Readers(msgspec.Struct):
    """User ids of those who have read a message and of those who have not, without who asks."""

    read: list[int]
    unread: list[int]
    hidden: int = 0
    """How many do not show whether they have."""


class MemberMark(msgspec.Struct):
    """How far a member has read, of what came after it joined."""

    userid: int
    join_seq: int
    read_seq: int


class Reacted(msgspec.Struct):
    """Who put an emoji on a message, in the order of their ids."""

    emoji: str
    users: list[int]


class Version(msgspec.Struct):
    """What a message said from `time` on, in ms."""

    time: int
    content: str


class Favourite(msgspec.Struct):
    """A message that the reader keeps."""

    id: int
    saved: int
    """When, in ms."""
    dstid: int
    """The conversation that it is of, as the reader addresses it."""
    entry: Entry
