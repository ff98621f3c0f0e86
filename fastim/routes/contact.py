"""/contact: friends and groups."""

from __future__ import annotations

import msgspec
from flask import Blueprint

from fastim.protocol import views
from fastim.protocol.frames import Id
from fastim.routes.context import count_lookup, current_actor, parts
from fastim.routes.endpoint import post
from fastim.routes.user import Line

contact = Blueprint("contact", __name__, url_prefix="/contact")


class AddFriend(msgspec.Struct):
    """Whom: a phone number as `dstname`, or a user id as `dstid`."""

    dstname: Line = ""
    dstid: Id = 0
    note: Line = ""


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
    """An empty name or icon leaves the old one."""

    dstid: Id
    name: Line = ""
    icon: Line = ""
    memo: Line = ""


class JoinCommunity(msgspec.Struct):
    """Which: the group's name as `dstname`, or its id as `dstid`."""

    dstname: Line = ""
    dstid: Id = 0


@post(contact, "/addfriend", AddFriend, views.Added)
def addfriend(args: AddFriend) -> views.Added:
    """Befriend somebody, or ask where they want to be asked first."""
    if args.dstname:
        count_lookup()
    return parts().contacts.add(current_actor().user_id, args.dstname, args.dstid, args.note)


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
    """Give a group another name, picture or description; only its owner may."""
    return parts().communities.update(current_actor().user_id, args.dstid, args.name, args.icon, args.memo)


@post(contact, "/joincommunity", JoinCommunity, views.Community)
def joincommunity(args: JoinCommunity) -> views.Community:
    """Join a group; joining again is a success."""
    return parts().communities.join(current_actor().user_id, args.dstname, args.dstid)


@post(contact, "/loadcommunity", answer=list[views.Community])
def loadcommunity(args: object) -> list[views.Community]:
    """The groups that one is in."""
    return parts().communities.mine(current_actor().user_id)


@post(contact, "/members", Destination, list[views.Member])
def members(args: Destination) -> list[views.Member]:
    """Who is in a group, the owner first."""
    return parts().communities.members(current_actor().user_id, args.dstid)


@post(contact, "/leavecommunity", Destination)
def leavecommunity(args: Destination) -> None:
    """Leave a group; its owner cannot."""
    parts().communities.leave(current_actor().user_id, args.dstid)
