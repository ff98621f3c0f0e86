"""What a person makes of conversations and messages for themself: settings of the list, drafts, erasures.

Each change takes the person's next revision, so a device knows what it missed: /message/sync answers
everything above the revision that it names, and a live frame with a revision that leaves one out says that
there is something to sync.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

import msgspec
from sqlalchemy import BindParameter, bindparam, func, select

from fastim.backends.bus import Bus
from fastim.errors import Refused
from fastim.models import Conversation, Erasure, TalkSetting, db
from fastim.protocol import codec, frames, limits
from fastim.protocol.events import Signal
from fastim.services import heard, log_rows, revisions
from fastim.services.access import Access, Standing
from fastim.services.conversations import address
from fastim.services.transaction import transaction

_ACTOR: BindParameter[int] = bindparam("actor_id")
_AFTER: BindParameter[int] = bindparam("after")
_TO: BindParameter[int] = bindparam("to")
_MOST: BindParameter[int] = bindparam("most")
_SETTINGS = (
    select(TalkSetting, Conversation)
    .join(Conversation, Conversation.id == TalkSetting.conversation_id)
    .where(TalkSetting.user_id == _ACTOR, TalkSetting.revision > _AFTER, TalkSetting.revision <= _TO)
    .order_by(TalkSetting.revision)
    .limit(_MOST)
)
_ERASURES = (
    select(Erasure.revision, Erasure.seq, Conversation)
    .join(Conversation, Conversation.id == Erasure.conversation_id)
    .where(Erasure.user_id == _ACTOR, Erasure.revision > _AFTER, Erasure.revision <= _TO)
    .order_by(Erasure.revision, Erasure.seq)
    .limit(_MOST)
)


class Wanted(msgspec.Struct, frozen=True):
    """What a person wants of a conversation; None leaves as it is."""

    pinned: bool | None = None
    muted: bool | None = None
    archived: bool | None = None
    unread: bool | None = None
    hidden: bool | None = None
    draft: str | None = None
    reply: int | None = None
    written: int | None = None
    """When `draft` and `reply` were written, in ms; None for now."""


class Since(msgspec.Struct, frozen=True):
    """What changed above a revision, up to `revision`."""

    settings: tuple[frames.TalkSettings, ...]
    erased: tuple[frames.Erased, ...]
    heard: tuple[frames.Heard, ...]
    revision: int
    more: bool


class TalkSettings:
    """Needs an app context. Every method acts as `actor_id`."""

    def __init__(self, bus: Bus, access: Access) -> None:
        self._bus = bus
        self._access = access

    def change(self, actor_id: int, kind: int, dst_id: int, wanted: Wanted) -> frames.TalkSettings:
        """Change what is wanted otherwise than it is; the settings as they are then.

        Raises:
            NotFound: no such conversation for this user.
            Refused: `too_many_pinned`.
        """
        standing = self._access.standing(actor_id, kind, dst_id)
        with transaction(self._bus) as tx:
            revision = revisions.following(actor_id)
            key = (actor_id, standing.conversation_id)
            row = db.session.get(TalkSetting, key, populate_existing=True) or _blank(*key)
            before = _view(row, kind, dst_id)
            _put(row, wanted, standing)
            now = _view(row, kind, dst_id)
            if now == before:
                return before
            row.revision = now.revision = revision
            db.session.add(row)
            tx.emit(Signal((actor_id,), codec.encode(frames.TalkSet(now))))
        return now

    def erase(self, actor_id: int, kind: int, dst_id: int, seqs: Sequence[int]) -> int:
        """Delete messages for the actor alone; how many were there to delete.

        Raises:
            NotFound: no such conversation for this user.
        """
        standing = self._access.standing(actor_id, kind, dst_id)
        there = [
            row.seq
            for row in log_rows.at(standing.conversation_id, seqs)
            if row.seq > standing.join_seq and row.media < frames.NOTICE
        ]
        with transaction(self._bus) as tx:
            found, revision = revisions.note(Erasure, actor_id, standing.conversation_id, there)
            if found:
                tx.emit(Signal((actor_id,), codec.encode(frames.Erased(kind, dst_id, found, revision))))
        return len(found)

    def since(self, actor_id: int, known: int | None) -> Since:
        """What changed above revision `known`; None is for who knows no messages: no erasures then."""
        revision = known or 0
        now = revisions.newest(actor_id)
        if now <= revision:
            return Since((), (), (), revision, False)
        settings = _settings_between(actor_id, revision, now)
        erasures = [] if known is None else _erasures_between(actor_id, revision, now)
        played = heard.newest(actor_id) if known is None else heard.between(actor_id, revision, now)
        more = False
        for rows in (settings, erasures, played):
            if len(rows) > limits.SYNC_SETTINGS:
                now, more = min(now, rows[limits.SYNC_SETTINGS - 1][0]), True
        return Since(
            tuple(view for place, view in settings if place <= now),
            tuple(view for place, view in erasures if place <= now),
            tuple(view for place, view in played if place <= now),
            now,
            more,
        )


def _blank(user_id: int, conversation_id: int) -> TalkSetting:
    return TalkSetting(
        user_id=user_id,
        conversation_id=conversation_id,
        revision=0,
        pinned_ms=0,
        muted=False,
        archived=False,
        unread=False,
        hidden_seq=0,
        draft="",
        reply_seq=0,
        written_ms=0,
    )


def _put(row: TalkSetting, wanted: Wanted, standing: Standing) -> None:
    if wanted.pinned is not None and wanted.pinned != bool(row.pinned_ms):
        if wanted.pinned:
            _check_pinned(row.user_id)
        row.pinned_ms = time.time_ns() // 1_000_000 if wanted.pinned else 0
    if wanted.hidden is not None:
        row.hidden_seq = standing.last_seq if wanted.hidden else 0
    for name in ("muted", "archived", "unread"):
        value = getattr(wanted, name)
        if value is not None:
            setattr(row, name, value)
    _put_draft(row, wanted)


def _put_draft(row: TalkSetting, wanted: Wanted) -> None:
    """Not one that was written before what is there: a line may hold a request back for longer than its
    page lives."""
    if wanted.draft is None and wanted.reply is None:
        return
    draft = row.draft if wanted.draft is None else wanted.draft
    reply_seq = row.reply_seq if wanted.reply is None else wanted.reply
    now_ms = time.time_ns() // 1_000_000
    if wanted.written is None:
        # Whoever changes nothing has written nothing.
        is_new = (draft, reply_seq) != (row.draft, row.reply_seq)
        written_ms = max(now_ms, row.written_ms) if is_new else row.written_ms
    else:
        written_ms = min(wanted.written, now_ms + limits.CLOCK_LEEWAY_MS)
    if written_ms >= row.written_ms:
        row.draft, row.reply_seq, row.written_ms = draft, reply_seq, written_ms


def _check_pinned(user_id: int) -> None:
    query = select(func.count()).where(TalkSetting.user_id == user_id, TalkSetting.pinned_ms > 0)
    if (db.session.scalar(query) or 0) >= limits.TALKS_PINNED:
        raise Refused("too_many_pinned")


def _view(row: TalkSetting, kind: int, dst_id: int) -> frames.TalkSettings:
    return frames.TalkSettings(
        cmd=kind,
        dstid=dst_id,
        revision=row.revision,
        pinned=row.pinned_ms,
        muted=row.muted,
        archived=row.archived,
        unread=row.unread,
        hidden=row.hidden_seq,
        draft=row.draft,
        reply=row.reply_seq,
        written=row.written_ms,
    )


def _settings_between(actor_id: int, after: int, to: int) -> list[tuple[int, frames.TalkSettings]]:
    """With their revisions, ascending; one more than an answer takes."""
    values = {"actor_id": actor_id, "after": after, "to": to, "most": limits.SYNC_SETTINGS + 1}
    return [
        (row.revision, _view(row, conversation.kind, address(conversation, actor_id)))
        for row, conversation in db.session.execute(_SETTINGS, values)
    ]


def _erasures_between(actor_id: int, after: int, to: int) -> list[tuple[int, frames.Erased]]:
    """As above. All of one revision are of one conversation."""
    most = (limits.SYNC_SETTINGS + 1) * limits.ERASED_AT_ONCE
    values = {"actor_id": actor_id, "after": after, "to": to, "most": most}
    found: dict[int, tuple[Conversation, list[int]]] = {}
    for revision, seq, conversation in db.session.execute(_ERASURES, values):
        found.setdefault(revision, (conversation, []))[1].append(seq)
    return [
        (
            revision,
            frames.Erased(conversation.kind, address(conversation, actor_id), tuple(seqs), revision),
        )
        for revision, (conversation, seqs) in found.items()
    ][: limits.SYNC_SETTINGS + 1]
