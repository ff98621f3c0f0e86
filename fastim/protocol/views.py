"""What routes answer: the shapes of people, groups and devices, in the field names of the Go version."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

# What these say is known; told to who reads the schema (the pages' types), and not checked when encoding.
Sex = Annotated[str, Meta(extra_json_schema={"enum": ["M", "W", "U"]})]
Lang = Annotated[str, Meta(extra_json_schema={"enum": ["", "zh-CN", "en"]})]
Role = Annotated[str, Meta(extra_json_schema={"enum": ["owner", "admin", "member"]})]
Adding = Annotated[str, Meta(extra_json_schema={"enum": ["added", "requested"]})]

CardOf = Annotated[str, Meta(extra_json_schema={"enum": ["person", "group"]})]


class User(msgspec.Struct, kw_only=True):
    """A person as somebody else sees them."""

    id: int
    mobile: str = ""
    """Empty except for oneself and for friends."""
    avatar: str = ""
    sex: Sex = "U"
    nickname: str = ""
    online: int = 0
    devices: tuple[str, ...] = ()
    """phone, desktop, program: what the person is connected with."""
    token: str = ""
    """Only in the answer to one's own registration or log-in."""
    memo: str = ""
    createat: str = ""
    """RFC 3339, UTC."""
    lastseen: str = ""
    """When a friend's last connection ended; RFC 3339, UTC. Empty for others, and before the first time."""


class Friend(User, kw_only=True):
    remark: str = ""
    blocked: bool = False


class Me(User, kw_only=True):
    askfirst: bool = False
    """Whoever adds me waits for my answer."""
    lang: Lang = ""


class Member(User, kw_only=True):
    role: Role = "member"


class FriendRequest(msgspec.Struct, kw_only=True):
    id: int
    user: User
    note: str
    createat: str


class Added(msgspec.Struct, kw_only=True):
    """What became of adding somebody."""

    state: Adding
    friend: User


class Device(msgspec.Struct, kw_only=True):
    id: int
    device: str
    address: str
    createat: str
    lastseen: str
    current: bool


class Card(msgspec.Struct):
    """Whom or what a name card shows, to somebody who was sent it."""

    of: CardOf
    id: int
    name: str
    picture: str
    memo: str
    members: int
    """Of a group; 0 for a person."""
    known: bool
    """A friend of the reader's, a group that they are in, or themself."""


class Sticker(msgspec.Struct):
    """A picture that somebody keeps among their stickers; sizes in pixels."""

    url: str
    width: int
    height: int


class Ended(msgspec.Struct):
    """How many sessions were ended."""

    ended: int


class Community(msgspec.Struct, kw_only=True):
    id: int
    name: str
    ownerid: int
    icon: str
    cate: int
    memo: str
    createat: str
    members: int
