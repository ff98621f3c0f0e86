"""/settings: what a person shows, by what one is found, and how one wants to hear of messages."""

from __future__ import annotations

from typing import Annotated

import msgspec
from flask import Blueprint
from msgspec import Meta

from fastim.protocol import views
from fastim.routes.context import current_actor, parts
from fastim.routes.endpoint import post
from fastim.routes.user import Line
from fastim.services import notices as notice_rules
from fastim.services.notices import NoticeChanges
from fastim.services.privacy import PrivacyChanges

settings = Blueprint("settings", __name__, url_prefix="/settings")

Count = Annotated[int, Meta(ge=0, lt=1 << 53)]


class SetPrivacy(msgspec.Struct):
    """What is left out stays."""

    online: bool | None = None
    lastseen: bool | None = None
    receipts: bool | None = None
    adding: Line | None = None
    bynumber: bool | None = None
    bynickname: bool | None = None


class SetNotices(msgspec.Struct):
    """What is left out stays."""

    enabled: bool | None = None
    preview: bool | None = None
    sound: bool | None = None
    pauseduntil: Count | None = None
    quiet: bool | None = None
    quietfrom: Count | None = None
    quietto: Count | None = None
    quietdays: Count | None = None
    zone: Line | None = None


class MakeCode(msgspec.Struct):
    """With `renew` the link and QR code before are worthless."""

    renew: bool = False


@post(settings, "/privacy", SetPrivacy, views.Me)
def privacy(args: SetPrivacy) -> views.Me:
    """Change what one shows, who may add one, and by what one is found."""
    user_id = current_actor().user_id
    parts().privacy.update(user_id, PrivacyChanges(**msgspec.structs.asdict(args)))
    return parts().accounts.me(user_id)


@post(settings, "/notices", SetNotices, views.Me)
def notices(args: SetNotices) -> views.Me:
    """Change when and how one wants to hear of new messages."""
    user_id = current_actor().user_id
    notice_rules.update(parts().bus, user_id, NoticeChanges(**msgspec.structs.asdict(args)))
    return parts().accounts.me(user_id)


@post(settings, "/addcode", MakeCode, views.AddCode)
def addcode(args: MakeCode) -> views.AddCode:
    """The code of one's own link and QR code, made where there is none."""
    return parts().finding.code(current_actor().user_id, args.renew)


@post(settings, "/dropcode")
def dropcode(args: object) -> None:
    """End one's link and QR code."""
    parts().finding.revoke(current_actor().user_id)
