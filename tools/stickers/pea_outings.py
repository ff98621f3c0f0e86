"""Pea's outings and feasts. Each draws the frame at time `t`, from 0 to below 1, and loops."""

from __future__ import annotations

import math

from tools.stickers import things
from tools.stickers.canvas import INK, Canvas, curve, ellipse, rounded
from tools.stickers.creature import PEA, Pose, draw, hand
from tools.stickers.face import star
from tools.stickers.motion import hop, swing


def run(canvas: Canvas, t: float) -> None:
    pace = swing(t, 2)
    for i, y in enumerate((98, 140, 176)):
        u = (t * 2 + i * 0.4) % 1
        things.speed(canvas, 62 - 34 * u, y, 34 * math.sin(math.pi * u))
    things.puff(canvas, 46 - 20 * ((t * 2) % 1), 194, 0.4 + 0.5 * ((t * 2) % 1))
    draw(
        canvas,
        PEA,
        Pose(
            x=12,
            y=-7 * hop(t, 4),
            turn=11,
            stretch=0.98 + 0.05 * hop(t, 4),
            eyes="tight" if t > 0.5 else "dots",
            mouth="open",
            left=(-8 + 12 * pace, 4 - 8 * pace),
            right=(8 + 12 * pace, 4 + 8 * pace),
            feet=(max(0, pace) * 15, max(0, -pace) * 15),
            head=-26 + 5 * pace,
        ),
    )
    things.drop(canvas, 60 - 16 * ((t * 2) % 1), 84, 0.62, -70)


def rain(canvas: Canvas, t: float) -> None:
    for i in range(17):
        u = (t * 2 + i * 0.37) % 1
        x = 14 + (i * 67) % 218
        if not (40 < x < 220 and u > 0.24):
            canvas.line([(x, 8 + 210 * u), (x - 3, 22 + 210 * u)], "#ffffff", 8)
            canvas.line([(x, 8 + 210 * u), (x - 3, 22 + 210 * u)], things.SKY, 4)
    pose = Pose(
        x=6,
        y=2,
        size=0.86,
        turn=2 * swing(t),
        eyes="dots",
        look=(0, -3),
        mouth="sad",
        brows=-5,
        right=(2, 2),
        head=10 * swing(t),
    )
    draw(canvas, PEA, pose)
    x, y = hand(pose, 1)
    things.umbrella(canvas, x + 2, y + 6, -10 + 3 * swing(t))
    canvas.fill(ellipse(x + 1, y - 2, 9, 8), PEA.body)
    canvas.line(curve([(x - 6, y + 6), (x + 2, y + 7), (x + 9, y)]), INK, 3)


def music(canvas: Canvas, t: float) -> None:
    beat = swing(t, 2)
    draw(
        canvas,
        PEA,
        Pose(
            turn=7 * beat,
            stretch=0.97 + 0.05 * hop(t, 4),
            eyes="closed",
            mouth="cat",
            head=-12 * beat,
            left=(-5, 10 - 8 * beat),
            right=(5, 10 + 8 * beat),
        ),
    )
    with canvas.moved(120, 198, 7 * beat):
        band = curve([(-64, -62), (-56, -104), (0, -124), (56, -104), (64, -62)])
        canvas.line(band, INK, 12)
        canvas.line(band, "#4b5678", 6)
        for side in (-1, 1):
            canvas.shape(rounded(side * 66, -58, 21, 34, 10), things.RED)
    for i, color in enumerate((things.LILAC, things.GOLD, things.SKY)):
        u = (t + i / 3) % 1
        x = 34 if i == 1 else 200 + 8 * i
        things.note(
            canvas,
            x + 9 * math.sin(5 * u + i),
            104 - 72 * u,
            1.05 * math.sin(math.pi * u) + 0.05,
            12 * swing(u, 2),
            color,
        )


def cheer(canvas: Canvas, t: float) -> None:
    pump = hop(t, 2)
    pose = Pose(
        y=-6 * pump,
        turn=-4,
        eyes="tight" if pump > 0.5 else "dots",
        mouth="laugh",
        brows=6,
        left=(-2, 8),
        right=(16, -24 - 20 * pump),
        head=-6 + 12 * pump,
    )
    for i in range(7):
        flick = 1 + 0.22 * swing(t, 3, i / 3)
        x = 36 + i * 28
        flame = curve(
            [
                (x - 17, 204),
                (x - 15, 150 - 8 * (i % 2)),
                (x, 112 * (2 - flick) - 10 * (i % 2)),
                (x + 14, 152),
                (x + 17, 204),
            ]
        )
        canvas.shape([*flame, (x, 206)], "#ff8a3c", width=2.8)
    for i in range(6):
        x = 50 + i * 28
        canvas.fill(
            curve(
                [(x - 9, 203), (x - 7, 176), (x, 156 + 8 * swing(t, 3, i / 4)), (x + 7, 178), (x + 9, 203)],
                closed=True,
            ),
            "#ffd24d",
        )
    draw(canvas, PEA, pose)
    with canvas.moved(120, 198 - 6 * pump, -4):
        canvas.shape(
            [(-57, -84), (-50, -96), (50, -96), (57, -84), (50, -80), (-50, -80)], things.RED, width=3
        )
        canvas.fill(star(0, -88, 7), things.GOLD)


def gift(canvas: Canvas, t: float) -> None:
    open_ = min(1.0, max(0.0, swing(t, 1, -0.12)) * 1.5)
    draw(
        canvas,
        PEA,
        Pose(
            y=-10,
            eyes="stars" if open_ > 0.4 else "happy",
            mouth="laugh" if open_ > 0.4 else "smile",
            left=None,
            right=None,
            head=8 * swing(t),
        ),
    )
    for i in range(5):
        a = math.radians(-150 + 30 * i)
        if open_ > 0.2:
            x, y = 120 + 66 * open_ * math.cos(a) * 1.2, 150 + 96 * open_ * math.sin(a)
            canvas.shape(star(x, y, 10 * open_, 60 * t + i * 20), things.CONFETTI[i], width=2.4)
    things.gift(canvas, 120, 182, 22 * open_)
    for side in (-1, 1):
        canvas.shape(ellipse(120 + side * 38, 184, 11, 12), PEA.body)


def party(canvas: Canvas, t: float) -> None:
    beat = hop(t, 2)
    for i in range(14):
        u = (t + i * 0.618) % 1
        x = 14 + (i * 53) % 214 + 7 * swing(t, 1, i / 5)
        with canvas.moved(x, 14 + 200 * u, 360 * (u + i / 3)):
            canvas.shape(rounded(0, 0, 11, 7, 2), things.CONFETTI[i % 5], width=2)
    draw(
        canvas,
        PEA,
        Pose(
            y=-8 * beat,
            turn=6 * swing(t),
            stretch=0.97 + 0.06 * beat,
            eyes="happy",
            mouth="laugh",
            left=(-16, -30 - 8 * beat),
            right=(16, -30 - 8 * beat),
            head=90,
        ),
    )
    things.party_hat(canvas, 120 + 6 * swing(t), 90 - 9 * beat, 6 * swing(t))


SCENES = (
    ("run", "来啦", "On my way", run),
    ("rain", "下雨了", "Rain", rain),
    ("music", "听歌", "Music", music),
    ("cheer", "加油", "Go for it", cheer),
    ("gift", "送你礼物", "A gift", gift),
    ("party", "庆祝", "Party", party),
)
