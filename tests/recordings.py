"""Film and sound for upload tests: true containers with nothing to play in them."""

from __future__ import annotations

import struct


def box(kind: bytes, content: bytes) -> bytes:
    """One box of ISO base media."""
    return struct.pack(">I", 8 + len(content)) + kind + content


def mp4(*handlers: bytes, brand: bytes = b"mp42", head: bytes = b"") -> bytes:
    """A file with a track for each handler (`vide`, `soun`); `head` goes before the table of tracks."""
    tracks = b"".join(
        box(b"trak", box(b"tkhd", bytes(84)) + box(b"mdia", box(b"hdlr", bytes(8) + one + bytes(12))))
        for one in handlers
    )
    ftyp = box(b"ftyp", brand + bytes(4) + brand)
    return ftyp + head + box(b"moov", box(b"mvhd", bytes(100)) + tracks)


def element(number: int, content: bytes, size: bytes = b"") -> bytes:
    """One element of EBML; `size` in place of the true one."""
    identifier = number.to_bytes((number.bit_length() + 7) // 8, "big")
    return identifier + (size or struct.pack(">I", 0x10000000 | len(content))) + content


def webm(*kinds: int, size: bytes = b"") -> bytes:
    """A file with a track of each kind (1 film, 2 sound); `size` is the segment's."""
    head = element(0x1A45DFA3, element(0x4282, b"webm"))
    names = {1: b"V_VP8", 2: b"A_OPUS"}
    tracks = b"".join(
        element(0xAE, element(0xD7, b"\x01") + element(0x83, bytes((kind,))) + element(0x86, names[kind]))
        for kind in kinds
    )
    about = element(0x1549A966, element(0x2AD7B1, b"\x0f\x42\x40"))
    cluster = element(0x1F43B675, bytes(60))
    return head + element(0x18538067, about + element(0x1654AE6B, tracks) + cluster, size)


UNKNOWN_SIZE = b"\x01" + b"\xff" * 7
OGG = b"OggS\0\x02" + bytes(22) + b"\x01\x13OpusHead" + bytes(100)
WEBM_VOICE = webm(2, size=UNKNOWN_SIZE)
WEBM_VIDEO = webm(1, 2)
MP4_VOICE = mp4(b"soun", brand=b"isom")
MP4 = mp4(b"vide", b"soun")
MOV = mp4(b"vide", brand=b"qt  ")
