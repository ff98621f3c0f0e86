"""/user: accounts and devices."""

from __future__ import annotations

from typing import Annotated

import msgspec
from flask import Blueprint, Response
from msgspec import Meta

from fastim.protocol import limits, views
from fastim.protocol.frames import Id
from fastim.routes import cookie, respond
from fastim.routes.context import caller, current_actor, parts
from fastim.routes.endpoint import post
from fastim.services.accounts import Changes, Registration
from fastim.services.people import rfc3339

user = Blueprint("user", __name__, url_prefix="/user")

Line = Annotated[str, Meta(max_length=500)]
"""Text whose real limit is told in the person's language; this one stops nonsense."""
Password = Annotated[str, Meta(max_length=limits.PASSWORD_CHARS * 4)]


class Register(msgspec.Struct):
    mobile: Line
    passwd: Password
    nickname: Line = ""
    avatar: Line = ""
    sex: Line = ""
    memo: Line = ""
    invite: Line = ""
    device: Line = ""


class LogIn(msgspec.Struct):
    mobile: Line
    passwd: Password
    device: Line = ""


class DeviceId(msgspec.Struct):
    id: Id


class ChangePassword(msgspec.Struct):
    old: Password
    new: Password


class Update(msgspec.Struct):
    nickname: Line | None = None
    avatar: Line | None = None
    sex: Line | None = None
    memo: Line | None = None
    askfirst: bool | None = None
    lang: Line | None = None


class Find(msgspec.Struct):
    """Whom: by the code of the person's link, else by number, else by id."""

    id: Id = 0
    mobile: Line = ""
    code: Line = ""


class Nickname(msgspec.Struct):
    nickname: Line


def _sign_in(me: views.Me) -> Response:
    """Answer oneself, and give browsers the session as a cookie that no script can read."""
    response = respond.one(me)
    cookie.keep(response, me.token)
    return response


def _sign_out(data: object) -> Response:
    response = respond.one(data)
    cookie.drop(response)
    return response


@post(user, "/register", Register, views.Me, signed_in=False)
def register(args: Register) -> Response:
    """Make an account and sign in; `token` is the session's, for programs and the old pages."""
    fields = msgspec.structs.asdict(args)
    device = fields.pop("device")
    return _sign_in(parts().accounts.register(Registration(**fields), caller(device)))


@post(user, "/login", LogIn, views.Me, signed_in=False)
def login(args: LogIn) -> Response:
    """Sign in."""
    return _sign_in(parts().accounts.log_in(args.mobile, args.passwd, caller(args.device)))


@post(user, "/logout")
def logout(args: object) -> Response:
    """End this session."""
    actor = current_actor()
    parts().sessions.end(actor.user_id, actor.session_id)
    return _sign_out(None)


@post(user, "/logoutall", answer=views.Ended)
def logoutall(args: object) -> Response:
    """End all sessions of this user, this one too."""
    return _sign_out(views.Ended(parts().sessions.end_all(current_actor().user_id)))


@post(user, "/devices", answer=list[views.Device])
def devices(args: object) -> list[views.Device]:
    """Where this user is signed in, the latest used first."""
    actor = current_actor()
    return [
        views.Device(
            id=session.id,
            device=session.device,
            address=session.address,
            createat=rfc3339(session.created_at),
            lastseen=rfc3339(session.seen_at),
            current=session.id == actor.session_id,
        )
        for session in parts().sessions.devices(actor.user_id)
    ]


@post(user, "/enddevice", DeviceId)
def enddevice(args: DeviceId) -> None:
    """Sign one device out; its connections close."""
    parts().sessions.end(current_actor().user_id, args.id)


@post(user, "/password", ChangePassword, views.Ended)
def password(args: ChangePassword) -> views.Ended:
    """Change the password and sign all other devices out."""
    return views.Ended(parts().accounts.change_password(current_actor(), args.old, args.new))


@post(user, "/me", answer=views.Me)
def me(args: object) -> views.Me:
    """Oneself."""
    return parts().accounts.me(current_actor().user_id)


@post(user, "/update", Update, views.Me)
def update(args: Update) -> views.Me:
    """Change one's profile; what is left out stays."""
    return parts().accounts.update(current_actor().user_id, Changes(**msgspec.structs.asdict(args)))


@post(user, "/find", Find, views.User)
def find(args: Find) -> views.User:
    """A person by link, number or id, where the person allows it; strangers are counted."""
    return parts().finding.person(current_actor().user_id, args.id, args.mobile, args.code)


@post(user, "/named", Nickname, list[views.User])
def named(args: Nickname) -> list[views.User]:
    """People of exactly this nickname who let themselves be found by it; counted as searches."""
    return parts().finding.named(current_actor().user_id, args.nickname)
