"""Text to frame and back. Decoding returns a frame or raises; it has no other effect."""

from __future__ import annotations

from typing import cast

import msgspec

from fastim.errors import AppError
from fastim.protocol import frames

_decode = msgspec.json.Decoder(frames.ClientFrame).decode
_decode_loose = msgspec.json.Decoder(dict[str, object]).decode
encode = msgspec.json.Encoder().encode
"""Any frame to its JSON, as bytes."""
decode_entry = msgspec.json.Decoder(frames.Entry).decode
"""What `encode` made of an entry."""

# msgspec names the place of a fault; these places have error names of their own.
_NAMES = {
    "$.content": "text_too_long",
    "$.url": "bad_url",
    "$.pic": "bad_url",
    "$.memo": "text_too_long",
}


class BadFrame(AppError):
    """A frame that cannot be read. `msgid` is the sender's id of it, where that much could be read."""

    status = 400

    def __init__(self, name: str, msgid: str) -> None:
        super().__init__(name)
        self.msgid = msgid


def decode(text: bytes | str) -> frames.ClientFrame:
    """One client frame.

    Raises:
        BadFrame: not JSON, an unknown cmd, or a field of the wrong type or size.
    """
    try:
        return cast(frames.ClientFrame, _decode(text))
    except msgspec.ValidationError as error:
        place = str(error).rpartition("`")[0].rpartition("`")[2]
        name = _NAMES.get(place, "bad_frame") if "length" in str(error) else "bad_frame"
        raise BadFrame(name, _msgid(text)) from error
    except (msgspec.DecodeError, RecursionError) as error:
        raise BadFrame("bad_frame", "") from error


def _msgid(text: bytes | str) -> str:
    try:
        msgid = _decode_loose(text).get("msgid", "")
    except (msgspec.DecodeError, RecursionError):
        return ""
    return msgid if isinstance(msgid, str) and len(msgid) <= 64 else ""
