"""Pictures by their blocks, before a decoder sees them: whole, and not made of crumbs."""

from __future__ import annotations

import re
import struct

from fastim.errors import Refused
from fastim.protocol import limits

_GIF_TRAILER = 0x3B
_JPEG_MARKER = re.compile(rb"\xff+([^\x00\xff\xd0-\xd7])")  # what stands between a scan's bytes is none
_SCAN, _END = 0xDA, 0xD9
_BARE = (0x01, 0xD8)  # markers without a length: taken for one, what follows would hide scans
_PNG_END = b"IEND\xaeB`\x82"  # with its checksum; Pillow does not miss it


def check(kind: str, content: bytes) -> None:
    """Refuse what is cut off, or would keep a decoder busy for minutes with few bytes each time.

    Args:
        kind: Pillow's name of the format.

    Raises:
        Refused: `damaged_file`.
    """
    if kind == "JPEG":
        _check_jpeg(content)
    if kind == "PNG":
        _check_png(content)
    if kind == "GIF":
        measure_gif(content)  # Pillow keeps all comments as it opens the file
    if kind == "WEBP":
        _check_riff(content)


def _check_jpeg(content: bytes) -> None:
    """Walk the markers up to the end of the first picture; phones hang a film behind it."""
    at = 2
    scans = 0
    for _ in range(limits.PICTURE_BLOCKS):
        found = _JPEG_MARKER.search(content, at)
        if found is None or found[1][0] == _END:
            return
        scans += found[1][0] == _SCAN
        if scans > limits.JPEG_SCANS:
            break
        at = found.end()
        if found[1][0] not in _BARE:
            at += int.from_bytes(content[at : at + 2], "big")
    raise Refused("damaged_file")


def _check_png(content: bytes) -> None:
    if _PNG_END not in content:
        raise Refused("damaged_file")
    at = 8
    for _ in range(limits.PICTURE_BLOCKS):
        at += 12 + int.from_bytes(content[at : at + 4], "big")
        if at >= len(content):
            return
    raise Refused("damaged_file")


def _check_riff(content: bytes) -> None:
    if int.from_bytes(content[4:8], "little") + 8 > len(content):
        raise Refused("damaged_file")


def measure_gif(content: bytes) -> tuple[int, int, int]:
    """Frames, and the canvas that all of them fit on; Pillow would walk a million frames first.

    Counting stops where the number of frames is too large anyway.

    Raises:
        Refused: `damaged_file` where the blocks do not reach the trailer, or are crumbs.
    """
    left = limits.PICTURE_BLOCKS
    try:
        width, height, flags = struct.unpack_from("<HHB", content, 6)
        at = 13 + _gif_colours(flags)
        frames = 0
        while content[at] != _GIF_TRAILER and frames <= limits.ANIMATION_FRAMES:
            if content[at] == 0x21:
                at, left = _skip_blocks(content, at + 2, left)
            elif content[at] == 0x2C:
                begin, top, wide, high, flags = struct.unpack_from("<HHHHB", content, at + 1)
                width, height = max(width, begin + wide), max(height, top + high)
                frames += 1
                at, left = _skip_blocks(content, at + 11 + _gif_colours(flags), left)
            else:
                raise Refused("damaged_file")
    except (IndexError, struct.error) as error:
        raise Refused("damaged_file") from error
    return frames, width, height


def _gif_colours(flags: int) -> int:
    """The size of the colour table that follows, in bytes."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _skip_blocks(content: bytes, at: int, left: int) -> tuple[int, int]:
    """The place behind the blocks at `at`, and how many more there may be."""
    while content[at]:
        at += content[at] + 1
        left -= 1
        if left < 0:
            raise Refused("damaged_file")
    return at + 1, left - 1
