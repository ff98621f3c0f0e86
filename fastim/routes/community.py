"""/community: what goes on within a group, and the ways in."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from flask import Blueprint
from msgspec import Meta

from fastim.models.community import Mode
from fastim.parts import Groups
from fastim.protocol import limits, views
from fastim.protocol.frames import Id
from fastim.routes.contact import Destination
from fastim.routes.context import actor_or_none, caller, count_change, current_actor, parts
from fastim.routes.endpoint import post
from fastim.routes.user import Line

community = Blueprint("community", __name__, url_prefix="/community")

Code = Annotated[str, Meta(max_length=limits.INVITE_CODE_CHARS)]
Seconds = Annotated[int, Meta(ge=0, le=limits.MUTE_SECONDS)]


class AskIn(msgspec.Struct):
    """Which: the group's name as `dstname`, or its id as `dstid`."""

    dstname: Line = ""
    dstid: Id = 0
    note: Line = ""


class OneMember(msgspec.Struct):
    dstid: Id
    memberid: Id


class SetAdmin(msgspec.Struct):
    dstid: Id
    memberid: Id
    admin: bool = True


class MuteOne(msgspec.Struct):
    """For so many seconds from now; 0 lets the member speak again."""

    dstid: Id
    memberid: Id
    seconds: Seconds


class MuteAll(msgspec.Struct):
    """For so many seconds from now; 0 lets everybody speak again."""

    dstid: Id
    seconds: Seconds


class SetMode(msgspec.Struct):
    dstid: Id
    mode: Literal["open", "approve", "invite", "closed"]


class InviteFriends(msgspec.Struct):
    dstid: Id
    friendids: Annotated[list[Id], Meta(min_length=1, max_length=limits.INVITED_AT_ONCE)]


class MakeLink(msgspec.Struct):
    """It works for so many seconds, and for so many people; 0 is without end."""

    dstid: Id
    seconds: Annotated[int, Meta(ge=0, le=limits.LINK_SECONDS)] = 7 * 86400
    most: Annotated[int, Meta(ge=0, le=limits.LINK_USES)] = 0


class LinkId(msgspec.Struct):
    dstid: Id
    id: Id


class ByLink(msgspec.Struct):
    code: Code
    note: Line = ""


class JoinRequestId(msgspec.Struct):
    id: Id


class PutNotice(msgspec.Struct):
    dstid: Id
    text: Annotated[str, Meta(max_length=limits.NOTICE_CHARS * 4)]
    """What is too long for a notice is told in the person's language; this stops nonsense."""


class ReadNotice(msgspec.Struct):
    dstid: Id
    seq: Id


class SetAlias(msgspec.Struct):
    dstid: Id
    alias: Line = ""


def _groups() -> Groups:
    return parts().groups


def _me() -> int:
    return current_actor().user_id


def _changing() -> int:
    """As `_me`, where it makes an entry that all members get.

    Raises:
        TooOften: the user has changed too much.
    """
    count_change()
    return _me()


@post(community, "/alias", SetAlias, str)
def alias(args: SetAlias) -> str:
    """Take another name in a group; an empty one is the usual again."""
    return _groups().members.rename(_changing(), args.dstid, args.alias)


@post(community, "/admin", SetAdmin)
def admin(args: SetAdmin) -> None:
    """Make a member an admin, or (`admin` false) an admin a member again; only the owner may."""
    _groups().roles.set_admin(_changing(), args.dstid, args.memberid, args.admin)


@post(community, "/transfer", OneMember)
def transfer(args: OneMember) -> None:
    """Hand one's group on to a member; one stays as an admin."""
    _groups().roles.transfer(_changing(), args.dstid, args.memberid)


@post(community, "/remove", OneMember)
def remove(args: OneMember) -> None:
    """Send a member away whose role is below one's own."""
    _groups().roles.remove(_changing(), args.dstid, args.memberid)


@post(community, "/mute", MuteOne)
def mute(args: MuteOne) -> None:
    """Let a member not speak for a time; owner and admins may."""
    _groups().mutes.mute(_changing(), args.dstid, args.memberid, args.seconds)


@post(community, "/muteall", MuteAll)
def muteall(args: MuteAll) -> None:
    """Let only owner and admins speak for a time."""
    _groups().mutes.mute_all(_changing(), args.dstid, args.seconds)


@post(community, "/mode", SetMode)
def mode(args: SetMode) -> None:
    """Say how one becomes a member of a group; owner and admins may."""
    parts().communities.set_mode(_changing(), args.dstid, Mode[args.mode.upper()])


@post(community, "/dissolve", Destination)
def dissolve(args: Destination) -> None:
    """End one's group for good: it may be read, and nothing else."""
    parts().communities.dissolve(_me(), args.dstid)


@post(community, "/join", AskIn, views.Joined)
def join(args: AskIn) -> views.Joined:
    """Join a group, or ask its admins where they want to be asked."""
    return parts().communities.join(_changing(), args.dstname, args.dstid, args.note)


@post(community, "/requests", Destination, list[views.JoinRequest])
def requests(args: Destination) -> list[views.JoinRequest]:
    """Who waits to be let into a group that one leads."""
    return _groups().requests.waiting(_me(), args.dstid)


@post(community, "/admit", JoinRequestId)
def admit(args: JoinRequestId) -> None:
    """Let somebody in."""
    _groups().requests.admit(_changing(), args.id)


@post(community, "/turnaway", JoinRequestId)
def turnaway(args: JoinRequestId) -> None:
    """Let somebody not in; they are not told."""
    _groups().requests.turn_away(_me(), args.id)


@post(community, "/invite", InviteFriends, views.Invited)
def invite(args: InviteFriends) -> views.Invited:
    """Bring friends into a group, or ask its admins to let them in."""
    return _groups().invites.invite(_changing(), args.dstid, args.friendids)


@post(community, "/links", Destination, list[views.InviteLink])
def links(args: Destination) -> list[views.InviteLink]:
    """The links into a group that one made; all of them for those who lead it."""
    return _groups().invites.links(_me(), args.dstid)


@post(community, "/makelink", MakeLink, views.InviteLink)
def makelink(args: MakeLink) -> views.InviteLink:
    """Make a link into a group: /join.shtml#CODE, which may be drawn as a QR code."""
    return _groups().invites.make_link(_changing(), args.dstid, args.seconds, args.most)


@post(community, "/revokelink", LinkId)
def revokelink(args: LinkId) -> None:
    """Let a link lead nowhere from now on."""
    _groups().invites.revoke_link(_me(), args.dstid, args.id)


@post(community, "/look", ByLink, views.Invitation, signed_in=False)
def look(args: ByLink) -> views.Invitation:
    """What a link leads to; also for who has no account yet."""
    running = parts()
    actor = actor_or_none()
    if actor is None:
        running.rates.hit(running.settings.address_rate, "invitation", caller().address)
    return running.groups.invites.look(actor.user_id if actor else None, args.code)


@post(community, "/enter", ByLink, views.Joined)
def enter(args: ByLink) -> views.Joined:
    """Join a group by a link, or ask its admins where they want to be asked."""
    return _groups().invites.enter(_changing(), args.code, args.note)


@post(community, "/notice", Destination, views.CommunityNotice)
def notice(args: Destination) -> views.CommunityNotice:
    """A group's notice, and how many have read it."""
    return _groups().notices.find(_me(), args.dstid)


@post(community, "/putnotice", PutNotice)
def putnotice(args: PutNotice) -> None:
    """Put a notice up in a group, or with an empty text take it down; owner and admins may."""
    _groups().notices.put(_changing(), args.dstid, args.text)


@post(community, "/readnotice", ReadNotice)
def readnotice(args: ReadNotice) -> None:
    """Say that one has read a group's notice."""
    _groups().notices.read(_me(), args.dstid, args.seq)
