"""Mochi's feelings. Each draws the frame at time `t`, from 0 to below 1, and loops."""

from __future__ import annotations

import math

from tools.stickers import things
from tools.stickers.canvas import Canvas, curve, ellipse
from tools.stickers.creature import MOCHI, Pose, draw
from tools.stickers.motion import hop, swing


def laugh(canvas: Canvas, t: float) -> None:
    bounce = hop(t, 3)
    draw(
        canvas,
        MOCHI,
        Pose(
            y=-bounce * 7,
            stretch=0.94 + bounce * 0.08,
            eyes="tight",
            mouth="laugh",
            left=(14, 12),
            right=(-14, 12),
            wag=swing(t, 3) * 6,
        ),
    )
    for side in (-1, 1):
        u = (t * 2 + (0.5 if side > 0 else 0)) % 1
        things.drop(
            canvas, 120 + side * (62 + 26 * u), 122 - 34 * u + 50 * u * u, 0.85, side * (60 + 40 * u)
        )


def love(canvas: Canvas, t: float) -> None:
    beat = hop(t, 2)
    draw(
        canvas,
        MOCHI,
        Pose(
            stretch=1 + beat * 0.05,
            eyes="hearts",
            mouth="laugh",
            left=(19, 6),
            right=(-19, 6),
            wag=swing(t, 2) * 8,
            blush=1.15,
        ),
    )
    for i, (x, size) in enumerate(((36, 11), (205, 14), (62, 8), (184, 9))):
        u = (t + i * 0.27) % 1
        things.love(
            canvas, x + 6 * math.sin(u * 7 + i), 120 - 92 * u, size * min(1, u * 4, (1 - u) * 4) + 0.1
        )


def cry(canvas: Canvas, t: float) -> None:
    sob = swing(t, 3)
    draw(canvas, MOCHI, Pose(y=sob * 1.5, eyes="closed", mouth="wail", brows=-7, head=-7, wag=-8))
    for side in (-1, 1):
        x = 120 + side * 30
        stream = [(x - 5.5, 146), (x + 5.5, 146), (x + side * 9 + 7, 190), (x + side * 9 - 7, 190)]
        canvas.shape(stream, things.SKY, width=2.2)
        for i in range(3):
            u = (t * 2 + i / 3) % 1
            canvas.line(
                [(x + side * 7 * u - 1, 148 + 36 * u), (x + side * 8 * u - 1, 154 + 36 * u)], "#d8f1ff", 2.8
            )
        u = (t * 2 + (0.5 if side > 0 else 0)) % 1
        things.drop(canvas, x + side * (20 + 42 * u), 150 - 46 * u + 62 * u * u, 0.7, side * 50)


def angry(canvas: Canvas, t: float) -> None:
    shake = swing(t, 4)
    draw(
        canvas,
        MOCHI,
        Pose(
            x=shake * 2,
            eyes="dots",
            mouth="wavy",
            brows=10,
            tint="#ff9d8a",
            blush=0,
            left=(-6, 8),
            right=(6, 8),
            feet=(max(0, swing(t, 2)) * 9, max(0, -swing(t, 2)) * 9),
        ),
    )
    things.anger(canvas, 172 + shake, 84, 1 + 0.15 * swing(t, 2))
    for side in (-1, 1):
        u = (t * 2 + (0.5 if side > 0 else 0)) % 1
        things.puff(canvas, 120 + side * (54 + 34 * u), 66 - 24 * u, 0.45 + 0.7 * u)


def puzzled(canvas: Canvas, t: float) -> None:
    tilt = swing(t)
    draw(
        canvas,
        MOCHI,
        Pose(
            turn=8 * tilt,
            eyes="dots",
            look=(4 * tilt, -5),
            mouth="wavy",
            brows=-4,
            left=(-5, 12),
            right=(-16, -14),
            wag=6 * tilt,
        ),
    )
    things.question_mark(canvas, 186, 56 + 5 * tilt, 1.25, 14 + 8 * tilt, things.SKY)
    things.question_mark(canvas, 52, 62 - 5 * tilt, 0.9, -16 + 8 * tilt, things.LILAC)


def wow(canvas: Canvas, t: float) -> None:
    jump = hop(t, 2)
    draw(
        canvas,
        MOCHI,
        Pose(
            y=-14 * jump,
            stretch=0.95 + 0.14 * jump,
            eyes="wide",
            mouth="round",
            head=5 * jump,
            left=(-15, -16),
            right=(15, -16),
            wag=9,
            feet=(0, 0),
        ),
    )
    for side in (-1, 1):
        things.exclamation(
            canvas, 120 + side * 88, 70 - 8 * jump, 1.05, side * 16, things.RED if side > 0 else things.GOLD
        )
    for angle in (-118, -90, -62):
        x, y = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        near, far = 74 + 8 * jump, 84 + 18 * jump
        canvas.line([(120 + near * x, 112 + near * y), (120 + far * x, 112 + far * y)], things.GOLD, 5)


def shy(canvas: Canvas, t: float) -> None:
    sway = swing(t)
    draw(
        canvas,
        MOCHI,
        Pose(
            turn=4 * sway,
            eyes="tight" if t > 0.5 else "closed",
            mouth="wavy",
            blush=1.5,
            head=-3,
            left=(12, -8),
            right=(-12, -8),
            wag=6 * sway,
        ),
    )
    for i, x in enumerate((100, 120, 140)):
        u = (t * 2 + i * 0.33) % 1
        canvas.line(
            curve([(x - 3, 60 - 12 * u), (x + 3, 54 - 12 * u), (x - 3, 47 - 12 * u)]),
            "#ff9fa8",
            4 * (1 - u) + 0.5,
        )


def awkward(canvas: Canvas, t: float) -> None:
    draw(
        canvas,
        MOCHI,
        Pose(
            eyes="dots",
            look=(swing(t) * 7, -1),
            mouth="flat",
            brows=-5,
            left=(-5, 12),
            right=(5, 12),
            wag=-6,
        ),
    )
    u = t
    things.drop(canvas, 180, 92 + 44 * u, 1.15)
    for x in (44, 54, 64):
        canvas.line([(x, 70), (x, 88 + 5 * swing(t, 1, x / 40))], "#8fa0bd", 4)


def sleep(canvas: Canvas, t: float) -> None:
    breath = swing(t)
    draw(
        canvas,
        MOCHI,
        Pose(
            stretch=0.9 + 0.045 * breath,
            eyes="closed",
            mouth="cat",
            left=None,
            right=None,
            wag=-6 + 2 * breath,
            head=-3,
        ),
    )
    bubble = 11 + 6 * breath
    canvas.shape(ellipse(128 + bubble * 0.9, 158 - bubble * 0.6, bubble, bubble), "#cfeaff", width=2.4)
    canvas.fill(ellipse(124 + bubble * 0.8, 155 - bubble * 0.9, bubble * 0.24, bubble * 0.3, 30), "#ffffff")
    for i in range(3):
        u = (t + i / 3) % 1
        things.letter_z(canvas, 168 + 34 * u, 92 - 66 * u, 0.35 + 0.85 * u, swing(u) * 14)


SCENES = (
    ("laugh", "哈哈", "Laugh", laugh),
    ("love", "爱你", "Love", love),
    ("cry", "大哭", "Cry", cry),
    ("angry", "生气", "Angry", angry),
    ("puzzled", "疑问", "What?", puzzled),
    ("wow", "哇", "Wow", wow),
    ("shy", "害羞", "Shy", shy),
    ("awkward", "尴尬", "Awkward", awkward),
    ("sleep", "睡觉", "Asleep", sleep),
)
