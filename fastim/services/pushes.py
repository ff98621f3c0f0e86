"""Browsers that want to be told while none of their pages is open, and what they are told."""

from __future__ import annotations

import base64
import binascii
import hashlib
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import msgspec
from sqlalchemy import and_, delete, exists, select
from sqlalchemy.orm import aliased

from fastim.backends import push
from fastim.backends.bus import Bus
from fastim.errors import BadRequest
from fastim.models import Block, Contact, Conversation, NoticeRules, PushSubscription, User, db
from fastim.models.contact import COMMUNITY, PERSON
from fastim.models.personal import TalkSetting
from fastim.protocol import frames, limits, views
from fastim.protocol.entry import Entry
from fastim.services import notices
from fastim.services.group_names import GroupNames
from fastim.services.profiles import Profiles
from fastim.services.sessions import Actor
from fastim.services.transaction import transaction

_POINT_BYTES = 65
_AUTH_BYTES = 16
_HIDDEN = ("你有一条新消息", "You have a new message")
_WORDS: dict[int, tuple[str, str]] = {
    frames.VOICE: ("[语音]", "[Voice message]"),
    frames.PICTURE: ("[图片]", "[Picture]"),
    frames.FILE: ("[文件]", "[File]"),
    frames.VIDEO: ("[视频]", "[Video]"),
    frames.CARD: ("[名片]", "[Card]"),
    frames.LOCATION: ("[位置]", "[Location]"),
    frames.RECORD: ("[聊天记录]", "[Chat history]"),
}


class Payload(msgspec.Struct, omit_defaults=True):
    """What the service worker shows; `key` is the conversation as its receiver addresses it: "10:8"."""

    key: str
    title: str
    body: str
    time: int


@dataclass(frozen=True)
class Due:
    """One push that is to be sent."""

    id: int
    to: push.Subscription
    payload: bytes


class Pushes:
    """Needs an app context."""

    def __init__(self, bus: Bus, profiles: Profiles, group_names: GroupNames) -> None:
        self._bus = bus
        self._profiles = profiles
        self._group_names = group_names

    def subscribe(self, actor: Actor, endpoint: str, p256dh: str, auth: str) -> None:
        """Tell this browser from now on; it ends with the session. Who had it before, it tells no more.

        Raises:
            BadRequest: an endpoint or a key that cannot be.
        """
        _check(endpoint, p256dh, auth)
        hashed = _hash(endpoint)
        with transaction(self._bus):
            db.session.get_one(User, actor.user_id, with_for_update=True)  # one's own devices take turns
            db.session.execute(delete(PushSubscription).where(PushSubscription.endpoint_hash == hashed))
            mine = select(PushSubscription.id).where(PushSubscription.user_id == actor.user_id)
            older = mine.order_by(PushSubscription.id.desc()).offset(limits.PUSHES_PER_USER - 1).limit(1000)
            crowd = list(db.session.scalars(older))
            db.session.execute(delete(PushSubscription).where(PushSubscription.id.in_(crowd)))
            db.session.add(
                PushSubscription(
                    user_id=actor.user_id,
                    session_id=actor.session_id,
                    endpoint_hash=hashed,
                    endpoint=endpoint,
                    p256dh=p256dh,
                    auth=auth,
                )
            )

    def unsubscribe(self, actor_id: int, endpoint: str) -> None:
        """Tell that browser no more; one that is not the actor's is left alone."""
        with transaction(self._bus):
            db.session.execute(
                delete(PushSubscription).where(
                    PushSubscription.endpoint_hash == _hash(endpoint), PushSubscription.user_id == actor_id
                )
            )

    def drop(self, ids: Collection[int]) -> None:
        """Forget what push services know no more."""
        with transaction(self._bus):
            db.session.execute(delete(PushSubscription).where(PushSubscription.id.in_(ids)))

    def due(self, entry: Entry, is_attending: Callable[[int], bool]) -> list[Due]:
        """Who is to be told of a message: not its sender, nor who looks at a page, nor who wants quiet.

        Args:
            is_attending: whether a user looks at one of their pages now.
        """
        now_ms = time.time_ns() // 1_000_000
        found = [row for row in self._listeners(entry) if not is_attending(row[0].user_id)]
        if not found:
            return []
        name, group = self._names(entry)
        dues = []
        for row, rules, lang, remark, muted in found:
            wanted = views.Notices() if rules is None else notices.view(rules)
            is_meant = row.user_id in entry.at or 0 in entry.at
            if (muted and not is_meant) or notices.is_silent(wanted, now_ms):
                continue
            payload = _payload(entry, remark or name, group, lang, wanted.preview)
            to = push.Subscription(row.endpoint, _unb64(row.p256dh), _unb64(row.auth))
            dues.append(Due(row.id, to, payload))
        return dues

    def _listeners(
        self, entry: Entry
    ) -> Sequence[tuple[PushSubscription, NoticeRules | None, str, str | None, bool | None]]:
        """Subscriptions of those who receive the entry, with their rules, their language, their name for
        the sender, and whether they muted the conversation."""
        sender = aliased(Contact)
        low, high = sorted((entry.userid, entry.dstid)) if entry.cmd == frames.SINGLE else (entry.dstid, 0)
        talk = (
            select(Conversation.id)
            .where(Conversation.kind == entry.cmd, Conversation.low_id == low, Conversation.high_id == high)
            .scalar_subquery()
        )
        blocked = exists().where(
            Block.owner_id == PushSubscription.user_id, Block.blocked_id == entry.userid
        )
        query = (
            select(PushSubscription, NoticeRules, User.lang, sender.memo, TalkSetting.muted)
            .join(User, User.id == PushSubscription.user_id)
            .outerjoin(NoticeRules, NoticeRules.user_id == User.id)
            .outerjoin(
                sender,
                and_(sender.ownerid == User.id, sender.cate == PERSON, sender.dstobj == entry.userid),
            )
            .outerjoin(
                TalkSetting, and_(TalkSetting.user_id == User.id, TalkSetting.conversation_id == talk)
            )
            .where(PushSubscription.user_id != entry.userid, ~blocked)
            .limit(limits.LIST_ROWS)
        )
        if entry.cmd == frames.SINGLE:
            query = query.where(PushSubscription.user_id == entry.dstid)
        else:
            members = select(Contact.ownerid).where(
                Contact.cate == COMMUNITY, Contact.dstobj == entry.dstid
            )
            query = query.where(PushSubscription.user_id.in_(members))
        return list(db.session.execute(query))

    def _names(self, entry: Entry) -> tuple[str, str]:
        """The sender's nickname, and the group's name or ""."""
        sender = self._profiles.of(entry.userid)
        name = sender.nickname if sender is not None else ""
        if entry.cmd == frames.SINGLE:
            return name, ""
        return name, self._group_names.of(entry.dstid) or ""


def _payload(entry: Entry, name: str, group: str, lang: str, preview: bool) -> bytes:
    word = 1 if lang == "en" else 0
    key = f"{entry.cmd}:{entry.dstid if group or entry.cmd == frames.GROUP else entry.userid}"
    if not preview:
        return msgspec.json.encode(Payload(key, "FastIM", _HIDDEN[word], entry.time))
    text = entry.content if entry.media == frames.TEXT else _WORDS.get(entry.media, _HIDDEN)[word]
    text = text[: limits.PUSH_TEXT_CHARS]
    return msgspec.json.encode(
        Payload(key, group or name, f"{name}: {text}" if group else text, entry.time)
    )


def _check(endpoint: str, p256dh: str, auth: str) -> None:
    try:
        push.check_endpoint(endpoint)
    except push.Forbidden as error:
        raise BadRequest(field="endpoint") from error
    if len(endpoint) > limits.PUSH_ENDPOINT_CHARS:
        raise BadRequest(field="endpoint")
    for field, text, size in (("p256dh", p256dh, _POINT_BYTES), ("auth", auth, _AUTH_BYTES)):
        try:
            key = _unb64(text)
        except (binascii.Error, ValueError) as error:
            raise BadRequest(field=field) from error
        if len(key) != size or len(text) > (size * 4 + 2) // 3:
            raise BadRequest(field=field)


def _unb64(text: str) -> bytes:
    """base64url without its padding."""
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def _hash(endpoint: str) -> str:
    return hashlib.sha256(endpoint.encode("utf-8", "surrogatepass")).hexdigest()
