"""/contact: friends and groups."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from flask import Blueprint, Response
from msgspec import Meta

from fastim.errors import Refused
from fastim.protocol import limits, views
from fastim.protocol.frames import Id
from fastim.routes import respond
from fastim.routes.context import count_change, current_actor, parts
from fastim.routes.endpoint import post
from fastim.routes.user import Line
from fastim.services.community_members import Wanted

contact = Blueprint("contact", __name__, url_prefix="/contact")


class AddFriend(msgspec.Struct):
    """Whom: the code of the person's link, a phone number as `dstname`, or a user id as `dstid`."""

    dstname: Line = ""
    dstid: Id = 0
    code: Line = ""
    note: Line = ""


class SetTags(msgspec.Struct):
    """All labels that a friend is to have."""

    dstid: Id
    tags: Annotated[list[Line], Meta(max_length=limits.TAGS_OF_FRIEND * 2)] = []


class RenameTag(msgspec.Struct):
    tag: Line
    name: Line


class TagName(msgspec.Struct):
    tag: Line


class RequestId(msgspec.Struct):
    id: Id


class Remark(msgspec.Struct):
    dstid: Id
    remark: Line = ""


class Destination(msgspec.Struct):
    dstid: Id


class BlockUser(msgspec.Struct):
    dstid: Id
    blocked: bool = True


class CreateCommunity(msgspec.Struct):
    name: Line = ""
    icon: Line = ""
    cate: int = 0
    memo: Line = ""


class UpdateCommunity(msgspec.Struct):
    """What is left out stays, and an empty name or icon too."""

    dstid: Id
    name: Line = ""
    icon: Line = ""
    memo: Line | None = None


class JoinCommunity(msgspec.Struct):
    """Which: the group's name as `dstname`, or its id as `dstid`."""

    dstname: Line = ""
    dstid: Id = 0


class FindMembers(msgspec.Struct):
    """Which members: by part of a name, by ids, by page; `seq` is the notice that `only` asks about."""

    dstid: Id
    query: Line = ""
    ids: Annotated[list[Id], Meta(max_length=limits.MEMBERS_NAMED)] = []
    after: Annotated[str, Meta(max_length=40)] = ""
    limit: Annotated[int, Meta(ge=1, le=limits.MEMBERS_MOST)] = limits.MEMBERS_PAGE
    only: Literal["", "leaders", "muted", "read", "unread"] = ""
    seq: Id = 0


@post(contact, "/addfriend", AddFriend, views.Added)
def addfriend(args: AddFriend) -> views.Added:
    """Befriend somebody, or ask where they want to be asked first."""
    return parts().contacts.add(current_actor().user_id, args.dstname, args.dstid, args.note, args.code)


@post(contact, "/loadfriend", answer=list[views.Friend])
def loadfriend(args: object) -> list[views.Friend]:
    """One's friends, with who is online."""
    return parts().contacts.friends(current_actor().user_id)


@post(contact, "/requests", answer=list[views.FriendRequest])
def requests(args: object) -> list[views.FriendRequest]:
    """Friend requests that wait for one's answer."""
    return parts().contacts.requests(current_actor().user_id)


@post(contact, "/accept", RequestId, views.User)
def accept(args: RequestId) -> views.User:
    """Accept a friend request."""
    return parts().contacts.accept(current_actor().user_id, args.id)


@post(contact, "/decline", RequestId)
def decline(args: RequestId) -> None:
    """Decline a friend request; who asked is not told."""
    parts().contacts.decline(current_actor().user_id, args.id)


@post(contact, "/remark", Remark)
def remark(args: Remark) -> None:
    """Give a friend a name of one's own."""
    parts().contacts.remark(current_actor().user_id, args.dstid, args.remark)


@post(contact, "/tags", SetTags, list[str])
def tags(args: SetTags) -> list[str]:
    """Put labels of one's own on a friend, in place of those before; they, as they are stored."""
    return parts().tags.set(current_actor().user_id, args.dstid, args.tags)


@post(contact, "/renametag", RenameTag)
def renametag(args: RenameTag) -> None:
    """Give a label another name, on all friends."""
    parts().tags.rename(current_actor().user_id, args.tag, args.name)


@post(contact, "/droptag", TagName)
def droptag(args: TagName) -> None:
    """Take a label off all friends."""
    parts().tags.drop(current_actor().user_id, args.tag)


@post(contact, "/deletefriend", Destination)
def deletefriend(args: Destination) -> None:
    """End a friendship, for both."""
    parts().contacts.delete(current_actor().user_id, args.dstid)


@post(contact, "/block", BlockUser)
def block(args: BlockUser) -> None:
    """Take nothing more from somebody, or (`blocked` false) take it again."""
    parts().contacts.block(current_actor().user_id, args.dstid, args.blocked)


@post(contact, "/blocked", answer=list[views.User])
def blocked(args: object) -> list[views.User]:
    """Whom one has blocked."""
    return parts().contacts.blocked(current_actor().user_id)


@post(contact, "/createcommunity", CreateCommunity, views.Community)
def createcommunity(args: CreateCommunity) -> views.Community:
    """Make a group; one owns it and is its first member."""
    return parts().communities.create(current_actor().user_id, args.name, args.icon, args.cate, args.memo)


@post(contact, "/updatecommunity", UpdateCommunity, views.Community)
def updatecommunity(args: UpdateCommunity) -> views.Community:
    """Give a group another name, picture or description; its owner and admins may."""
    count_change()
    return parts().communities.update(current_actor().user_id, args.dstid, args.name, args.icon, args.memo)


@post(contact, "/joincommunity", JoinCommunity, views.Community)
def joincommunity(args: JoinCommunity) -> views.Community:
    """Join an open group; joining again is a success. Of others, see /community/join."""
    count_change()
    joined = parts().communities.join(current_actor().user_id, args.dstname, args.dstid)
    if joined.community is None:
        raise Refused("join_requested")
    return joined.community


@post(contact, "/loadcommunity", answer=list[views.Community])
def loadcommunity(args: object) -> list[views.Community]:
    """The groups that one is in."""
    return parts().communities.mine(current_actor().user_id)


@post(contact, "/members", FindMembers, list[views.Member], beside={"next": str})
def members(args: FindMembers) -> Response:
    """Who is in a group: its owner, admins, then as they came; `next` in the envelope is for `after`."""
    fields = msgspec.structs.asdict(args)
    dst_id = fields.pop("dstid")
    page = parts().groups.members.page(current_actor().user_id, dst_id, Wanted(**fields))
    return respond.many(page.rows, next=page.next)


@post(contact, "/leavecommunity", Destination)
def leavecommunity(args: Destination) -> None:
    """Leave a group; its owner hands it on or dissolves it first."""
    count_change()
    parts().communities.leave(current_actor().user_id, args.dstid)
