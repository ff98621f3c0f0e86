"""Photos of sorts, drawn: landscapes for messages, and leaves for avatars."""

from __future__ import annotations

import io
import math
import random

from PIL import Image, ImageDraw, ImageFilter

Colour = tuple[int, int, int]
Palette = tuple[Colour, Colour, Colour, Colour]
"""The sky above and at the horizon, the farthest ridge and the nearest."""

EVENING: Palette = ((88, 104, 160), (252, 196, 150), (150, 122, 150), (38, 50, 72))
MORNING: Palette = ((120, 178, 216), (244, 236, 214), (150, 184, 184), (40, 92, 78))
NIGHT: Palette = ((18, 26, 54), (74, 90, 138), (54, 66, 106), (12, 18, 34))
AUTUMN: Palette = ((164, 198, 212), (250, 230, 196), (206, 150, 92), (120, 62, 34))
PALETTES = (EVENING, MORNING, AUTUMN, NIGHT)
_DRAWN_LARGER = 2


def _between(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def landscape(palette: Palette, size: tuple[int, int], seed: int) -> bytes:
    """A sky, a sun or moon, five ridges in the haze and a lake before them, as JPEG."""
    chance = random.Random(seed)  # noqa: S311 a picture, no secret
    width, height = (side * _DRAWN_LARGER for side in size)
    above, horizon, far, near = palette
    image = Image.new("RGB", (width, height))
    draw = ImageDraw.Draw(image)
    for y in range(height):
        draw.line((0, y, width, y), _between(above, horizon, min(1, y / height / 0.6)))
    _shine(image, (width * chance.uniform(0.55, 0.8), height * 0.27), height * 0.07, horizon)
    draw = ImageDraw.Draw(image)
    for ridge in range(5):
        share = ridge / 4
        waves = [(chance.uniform(1, 3) * (1 + ridge), chance.uniform(0, 6), 1 / (1 + n)) for n in range(5)]
        level = height * (0.42 + 0.09 * ridge)
        points = [
            (
                x,
                level
                - height
                * 0.1
                * sum(
                    part * math.sin(wave * (n + 1) * x / width + at)
                    for n, (wave, at, part) in enumerate(waves)
                )
                / 1.6,
            )
            for x in range(0, width + 8, 8)
        ]
        draw.polygon([(0, height), *points, (width, height)], _between(far, near, share))
    shore = round(height * 0.84)
    lake = image.crop((0, shore - (height - shore), width, shore)).transpose(
        Image.Transpose.FLIP_TOP_BOTTOM
    )
    lake = Image.blend(lake.filter(ImageFilter.GaussianBlur(6)), Image.new("RGB", lake.size, horizon), 0.25)
    image.paste(lake, (0, shore))
    target = io.BytesIO()
    image.resize(size, Image.Resampling.LANCZOS).save(target, "JPEG", quality=88)
    return target.getvalue()


def _shine(image: Image.Image, centre: tuple[float, float], radius: float, colour: Colour) -> None:
    glow = Image.new("L", image.size)
    x, y = centre
    ImageDraw.Draw(glow).ellipse((x - 3 * radius, y - 3 * radius, x + 3 * radius, y + 3 * radius), 90)
    glow = glow.filter(ImageFilter.GaussianBlur(radius))
    ImageDraw.Draw(glow).ellipse((x - radius, y - radius, x + radius, y + radius), 235)
    image.paste(_between(colour, (255, 255, 255), 0.6), (0, 0), glow)


def leaf(ground: Colour, colour: Colour, turn: float) -> bytes:
    """A leaf on a coloured ground, as PNG."""
    side = 512
    image = Image.new("RGB", (side, side), ground)
    blade = Image.new("L", (side, side))
    draw = ImageDraw.Draw(blade)
    half = [(t / 40, math.sin(math.pi * t / 40) ** 0.8 * 0.2) for t in range(41)]
    outline = [(side * (0.5 - w), side * (0.17 + 0.6 * t)) for t, w in half]
    outline += [(side * (0.5 + w), side * (0.17 + 0.6 * t)) for t, w in reversed(half)]
    draw.polygon(outline, 255)
    draw.line((side * 0.5, side * 0.3, side * 0.5, side * 0.9), 255, 14)
    draw.line((side * 0.5, side * 0.3, side * 0.5, side * 0.74), 90, 10)
    for share in (0.42, 0.54, 0.66):
        for way in (-1, 1):
            draw.line((side * 0.5, side * share, side * (0.5 + way * 0.11), side * (share - 0.09)), 90, 8)
    image.paste(colour, (0, 0), blade.rotate(turn, Image.Resampling.BICUBIC))
    target = io.BytesIO()
    image.resize((256, 256), Image.Resampling.LANCZOS).save(target, "PNG", optimize=True)
    return target.getvalue()
