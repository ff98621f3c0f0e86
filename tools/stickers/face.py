"""Eyes and mouths, by name; each is drawn around (0, 0)."""

from __future__ import annotations

import math

from tools.stickers.canvas import INK, Canvas, Points, arc, curve, ellipse

PINK = "#ff9fa8"
TONGUE = "#ff7f8c"


def _dots(canvas: Canvas, side: int) -> None:
    canvas.fill(ellipse(0, 0, 7.6, 9.6), INK)
    canvas.fill(ellipse(-2.2, -3.6, 3, 3.4), "#ffffff")
    canvas.fill(ellipse(2.6, 3.4, 1.6, 1.8), "#ffffff")


def _wide(canvas: Canvas, side: int) -> None:
    canvas.shape(ellipse(0, -1, 11.5, 13), "#ffffff", width=2.6)
    canvas.fill(ellipse(0, -1, 5, 5.6), INK)
    canvas.fill(ellipse(-1.6, -3, 1.8, 1.8), "#ffffff")


def _happy(canvas: Canvas, side: int) -> None:
    canvas.line(arc(0, 4, 10, 10, 200, 340), INK, 4.4)


def _closed(canvas: Canvas, side: int) -> None:
    canvas.line(arc(0, -3, 9.5, 7.5, 20, 160), INK, 4.2)


def _tight(canvas: Canvas, side: int) -> None:
    canvas.line([(side * 8, -7), (-side * 7, 0), (side * 8, 7)], INK, 4.4)


def _wink(canvas: Canvas, side: int) -> None:
    (_dots if side < 0 else _happy)(canvas, side)


def _tears(canvas: Canvas, side: int) -> None:
    canvas.fill(ellipse(0, 0, 9, 11), INK)
    canvas.fill(ellipse(-2.4, -4, 3.8, 4.2), "#ffffff")
    canvas.fill(ellipse(2.6, 3, 2.4, 2.6), "#ffffff")
    canvas.fill(arc(0, 4, 8.4, 6.6, 10, 170), "#8fd3ff")


def heart(x: float, y: float, size: float) -> Points:
    """A heart around (x, y); `size` is half its width."""
    points = []
    for step in range(60):
        t = math.tau * step / 60
        u = 16 * math.sin(t) ** 3
        v = 13 * math.cos(t) - 5 * math.cos(2 * t) - 2 * math.cos(3 * t) - math.cos(4 * t)
        points.append((x + u / 16 * size, y - v / 16 * size))
    return points


def _hearts(canvas: Canvas, side: int) -> None:
    canvas.fill(heart(0, -1, 13), "#ff4f6d")
    canvas.fill(ellipse(-5, -6, 2.6, 2, -30), "#ffc2cc")


def star(x: float, y: float, size: float, turn: float = 0, points: int = 5, depth: float = 0.48) -> Points:
    """A star around (x, y)."""
    radii = [(size if i % 2 == 0 else size * depth) for i in range(points * 2)]
    angles = [math.radians(turn - 90 + 180 / points * i) for i in range(points * 2)]
    return [(x + r * math.cos(a), y + r * math.sin(a)) for r, a in zip(radii, angles, strict=True)]


def _stars(canvas: Canvas, side: int) -> None:
    canvas.shape(star(0, 0, 12), "#ffc93c", width=2)


def _sleepy(canvas: Canvas, side: int) -> None:
    canvas.fill(arc(0, -1, 7.6, 9, 0, 180), INK)
    canvas.line([(-9, -1.5), (9, -1.5)], INK, 4)


EYES = {
    "dots": _dots, "wide": _wide, "happy": _happy, "closed": _closed, "tight": _tight, "wink": _wink,
    "tears": _tears, "hearts": _hearts, "stars": _stars, "sleepy": _sleepy,
}  # fmt: skip


def _smile(canvas: Canvas) -> None:
    canvas.line(arc(0, -4, 7.5, 8, 25, 155), INK, 3.8)


def _cat(canvas: Canvas) -> None:
    for side in (-1, 1):
        canvas.line(arc(side * 5.5, -2, 5.5, 6, 10, 170), INK, 3.6)


def _laugh(canvas: Canvas) -> None:
    mouth = [*arc(0, -3, 15, 19, 0, 180)]
    canvas.shape(mouth, "#8f2f3c", width=2.8)
    canvas.shade([mouth], [ellipse(0, 15, 11, 8)], TONGUE)


def _open(canvas: Canvas) -> None:
    mouth = [*arc(0, -2, 9, 12, 0, 180)]
    canvas.shape(mouth, "#8f2f3c", width=2.6)
    canvas.shade([mouth], [ellipse(0, 10, 7, 5)], TONGUE)


def _round(canvas: Canvas) -> None:
    canvas.shape(ellipse(0, 3, 6.5, 8.5), "#8f2f3c", width=2.6)


def _sad(canvas: Canvas) -> None:
    canvas.line(arc(0, 8, 8, 8, 205, 335), INK, 3.8)


def _wail(canvas: Canvas) -> None:
    mouth = [*arc(0, 14, 14, 16, 180, 360)]
    canvas.shape(mouth, "#8f2f3c", width=2.8)
    canvas.shade([mouth], [ellipse(0, 16, 9, 7)], TONGUE)


def _wavy(canvas: Canvas) -> None:
    canvas.line(curve([(-12, 3), (-6, -1), (0, 3), (6, -1), (12, 3)]), INK, 3.8)


def _flat(canvas: Canvas) -> None:
    canvas.line([(-7, 2), (7, 2)], INK, 3.8)


def _smirk(canvas: Canvas) -> None:
    canvas.line(curve([(-8, 3), (0, 4.5), (9, -2)]), INK, 3.8)


MOUTHS = {
    "smile": _smile, "cat": _cat, "laugh": _laugh, "open": _open, "round": _round, "sad": _sad,
    "wail": _wail, "wavy": _wavy, "flat": _flat, "smirk": _smirk,
}  # fmt: skip
