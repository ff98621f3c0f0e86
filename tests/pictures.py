"""Pictures and other files for upload tests, small unless the point is their size."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

from PIL import Image


def noise(width: int = 120, height: int = 80, mode: str = "RGB") -> Image.Image:
    """Soft noise: no two are alike, and it compresses as photographs do."""
    small = Image.effect_noise((max(1, width // 8), max(1, height // 8)), 80).convert(mode)
    return small.resize((width, height))


def encoded(image: Image.Image, kind: str, **options: Any) -> bytes:
    target = io.BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


def picture(kind: str = "PNG", width: int = 120, height: int = 80, **options: Any) -> bytes:
    return encoded(noise(width, height), kind, **options)


def animation(kind: str = "GIF", frames: int = 5, width: int = 60, height: int = 40) -> bytes:
    """Each frame shows something else, 70 ms long."""
    images = [noise(width, height) for _ in range(frames)]
    return encoded(images[0], kind, save_all=True, append_images=images[1:], duration=70, loop=0)


def opened(content: bytes) -> Image.Image:
    """The picture, decoded in full."""
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


def png(width: int, height: int, rows: bytes = b"") -> bytes:
    """A PNG of one bit a pixel whose header says what it likes."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def bomb_png(side: int = 10_000) -> bytes:
    """A hundred million pixels in some 12 KB."""
    return png(side, side, bytes((side // 8 + 1) * side))


def gif(frames: int, width: int, height: int) -> bytes:
    """Many frames, all of one colour: 22 bytes each."""
    canvas = struct.pack("<HH", width, height)
    head = b"GIF89a" + canvas + b"\x80\0\0" + b"\0\0\0\xff\xff\xff"
    frame = b"," + struct.pack("<HHHH", 0, 0, width, height) + b"\0\x02\x02\x44\x01\0"
    return head + frame * frames + b";"


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"
