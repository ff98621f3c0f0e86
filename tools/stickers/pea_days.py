"""Pea's day. Each draws the frame at time `t`, from 0 to below 1, and loops."""

from __future__ import annotations

import math

from tools.stickers import things
from tools.stickers.canvas import INK, Canvas, curve, ellipse
from tools.stickers.creature import PEA, Pose, draw
from tools.stickers.face import star
from tools.stickers.motion import hop, swing


def morning(canvas: Canvas, t: float) -> None:
    things.sun(canvas, 188, 58, 1.12, t * 45)
    reach = hop(t)
    draw(
        canvas,
        PEA,
        Pose(
            x=-12,
            stretch=0.96 + 0.1 * reach,
            eyes="closed" if reach < 0.5 else "happy",
            mouth="open",
            left=(-14, -18 - 22 * reach),
            right=(14, -18 - 22 * reach),
            front=False,
            head=8 * swing(t),
        ),
    )


def coffee(canvas: Canvas, t: float) -> None:
    sip = max(0.0, swing(t))
    draw(
        canvas,
        PEA,
        Pose(
            eyes="closed" if sip > 0.3 else "dots",
            mouth="smile",
            left=None,
            right=None,
            head=5 * swing(t),
            look=(0, -3),
        ),
    )
    y = 176 - 10 * sip
    things.cup(canvas, 118, y, t)
    for side in (-1, 1):
        canvas.limb(
            curve([(120 + side * 52, 166), (120 + side * 44, y + 13), (120 + side * 22, y + 6)]),
            17,
            PEA.body,
        )


def work(canvas: Canvas, t: float) -> None:
    tap = swing(t, 4)
    draw(
        canvas,
        PEA,
        Pose(
            y=-14,
            eyes="dots",
            look=(3 * swing(t), 5),
            mouth="flat",
            brows=4,
            left=None,
            right=None,
            head=4 * tap,
        ),
    )
    things.laptop(canvas, 120, 178)
    for side in (-1, 1):
        canvas.shape(ellipse(120 + side * 42, 203 + side * tap * 3, 13, 9), PEA.body)
    for i in range(2):
        u = (t + i / 2) % 1
        things.drop(canvas, 186 + 10 * u, 78 + 26 * u, 0.7 * math.sin(math.pi * u) + 0.05, -14)


def study(canvas: Canvas, t: float) -> None:
    flip = min(1.0, max(0.0, (t - 0.55) * 2.6))
    draw(
        canvas,
        PEA,
        Pose(
            y=-10,
            eyes="dots",
            look=(6 * swing(t), 5),
            mouth="smile",
            left=None,
            right=None,
            head=4 * swing(t),
        ),
    )
    for side in (-1, 1):
        ring = ellipse(120 + side * 27 + 6 * swing(t), 135, 17, 17)
        canvas.line([*ring, ring[1]], INK, 3.4)
    canvas.line([(116 + 6 * swing(t) - 6, 133), (124 + 6 * swing(t) + 6, 133)], INK, 3.4)
    things.book(canvas, 120, 182, flip)
    for side in (-1, 1):
        canvas.shape(ellipse(120 + side * 46, 186, 11, 12), PEA.body)
    if t > 0.2:
        things.twinkle(canvas, 196, 76, 13 * math.sin(math.pi * (t - 0.2) / 0.8))


def eat(canvas: Canvas, t: float) -> None:
    bite = hop(t, 2)
    draw(
        canvas,
        PEA,
        Pose(
            y=-12,
            eyes="happy" if t < 0.5 else "stars",
            mouth="laugh" if bite > 0.5 else "cat",
            blush=1.3,
            left=None,
            right=None,
            head=6 * swing(t, 2),
        ),
    )
    things.bowl(canvas, 112, 184, t)
    lift = 22 * bite
    for dx in (0, 9):
        canvas.line([(150 + dx * 0.4, 164 - lift), (204 + dx, 116 - lift * 0.6)], INK, 6.4)
        canvas.line([(150 + dx * 0.4, 164 - lift), (204 + dx, 116 - lift * 0.6)], "#c98a4b", 3)
    canvas.shape(ellipse(190, 134 - lift * 0.7, 12, 12), PEA.body)
    canvas.shape(ellipse(66, 190, 12, 10), PEA.body)


def night(canvas: Canvas, t: float) -> None:
    breath = swing(t)
    things.moon(canvas, 192, 56, 34)
    for i, (x, y) in enumerate(((44, 52), (92, 30), (138, 56), (28, 100))):
        things.twinkle(canvas, x, y, 5 + 5 * hop(t, 1) if i % 2 else 10 - 5 * hop(t, 1))
    draw(
        canvas,
        PEA,
        Pose(
            x=-8,
            stretch=0.9 + 0.04 * breath,
            eyes="closed",
            mouth="smile",
            left=None,
            right=None,
            head=12 + 3 * breath,
        ),
    )
    quilt = curve(
        [(34, 172), (64, 160 - 2 * breath), (112, 158 - 3 * breath), (160, 160 - 2 * breath), (190, 172)]
    )
    shape = [*quilt, (200, 206), (24, 206)]
    canvas.shape(shape, things.LILAC)
    for x, y in ((58, 186), (96, 178), (134, 188), (170, 182), (112, 198)):
        canvas.shade([shape], [star(x, y, 8, 12)], "#ddd0ff")


SCENES = (
    ("morning", "早上好", "Good morning", morning),
    ("coffee", "喝咖啡", "Coffee", coffee),
    ("work", "工作中", "Working", work),
    ("study", "学习", "Studying", study),
    ("eat", "吃饭啦", "Food!", eat),
    ("night", "晚安", "Good night", night),
)
