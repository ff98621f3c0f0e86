"""What stands around the characters and what they hold."""

from __future__ import annotations

import math

from tools.stickers.canvas import INK, Canvas, arc, curve, ellipse, rounded
from tools.stickers.face import heart, star

RED = "#ff5a6e"
GOLD = "#ffc93c"
SKY = "#6ec3ff"
LILAC = "#b79cff"
GREEN = "#7ccf6a"
CONFETTI = (RED, GOLD, SKY, LILAC, GREEN)


def love(canvas: Canvas, x: float, y: float, size: float, color: str = RED) -> None:
    canvas.shape(heart(x, y, size), color, width=2.8)
    canvas.fill(ellipse(x - size * 0.45, y - size * 0.4, size * 0.22, size * 0.15, -35), "#ffd0d6")


def twinkle(canvas: Canvas, x: float, y: float, size: float, color: str = GOLD) -> None:
    if size > 1:
        canvas.shape(star(x, y, size, 0, 4, 0.36), color, width=2.4)


def drop(canvas: Canvas, x: float, y: float, size: float, turn: float = 0) -> None:
    """A tear or a drop of sweat, its point up."""
    with canvas.moved(x, y, turn, size):
        canvas.shape(
            curve([(0, -12), (5, -3), (6.5, 4), (0, 9.5), (-6.5, 4), (-5, -3)], closed=True),
            SKY,
            width=2.4 / size,
        )
        canvas.fill(ellipse(-2.4, 3, 1.6, 2.6), "#d8f1ff")


def letter_z(canvas: Canvas, x: float, y: float, size: float, turn: float) -> None:
    with canvas.moved(x, y, turn, size):
        path = [(-6, -7), (6, -7), (-6, 7), (6, 7)]
        canvas.line(path, INK, 9)
        canvas.line(path, "#9db8ff", 4.4)


def question_mark(canvas: Canvas, x: float, y: float, size: float, turn: float, color: str) -> None:
    with canvas.moved(x, y, turn, size):
        hook = [*arc(0, -8, 8, 8, 180, 410), (0.5, 2.0), (0, 6)]
        for ink, width in ((INK, 10.5), (color, 5.4)):
            canvas.line(hook, ink, width)
            canvas.fill(ellipse(0, 15, width * 0.56, width * 0.56), ink)


def exclamation(canvas: Canvas, x: float, y: float, size: float, turn: float, color: str) -> None:
    with canvas.moved(x, y, turn, size):
        for ink, width in ((INK, 11), (color, 6)):
            canvas.line([(0, -16), (0, 3)], ink, width)
            canvas.fill(ellipse(0, 14, width * 0.56, width * 0.56), ink)


def anger(canvas: Canvas, x: float, y: float, size: float) -> None:
    """The crossed veins of comics."""
    with canvas.moved(x, y, 12, size):
        for width, color in ((9, INK), (4.6, RED)):
            for turn in (0, 90, 180, 270):
                with canvas.moved(0, 0, turn):
                    canvas.line(curve([(3.5, -13), (4, -4), (13, -3.5)]), color, width)


def puff(canvas: Canvas, x: float, y: float, size: float, color: str = "#ffffff") -> None:
    """A little cloud."""
    bumps = [(-9, 2, 8), (0, -4, 10), (10, 1, 8), (0, 4, 9)]
    canvas.union(
        [ellipse(x + u * size, y + v * size, r * size, r * size) for u, v, r in bumps], color,
        width=2.8,
    )  # fmt: skip


def cloud(canvas: Canvas, x: float, y: float, size: float, color: str) -> None:
    bumps = [(-26, 4, 15), (-8, -8, 19), (16, -4, 17), (32, 6, 12), (4, 8, 18)]
    canvas.union([ellipse(x + u * size, y + v * size, r * size, r * size) for u, v, r in bumps], color)
    canvas.fill(ellipse(x - 12 * size, y - 12 * size, 8 * size, 5 * size, -20), "#ffffff")


def sun(canvas: Canvas, x: float, y: float, size: float, turn: float) -> None:
    with canvas.moved(x, y, turn, size):
        for ray in range(8):
            with canvas.moved(0, 0, ray * 45):
                canvas.line([(0, -27), (0, -34 - 3 * (ray % 2))], INK, 9.6)
                canvas.line([(0, -27), (0, -34 - 3 * (ray % 2))], GOLD, 4.4)
    with canvas.moved(x, y, 0, size):
        canvas.shape(ellipse(0, 0, 20, 20), GOLD)
        for side in (-1, 1):
            canvas.fill(ellipse(side * 7, -2, 2.2, 3), INK)
            canvas.fill(ellipse(side * 12, 4, 3.4, 2), "#ff9f68")
        canvas.line(arc(0, 1, 4.5, 5, 20, 160), INK, 2.4)


def moon(canvas: Canvas, x: float, y: float, size: float) -> None:
    outer = arc(x, y, size, size, 60, 300)
    inner = arc(x + size * 0.42, y, size * 0.86, size * 0.88, 292, 68)
    canvas.shape([*outer, *inner], "#ffe08a")


def cup(canvas: Canvas, x: float, y: float, t: float) -> None:
    """A mug with steam; `t` moves the steam."""
    for i, dx in enumerate((-9, 5)):
        rise = [(x + dx + 4 * math.sin(k * 1.3 + math.tau * t + i), y - 24 - 6 * k) for k in range(5)]
        canvas.line(curve(rise), "#c9b3a6", 3.4)
    canvas.line(arc(x + 19, y, 9, 9, -80, 80), INK, 10)
    canvas.line(arc(x + 19, y, 9, 9, -80, 80), "#ff8f7a", 4)
    canvas.shape(rounded(x, y, 40, 36, 9), "#ff8f7a")
    canvas.fill(heart(x, y + 2, 8), "#fff3ee")
    canvas.shape(ellipse(x, y - 17, 20, 5), "#7a4a35", width=2.6)


def umbrella(canvas: Canvas, x: float, y: float, turn: float) -> None:
    """Its handle's end is at (x, y)."""
    with canvas.moved(x, y, turn):
        handle = [(0, -84), (0, 0), *arc(-5, 2, 5, 6, 0, 170)]
        canvas.line(handle, INK, 9)
        canvas.line(handle, "#f4c66a", 3.6)
        edge = [p for i in range(4, 0, -1) for p in arc(-75 + 30 * i, -66, 15, 7, 360, 180)]
        canvas.shape([*arc(0, -66, 60, 48, 180, 360), *edge], RED)
        for i in (-1, 1):
            canvas.line(curve([(0, -113), (i * 14, -92), (i * 15, -68)]), "#d93d53", 2.4)
        canvas.fill(ellipse(-32, -92, 9, 4.5, -45), "#ffb3bd")
        canvas.line([(0, -114), (0, -121)], INK, 6)


def note(canvas: Canvas, x: float, y: float, size: float, turn: float, color: str) -> None:
    """Two quavers."""
    with canvas.moved(x, y, turn, size):
        for ink, grow in ((INK, 3.0), (color, 0.0)):
            for u in (-8, 8):
                canvas.fill(ellipse(u - 3.5, 10, 5.5 + grow, 4.4 + grow, -20), ink)
                canvas.line([(u, 9), (u, -10)], ink, 2.8 + 2 * grow)
            canvas.line([(-8, -11), (8, -11)], ink, 6 + 2 * grow)


def book(canvas: Canvas, x: float, y: float, flip: float) -> None:
    """An open book seen from behind its covers; `flip` from 0 to 1 turns a page."""
    for side in (-1, 1):
        canvas.shape([(x, y - 20), (x + side * 44, y - 28), (x + side * 44, y + 16), (x, y + 24)], SKY)
        canvas.fill([(x, y - 25), (x + side * 40, y - 32), (x + side * 40, y - 27), (x, y - 20)], "#fffdf5")
    edge = 40 * math.cos(math.pi * flip)
    canvas.shape(
        [(x, y - 22), (x + edge, y - 34 - 10 * math.sin(math.pi * flip)), (x + edge, y - 26), (x, y - 18)],
        "#fffdf5", width=2,
    )  # fmt: skip
    canvas.line([(x, y - 20), (x, y + 24)], INK, 3.4)
    canvas.shape(star(x + 22, y - 4, 9), GOLD, width=2)


def laptop(canvas: Canvas, x: float, y: float) -> None:
    canvas.shape(rounded(x, y, 92, 58, 7), "#d7dde8")
    canvas.fill(heart(x, y - 2, 10), "#fbfcff")
    canvas.shape(rounded(x, y + 32, 112, 10, 5), "#b8c2d3")


def bowl(canvas: Canvas, x: float, y: float, t: float) -> None:
    """A bowl of noodles."""
    for i, dx in enumerate((-20, 2, 22)):
        rise = [(x + dx + 4 * math.sin(k * 1.2 + math.tau * t + i * 2), y - 28 - 5 * k) for k in range(4)]
        canvas.line(curve(rise), "#d9c7bb", 3.4)
    canvas.shape(ellipse(x, y - 12, 44, 12), "#ffe3a3")
    for dx in (-24, -8, 8, 22):
        canvas.line(arc(x + dx, y - 13, 9, 6, 190, 350), "#e8b75a", 2.6)
    canvas.shape(ellipse(x + 14, y - 15, 9, 6), "#ffffff", width=2.4)
    canvas.fill(ellipse(x + 14, y - 15, 4, 3), "#ffb02e")
    canvas.shape([*arc(x, y - 10, 46, 44, 0, 180)], RED)
    canvas.line(
        curve([(x - 34, y + 4), (x - 17, y + 9), (x, y + 4), (x + 17, y + 9), (x + 34, y + 4)]),
        "#ffd7dc",
        3,
    )


def gift(canvas: Canvas, x: float, y: float, lid: float) -> None:
    """A present; its lid is lifted by `lid` units."""
    canvas.shape(rounded(x, y, 62, 46, 5), LILAC)
    canvas.fill([(x - 6, y - 23), (x + 6, y - 23), (x + 6, y + 23), (x - 6, y + 23)], GOLD)
    with canvas.moved(x, y - 27 - lid, lid * 0.5):
        for side in (-1, 1):
            canvas.shape(ellipse(side * 13, -14, 13, 8, side * -28), GOLD)
        canvas.shape(rounded(0, 0, 72, 17, 5), "#c9b4ff")
        canvas.fill([(-6, -8), (6, -8), (6, 8), (-6, 8)], GOLD)


def party_hat(canvas: Canvas, x: float, y: float, turn: float) -> None:
    """Its brim's middle is at (x, y)."""
    with canvas.moved(x, y, turn):
        canvas.shape([(-20, 2), (0, -46), (20, 2)], SKY)
        for dx, dy, color in ((-6, -8, GOLD), (7, -12, RED), (-1, -25, LILAC)):
            canvas.fill(ellipse(dx, dy, 4, 4), color)
        canvas.shape(ellipse(0, -47, 8, 8), GOLD, width=2.6)


def speed(canvas: Canvas, x: float, y: float, length: float) -> None:
    if length > 2:
        canvas.line([(x, y), (x - length, y)], "#ffffff", 9)
        canvas.line([(x, y), (x - length, y)], "#9aa7b8", 4)
