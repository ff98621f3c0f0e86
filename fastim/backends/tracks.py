"""What a recording holds, by its own table of tracks: whether somebody may be seen in it, or only heard.

Film and sound come in the same containers, so the first bytes do not tell them apart. Only headers are
read, with bounded steps, however the file lies about its sizes; nothing is decoded.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import BinaryIO

VIDEO = "video"
AUDIO = "audio"

_MOST_STEPS = 2000
"""Boxes or elements looked at: a film in fragments has some hundred, and the tracks first of all."""
_HANDLERS = {b"vide": VIDEO, b"soun": AUDIO}
_BOXES_AROUND = (b"moov", b"trak", b"mdia")

_EBML = 0x1A45DFA3
_SEGMENT = 0x18538067
_TRACKS = 0x1654AE6B
_TRACK = 0xAE
_TRACK_TYPE = 0x83
_ELEMENTS_AROUND = (_SEGMENT, _TRACKS, _TRACK)
_TRACK_TYPES = {1: VIDEO, 2: AUDIO}


def tracks(stream: BinaryIO, media_type: str) -> frozenset[str]:
    """`VIDEO`, `AUDIO` or both; empty for what has no table of tracks, or a broken one.

    Args:
        stream: seekable; it is left at its beginning.
        media_type: as `sniff.sniff` found it.
    """
    try:
        end = stream.seek(0, os.SEEK_END)
        if media_type.endswith(("/mp4", "/quicktime")):
            return frozenset(_handlers(stream, end))
        if media_type.endswith("/webm"):
            return frozenset(_track_types(stream, end))
        if media_type.endswith("/ogg"):
            stream.seek(0)
            return frozenset((VIDEO,) if b"theora" in stream.read(4096) else (AUDIO,))
        return frozenset((AUDIO,) if media_type.startswith("audio/") else ())
    finally:
        stream.seek(0)


def _handlers(stream: BinaryIO, end: int) -> Iterator[str]:
    """ISO base media (ISO/IEC 14496-12): the handlers of moov/trak/mdia/hdlr."""
    at = 0
    for _ in range(_MOST_STEPS):
        stream.seek(at)
        head = stream.read(16)
        if len(head) < 8:
            return
        size, kind, start = int.from_bytes(head[:4], "big"), head[4:8], 8
        if size == 1:
            size, start = int.from_bytes(head[8:16], "big"), 16
        elif size == 0:  # to the end of the file
            size = end - at
        if size < start:
            return
        if kind == b"hdlr":
            stream.seek(at + start + 8)  # after version, flags and pre_defined
            handler = _HANDLERS.get(stream.read(4))
            if handler:
                yield handler
        at += start if kind in _BOXES_AROUND else size


def _track_types(stream: BinaryIO, end: int) -> Iterator[str]:
    """WebM (RFC 8794 and 9559): the types in Segment/Tracks/TrackEntry/TrackType."""
    at = 0
    found = False
    for _ in range(_MOST_STEPS):
        stream.seek(at)
        head = stream.read(12)
        number, length = _element_id(head)
        size, size_length = _element_size(head[length:])
        if not length or not size_length or (at == 0 and number != _EBML):
            return
        at += length + size_length
        if number == _TRACK_TYPE and 0 < size <= 8:
            stream.seek(at)
            kind = _TRACK_TYPES.get(int.from_bytes(stream.read(size), "big"))
            if kind:
                found = True
                yield kind
        if number not in _ELEMENTS_AROUND:
            if size < 0 or (found and at + size >= end):
                return
            at += size


def _element_id(head: bytes) -> tuple[int, int]:
    """The id at the beginning of `head` with its marker, and its length; (0, 0) where there is none."""
    length = 9 - head[0].bit_length() if head else 9
    return (int.from_bytes(head[:length], "big"), length) if length <= min(4, len(head)) else (0, 0)


def _element_size(head: bytes) -> tuple[int, int]:
    """The size, -1 for an unknown one, and its length; (0, 0) where there is none."""
    length = 9 - head[0].bit_length() if head else 9
    if length > min(8, len(head)):
        return 0, 0
    bits = (1 << 7 * length) - 1
    size = int.from_bytes(head[:length], "big") & bits
    return (-1 if size == bits else size), length
