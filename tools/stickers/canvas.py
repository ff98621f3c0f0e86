"""A drawing surface of 240 x 240 units, drawn four times as large and made small at the end."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from PIL import Image, ImageChops, ImageDraw, ImageFilter

SIZE = 240
SCALE = 4
LINE = 3.4
"""The width of every outline, in units."""
INK = "#4a2f2a"
WHITE = "#ffffff"

Point = tuple[float, float]
Points = list[Point]


def ellipse(x: float, y: float, rx: float, ry: float, turn: float = 0) -> Points:
    """An ellipse around (x, y), turned by `turn` degrees."""
    return arc(x, y, rx, ry, 0, 360, turn)


def arc(x: float, y: float, rx: float, ry: float, start: float, end: float, turn: float = 0) -> Points:
    """A part of an ellipse from `start` to `end` degrees; 0 is right, 90 is down."""
    steps = max(8, int(abs(end - start) / 5))
    angles = (math.radians(start + (end - start) * i / steps) for i in range(steps + 1))
    cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    flat = ((rx * math.cos(a), ry * math.sin(a)) for a in angles)
    return [(x + u * cos - v * sin, y + u * sin + v * cos) for u, v in flat]


def curve(points: Sequence[Point], closed: bool = False, steps: int = 12) -> Points:
    """A smooth line through the points (Catmull-Rom)."""
    n = len(points)

    def at(i: int) -> Point:
        return points[i % n] if closed else points[max(0, min(n - 1, i))]

    out: Points = []
    for i in range(n if closed else n - 1):
        a, b, c, d = at(i - 1), at(i), at(i + 1), at(i + 2)
        for step in range(steps):
            t = step / steps
            x, y = (
                0.5
                * (
                    2 * b[k]
                    + (c[k] - a[k]) * t
                    + (2 * a[k] - 5 * b[k] + 4 * c[k] - d[k]) * t * t
                    + (3 * b[k] - a[k] - 3 * c[k] + d[k]) * t**3
                )
                for k in (0, 1)
            )
            out.append((x, y))
    return out if closed else [*out, points[-1]]


def rounded(x: float, y: float, width: float, height: float, radius: float) -> Points:
    """A rectangle around (x, y) with round corners."""
    u, v = width / 2 - radius, height / 2 - radius
    corners = ((u, v, 0), (-u, v, 90), (-u, -v, 180), (u, -v, 270))
    return [p for dx, dy, a in corners for p in arc(x + dx, y + dy, radius, radius, a, a + 90)]


class Canvas:
    """One frame. Shapes are lists of points in units; `moved` shifts, turns and stretches them."""

    def __init__(self) -> None:
        self.image = Image.new("RGBA", (SIZE * SCALE, SIZE * SCALE), (0, 0, 0, 0))
        self._draw = ImageDraw.Draw(self.image)
        self._matrix = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0)

    @contextmanager
    def moved(
        self, x: float = 0, y: float = 0, turn: float = 0, sx: float = 1, sy: float | None = None
    ) -> Iterator[None]:
        """Draw with (0, 0) at (x, y), turned by degrees, stretched by (sx, sy)."""
        before = self._matrix
        cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))
        sy = sx if sy is None else sy
        a, b, c, d, e, f = before
        m = (cos * sx, -sin * sy, x, sin * sx, cos * sy, y)
        self._matrix = (
            a * m[0] + b * m[3], a * m[1] + b * m[4], a * m[2] + b * m[5] + c,
            d * m[0] + e * m[3], d * m[1] + e * m[4], d * m[2] + e * m[5] + f,
        )  # fmt: skip
        try:
            yield
        finally:
            self._matrix = before

    def _pixels(self, points: Iterable[Point]) -> Points:
        a, b, c, d, e, f = self._matrix
        return [((a * x + b * y + c) * SCALE, (d * x + e * y + f) * SCALE) for x, y in points]

    def fill(self, points: Points, color: str) -> None:
        self._draw.polygon(self._pixels(points), fill=color)

    def line(self, points: Points, color: str = INK, width: float = LINE) -> None:
        """A line with round ends and corners."""
        pixels = self._pixels(points)
        half = width * self._stretch() * SCALE / 2
        for (x, y), (u, v) in itertools.pairwise(pixels):
            length = math.hypot(u - x, v - y) or 1
            dx, dy = (v - y) / length * half, (x - u) / length * half
            self._draw.polygon(
                [(x + dx, y + dy), (u + dx, v + dy), (u - dx, v - dy), (x - dx, y - dy)], fill=color
            )
        for x, y in pixels:
            self._draw.ellipse((x - half, y - half, x + half, y + half), fill=color)

    def _stretch(self) -> float:
        a, b, _, d, e, _ = self._matrix
        return math.sqrt(abs(a * e - b * d))

    def shape(self, points: Points, color: str, ink: str = INK, width: float = LINE) -> None:
        """A filled shape with an outline around it."""
        self.union([points], color, ink, width)

    def union(self, shapes: Sequence[Points], color: str, ink: str = INK, width: float = LINE) -> None:
        """Several shapes as one: outlined together, with no line between them."""
        for points in shapes:
            self.line([*points, points[0], points[1]], ink, width * 2)
        for points in shapes:
            self.fill(points, color)

    def limb(self, points: Points, thick: float, color: str, ink: str = INK) -> None:
        """A round limb along a line; open at its first point, where it grows out of a body."""
        self.line(points[len(points) // 4 :], ink, thick + 2 * LINE)
        self.line(points, color, thick)

    def shade(self, inside: Sequence[Points], shapes: Sequence[Points], color: str) -> None:
        """Fill `shapes`, but only where one of `inside` is."""
        masks = []
        for group in (inside, shapes):
            mask = Image.new("L", self.image.size, 0)
            draw = ImageDraw.Draw(mask)
            for points in group:
                draw.polygon(self._pixels(points), fill=255)
            masks.append(mask)
        self.image.paste(color, mask=ImageChops.multiply(*masks))

    def finish(self, size: int = SIZE, border: float = 3.2) -> Image.Image:
        """The frame at `size` pixels, cut out with a white border, as a sticker is."""
        half = self.image.resize((SIZE * 2, SIZE * 2), Image.Resampling.LANCZOS)
        blurred = half.getchannel("A").filter(ImageFilter.GaussianBlur(border * 2))
        edge = blurred.point(lambda v: max(0, min(255, (v - 14) * 12)))
        out = Image.new("RGBA", half.size, (255, 255, 255, 0))
        out.putalpha(edge)
        out.alpha_composite(half)
        return out.resize((size, size), Image.Resampling.LANCZOS)
