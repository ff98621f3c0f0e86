"""The first frame of a connection, and the limits that it tells."""

from __future__ import annotations

import msgspec

from fastim.protocol import limits

HELLO = 18


class Limits(msgspec.Struct):
    """What the server allows, so that clients need not guess."""

    file_bytes: int
    picture_bytes: int
    recall_seconds: int
    edit_seconds: int = limits.EDIT_SECONDS
    text_chars: int = limits.TEXT_CHARS
    frame_bytes: int = limits.FRAME_BYTES
    msgid_chars: int = limits.MSGID_CHARS
    heartbeat_seconds: int = limits.PING_SECONDS
    dead_seconds: int = limits.DEAD_SECONDS
    history_page: int = limits.HISTORY_PAGE
    history_max: int = limits.HISTORY_MOST


class Hello(msgspec.Struct, tag_field="cmd", tag=HELLO):
    """The first frame of a fastim.v2 connection."""

    connection: str
    userid: int
    time: int
    limits: Limits
