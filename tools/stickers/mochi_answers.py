"""Mochi answers: what one says to others. Each draws the frame at `t`, from 0 to below 1, and loops."""

from __future__ import annotations

import math

from tools.stickers import things
from tools.stickers.canvas import INK, LINE, Canvas, arc, curve, ellipse, rounded
from tools.stickers.creature import MOCHI, Pose, draw, hand
from tools.stickers.motion import hop, swing


def hello(canvas: Canvas, t: float) -> None:
    wave = swing(t, 2)
    pose = Pose(
        turn=swing(t) * 3,
        eyes="happy" if t < 0.5 else "dots",
        mouth="open",
        wag=wave * 7,
        right=(24 + wave * 9, -38),
        left=(-5, 12),
    )
    draw(canvas, MOCHI, pose)
    x, y = hand(pose, 1)
    for i in (0, 1):
        if wave > 0 or i == 0:
            canvas.line(arc(x, y, 17 + 8 * i, 17 + 8 * i, -75, -15), things.GOLD, 4)


def _fist(canvas: Canvas, x: float, y: float, size: float) -> None:
    with canvas.moved(x, y, -6, size):
        thumb = curve([(-8, 2), (-7, -16), (-1, -27), (7, -24), (6, -8)])
        canvas.union([rounded(0, 8, 36, 32, 14), thumb], MOCHI.body)
        for dy in (2, 10, 17):
            canvas.line([(7, dy), (15, dy)], INK, 2.6)


def great(canvas: Canvas, t: float) -> None:
    push = hop(t)
    draw(
        canvas,
        MOCHI,
        Pose(turn=-3 + push * -3, eyes="wink", mouth="open", left=(-5, 12), right=(18, -10), wag=push * 8),
    )
    _fist(canvas, 194 + 2 * push, 140 - 12 * push, 1 + 0.2 * push)
    if push > 0.6:
        things.twinkle(canvas, 222, 92, 12 * push)
        things.twinkle(canvas, 170, 80, 8 * push)


def okay(canvas: Canvas, t: float) -> None:
    rise = min(1.0, hop(t) * 1.6)
    pose = Pose(
        turn=swing(t) * 3,
        eyes="happy",
        mouth="smile",
        front=False,
        stretch=1 + 0.03 * rise,
        left=(-16 + 2 * rise, -58 * rise),
        right=(16 - 2 * rise, -58 * rise),
        wag=swing(t) * 6,
    )
    draw(canvas, MOCHI, pose)
    ring = ellipse(120, 50 + 12 * (1 - rise), 30 * (0.7 + 0.3 * rise), 30 * (0.7 + 0.3 * rise))
    canvas.line([*ring, ring[1]], INK, 11 + 2 * LINE)
    canvas.line([*ring, ring[1]], things.GREEN, 11)


def thanks(canvas: Canvas, t: float) -> None:
    bow = max(0.0, swing(t, 1, -0.2)) ** 0.7
    draw(
        canvas,
        MOCHI,
        Pose(
            turn=0,
            y=0,
            stretch=1 - 0.18 * bow,
            eyes="closed" if bow > 0.2 else "dots",
            mouth="smile",
            look=(0, 13 * bow),
            left=(34, 8),
            right=(-34, 8),
            head=-4 * bow,
        ),
    )
    for i, (x, y) in enumerate(((44, 80), (198, 74), (176, 44), (66, 46))):
        u = (t + i * 0.25) % 1
        flower = math.sin(math.pi * u)
        if flower > 0.15:
            with canvas.moved(x, y, u * 90, flower):
                petals = [
                    ellipse(9 * math.cos(a), 9 * math.sin(a), 7, 7)
                    for a in (0.3 + math.tau * k / 5 for k in range(5))
                ]
                canvas.union(petals, "#ffb7c5", width=2.6)
                canvas.fill(ellipse(0, 0, 5, 5), things.GOLD)


def hug(canvas: Canvas, t: float) -> None:
    squeeze = hop(t)
    draw(
        canvas,
        MOCHI,
        Pose(
            turn=swing(t) * 4,
            stretch=1 - 0.05 * squeeze,
            eyes="happy",
            mouth="cat",
            blush=1.2,
            wag=swing(t, 2) * 7,
            left=(30 - 6 * (1 - squeeze) - 24, 20),
            right=(24 - 30 + 6 * (1 - squeeze), 20),
        ),
    )
    size = 34 - 4 * squeeze
    with canvas.moved(120 + swing(t) * 3, 172, swing(t) * 5):
        things.love(canvas, 0, 0, size)
    for side in (-1, 1):
        x = 120 + side * (28 + 3 * (1 - squeeze)) + swing(t) * 3
        arm = curve([(120 + side * 54, 166), (120 + side * 48, 180), (x, 178)])
        canvas.limb(arm, 17, MOCHI.body)


def cool(canvas: Canvas, t: float) -> None:
    fall = max(0.0, 1 - t * 3)
    draw(
        canvas,
        MOCHI,
        Pose(
            turn=swing(t) * 2,
            eyes="dots" if fall else "closed",
            mouth="smirk",
            left=(16, 10),
            right=(-16, 10),
            wag=swing(t) * 9,
        ),
    )
    with canvas.moved(120, 141 - 96 * fall, swing(t) * 2 - 12 * fall):
        canvas.line([(-62, -5), (62, -5)], INK, 6)
        for side in (-1, 1):
            canvas.shape(rounded(side * 27, 2, 42, 28, 11), "#2f3550")
            canvas.line([(side * 27 - 10, 6), (side * 27 - 2, -6)], "#8fa6ff", 4)
    if not fall:
        things.twinkle(canvas, 170, 118, 15 * math.sin(math.pi * (t - 0.33) / 0.67))


def bye(canvas: Canvas, t: float) -> None:
    wave = swing(t, 2)
    step = swing(t, 2, 0.25)
    pose = Pose(
        x=-8,
        turn=-5 + step * 2,
        eyes="closed",
        mouth="smile",
        right=(22, -36 + wave * 6),
        left=(-5, 12),
        wag=-4,
        feet=(max(0, step) * 7, max(0, -step) * 7),
    )
    draw(canvas, MOCHI, pose)
    x, y = hand(pose, 1)
    with canvas.moved(x, y, wave * 32):
        cloth = curve(
            [(-3, 2), (-16, -22), (-13, -40), (2, -34), (15, -42), (19, -22), (5, 2)], closed=True
        )
        canvas.shape(cloth, "#ffffff")
        canvas.line(curve([(0, -2), (-3, -18), (-1, -28)]), "#d8dfe8", 2.6)
    things.drop(canvas, 72, 122 + 3 * wave, 0.6)


SCENES = (
    ("hello", "你好", "Hello", hello),
    ("great", "真棒", "Great", great),
    ("okay", "好的", "OK", okay),
    ("thanks", "谢谢", "Thanks", thanks),
    ("hug", "抱抱", "Hug", hug),
    ("cool", "酷", "Cool", cool),
    ("bye", "再见", "Bye", bye),
)
