"""What processes tell each other after a commit. The log is the truth; an event is a hint.

Three are told before it (`fastim.services.transaction` says why): `DoorClosed`, `CommunityArriving`, and
`DoorDoubted` where the commit failed.
"""

from __future__ import annotations

from typing import get_args

import msgspec


class Event(msgspec.Struct, frozen=True, tag=True, array_like=True):
    """The base of all events; the class name is the tag on the bus, where fields are told apart by their
    place: a new one stands last and has a default."""


class FriendsChanged(Event, frozen=True):
    """The friend lists, blocks or remarks of these users changed: access between them too."""

    user_ids: tuple[int, ...]


class RequestsChanged(Event, frozen=True):
    """The friend requests that wait for `user_id` changed."""

    user_id: int


class CommunityJoined(Event, frozen=True):
    community_id: int
    conversation_id: int
    user_id: int


class CommunityLeft(Event, frozen=True):
    community_id: int
    conversation_id: int
    user_id: int


class DoorClosed(Event, frozen=True):
    """From its next entry on `user_id` (0: everybody) may not write to a conversation, nor receive what its
    group is sent."""

    conversation_id: int
    kind: int
    dst_id: int
    """The conversation as `user_id` addresses it."""
    user_id: int
    refusal: str
    """The name of what an attempt is answered with."""


class DoorOpened(Event, frozen=True):
    """`user_id` may write to a conversation again."""

    conversation_id: int
    user_id: int


class CommunityArriving(Event, frozen=True):
    """`user_id` receives what a group is sent after entry `seq`, once that is there."""

    community_id: int
    user_id: int
    seq: int


class DoorDoubted(Event, frozen=True):
    """Whether `user_id` may write and receive has to be asked of the database: a transaction that was to
    change it failed, and perhaps only its answer did."""

    conversation_id: int
    kind: int
    dst_id: int
    user_id: int


class ViewDoubted(Event, frozen=True):
    """What these users' devices are shown may differ from what is stored: they come back and sync.
    Told within one process."""

    user_ids: tuple[int, ...]


class CommunityChanged(Event, frozen=True):
    """A group has another name, picture or description."""

    community_id: int


class RolesChanged(Event, frozen=True):
    """These members of a group may do more there, or less."""

    community_id: int
    user_ids: tuple[int, ...]


class FloorChanged(Event, frozen=True):
    """Somebody, or everybody, was muted in a group or may speak again; or it was dissolved."""

    community_id: int


class ProfileChanged(Event, frozen=True):
    user_id: int


class StickersChanged(Event, frozen=True):
    """A user keeps other stickers than before."""

    user_id: int


class PrivacyChanged(Event, frozen=True):
    """What `user_id` shows from now on."""

    user_id: int
    online: bool
    lastseen: bool
    receipts: bool


class SessionsEnded(Event, frozen=True):
    """These sessions are over; their connections close with 4501."""

    user_id: int
    session_ids: tuple[int, ...]


class DevicesChanged(Event, frozen=True):
    """What a user is connected with at one process, from now on."""

    user_id: int
    process: str
    devices: tuple[str, ...]


class EntryAdded(Event, frozen=True, gc=False):
    """A log entry was committed. `frame` is what every receiver is sent, encoded once."""

    conversation_id: int
    kind: int
    sender_id: int
    dst_id: int
    seq: int
    media: int
    frame: bytes
    origin: str = ""
    """The connection that sent it, which gets the ack instead."""


class MarkMoved(Event, frozen=True):
    """`user_id` has read a conversation up to `seq`, which is news."""

    conversation_id: int
    kind: int
    user_id: int
    dst_id: int
    """The conversation as `user_id` addresses it."""
    seq: int
    is_shared: bool = True
    """Whether others may know."""
    origin: str = ""
    """The connection that said so."""


class MarkDelivered(MarkMoved, frozen=True):
    """A device of `user_id` has received a single conversation up to `seq`, which is news."""


class Signal(Event, frozen=True):
    """A frame that is not stored for the devices of these users."""

    user_ids: tuple[int, ...]
    frame: bytes
    origin: str = ""
    topic: str = ""
    """What is worth nothing later has one (presence, typing): only the last frame of a topic counts, and it
    is dropped first. Without one it is delivered as an entry is."""


class CommunitySignal(Event, frozen=True):
    """A frame that is not stored, for the members of a group."""

    community_id: int
    frame: bytes
    origin: str = ""
    receipt: bool = False
    """Not for those who switched receipts off."""
    topic: str = ""
    """As a `Signal`'s."""


Any = (
    FriendsChanged
    | RequestsChanged
    | CommunityJoined
    | CommunityLeft
    | CommunityArriving
    | DoorClosed
    | DoorOpened
    | DoorDoubted
    | ViewDoubted
    | CommunityChanged
    | RolesChanged
    | FloorChanged
    | ProfileChanged
    | StickersChanged
    | PrivacyChanged
    | SessionsEnded
    | DevicesChanged
    | EntryAdded
    | MarkMoved
    | MarkDelivered
    | Signal
    | CommunitySignal
)

KINDS: tuple[type[Event], ...] = get_args(Any)
"""All of them."""
