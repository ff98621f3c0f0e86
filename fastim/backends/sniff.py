"""What a file is, by its first bytes: never by its name or by what its sender says."""

from __future__ import annotations

UNKNOWN = "application/octet-stream"
HEAD_BYTES = 4096
"""How much of the beginning `sniff` wants to see."""

PICTURES = {
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/gif": "GIF",
    "image/webp": "WEBP",
    "image/avif": "AVIF",
}
"""Media type to Pillow's name of the only decoder that is tried."""

EXTENSIONS = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/gif": ".gif",
    "image/webp": ".webp",
    "image/avif": ".avif",
    "audio/webm": ".webm",
    "video/webm": ".webm",
    "audio/ogg": ".ogg",
    "audio/mpeg": ".mp3",
    "audio/mp4": ".m4a",
    "video/mp4": ".mp4",
    "video/quicktime": ".mov",
    "audio/quicktime": ".mov",
    "audio/wav": ".wav",
    "audio/amr": ".amr",
    "audio/aac": ".aac",
    UNKNOWN: ".bin",
}
"""Every type that `sniff` can find. All but UNKNOWN are shown by browsers and never run by them."""

_MAGIC = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"OggS", "audio/ogg"),
    (b"ID3", "audio/mpeg"),
    (b"#!AMR", "audio/amr"),
)
_BRANDS = {
    b"avif": "image/avif",
    b"avis": "image/avif",
    b"M4A ": "audio/mp4",
    b"M4B ": "audio/mp4",
    b"isom": "video/mp4",
    b"iso2": "video/mp4",
    b"iso4": "video/mp4",
    b"iso5": "video/mp4",
    b"iso6": "video/mp4",
    b"mp41": "video/mp4",
    b"mp42": "video/mp4",
    b"avc1": "video/mp4",
    b"M4V ": "video/mp4",
    b"dash": "video/mp4",
    b"qt  ": "video/quicktime",
}


def sniff(head: bytes) -> str:
    """The media type of a file that begins with `head`; UNKNOWN for everything else.

    Markup (SVG, HTML) and documents are UNKNOWN on purpose: they are only ever downloaded.
    """
    for magic, found in _MAGIC:
        if head.startswith(magic):
            return found
    if head.startswith(b"RIFF"):
        return {b"WEBP": "image/webp", b"WAVE": "audio/wav"}.get(head[8:12], UNKNOWN)
    if head[4:8] == b"ftyp":
        return _brand(head)
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return _matroska(head)
    return _bare_audio(head)


def with_tracks(found: str, tracks: frozenset[str]) -> str:
    """What `sniff` found, made exact by what is in it: film and sound share their containers."""
    main, _, container = found.partition("/")
    if main not in ("audio", "video") or not tracks:
        return found
    if "video" not in tracks:
        return f"audio/{container}"
    return UNKNOWN if container == "ogg" else f"video/{container}"


def is_voice(found: str) -> bool:
    return found.startswith("audio/")


def is_video(found: str) -> bool:
    return found.startswith("video/")


def _brand(head: bytes) -> str:
    """ISO base media (ISO/IEC 14496-12): the major brand, then the compatible ones."""
    size = int.from_bytes(head[:4], "big")
    brands = [head[8:12], *(head[at : at + 4] for at in range(16, min(size, len(head), 128), 4))]
    for brand in brands:
        if brand in _BRANDS:
            return _BRANDS[brand]
    return UNKNOWN


def _matroska(head: bytes) -> str:
    """WebM (and nothing else of Matroska); without a video track it is a recording."""
    if b"webm" not in head[:64]:
        return UNKNOWN
    return "audio/webm" if b"A_" in head and b"V_" not in head else "video/webm"


def _bare_audio(head: bytes) -> str:
    """MPEG audio and ADTS begin with eleven or twelve set bits and a header without reserved values."""
    if len(head) < 4 or head[0] != 0xFF:
        return UNKNOWN
    layer = head[1] & 0x06
    if head[1] & 0xF6 == 0xF0 and head[2] & 0x3C <= 0x30:
        return "audio/aac"
    version_known = head[1] & 0x18 != 0x08
    rates_known = head[2] & 0xF0 not in (0x00, 0xF0) and head[2] & 0x0C != 0x0C
    if head[1] & 0xE0 == 0xE0 and layer == 0x02 and version_known and rates_known:
        return "audio/mpeg"
    return UNKNOWN
