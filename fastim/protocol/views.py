"""What routes answer: the shapes of people, groups and devices, in the field names of the Go version."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

# What these say is known; told to who reads the schema (the pages' types), and not checked when encoding.
Sex = Annotated[str, Meta(extra_json_schema={"enum": ["M", "W", "U"]})]
Admission = Annotated[str, Meta(extra_json_schema={"enum": ["open", "ask", "nobody"]})]
Lang = Annotated[str, Meta(extra_json_schema={"enum": ["", "zh-CN", "en"]})]
Role = Annotated[str, Meta(extra_json_schema={"enum": ["owner", "admin", "member"]})]
Mode = Annotated[str, Meta(extra_json_schema={"enum": ["open", "approve", "invite", "closed"]})]
Joining = Annotated[str, Meta(extra_json_schema={"enum": ["joined", "requested"]})]
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
    tags: list[str] = []
    """The owner's own labels."""


class Privacy(msgspec.Struct, kw_only=True):
    """What a person shows to whom."""

    online: bool = True
    """To friends; without it they do not see `lastseen` either."""
    lastseen: bool = True
    receipts: bool = True
    """What one has read, and that one is typing. Off, one is not shown those of others either."""
    adding: Admission = "open"
    """Who may become a friend: everybody at once (open), whom I accept (ask), or nobody."""
    bynumber: bool = True
    bynickname: bool = False
    """Off as it is made: a nickname is no secret and not one's own, a list of them is a directory."""


class Notices(msgspec.Struct, kw_only=True):
    """When and how a person wants to hear of new messages; the same on all devices."""

    enabled: bool = True
    preview: bool = True
    """Off, a notice says that something came and not what."""
    sound: bool = True
    pauseduntil: int = 0
    """Do not disturb until then, in ms."""
    quiet: bool = False
    quietfrom: int = 22 * 60
    """Minutes after midnight in `zone`; a time that ends before it begins goes over midnight."""
    quietto: int = 7 * 60
    quietdays: int = 127
    """Bit 0 is Monday: the days on which a quiet time begins."""
    zone: str = ""
    """The IANA name of the time zone; empty is UTC."""


class Me(User, kw_only=True):
    askfirst: bool = False
    """Whoever adds me waits for my answer; the same as `privacy.adding` not being open."""
    lang: Lang = ""
    privacy: Privacy = msgspec.field(default_factory=Privacy)
    notices: Notices = msgspec.field(default_factory=Notices)


class AddCode(msgspec.Struct):
    """What one's link and QR code hold; empty without one. The link is `/add/CODE` of this site."""

    code: str


class Member(User, kw_only=True):
    role: Role = "member"
    alias: str = ""
    """The person's name in this group; empty where it is the nickname."""
    muted: str = ""
    """Until when the member may not speak; RFC 3339, UTC."""


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
    """A group as one of its members sees it."""

    id: int
    name: str
    ownerid: int
    icon: str
    cate: int
    memo: str
    createat: str
    members: int
    role: Role = "member"
    """What one is oneself."""
    alias: str = ""
    """One's own name in this group."""
    mode: Mode = "open"
    allmuted: str = ""
    """Until when only owner and admins may speak; RFC 3339, UTC."""
    muted: str = ""
    """Until when one may not speak oneself."""
    dissolved: str = ""
    """Since when it may only be read."""
    noticeseq: int = 0
    """The entry that told the group's notice; 0 where there is none."""
    noticeread: int = 0
    """The last notice that one has read."""
    waiting: int = 0
    """How many want to be let in; told to owner and admins."""


class Joined(msgspec.Struct, kw_only=True):
    """`state` is joined, with the group, or requested: its admins have been asked."""

    state: Joining
    community: Community | None = None


class Invited(msgspec.Struct):
    """User ids of those who came in, and of those for whom admins have been asked."""

    joined: list[int]
    requested: list[int]


class InviteLink(msgspec.Struct, kw_only=True):
    id: int
    code: str
    """What stands behind # in the address of /join.shtml."""
    maker: int
    createat: str
    expires: str
    """RFC 3339, UTC; empty for never."""
    most: int
    """How many may come in by it; 0 is any number."""
    used: int


class Invitation(msgspec.Struct, kw_only=True):
    """What a link shows of its group to who is not in it."""

    id: int
    name: str
    icon: str
    memo: str
    members: int
    by: str
    """The nickname of who made the link."""
    asks: bool
    """Whether admins must agree first."""
    member: bool
    """One is in the group already."""


class JoinRequest(msgspec.Struct, kw_only=True):
    id: int
    user: User
    inviter: int
    """The member who asked for the person; 0 where it was the person."""
    note: str
    createat: str


class CommunityNotice(msgspec.Struct, kw_only=True):
    seq: int
    author: int
    text: str
    createat: str
    readers: int
    """How many members have read it, of those who show that; 0 for who does not show it either."""
