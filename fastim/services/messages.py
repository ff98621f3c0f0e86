"""Sending: from a checked frame to a committed entry, its ack and its event."""

from __future__ import annotations

import re
from collections.abc import Callable

from fastim.backends.bus import Bus
from fastim.backends.log import Draft, MessageLog, Outcome, Receipt
from fastim.errors import Refused
from fastim.models.upload import PICTURE, VIDEO, VOICE
from fastim.protocol import codec, frames
from fastim.protocol.events import EntryAdded

_OWN_FILES = "/resource/"
_OWN_PICTURES = "/asset/"
_WITHOUT_FILE = frozenset((frames.TEXT, frames.CARD, frames.LOCATION))
_PLACE = re.compile(r"-?[0-9]{1,2}(?:\.[0-9]{1,7})?,-?[0-9]{1,3}(?:\.[0-9]{1,7})?")

UPLOAD_KINDS = {frames.VOICE: VOICE, frames.PICTURE: PICTURE, frames.VIDEO: VIDEO}
"""What the upload of a message must be, as the server found it; a file may be anything."""


class Sending(Draft, gc=False):
    """One message on its way: what is stored, what was asked, and who is told what became of it."""

    frame: frames.Send
    kind: int
    origin: str
    """The connection that sent it, which gets the ack and not the message."""
    record: tuple[frames.RecordItem, ...]
    """What a message of media 11 consists of."""
    sent: Sent


Sent = Callable[[Sending, Outcome], None]
"""Called once, after the commit and before anybody receives the message."""


def check(frame: frames.Send) -> None:
    """Refuse what may not be said, whoever says it.

    Raises:
        Refused: `unsupported_media`, `empty_message`, `bad_url`, `bad_location`, `bad_card` or `bad_frame`.
    """
    if frame.msgid.endswith(" "):  # MySQL compares without trailing blanks
        raise Refused("bad_frame")
    if frame.media == frames.TEXT and frame.content and not frame.url and not frame.pic:
        return  # nearly all that is said; what follows says the same of it
    if frame.media not in frames.SENDABLE_MEDIA:
        raise Refused("unsupported_media")
    if frame.media in _WITHOUT_FILE:
        if frame.url or frame.pic:
            raise Refused("bad_url")
        _check_said(frame)
    elif not is_own(frame.url) or (frame.pic and not is_own(frame.pic)):
        raise Refused("bad_url")
    elif upload_name(frame.pic) not in ("", upload_name(frame.url)):
        raise Refused("bad_url")  # only `url` is kept from collection
    elif frame.media in UPLOAD_KINDS and frame.media != frames.PICTURE and not upload_name(frame.url):
        raise Refused("bad_url")  # the server's own files are pictures


def _check_said(frame: frames.Send) -> None:
    if frame.media == frames.TEXT and not frame.content:
        raise Refused("empty_message")
    if frame.media == frames.LOCATION and (not frame.content or not is_place(frame.memo)):
        raise Refused("bad_location")
    if frame.media == frames.CARD and frame.memo not in (frames.CARD_PERSON, frames.CARD_GROUP):
        raise Refused("bad_card")


def is_place(text: str) -> bool:
    """Whether this is `LATITUDE,LONGITUDE` in degrees (WGS 84), to seven decimals: one centimetre."""
    if _PLACE.fullmatch(text) is None:
        return False
    latitude, longitude = (float(part) for part in text.split(","))
    return abs(latitude) <= 90 and abs(longitude) <= 180


def is_own(url: str) -> bool:
    """Whether a URL leads to this server: a foreign one would tell its host who reads what when.

    `/./` and `./` begin the URLs of the Go version's uploads.
    """
    path = url.removeprefix(".")
    return path.startswith((_OWN_FILES, _OWN_PICTURES)) and ".." not in path


def upload_name(url: str) -> str:
    """The uploaded file that a URL names, or "" for a picture of the server's own."""
    path = url.removeprefix(".")
    if not path.startswith(_OWN_FILES):
        return ""
    return path.removeprefix(_OWN_FILES).partition("?")[0]


def _uploads(url: str, record: tuple[frames.RecordItem, ...]) -> tuple[str, ...]:
    """The uploaded files that a message or its record shows, each once."""
    names = {upload_name(url), *(name for item in record for name in _uploads(item.url, item.record))}
    return tuple(sorted(names - {""}))


class Messages:
    """Appends messages to the log and tells the bus."""

    def __init__(self, log: MessageLog, bus: Bus) -> None:
        self._log = log
        self._bus = bus
        self._done = self._tell  # bound once, not with every message

    def close(self) -> None:
        """Store what is on its way, and take nothing more."""
        self._log.close()

    def send(
        self,
        frame: frames.Send,
        kind: int,
        sender_id: int,
        conversation_id: int,
        sent: Sent,
        origin: str = "",
        record: tuple[frames.RecordItem, ...] = (),
    ) -> None:
        """Store a message that `check` and the conversation's door have let through."""
        body = frames.Body(
            frame.content,
            frame.pic,
            frame.url,
            frame.memo,
            frame.amount,
            reply=frame.reply,
            at=frame.at,
            record=record,
        )
        sending = Sending(
            conversation_id,
            sender_id,
            frame.msgid,
            frame.media,
            codec.encode(body).decode(),
            _uploads(frame.url, record) if frame.url or record else (),
            frame.at,
            frame,
            kind,
            origin,
            record,
            sent,
        )
        self._log.append(sending, self._done)

    def origin_of(self, conversation_id: int, sender_id: int, msgid: str, body: str) -> str:
        """The connection of this process that sent a message which the log shows before its commit was
        told; else ""."""
        wanted = (conversation_id, sender_id, msgid)
        for draft in self._log.committing():
            is_it = (draft.conversation_id, draft.sender_id, draft.msgid) == wanted
            if is_it and isinstance(draft, Sending) and (msgid or draft.body == body):
                return draft.origin
        return ""

    def _tell(self, sending: Sending, outcome: Outcome) -> None:
        sending.sent(sending, outcome)
        if isinstance(outcome, Receipt) and outcome.is_new:
            self._publish(sending, outcome)

    def _publish(self, sending: Sending, receipt: Receipt) -> None:
        frame = sending.frame
        entry = frames.Entry(
            id=receipt.id,
            seq=receipt.seq,
            time=receipt.time_ms,
            userid=sending.sender_id,
            cmd=sending.kind,
            dstid=frame.dstid,
            media=frame.media,
            content=frame.content,
            pic=frame.pic,
            url=frame.url,
            memo=frame.memo,
            amount=frame.amount,
            msgid=frame.msgid,
            reply=frame.reply,
            at=frame.at,
            record=sending.record,
        )
        self._bus.publish(
            EntryAdded(
                sending.conversation_id,
                sending.kind,
                sending.sender_id,
                frame.dstid,
                receipt.seq,
                frame.media,
                codec.encode(entry),
                sending.origin,
            )
        )
